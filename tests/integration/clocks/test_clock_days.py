"""The days that are kept say on every later day what counting says; without them, or by other rules, lists count."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from crmdesk.core.hand_over import TicketLink
from crmdesk.core.roles import Role
from crmdesk.core.tickets import TicketState
from crmdesk.models.ticket import Ticket
from crmdesk.models.ticket_clock import ClockStand, TicketClock
from crmdesk.queries import ticket_rows
from crmdesk.queries.clock_days import is_fresh
from crmdesk.queries.clock_lists import clock_keys, soon
from crmdesk.services import clock_rules as service
from crmdesk.services.clock_rules import ChooseRegion
from crmdesk.services.ticket_due import keep_store
from tests.builders.ledger_rows import Rows
from tests.builders.shop import STORE_ID, Shop
from tests.integration.clocks.test_clock_lists import _agree, _scatter

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)


def _fresh(shop: Shop) -> bool:
    with shop.reading() as session:
        return is_fresh(session, STORE_ID)


def _kept(shop: Shop) -> list[tuple[object, ...]]:
    with shop.reading() as session:
        return sorted(tuple(row) for row in session.execute(select(*TicketClock.__table__.columns)))


@pytest.mark.parametrize("seed", range(2))
def test_on_every_later_day_the_kept_days_are_right(shop: Shop, seed: int) -> None:
    _scatter(Rows(shop), random.Random(seed), 40)
    for _ in range(4):
        assert _fresh(shop)
        _agree(shop)
        with shop.reading() as session:
            counted = clock_keys(session, shop.context(Role.MANAGER)).due
            found, number = soon(session, 2, 100, shop.context(Role.MANAGER))
        last = shop.context().today() + 2 * DAY
        assert sorted(found) == sorted(key for key, day in counted.items() if day <= last)
        assert number == len(found)
        shop.clock.advance(3 * DAY)


def test_without_kept_days_the_lists_count_and_the_days_first_work_keeps_them(shop: Shop) -> None:
    _scatter(Rows(shop), random.Random(5), 30)
    before = _kept(shop)
    with shop.database.transaction() as session:
        session.execute(delete(TicketClock))
        session.execute(delete(ClockStand))
    assert not _fresh(shop)
    _agree(shop)
    with shop.database.transaction() as session:
        keep_store(session, STORE_ID)
    assert _fresh(shop)
    assert _kept(shop) == before
    _agree(shop)


def test_another_region_counts_all_anew(shop: Shop) -> None:
    _scatter(Rows(shop), random.Random(6), 30)
    before = _kept(shop)
    shop.do(service.choose_region, ChooseRegion("shandong", 50), shop.context(Role.OWNER))
    assert _fresh(shop)
    assert _kept(shop) != before
    _agree(shop)


def test_what_is_done_is_kept_no_longer(shop: Shop) -> None:
    rows = Rows(shop)
    key = rows.repair(rows.member(), TODAY - 50 * DAY)
    assert [row[0] for row in _kept(shop)] == [key]
    with shop.database.transaction() as session:
        session.get_one(Ticket, key).state = TicketState.READY
    assert _kept(shop) == []


def test_the_deadline_in_a_list_counts_earlier_repairs(shop: Shop) -> None:
    rows = Rows(shop)
    member = rows.member()
    first = rows.repair(member, date(2026, 9, 1), ready_at=date(2026, 10, 1), state=TicketState.CLOSED)
    loan = rows.loaner()
    again = rows.repair(member, TODAY - 5 * DAY, linked_ticket_id=first, link=TicketLink.COME_BACK)
    rows.loan(loan, member, TODAY - 5 * DAY, None, TODAY + DAY, ticket=again)
    with shop.reading() as session:
        context = shop.context(Role.MANAGER)
        [row] = ticket_rows.rows(session, [again], context)
    assert row.clock is not None
    assert (row.clock.key, row.clock.days_left) == ("repair_total", 0)  # 30 of 35 days were gone before
