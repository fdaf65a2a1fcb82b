"""Lists of tickets: what the views hold, what is found by typing, keys in order."""

from datetime import date, timedelta

import pytest

from crmdesk.core.money import Money
from crmdesk.core.order import Order
from crmdesk.core.roles import Role
from crmdesk.core.tickets import FINISHED, TicketState
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket
from crmdesk.queries import ticket_rows
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from crmdesk.services.purchases import LineFacts
from tests.builders.cases import add_line, add_purchase, add_return
from tests.builders.ledger_rows import Rows
from tests.builders.loaners import add_member
from tests.builders.repairs import taken_in
from tests.builders.shop import Shop

TODAY = date(2026, 11, 21)
OTHER_STORE = 102


@pytest.fixture
def rows(shop: Shop) -> Rows:
    return Rows(shop)


def keys(shop: Shop, chosen: TicketFilter, order: Order | None = None) -> list[int]:
    with shop.reading() as session:
        context = shop.context(Role.MANAGER)
        found = list(ticket_rows.ids(session, chosen, context, order))
        assert [row.id for row in ticket_rows.first(session, chosen, context, order, 1000)] == found
        assert {row.id for row in ticket_rows.rows(session, found, context)} == set(found)
        assert ticket_rows.count(session, chosen, context) == len(found)
    return found


def test_every_state_is_in_its_views(rows: Rows) -> None:
    member = rows.member()
    tickets = {state: rows.repair(member, TODAY, promised_on=TODAY, state=state) for state in TicketState}
    to_collect = {tickets[TicketState.READY], tickets[TicketState.NOTIFIED]}
    unfinished = {key for state, key in tickets.items() if state not in FINISHED}
    assert set(keys(rows.shop, TicketFilter(TicketView.OPEN))) == unfinished
    assert set(keys(rows.shop, TicketFilter(TicketView.TO_COLLECT))) == to_collect
    assert set(keys(rows.shop, TicketFilter(TicketView.DUE_TODAY))) == unfinished - to_collect
    assert set(keys(rows.shop, TicketFilter(TicketView.ALL))) == set(tickets.values())
    assert keys(rows.shop, TicketFilter(TicketView.OVERDUE)) == []
    away = [tickets[state] for state in (TicketState.SENT, TicketState.AT_HEAD_OFFICE)]
    assert set(keys(rows.shop, TicketFilter(TicketView.HEAD_OFFICE))) == set(away)


def test_the_work_of_another_store_is_not_ours(rows: Rows) -> None:
    member = rows.member()
    ours, theirs = (rows.repair(member, TODAY, promised_on=TODAY - timedelta(days=1)) for _ in range(2))
    with rows.shop.database.transaction() as session:
        session.add(Store(id=OTHER_STORE, code="02", name="湖滨店"))
        session.flush()
        session.get_one(Ticket, theirs).store_id = OTHER_STORE
    for view in (TicketView.OPEN, TicketView.OVERDUE):
        assert keys(rows.shop, TicketFilter(view)) == [ours]
    assert keys(rows.shop, TicketFilter(TicketView.ALL)) == [theirs, ours]


def test_loaners_out_lead_to_their_tickets(rows: Rows) -> None:
    member = rows.member()
    out, back = (rows.repair(member, TODAY) for _ in range(2))
    rows.loan(rows.loaner(), member, TODAY, None, ticket=out)
    rows.loan(rows.loaner(), member, TODAY - timedelta(days=3), TODAY, ticket=back)
    rows.loan(rows.loaner(), member, TODAY, None)
    assert keys(rows.shop, TicketFilter(TicketView.LENT)) == [out]


@pytest.mark.parametrize("typed", ["周建", "建国", "zhoujian", "zjg", "轮子", "拉杆箱 20", " R-01-", "国"])
def test_what_finds_a_ticket(shop: Shop, typed: str) -> None:
    assert keys(shop, TicketFilter(text=typed)) == []
    ticket = taken_in(shop)
    assert keys(shop, TicketFilter(text=typed)) == [ticket]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "周敏", "\"' OR 1", "轮子断 拉链"])
def test_what_finds_none(shop: Shop, typed: str) -> None:
    taken_in(shop)
    assert keys(shop, TicketFilter(text=typed)) == []


@pytest.mark.parametrize("key", ["number", "state", "promised", "received", "subject", "ready", "unknown"])
@pytest.mark.parametrize("descending", [False, True])
def test_orders_hold_every_ticket_once(rows: Rows, key: str, descending: bool) -> None:  # noqa: FBT001 - a column of cases
    member = rows.member()
    made = {rows.repair(member, TODAY, promised_on=TODAY, subject="轮子断") for _ in range(3)}
    made.add(rows.repair(member, TODAY - timedelta(days=1), ready_at=TODAY))
    found = keys(rows.shop, TicketFilter(TicketView.ALL), Order(key, descending))
    assert set(found) == made
    assert len(found) == len(made)


def test_a_return_is_named_by_its_first_line(shop: Shop) -> None:
    member = add_member(shop, "周敏霞", "13905718888")
    coat, _scarf = add_purchase(
        shop, member, LineFacts("羊绒大衣 驼色", Money.yuan(1280)), LineFacts("围巾", Money.yuan(90))
    )
    ticket = add_return(shop, member)

    def item() -> str:
        with shop.reading() as session:
            return ticket_rows.rows(session, [ticket], shop.context())[0].item

    assert item() == ""
    add_line(shop, ticket, coat)
    assert item() == "羊绒大衣 驼色"
