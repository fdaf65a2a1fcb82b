"""A loaner's way out and home again, as a clerk's day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from crmdesk.core.care import CallbackReason, CallbackState
from crmdesk.core.desk_errors import DepositUnbalancedError, LoanerOutError, LoanerTakenError, LoansBlockedError
from crmdesk.core.errors import (
    IllegalMoveError,
    InvalidFieldError,
    NotAllowedError,
    NotFoundError,
    ReasonMissingError,
    StaleError,
)
from crmdesk.core.loaners import DepositMove, LoanerState, LoanState, ReturnGrade
from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.core.quotes import QuoteState
from crmdesk.core.roles import Role
from crmdesk.core.tickets import TicketState
from crmdesk.models.audit import AuditEntry
from crmdesk.models.callback import Callback
from crmdesk.models.judgement import Quote
from crmdesk.models.loan import DepositEntry, Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.ticket import Ticket, TicketEvent
from crmdesk.services import pickup
from crmdesk.services.loan_reservations import GiveUp, ReserveLoaner, cancel, reserve
from crmdesk.services.loan_returns import LoseLoaner, TakeBack, lose, take_back
from crmdesk.services.loaners import EditLoaner, Inspect, MoveLoaner, clean, edit, inspect, move_loaner, register
from crmdesk.services.loans import LendLoaner, MoveDueDay, extend, lend, sign, take_over
from tests.builders.loaners import SUITCASE, add_loaner, add_member, add_repair, lend_to, wait
from tests.builders.shop import Shop

TODAY = date(2026, 11, 21)


def loaner_of(shop: Shop, loaner_id: int) -> Loaner:
    with shop.reading() as session:
        found = session.get_one(Loaner, loaner_id)
        session.expunge(found)
        return found


def loan_of(shop: Shop, loan_id: int) -> Loan:
    with shop.reading() as session:
        found = session.get_one(Loan, loan_id)
        session.expunge(found)
        return found


def acts_of(shop: Shop, ticket_id: int) -> list[str]:
    with shop.reading() as session:
        found = select(TicketEvent.act).where(TicketEvent.ticket_id == ticket_id).order_by(TicketEvent.id)
        return list(session.execute(found).scalars())


def entries_of(shop: Shop, loan_id: int) -> list[tuple[DepositMove, Money]]:
    with shop.reading() as session:
        found = select(DepositEntry).where(DepositEntry.loan_id == loan_id).order_by(DepositEntry.id)
        return [(one.move, one.amount) for one in session.execute(found).scalars()]


def test_lend_from_the_ticket_in_one_step(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    ticket = add_repair(shop, member)
    made = lend_to(shop, loaner.id, member, ticket.id, condition_out="右上角旧划痕", paid_by="微信")
    assert made.number.startswith("L-01-261121-")
    assert made.due_on == TODAY + timedelta(days=12)  # promised in 10, two days of grace
    assert made.deposit == Money.yuan(300)
    assert loaner_of(shop, loaner.id).state is LoanerState.LENT
    loan = loan_of(shop, made.id)
    assert (loan.looks_out, loan.condition_out, loan.signed_at) == (9, "右上角旧划痕", None)
    assert "押金当场原路退还" in loan.terms
    assert entries_of(shop, made.id) == [(DepositMove.TAKEN, Money.yuan(300))]
    assert acts_of(shop, ticket.id) == ["taken_in", "lent"]
    with shop.reading() as session:
        call = session.execute(select(Callback)).scalar_one()
        assert (call.reason, call.loan_id, call.subject) == (CallbackReason.LOAN_DUE, made.id, "L-007 20寸拉杆箱")
        assert call.due_from.isoformat() == "2026-12-03T01:00:00+00:00"  # nine in the morning in Hangzhou
        audited = set(session.execute(select(AuditEntry.act)).scalars())
        assert {"loaner.register", "loan.lend", "loaner.lent"} <= audited


def test_the_way_home(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    ticket = add_repair(shop, member)
    made = lend_to(shop, loaner.id, member, ticket.id)
    wait(shop, 14)
    back = TakeBack(
        made.id,
        ReturnGrade.DAMAGED,
        "拉杆松",
        late_fee=Money.yuan(10),
        damage_fee=Money.yuan(50),
        kept=Money.yuan(60),
        returned=Money.yuan(240),
    )
    ended = shop.do(take_back, back, shop.context())
    assert ended.to_pay == Money(0)
    assert loaner_of(shop, loaner.id).state is LoanerState.TO_INSPECT
    assert entries_of(shop, made.id)[1:] == [
        (DepositMove.KEPT, Money.yuan(60)),
        (DepositMove.RETURNED, Money.yuan(240)),
    ]
    loan = loan_of(shop, made.id)
    assert (loan.state, loan.back_day, loan.grade) == (LoanState.BACK, TODAY + timedelta(days=14), ReturnGrade.DAMAGED)
    assert acts_of(shop, ticket.id)[-1] == "loan_returned"
    with shop.reading() as session:
        assert session.execute(select(Callback.state)).scalar_one() is CallbackState.CANCELLED

    seen = loaner_of(shop, loaner.id).version
    repaired = shop.do(inspect, Inspect(loaner.id, seen, LoanerState.IN_REPAIR, 8, "换拉杆"), shop.context())
    waiting = shop.do(move_loaner, MoveLoaner(loaner.id, repaired.version, LoanerState.TO_INSPECT), shop.context())
    dirty = shop.do(inspect, Inspect(loaner.id, waiting.version, LoanerState.TO_CLEAN, 8), shop.context())
    assert dirty.state is LoanerState.TO_CLEAN
    free = shop.do(clean, loaner.id, shop.context())
    assert free.state is LoanerState.ON_SHELF
    assert loaner_of(shop, loaner.id).cleaned_on == TODAY + timedelta(days=14)


def test_a_loaner_is_lent_once(shop: Shop) -> None:
    loaner, first, second = add_loaner(shop), add_member(shop), add_member(shop, "林婉清", "13805710001")
    lend_to(shop, loaner.id, first)
    with pytest.raises(LoanerTakenError) as caught:
        lend_to(shop, loaner.id, second)
    assert (caught.value.loaner_code, caught.value.from_day) == ("L-007", "2026-11-21")


def test_a_reservation_is_in_the_way_of_others_and_opens_for_its_member(shop: Shop) -> None:
    loaner, first, second = add_loaner(shop), add_member(shop), add_member(shop, "林婉清", "13805710001")
    ahead = ReserveLoaner(loaner.id, first, TODAY + timedelta(days=5), TODAY + timedelta(days=9))
    kept = shop.do(reserve, ahead, shop.context())
    assert loaner_of(shop, loaner.id).state is LoanerState.ON_SHELF
    with pytest.raises(LoanerTakenError):
        lend_to(shop, loaner.id, second, due_on=TODAY + timedelta(days=5))
    short = lend_to(shop, loaner.id, second, due_on=TODAY + timedelta(days=4))
    with pytest.raises(LoanerTakenError):
        shop.do(extend, MoveDueDay(short.id, "修理延期", TODAY + timedelta(days=6)), shop.context())
    wait(shop, 4)
    shop.do(take_back, TakeBack(short.id, ReturnGrade.AS_LENT, returned=short.deposit), shop.context())
    wait(shop, 1)
    seen = loaner_of(shop, loaner.id).version
    assert shop.do(inspect, Inspect(loaner.id, seen, LoanerState.ON_SHELF, 9), shop.context()).state is (
        LoanerState.RESERVED
    )
    lent = lend_to(shop, loaner.id, first, due_on=TODAY + timedelta(days=9))
    assert lent.id == kept.id


def test_a_late_return_moves_the_beginning_of_the_next_reservation(shop: Shop) -> None:
    loaner, first, second = add_loaner(shop), add_member(shop), add_member(shop, "林婉清", "13805710001")
    out = lend_to(shop, loaner.id, first, due_on=TODAY + timedelta(days=2))
    waiting = shop.do(
        reserve, ReserveLoaner(loaner.id, second, TODAY + timedelta(days=3), TODAY + timedelta(days=8)), shop.context()
    )
    gone = shop.do(
        reserve, ReserveLoaner(loaner.id, second, TODAY + timedelta(days=9), TODAY + timedelta(days=9)), shop.context()
    )
    shop.do(cancel, GiveUp(gone.id, "客户不需要了"), shop.context())
    wait(shop, 5)
    shop.do(take_back, TakeBack(out.id, ReturnGrade.AS_LENT, returned=out.deposit), shop.context())
    assert loan_of(shop, waiting.id).from_day == TODAY + timedelta(days=5)


def test_a_cancelled_reservation_frees_the_shelf(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    kept = shop.do(reserve, ReserveLoaner(loaner.id, member, TODAY, TODAY + timedelta(days=3)), shop.context())
    assert loaner_of(shop, loaner.id).state is LoanerState.RESERVED
    shop.do(cancel, GiveUp(kept.id, ""), shop.context())
    assert loaner_of(shop, loaner.id).state is LoanerState.ON_SHELF
    with pytest.raises(IllegalMoveError):
        shop.do(cancel, GiveUp(kept.id, ""), shop.context())


def test_levels_pay_no_deposit_and_only_a_manager_asks_less(shop: Shop) -> None:
    loaner, gold = add_loaner(shop), add_member(shop, "欧阳晓明", "13805710002", CardTier.GOLD)
    made = lend_to(shop, loaner.id, gold)
    assert made.deposit == Money(0)
    assert entries_of(shop, made.id) == []
    shop.do(take_back, TakeBack(made.id, ReturnGrade.AS_LENT), shop.context())
    other, plain = add_loaner(shop, "L-008"), add_member(shop)
    with pytest.raises(NotAllowedError):
        lend_to(shop, other.id, plain, deposit=Money.yuan(100))
    request = LendLoaner(other.id, None, plain, deposit=Money.yuan(100))
    assert shop.do(lend, request, shop.context(Role.MANAGER)).deposit == Money.yuan(100)


def test_who_is_late_borrows_nothing_more(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    other = add_loaner(shop, "L-008")
    made = lend_to(shop, loaner.id, member, due_on=TODAY + timedelta(days=1))
    wait(shop, 7)
    lend_to(shop, other.id, member)  # six days late: reminded, not blocked
    third = add_loaner(shop, "L-009")
    wait(shop, 1)
    with pytest.raises(LoansBlockedError) as caught:
        lend_to(shop, third.id, member)
    assert (caught.value.loan_number, caught.value.days_late) == (made.number, 7)


def test_the_deposit_is_settled_to_the_fen(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    made = lend_to(shop, loaner.id, member)
    short = TakeBack(made.id, ReturnGrade.AS_LENT, returned=made.deposit - Money(1))
    with pytest.raises(DepositUnbalancedError):
        shop.do(take_back, short, shop.context())
    greedy = TakeBack(made.id, ReturnGrade.AS_LENT, kept=Money(1), returned=made.deposit - Money(1))
    with pytest.raises(InvalidFieldError):
        shop.do(take_back, greedy, shop.context())
    negative = TakeBack(made.id, ReturnGrade.AS_LENT, kept=Money(-1), returned=made.deposit + Money(1))
    with pytest.raises(InvalidFieldError):
        shop.do(take_back, negative, shop.context())
    wordless = TakeBack(made.id, ReturnGrade.DAMAGED, returned=made.deposit)
    with pytest.raises(InvalidFieldError):
        shop.do(take_back, wordless, shop.context())
    nothing_owed = TakeBack(made.id, ReturnGrade.AS_LENT, set_off=made.deposit)
    with pytest.raises(InvalidFieldError):
        shop.do(take_back, nothing_owed, shop.context())
    assert loan_of(shop, made.id).state is LoanState.OUT
    assert entries_of(shop, made.id) == [(DepositMove.TAKEN, made.deposit)]


def test_fees_above_the_deposit_are_paid_by_the_customer(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    made = lend_to(shop, loaner.id, member)
    back = TakeBack(made.id, ReturnGrade.DAMAGED, "箱体破裂", damage_fee=Money.yuan(500), kept=made.deposit)
    assert shop.do(take_back, back, shop.context()).to_pay == Money.yuan(200)


def test_goods_stay_while_the_loaner_is_out_until_a_manager_takes_the_loan_over(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    ticket = add_repair(shop, member)
    made = lend_to(shop, loaner.id, member, ticket.id)

    def check() -> None:
        with shop.reading() as session:
            pickup.refuse_while_lent(session, session.get_one(Ticket, ticket.id))

    with pytest.raises(LoanerOutError) as caught:
        check()
    assert (caught.value.loaner_code, caught.value.loan_id) == ("L-007", made.id)
    later = MoveDueDay(made.id, "客户在外地，下周寄回", TODAY + timedelta(days=20))
    with pytest.raises(NotAllowedError):
        shop.do(take_over, later, shop.context())
    with pytest.raises(ReasonMissingError):
        shop.do(take_over, MoveDueDay(made.id, " ", TODAY), shop.context(Role.MANAGER))
    shop.do(take_over, later, shop.context(Role.MANAGER))
    check()
    assert acts_of(shop, ticket.id)[-1] == "loan_taken_over"
    loan = loan_of(shop, made.id)
    assert (loan.due_on, loan.take_over_reason) == (TODAY + timedelta(days=20), "客户在外地，下周寄回")
    with shop.reading() as session:
        assert session.execute(select(Callback.due_from)).scalar_one().date() == TODAY + timedelta(days=20)


def test_extending_needs_a_reason_and_a_later_day(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    made = lend_to(shop, loaner.id, member, due_on=TODAY + timedelta(days=3))
    for request, refusal in (
        (MoveDueDay(made.id, "", TODAY + timedelta(days=5)), ReasonMissingError),
        (MoveDueDay(made.id, "配件未到", TODAY + timedelta(days=3)), InvalidFieldError),
        (MoveDueDay(made.id, "配件未到", TODAY - timedelta(days=1)), InvalidFieldError),
        (MoveDueDay(made.id, "配件未到", TODAY + timedelta(days=5), seen_version=99), StaleError),
    ):
        with pytest.raises(refusal):
            shop.do(extend, request, shop.context())
    moved = shop.do(extend, MoveDueDay(made.id, "配件未到", TODAY + timedelta(days=5)), shop.context())
    assert moved.due_on == TODAY + timedelta(days=5)
    assert loan_of(shop, made.id).extensions == 1


def test_a_lost_loaner_is_charged_and_leaves_the_ticket_free(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    ticket = add_repair(shop, member)
    made = lend_to(shop, loaner.id, member, ticket.id)
    with pytest.raises(ReasonMissingError):
        shop.do(lose, LoseLoaner(made.id, "", returned=made.deposit), shop.context())
    gone = LoseLoaner(made.id, "机场遗失", fee=Money.yuan(800), kept=made.deposit)
    assert shop.do(lose, gone, shop.context()).to_pay == Money.yuan(500)
    assert loaner_of(shop, loaner.id).state is LoanerState.LOST
    with shop.reading() as session:
        pickup.refuse_while_lent(session, session.get_one(Ticket, ticket.id))


def test_what_cannot_be_lent(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    ticket = add_repair(shop, member)
    stranger = add_member(shop, "林婉清", "13805710001")
    with pytest.raises(NotFoundError):
        lend_to(shop, loaner.id, stranger, ticket.id)
    with pytest.raises(InvalidFieldError):
        lend_to(shop, loaner.id, member, ticket.id, due_on=TODAY - timedelta(days=1))
    with pytest.raises(NotAllowedError):
        shop.do(lend, LendLoaner(loaner.id, None, member), shop.context(Role.HEAD_OFFICE))
    lend_to(shop, loaner.id, member, ticket.id)
    with pytest.raises(InvalidFieldError):  # one loaner for one ticket
        lend_to(shop, add_loaner(shop, "L-008").id, member, ticket.id)
    broken = add_loaner(shop, "L-009")
    shop.do(move_loaner, MoveLoaner(broken.id, broken.version, LoanerState.IN_REPAIR, "轮子"), shop.context())
    with pytest.raises(IllegalMoveError):
        lend_to(shop, broken.id, stranger)


def test_the_register_refuses_nonsense(shop: Shop) -> None:
    made = add_loaner(shop)
    with pytest.raises(InvalidFieldError):
        shop.do(register, SUITCASE, shop.context())
    with pytest.raises(StaleError):
        shop.do(edit, EditLoaner(made.id, made.version + 1, SUITCASE), shop.context())
    with pytest.raises(IllegalMoveError):
        shop.do(move_loaner, MoveLoaner(made.id, made.version, LoanerState.LENT), shop.context())
    with pytest.raises(ReasonMissingError):
        shop.do(move_loaner, MoveLoaner(made.id, made.version, LoanerState.RETIRED), shop.context())
    shop.do(edit, EditLoaner(made.id, made.version, SUITCASE), shop.context())


def test_a_signature_is_noted_once(shop: Shop) -> None:
    made = lend_to(shop, add_loaner(shop).id, add_member(shop))
    shop.do(sign, made.id, shop.context())
    first = loan_of(shop, made.id).signed_at
    wait(shop, 1)
    shop.do(sign, made.id, shop.context())
    assert loan_of(shop, made.id).signed_at == first


def test_the_hard_stop_at_the_counter(shop: Shop) -> None:
    """The goods are ready, the customer stands there without the loaner (L3)."""
    loaner, member = add_loaner(shop), add_member(shop)
    ticket = add_repair(shop, member)
    made = lend_to(shop, loaner.id, member, ticket.id)
    with shop.database.transaction() as session:
        session.get_one(Ticket, ticket.id).state = TicketState.READY

    def hand_back() -> TicketState:
        with shop.reading() as session:
            version = session.get_one(Ticket, ticket.id).version
        request = pickup.HandBack(ticket.id, version, "周建国", item_back=True, signed=True)
        return shop.do(pickup.hand_back, request, shop.context())

    with pytest.raises(LoanerOutError):
        hand_back()
    shop.do(take_back, TakeBack(made.id, ReturnGrade.AS_LENT, returned=made.deposit), shop.context())
    assert hand_back() is TicketState.CLOSED


def test_a_deposit_pays_the_repair(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    ticket = add_repair(shop, member)
    made = lend_to(shop, loaner.id, member, ticket.id)
    with shop.database.transaction() as session:
        session.add(
            Quote(
                store_id=101,
                ticket_id=ticket.id,
                ordinal=1,
                total=Money.yuan(80),
                valid_until=TODAY,
                state=QuoteState.APPROVED,
                made_at=shop.clock.now(),
                staff_id=made_by(shop),
            )
        )
    too_much = TakeBack(made.id, ReturnGrade.AS_LENT, returned=Money.yuan(200), set_off=Money.yuan(100))
    with pytest.raises(InvalidFieldError):
        shop.do(take_back, too_much, shop.context())
    back = TakeBack(made.id, ReturnGrade.AS_LENT, returned=Money.yuan(220), set_off=Money.yuan(80))
    shop.do(take_back, back, shop.context())
    with shop.reading() as session:
        assert pickup.open_amount(session, session.get_one(Ticket, ticket.id)) == Money(0)


def made_by(shop: Shop) -> int:
    return shop.context().actor.staff_id
