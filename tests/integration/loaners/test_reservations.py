"""Reservations ahead: moved, fetched, given up, not fetched; and what the calendar shows of them."""

from datetime import date, timedelta

import pytest

from crmdesk.core.desk_errors import LoanerTakenError
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError, StaleError
from crmdesk.core.loan_errors import StillExpectedError
from crmdesk.core.loan_events import LoanAct
from crmdesk.core.loaners import LoanerState, LoanState, ReturnGrade, SizeClass
from crmdesk.core.tickets import ItemCategory
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.queries.lend_start import lend_start_of_reservation
from crmdesk.queries.loan_events import time_line
from crmdesk.queries.loaner_calendar import calendar
from crmdesk.queries.loaners import LoanWish, propose
from crmdesk.services.loan_reservations import (
    GiveUp,
    MoveReservation,
    ReserveLoaner,
    move_reservation,
    not_fetched,
    reserve,
)
from crmdesk.services.loan_returns import TakeBack, take_back
from crmdesk.services.loaners import Inspect, inspect
from crmdesk.services.loans import LoanMade
from tests.builders.loaners import add_loaner, add_member, lend_to, wait
from tests.builders.shop import Shop


def kept(shop: Shop, loaner_id: int, member_id: int, first: int, last: int) -> LoanMade:
    today = shop.context().today()
    days = today + timedelta(days=first), today + timedelta(days=last)
    return shop.do(reserve, ReserveLoaner(loaner_id, member_id, *days), shop.context())


def state_of(shop: Shop, loaner_id: int) -> LoanerState:
    with shop.reading() as session:
        return session.get_one(Loaner, loaner_id).state


def test_a_reservation_is_moved_and_the_shelf_follows(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    made = kept(shop, loaner.id, member, 0, 3)
    assert state_of(shop, loaner.id) is LoanerState.RESERVED
    later = made.due_on + timedelta(days=5)
    shop.do(move_reservation, MoveReservation(made.id, later, later, made.version), shop.context())
    assert state_of(shop, loaner.id) is LoanerState.ON_SHELF
    with pytest.raises(StaleError):
        shop.do(move_reservation, MoveReservation(made.id, later, later, made.version), shop.context())
    with shop.reading() as session:
        assert time_line(session, loaner.id)[0].act is LoanAct.RESERVATION_MOVED


def test_a_reservation_is_not_moved_into_another_or_the_past(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    first, second = kept(shop, loaner.id, member, 1, 3), kept(shop, loaner.id, member, 5, 8)
    days = second.due_on - timedelta(days=1), second.due_on + timedelta(days=3)
    with pytest.raises(LoanerTakenError):
        shop.do(move_reservation, MoveReservation(first.id, *days), shop.context())
    today = shop.context().today()
    for first_day, last in ((-1, 2), (2, 1)):
        request = MoveReservation(first.id, today + timedelta(days=first_day), today + timedelta(days=last))
        with pytest.raises(InvalidFieldError):
            shop.do(move_reservation, request, shop.context())


def test_nobody_came(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    made = kept(shop, loaner.id, member, 0, 5)
    with pytest.raises(StillExpectedError):
        shop.do(not_fetched, GiveUp(made.id), shop.context())
    wait(shop, 1)
    shop.do(not_fetched, GiveUp(made.id, "电话无人接"), shop.context())
    assert state_of(shop, loaner.id) is LoanerState.ON_SHELF
    with pytest.raises(IllegalMoveError):
        shop.do(not_fetched, GiveUp(made.id), shop.context())
    with shop.reading() as session:
        line = time_line(session, loaner.id)[0]
        assert (line.act, line.note) == (LoanAct.NOT_FETCHED, "电话无人接")


def test_who_waits_for_a_late_return_did_not_fail_to_come(shop: Shop) -> None:
    loaner, member, other = add_loaner(shop), add_member(shop), add_member(shop, "林婉清", "13957120012")
    lent = lend_to(shop, loaner.id, member, due_on=shop.context().today())
    waiting = kept(shop, loaner.id, other, 1, 4)
    wait(shop, 2)
    with pytest.raises(StillExpectedError):
        shop.do(not_fetched, GiveUp(waiting.id), shop.context())
    shop.do(take_back, TakeBack(lent.id, ReturnGrade.AS_LENT, returned=lent.deposit), shop.context())
    with shop.reading() as session:
        assert session.get_one(Loan, waiting.id).from_day == shop.context().today()
        version = session.get_one(Loaner, loaner.id).version
    shop.do(inspect, Inspect(loaner.id, version, LoanerState.ON_SHELF, 9), shop.context())
    assert state_of(shop, loaner.id) is LoanerState.RESERVED


def test_lending_what_is_kept_for_her(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    made = kept(shop, loaner.id, member, 0, 6)
    with shop.reading() as session:
        start = lend_start_of_reservation(session, made.id, shop.context())
        wish = LoanWish(start.category, start.size_class, shop.context().today(), start.due_on, start.member_id)
        offers = propose(session, wish, shop.context())
        stranger = LoanWish(ItemCategory.SUITCASE, SizeClass.SMALL, shop.context().today(), start.due_on)
        assert propose(session, stranger, shop.context()) == ()
    assert (start.ticket_id, start.due_on, [one.code for one in offers]) == (None, made.due_on, ["L-007"])
    lent = lend_to(shop, loaner.id, member, due_on=start.due_on)
    assert lent.id == made.id
    with shop.reading() as session:
        assert session.get_one(Loan, lent.id).state is LoanState.OUT


def test_the_calendar_shows_what_stands_in_every_day(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    today = shop.context().today()
    lend_to(shop, loaner.id, member, due_on=today + timedelta(days=1))
    kept(shop, loaner.id, member, 10, 12)
    wait(shop, 4)
    with shop.reading() as session:
        row = calendar(session, today, 35, shop.context())[0]
        assert calendar(session, today, 35, shop.context(), ItemCategory.BAG) == ()
        before = calendar(session, today - timedelta(days=60), 35, shop.context())[0]
    assert [(one.first, one.last, one.late) for one in row.spans] == [
        (today, today + timedelta(days=4), True),
        (today + timedelta(days=10), today + timedelta(days=12), False),
    ]
    assert row.at(today + timedelta(days=5)) is None
    assert before.spans == ()


def test_a_reservation_over_the_year_end(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    made = shop.do(reserve, ReserveLoaner(loaner.id, member, date(2026, 12, 28), date(2027, 1, 4)), shop.context())
    with pytest.raises(LoanerTakenError):
        shop.do(reserve, ReserveLoaner(loaner.id, member, date(2027, 1, 4), date(2027, 1, 5)), shop.context())
    with shop.reading() as session:
        row = calendar(session, date(2026, 12, 1), 35, shop.context())[0]
    span = row.at(date(2027, 1, 1))
    assert span is not None
    assert span.loan_id == made.id
