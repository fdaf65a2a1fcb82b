"""Any order of steps on one loaner: periods never overlap, deposits balance, states fit the loans."""

import contextlib
import itertools
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select
from typing_extensions import override

from crmdesk.core.errors import RefusedError
from crmdesk.core.loan_events import LoanAct
from crmdesk.core.loan_rules import proposed_settlement
from crmdesk.core.loaners import DepositMove, LoanerState, LoanState, ReturnGrade
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.tickets import TellChannel
from crmdesk.models.charge import Charge
from crmdesk.models.judgement import Payment
from crmdesk.models.loan import DepositEntry, Loan, LoanEvent
from crmdesk.models.loaner import Loaner
from crmdesk.models.reminder import Reminder
from crmdesk.services.loan_fees import PayFees, WaiveFee, pay, waive
from crmdesk.services.loan_reminders import Remind, remind
from crmdesk.services.loan_reservations import (
    GiveUp,
    MoveReservation,
    ReserveLoaner,
    cancel,
    move_reservation,
    not_fetched,
    reserve,
)
from crmdesk.services.loan_returns import LoseLoaner, TakeBack, lose, take_back
from crmdesk.services.loaner_count import CountShelf, count_shelf
from crmdesk.services.loaners import Inspect, MoveLoaner, clean, inspect, move_loaner
from crmdesk.services.loans import LendLoaner, MoveDueDay, extend, lend, take_over
from tests.builders.loaners import add_loaner, add_member
from tests.builders.shop import open_shop

DAYS = st.integers(0, 6)
WHO = st.integers(0, 2)
FREE_MOVES = st.sampled_from(list(LoanerState))
_KEPT = DepositEntry.move == DepositMove.KEPT
_OPEN = (LoanState.RESERVED, LoanState.OUT)


class OneLoaner(RuleBasedStateMachine):
    """The shop's desk and one suitcase."""

    @initialize()
    def open(self) -> None:
        self.folder = TemporaryDirectory()
        self.shop = open_shop(Path(self.folder.name))
        self.loaner_id = add_loaner(self.shop).id
        self.members = [add_member(self.shop, f"会员{number}", f"1380571000{number}") for number in range(3)]

    @override
    def teardown(self) -> None:
        if hasattr(self, "shop"):
            self.shop.close()
            self.folder.cleanup()

    # -- what is there ---------------------------------------------------------------------------

    @property
    def today(self) -> date:
        return self.shop.context().today()

    def loaner(self) -> Loaner:
        with self.shop.reading() as session:
            found = session.get_one(Loaner, self.loaner_id)
            session.expunge(found)
            return found

    def loans(self) -> list[Loan]:
        with self.shop.reading() as session:
            found = list(session.execute(select(Loan).order_by(Loan.id)).scalars())
            session.expunge_all()
            return found

    def out(self) -> Loan | None:
        return next((loan for loan in self.loans() if loan.state is LoanState.OUT), None)

    def attempt(self, act: Callable[[], object]) -> None:
        """Carry out a step; a typed refusal is an answer, anything else a defect."""
        with contextlib.suppress(RefusedError):
            act()

    # -- steps -----------------------------------------------------------------------------------

    @rule(days=st.integers(1, 4))
    def days_pass(self, days: int) -> None:
        self.shop.clock.advance(timedelta(days=days))

    @rule(who=WHO, days=DAYS)
    def lend(self, who: int, days: int) -> None:
        request = LendLoaner(self.loaner_id, None, self.members[who], due_on=self.today + timedelta(days=days))
        self.attempt(lambda: self.shop.do(lend, request, self.shop.context()))

    @rule(who=WHO, start=DAYS, days=DAYS)
    def reserve(self, who: int, start: int, days: int) -> None:
        first = self.today + timedelta(days=start)
        request = ReserveLoaner(self.loaner_id, self.members[who], first, first + timedelta(days=days))
        self.attempt(lambda: self.shop.do(reserve, request, self.shop.context()))

    @rule(place=st.integers(0, 5))
    def cancel(self, place: int) -> None:
        kept = [loan for loan in self.loans() if loan.state is LoanState.RESERVED]
        if kept:
            loan = kept[place % len(kept)]
            self.attempt(lambda: self.shop.do(cancel, GiveUp(loan.id), self.shop.context()))

    @precondition(lambda self: self.out() is not None)
    @rule(days=DAYS, manager=st.booleans())
    def move_due_day(self, days: int, *, manager: bool) -> None:
        loan = self.out()
        assert loan is not None
        request = MoveDueDay(loan.id, "配件未到", self.today + timedelta(days=days))
        if manager:
            self.attempt(lambda: self.shop.do(take_over, request, self.shop.context(Role.MANAGER)))
        else:
            self.attempt(lambda: self.shop.do(extend, request, self.shop.context()))

    @precondition(lambda self: self.out() is not None)
    @rule(grade=st.sampled_from(list(ReturnGrade)), fee=st.integers(0, 50_000), error=st.sampled_from([0, 0, 0, 1, -1]))
    def take_back(self, grade: ReturnGrade, fee: int, error: int) -> None:
        loan = self.out()
        assert loan is not None
        parts = proposed_settlement(loan.deposit, Money(fee))
        request = TakeBack(
            loan.id,
            grade,
            "外观如图",
            damage_fee=Money(fee),
            kept=parts.kept,
            returned=parts.returned + Money(error),
        )
        self.attempt(lambda: self.shop.do(take_back, request, self.shop.context()))
        assert (self.out() is None) is (error == 0)

    @precondition(lambda self: self.out() is not None)
    @rule()
    def remind(self) -> None:
        loan = self.out()
        assert loan is not None
        self.attempt(lambda: self.shop.do(remind, Remind(loan.id, TellChannel.PHONE), self.shop.context()))

    @rule(place=st.integers(0, 5), fen=st.integers(-100, 60_000))
    def pay(self, place: int, fen: int) -> None:
        loans = self.loans()
        if loans:
            request = PayFees(loans[place % len(loans)].id, Money(fen))
            self.attempt(lambda: self.shop.do(pay, request, self.shop.context()))

    @rule(place=st.integers(0, 5), role=st.sampled_from([Role.CLERK, Role.MANAGER]))
    def waive(self, place: int, role: Role) -> None:
        with self.shop.reading() as session:
            fees = list(session.scalars(select(Charge.id).order_by(Charge.id)))
        if fees:
            request = WaiveFee(fees[place % len(fees)], "老顾客")
            self.attempt(lambda: self.shop.do(waive, request, self.shop.context(role)))

    @rule(place=st.integers(0, 5), start=st.integers(-2, 6), days=DAYS)
    def move_reservation(self, place: int, start: int, days: int) -> None:
        kept = [loan for loan in self.loans() if loan.state is LoanState.RESERVED]
        if kept:
            first = self.today + timedelta(days=start)
            request = MoveReservation(kept[place % len(kept)].id, first, first + timedelta(days=days))
            self.attempt(lambda: self.shop.do(move_reservation, request, self.shop.context()))

    @rule(place=st.integers(0, 5))
    def nobody_comes(self, place: int) -> None:
        kept = [loan for loan in self.loans() if loan.state is LoanState.RESERVED]
        if kept:
            request = GiveUp(kept[place % len(kept)].id)
            self.attempt(lambda: self.shop.do(not_fetched, request, self.shop.context()))

    @rule(missing=st.booleans())
    def count(self, *, missing: bool) -> None:
        here = frozenset({self.loaner_id})
        request = CountShelf(frozenset() if missing else here, here if missing else frozenset(), "盘点")
        self.shop.do(count_shelf, request, self.shop.context())

    @precondition(lambda self: self.out() is not None)
    @rule()
    def lose(self) -> None:
        loan = self.out()
        assert loan is not None
        request = LoseLoaner(loan.id, "遗失", fee=loan.deposit, kept=loan.deposit)
        self.shop.do(lose, request, self.shop.context())

    @rule(wanted=FREE_MOVES)
    def inspect(self, wanted: LoanerState) -> None:
        request = Inspect(self.loaner_id, self.loaner().version, wanted, 8, "检查")
        self.attempt(lambda: self.shop.do(inspect, request, self.shop.context()))

    @rule()
    def clean(self) -> None:
        self.attempt(lambda: self.shop.do(clean, self.loaner_id, self.shop.context()))

    @rule(wanted=st.sampled_from([state for state in LoanerState if state is not LoanerState.RETIRED]))
    def move(self, wanted: LoanerState) -> None:
        request = MoveLoaner(self.loaner_id, self.loaner().version, wanted, "原因")
        self.attempt(lambda: self.shop.do(move_loaner, request, self.shop.context()))

    # -- what always holds -----------------------------------------------------------------------

    @invariant()
    def periods_never_overlap(self) -> None:
        if not hasattr(self, "shop"):
            return
        periods = sorted(
            (loan.from_day, loan.due_on + timedelta(days=1) if loan.state in _OPEN else loan.back_day)
            for loan in self.loans()
            if loan.state is not LoanState.CANCELLED
        )
        for (_first, end), (start, _last) in itertools.pairwise(periods):
            assert end is not None
            assert end <= start

    @invariant()
    def the_state_fits_the_loans(self) -> None:
        if not hasattr(self, "shop"):
            return
        assert (self.loaner().state is LoanerState.LENT) is (self.out() is not None)
        if self.loaner().state in (LoanerState.RETIRED, LoanerState.LOST):
            assert not [loan for loan in self.loans() if loan.state in _OPEN]

    @invariant()
    def deposits_balance(self) -> None:
        if not hasattr(self, "shop"):
            return
        with self.shop.reading() as session:
            entries = session.execute(select(DepositEntry.loan_id, DepositEntry.move, DepositEntry.amount)).all()
        for loan in self.loans():
            taken = Money.total(one.amount for one in entries if one.loan_id == loan.id and _is_taken(one.move))
            given = Money.total(one.amount for one in entries if one.loan_id == loan.id and not _is_taken(one.move))
            ended = loan.state in (LoanState.BACK, LoanState.LOST)
            assert taken == loan.deposit
            assert given == (loan.deposit if ended else Money(0))

    @invariant()
    def fees_are_kept_paid_waived_or_open(self) -> None:
        if not hasattr(self, "shop"):
            return
        with self.shop.reading() as session:
            charges = session.execute(select(Charge.loan_id, Charge.amount, Charge.waived_at)).all()
            paid = session.execute(select(Payment.loan_id, Payment.amount)).all()
            kept = session.execute(select(DepositEntry.loan_id, DepositEntry.amount).where(_KEPT)).all()
        for loan in self.loans():
            asked = Money.total(one.amount for one in charges if one.loan_id == loan.id and one.waived_at is None)
            waived = Money.total(one.amount for one in charges if one.loan_id == loan.id and one.waived_at is not None)
            of_deposit = Money.total(one.amount for one in kept if one.loan_id == loan.id)
            still_open = asked - Money.total(one.amount for one in paid if one.loan_id == loan.id)
            assert loan.late_fee + loan.damage_fee == of_deposit + asked + waived
            assert Money(0) <= still_open <= asked

    @invariant()
    def nobody_is_reminded_twice_a_day(self) -> None:
        if not hasattr(self, "shop"):
            return
        with self.shop.reading() as session:
            sent = session.execute(select(Reminder.loan_id, Reminder.at).order_by(Reminder.loan_id, Reminder.at)).all()
        for (loan, before), (following, after) in itertools.pairwise(sent):
            assert loan != following or after - before >= timedelta(hours=24)

    @invariant()
    def every_loan_tells_how_it_began(self) -> None:
        if not hasattr(self, "shop"):
            return
        with self.shop.reading() as session:
            found = session.execute(select(LoanEvent.loan_id, LoanEvent.act).order_by(LoanEvent.id)).all()
        for loan in self.loans():
            acts = [one.act for one in found if one.loan_id == loan.id]
            assert acts[0] in (LoanAct.LENT, LoanAct.RESERVED)
            if loan.state in (LoanState.BACK, LoanState.LOST):
                assert LoanAct(loan.state.value) in acts


def _is_taken(move: DepositMove) -> bool:
    return move is DepositMove.TAKEN


TestOneLoaner = OneLoaner.TestCase
TestOneLoaner.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
