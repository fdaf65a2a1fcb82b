"""The end of a loan: back with its condition compared and its deposit settled, or lost."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crmdesk.core.charges import ChargeKind
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, ReasonMissingError
from crmdesk.core.hand_over import SignPurpose
from crmdesk.core.loan_events import LoanAct
from crmdesk.core.loan_rules import Fees, Settlement, beyond_deposit
from crmdesk.core.loaners import LoanerState, LoanState, ReturnGrade
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Gate
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.services import audit, deposits, loan_events, loan_fees, loaner_steps
from crmdesk.services.condition_sheets import Looked, MarkFacts, write_sheet
from crmdesk.services.loan_steps import CHANGED, cancel_due_calls, load, note_on_ticket
from crmdesk.services.signatures import Sign, add_signature


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A loaner that comes back.

    ``kept`` + ``returned`` + ``set_off`` is the deposit; what the fees exceed ``kept`` by is charged, and paid at
    once with ``paid_now``, by ``paid_by``. ``strokes`` when the customer signed the settlement on screen.
    """

    loan_id: int
    grade: ReturnGrade
    condition: str = ""
    late_fee: Money = Money(0)
    damage_fee: Money = Money(0)
    kept: Money = Money(0)
    returned: Money = Money(0)
    set_off: Money = Money(0)
    marks: tuple[MarkFacts, ...] = ()
    seen_version: int | None = None
    paid_now: bool = False
    paid_by: str = ""
    strokes: str = ""


@dataclass(frozen=True, slots=True)
class LoseLoaner:
    """A loaner that will not come back; ``fee`` is what the borrower pays for it."""

    loan_id: int
    reason: str
    fee: Money = Money(0)
    kept: Money = Money(0)
    returned: Money = Money(0)
    seen_version: int | None = None
    paid_now: bool = False
    paid_by: str = ""


@dataclass(frozen=True, slots=True)
class LoanEnded:
    """A loan after its end; ``to_pay`` is what is open of its fees, ``payment_id`` what was paid at once."""

    id: int
    number: str
    loaner_id: int
    to_pay: Money
    payment_id: int | None = None


def take_back(session: Session, request: TakeBack, context: Context) -> Outcome[LoanEnded]:
    """Take a loaner back; it waits for inspection.

    Raises:
        IllegalMoveError: the loan is not out.
        StaleError: somebody changed it since it was read.
        DepositUnbalancedError: the deposit is not settled to the fen.
        InvalidFieldError: a fee below zero, damage without words, more kept than the fees.
        NotSignedError: too little ink to be a signature.
    """
    context.require(Right.SERVE)
    _check_fees(late_fee=request.late_fee, damage_fee=request.damage_fee)
    if request.grade is ReturnGrade.DAMAGED and not (clean_line(request.condition) or request.marks):
        raise InvalidFieldError("condition", "empty")
    loan = load(session, request.loan_id, LoanState.BACK, request.seen_version)
    loaner = loaner_steps.load(session, loan.loaner_id)
    loan.grade = request.grade
    loan.condition_back = clean_line(request.condition)
    loan.late_fee, loan.damage_fee = request.late_fee, request.damage_fee
    parts = Settlement(request.kept, request.returned, request.set_off)
    fees = ((ChargeKind.LATE, loan.late_fee), (ChargeKind.DAMAGE, loan.damage_fee))
    _end(session, loan, LoanState.BACK, parts, context)
    write_sheet(session, Looked(Gate.LOAN_BACK, loaner.category, request.marks, loan_id=loan.id), context)
    loaner_steps.move(session, loaner, LoanerState.RETURNED, context)
    loaner_steps.move(session, loaner, LoanerState.TO_INSPECT, context, request.condition)
    loaner_steps.put_in_order(session, loaner, context)
    detail: audit.Detail = {
        "loaner": loaner.code,
        "grade": request.grade,
        "kept": parts.kept.fen,
        "returned": parts.returned.fen,
    }
    audit.record(session, context, "loan.take_back", (EntityKind.LOAN, loan.id), detail)
    note_on_ticket(session, loan, TicketAct.LOAN_RETURNED, context, _words(loaner, parts))
    words = " · ".join(part for part in (request.grade.value, loan.condition_back) if part)
    loan_events.note(session, loan, LoanAct.BACK, context, words)
    if request.strokes:
        name = session.get_one(Member, loan.member_id).name
        add_signature(session, Sign(SignPurpose.LOAN_BACK, name, request.strokes, loan_id=loan.id), context)
    return _charged(session, loan, beyond_deposit(fees, parts.kept), request, context)


def lose(session: Session, request: LoseLoaner, context: Context) -> Outcome[LoanEnded]:
    """Give a lent loaner up as lost; its deposit is settled and its reservations are cancelled.

    Raises:
        ReasonMissingError: without a reason.
        IllegalMoveError: the loan is not out.
        DepositUnbalancedError: the deposit is not settled to the fen.
    """
    context.require(Right.SERVE)
    _check_fees(fee=request.fee)
    if not clean_line(request.reason):
        raise ReasonMissingError(LoanerState.LOST)
    loan = load(session, request.loan_id, LoanState.LOST, request.seen_version)
    loaner = loaner_steps.load(session, loan.loaner_id)
    loan.condition_back = clean_line(request.reason)
    loan.damage_fee = request.fee
    parts = Settlement(request.kept, request.returned)
    _end(session, loan, LoanState.LOST, parts, context)
    loaner_steps.move(session, loaner, LoanerState.LOST, context, request.reason)
    loaner_steps.drop_reservations(session, loaner, context)
    detail: audit.Detail = {"loaner": loaner.code, "fee": request.fee.fen, "kept": parts.kept.fen}
    audit.record(session, context, "loan.lose", (EntityKind.LOAN, loan.id), detail)
    note_on_ticket(session, loan, TicketAct.NOTED, context, f"{loaner.code} {loan.condition_back}")
    loan_events.note(session, loan, LoanAct.LOST, context, loan.condition_back)
    fees = ((ChargeKind.LOSS, request.fee),)
    return _charged(session, loan, beyond_deposit(fees, parts.kept), request, context)


def _check_fees(**fees: Money) -> None:
    for field, amount in fees.items():
        if amount < Money(0):
            raise InvalidFieldError(field, "too_small", amount.yuan_text())


def _end(session: Session, loan: Loan, state: LoanState, parts: Settlement, context: Context) -> None:
    deposits.settle(session, loan, parts, loan.late_fee + loan.damage_fee, context)
    loan.state = state
    loan.back_at = context.now()
    loan.back_day = context.today()
    loan.taken_back_by_id = context.actor.staff_id
    cancel_due_calls(session, loan, context)


def _words(loaner: Loaner, parts: Settlement) -> str:
    amounts = f"¥{parts.returned.short_text()}" if parts.total() else ""
    return " · ".join(part for part in (f"{loaner.code} {loaner.name}", amounts) if part)


def _charged(
    session: Session, loan: Loan, fees: Fees, request: TakeBack | LoseLoaner, context: Context
) -> Outcome[LoanEnded]:
    """Charge what the deposit does not cover, and take the money when it is paid at once."""
    session.flush()
    loan_fees.charge(session, loan, fees, context)
    owed = Money.total(amount for _kind, amount in fees)
    if not (owed and request.paid_now):
        return Outcome(LoanEnded(loan.id, loan.number, loan.loaner_id, owed), CHANGED)
    paid = loan_fees.pay(session, loan_fees.PayFees(loan.id, owed, request.paid_by), context).value
    return Outcome(LoanEnded(loan.id, loan.number, loan.loaner_id, paid.still_open, paid.payment_id), CHANGED)
