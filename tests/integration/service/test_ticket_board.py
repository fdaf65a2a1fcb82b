"""The board's columns hold every open ticket once; a ticket is given to a colleague."""

import pytest
from sqlalchemy import select

from crmdesk.core.errors import IllegalMoveError, NotFoundError
from crmdesk.core.roles import Role
from crmdesk.core.tickets import FINISHED, Priority, TicketKind, TicketState
from crmdesk.models.staff import Staff
from crmdesk.queries.ticket_board import PASSING, STATES, BoardColumn, board
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from crmdesk.services import repair
from crmdesk.services.ticket_owner import GiveTicket, give
from tests.builders.cases import add_complaint, told
from tests.builders.repairs import approved, quoted, ready, seen, step, taken_in
from tests.builders.shop import Shop, staff_id


def test_every_open_state_stands_in_one_column() -> None:
    placed = [state for states in STATES.values() for state in states]
    assert len(placed) == len(set(placed))
    assert set(placed) | PASSING | FINISHED == set(TicketState)


def test_columns_count_and_show_what_is_due_first(shop: Shop) -> None:
    late = taken_in(shop, promised_on=shop.context().today())
    soon = taken_in(shop, name="钱芳", priority=Priority.EXPRESS)
    quoted(shop, name="林婉清")
    approved(shop, name="单雪芹")
    ready(shop, name="何雨桐")
    add_complaint(shop)
    told(shop)
    with shop.reading() as session:
        piles = {pile.column: pile for pile in board(session, TicketFilter(view=TicketView.ALL), shop.context(), 2)}
    assert {column: pile.count for column, pile in piles.items()} == {
        BoardColumn.NEW: 3,
        BoardColumn.DECIDING: 0,
        BoardColumn.CUSTOMER: 1,
        BoardColumn.WORK: 1,
        BoardColumn.AWAY: 0,
        BoardColumn.READY: 1,
        BoardColumn.TOLD: 1,
    }
    assert len(piles[BoardColumn.NEW].cards) == 2
    with shop.reading() as session:
        express = board(session, TicketFilter(kind=TicketKind.REPAIR, priority=Priority.EXPRESS), shop.context())
        first = board(session, TicketFilter(), shop.context())[0].cards
    assert [card.id for pile in express for card in pile.cards] == [soon]
    assert first[0].id == late


def test_a_ticket_is_given_to_a_colleague(shop: Shop) -> None:
    ticket = taken_in(shop)
    request = GiveTicket(ticket, staff_id(Role.MANAGER), seen(shop, ticket).version)
    before = shop.do(give, request, shop.context())
    assert before == staff_id(Role.CLERK)
    assert [event.note for event in seen(shop, ticket).events if event.act == "given"] == ["周敏"]
    again = shop.do(give, GiveTicket(ticket, staff_id(Role.MANAGER)), shop.context())
    assert again == staff_id(Role.MANAGER)


def test_nobody_who_left_gets_a_ticket_and_no_finished_one_is_given(shop: Shop) -> None:
    ticket = taken_in(shop)
    with shop.database.transaction() as session:
        session.scalars(select(Staff).where(Staff.id == staff_id(Role.GUIDE))).one().active = False
    with pytest.raises(NotFoundError):
        shop.do(give, GiveTicket(ticket, staff_id(Role.GUIDE)), shop.context())
    shop.do(repair.cancel, step(shop, ticket, "不修了"), shop.context())
    with pytest.raises(IllegalMoveError):
        shop.do(give, GiveTicket(ticket, staff_id(Role.MANAGER)), shop.context())
