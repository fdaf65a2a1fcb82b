"""Lists by clock hold what a plain walk over all tickets says, and the board counts the same."""

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from crmdesk.core.clock_rules import ClockPause, ClockStart, ClockStop
from crmdesk.core.clocks import NO_MOVEMENT
from crmdesk.core.hand_over import TicketLink
from crmdesk.core.roles import Role
from crmdesk.core.tickets import AWAY, CUSTOMERS_TURN, FINISHED, TRANSITIONS, TicketKind, TicketState
from crmdesk.core.tones import Tone
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket
from crmdesk.queries import ticket_rows
from crmdesk.queries.board import board
from crmdesk.queries.ticket_detail import detail
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from crmdesk.services import clock_rules as service
from crmdesk.services.calendar_days import SetDays, set_days
from crmdesk.services.clock_rules import AddClock, ChangeClock, ClockChoice
from crmdesk.services.clock_rules import ClockFacts as Facts
from tests.builders.ledger_rows import Rows, at
from tests.builders.shop import Shop
from tests.integration.clocks.test_clock_rules import facts, row

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
VIEWS = (TicketView.RED, TicketView.WARNING, TicketView.STILL)


@pytest.fixture
def rows(shop: Shop) -> Rows:
    return Rows(shop)


def listed(shop: Shop, view: TicketView) -> list[int]:
    with shop.reading() as session:
        context = shop.context(Role.MANAGER)
        found = list(ticket_rows.ids(session, TicketFilter(view), context))
        assert ticket_rows.count(session, TicketFilter(view), context) == len(found)
        assert ticket_rows.counts(session, context)[view] == len(found)
    return sorted(found)


def _moment(source: random.Random, most: int) -> datetime:
    return at(TODAY - source.randrange(most) * DAY, source.randrange(24), source.randrange(60))


def _scatter(rows: Rows, source: random.Random, count: int) -> None:
    """Put down tickets of every kind and state, with any days behind them."""
    member, came_from = rows.member(), None
    for _ in range(count):
        kind = source.choice(list(TicketKind))
        state = source.choice([one for one in TRANSITIONS[kind] if one is not TicketState.DRAFT])
        received = _moment(source, source.choice((6, 60)))
        last = received + source.random() * (at(TODAY, 10) - received) if received < at(TODAY, 10) else received
        promise = source.choice([None, TODAY + source.randrange(-20, 20) * DAY])
        came_back: dict[str, Any] = (
            {"linked_ticket_id": came_from, "link": TicketLink.COME_BACK} if source.random() < 0.2 else {}
        )
        key = rows.repair(
            member,
            received,
            kind=kind,
            state=state,
            promised_on=promise,
            last_event_at=last,
            ready_at=last if state in (TicketState.READY, TicketState.NOTIFIED, TicketState.CLOSED) else None,
            away_since=last if state in AWAY else None,
            customer_since=last if state in CUSTOMERS_TURN else None,
            customer_seconds=source.choice([0, 0, 90_000, 500_000]),
            **(came_back if came_from and kind is TicketKind.REPAIR else {}),
        )
        came_from = key if kind is TicketKind.REPAIR and not came_back else came_from
        if source.random() < 0.2:
            rows.loan(rows.loaner(), member, TODAY - 5 * DAY, None, TODAY, ticket=key)


def _plain(shop: Shop) -> dict[TicketView, list[int]]:
    """Say it ticket by ticket, from the page of each."""
    found: dict[TicketView, list[int]] = {view: [] for view in VIEWS}
    context = shop.context(Role.MANAGER)
    with shop.reading() as session:
        waiting = [
            one.id
            for one in session.query(Ticket).order_by(Ticket.id)
            if one.state not in FINISHED and one.state not in (TicketState.READY, TicketState.NOTIFIED)
        ]
        for key in waiting:
            clocks = detail(session, key, context).clocks
            tones = [clock.tone for clock in clocks if clock.key != NO_MOVEMENT]
            if Tone.LATE in tones:
                found[TicketView.RED].append(key)
            elif Tone.WARN in tones:
                found[TicketView.WARNING].append(key)
            if any(clock.key == NO_MOVEMENT and clock.tone is Tone.LATE for clock in clocks):
                found[TicketView.STILL].append(key)
    return found


def _agree(shop: Shop) -> dict[TicketView, list[int]]:
    plain = _plain(shop)
    assert {view: listed(shop, view) for view in VIEWS} == plain
    with shop.reading() as session:
        found = board(session, shop.context(Role.MANAGER))
    assert (found.red_count, found.still_count) == (len(plain[TicketView.RED]), len(plain[TicketView.STILL]))
    return plain


@pytest.mark.parametrize("seed", range(3))
def test_the_lists_agree_with_a_walk_over_all_tickets(rows: Rows, seed: int) -> None:
    shop, owner = rows.shop, rows.shop.context(Role.OWNER)
    _scatter(rows, random.Random(seed), 60)
    assert all(_agree(shop).values())
    # The same under other rules: a shorter promise, no pause, an own clock that waits, a week of rest.
    shop.do(
        service.change, ChangeClock(NO_MOVEMENT, 0, facts(shop, NO_MOVEMENT, pauses=ClockPause.NEVER, days=5)), owner
    )
    waits = Facts("等客户", 6, pauses=ClockPause.CUSTOMER, working=bool(seed % 2))
    shop.do(service.add, AddClock(waits, ClockStart.RECEIVED, ClockStop.READY), owner)
    shop.do(set_days, SetDays(date(2026, 11, 16), date(2026, 11, 20), working=False), owner)
    _agree(shop)
    shop.do(service.switch, ClockChoice(NO_MOVEMENT, row(shop, NO_MOVEMENT).version), owner)
    assert _agree(shop)[TicketView.STILL] == []


def test_the_day_on_which_a_ticket_stops_moving(rows: Rows) -> None:
    member = rows.member()
    keys = {
        day: rows.repair(member, TODAY - 30 * DAY, last_event_at=at(date(2026, 11, day), 23, 59))
        for day in (16, 17, 18)
    }
    # Three working days from Monday end on Thursday, from Tuesday on Friday; the day after is Saturday.
    assert listed(rows.shop, TicketView.STILL) == sorted([keys[16], keys[17]])


def test_over_national_day_nothing_stops_moving(rows: Rows) -> None:
    member = rows.member()
    key = rows.repair(member, date(2026, 9, 28), last_event_at=at(date(2026, 9, 30), 18))
    shop = rows.shop
    for day, still in ((8, []), (9, []), (10, []), (11, [key])):
        shop.clock.moment = at(date(2026, 10, day), 9)
        assert listed(shop, TicketView.STILL) == still


def test_a_ticket_of_another_store_is_in_none_of_our_lists(rows: Rows) -> None:
    key = rows.repair(rows.member(), TODAY - 50 * DAY, promised_on=TODAY - 40 * DAY)
    assert key in listed(rows.shop, TicketView.RED)
    with rows.shop.database.transaction() as session:
        session.add(Store(id=102, code="02", name="湖滨店"))
        session.flush()
        session.get_one(Ticket, key).store_id = 102
    assert [listed(rows.shop, view) for view in VIEWS] == [[], [], []]


# -- failed repairs ------------------------------------------------------------------------


def _came_back(rows: Rows, first: int, member: int, received: date, ready: date | None) -> int:
    more = {"ready_at": ready, "state": TicketState.CLOSED} if ready else {"state": TicketState.IN_WORK}
    return rows.repair(member, received, linked_ticket_id=first, link=TicketLink.COME_BACK, **more)


def _due(rows: Rows, key: int) -> list[tuple[str, int]]:
    with rows.shop.reading() as session:
        found = detail(session, key, rows.shop.context(Role.MANAGER)).exchange_due
    assert all("26" in one.source for one in found)
    return [(one.cause.value, one.reached) for one in found]


def test_after_two_failed_repairs_exchange_is_due(rows: Rows) -> None:
    member = rows.member()
    first = rows.repair(member, date(2026, 9, 1), ready_at=date(2026, 9, 6), state=TicketState.CLOSED)
    second = _came_back(rows, first, member, date(2026, 10, 1), date(2026, 10, 8))
    assert _due(rows, second) == [], "finished"
    third = _came_back(rows, first, member, TODAY - 2 * DAY, None)
    assert _due(rows, third) == [("times", 2)]


def test_over_35_days_in_all(rows: Rows) -> None:
    member = rows.member()
    first = rows.repair(member, date(2026, 9, 1), ready_at=date(2026, 10, 1), state=TicketState.CLOSED)
    again = _came_back(rows, first, member, TODAY - 5 * DAY, None)
    assert _due(rows, again) == [], "30 + 5 days"
    assert again not in listed(rows.shop, TicketView.RED)
    rows.shop.clock.advance(DAY)
    assert _due(rows, again) == [("days", 36)]
    assert again in listed(rows.shop, TicketView.RED), "the list counts the earlier repair too"
