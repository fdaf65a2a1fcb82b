"""Fees of a loan that its deposit does not cover: charged, paid with a receipt, waived by a manager with a reason."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.charges import ChargeKind
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError, ReasonMissingError, StaleError
from crmdesk.core.loan_errors import FeeSettledError, MoreThanOpenError
from crmdesk.core.loan_events import LoanAct
from crmdesk.core.loan_rules import Fees
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.repair_errors import PaymentFixedError
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.ticket_events import TicketAct
from crmdesk.models.charge import Charge
from crmdesk.models.judgement import Payment
from crmdesk.models.loan import Loan
from crmdesk.services import audit, loan_events
from crmdesk.services.loan_steps import CHANGED, note_on_ticket
from crmdesk.services.numbers import next_running_number

_RECEIPT: Final = "P"
_NOTE_LENGTH: Final = 120


@dataclass(frozen=True, slots=True)
class PayFees:
    """Money for the open fees of a loan; ``method`` says how it was paid."""

    loan_id: int
    amount: Money
    method: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PayForTicket:
    """Money for the open fees of all loans of a ticket."""

    ticket_id: int
    amount: Money
    method: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class WaiveFee:
    """One fee that is not asked for, as somebody saw it at ``seen_version``."""

    charge_id: int
    reason: str
    seen_version: int | None = None


@dataclass(frozen=True, slots=True)
class TakeBackFee:
    """A payment of fees that was wrong."""

    payment_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class FeesPaid:
    """A payment with its receipt, and what is still open."""

    payment_id: int
    loan_id: int
    receipt: str
    still_open: Money


def charge(session: Session, loan: Loan, fees: Fees, context: Context) -> None:
    """Note what the borrower owes besides the deposit."""
    for kind, amount in fees:
        session.add(
            Charge(
                store_id=context.store.id,
                loan_id=loan.id,
                kind=kind,
                amount=amount,
                at=context.now(),
                staff_id=context.actor.staff_id,
                note="",
                waive_reason="",
            )
        )
        loan_events.note(session, loan, LoanAct.CHARGED, context, f"¥{amount.short_text()}")
        note_on_ticket(session, loan, TicketAct.CHARGED, context, f"{loan.number} ¥{amount.short_text()}")
    session.flush()


def pay(session: Session, request: PayFees, context: Context) -> Outcome[FeesPaid]:
    """Take money for a loan's fees; it gets a receipt number.

    Raises:
        NotFoundError: no such loan.
        InvalidFieldError: nothing, or less than nothing.
        MoreThanOpenError: more than is open.
    """
    context.require(Right.SERVE)
    loan = _loan(session, request.loan_id)
    if request.amount <= Money(0):
        raise InvalidFieldError("amount", "too_small", request.amount.yuan_text())
    still_open = open_fees(session, loan.id)
    if request.amount > still_open:
        raise MoreThanOpenError(request.amount, still_open)
    payment = Payment(
        store_id=context.store.id,
        loan_id=loan.id,
        amount=request.amount,
        method=clean_line(request.method),
        at=context.now(),
        staff_id=context.actor.staff_id,
        receipt=next_running_number(session, context, _RECEIPT),
        note=clean_line(request.note),
    )
    session.add(payment)
    session.flush()
    loan_events.note(session, loan, LoanAct.PAID, context, f"¥{payment.amount.short_text()} · {payment.receipt}")
    detail: audit.Detail = {"amount": payment.amount.fen, "receipt": payment.receipt}
    audit.record(session, context, "loan.pay", (EntityKind.LOAN, loan.id), detail)
    return Outcome(FeesPaid(payment.id, loan.id, payment.receipt, still_open - payment.amount), CHANGED)


def pay_for_ticket(session: Session, request: PayForTicket, context: Context) -> None:
    """Take money at the pick-up for the fees of a ticket's loans, the oldest loan first, each with its receipt.

    Raises:
        MoreThanOpenError: more than is open of all of them.
    """
    left = request.amount
    for loan_id in session.scalars(select(Loan.id).where(Loan.ticket_id == request.ticket_id).order_by(Loan.id)).all():
        part = min(left, open_fees(session, loan_id))
        if part > Money(0):
            pay(session, PayFees(loan_id, part, request.method, request.note), context)
            left -= part
    if left > Money(0):
        raise MoreThanOpenError(request.amount, request.amount - left)


def waive(session: Session, request: WaiveFee, context: Context) -> Outcome[Money]:
    """Ask no longer for a fee, or for what is open of it when a part is paid. Gives what was waived.

    Raises:
        NotAllowedError: the person may not pass a hard stop.
        ReasonMissingError: without a reason.
        NotFoundError: no such fee of a loan.
        StaleError: somebody changed it since it was read.
        FeeSettledError: it is waived, or all is paid.
    """
    context.require(Right.OVERRIDE)
    if not clean_line(request.reason):
        raise ReasonMissingError("loan.waive")
    fee = session.get(Charge, request.charge_id)
    if fee is None or fee.loan_id is None:
        raise NotFoundError(EntityKind.LOAN, str(request.charge_id))
    if request.seen_version is not None and fee.version != request.seen_version:
        raise StaleError(EntityKind.LOAN, fee.loan_id, request.seen_version, fee.version)
    loan = _loan(session, fee.loan_id)
    waived = min(fee.amount, open_fees(session, loan.id))
    if fee.waived_at is not None or not waived:
        raise FeeSettledError(loan.number)
    _set_waived(_open_part(session, fee, waived), request.reason, context)
    words = f"¥{waived.short_text()} · {clean_line(request.reason)}"
    loan_events.note(session, loan, LoanAct.WAIVED, context, words)
    note_on_ticket(session, loan, TicketAct.CHARGE_WAIVED, context, f"{loan.number} {words}")
    audit.record(session, context, "loan.waive", (EntityKind.LOAN, loan.id), {"amount": waived.fen})
    session.flush()
    return Outcome(waived, CHANGED)


def take_back(session: Session, request: TakeBackFee, context: Context) -> Outcome[Money]:
    """Take a wrong payment of fees back: the same amount the other way, once, with a receipt; gives what is open now.

    Raises:
        NotAllowedError: the person may not pass a hard stop.
        ReasonMissingError: without a reason.
        NotFoundError: no such payment of a loan.
        PaymentFixedError: it is taken back already, or takes another one back.
    """
    context.require(Right.OVERRIDE)
    reason = clean_line(request.reason)
    if not reason:
        raise ReasonMissingError("loan.take_back")
    wrong = session.get(Payment, request.payment_id)
    if wrong is None or wrong.loan_id is None:
        raise NotFoundError(EntityKind.LOAN, str(request.payment_id))
    loan = _loan(session, wrong.loan_id)
    countered = session.scalar(select(Payment.id).where(Payment.counters_id == wrong.id))
    if wrong.counters_id is not None or countered is not None:
        raise PaymentFixedError(loan.number)
    made = Payment(
        store_id=context.store.id,
        loan_id=loan.id,
        amount=-wrong.amount,
        method=wrong.method,
        at=context.now(),
        staff_id=context.actor.staff_id,
        receipt=next_running_number(session, context, _RECEIPT),
        note=reason[:_NOTE_LENGTH],
        counters_id=wrong.id,
    )
    session.add(made)
    session.flush()
    words = f"−¥{wrong.amount.short_text()} · {wrong.receipt} · {made.receipt} · {reason}"
    loan_events.note(session, loan, LoanAct.PAYMENT_TAKEN_BACK, context, words)
    note_on_ticket(
        session, loan, TicketAct.PAYMENT_TAKEN_BACK, context, f"{made.amount.yuan_text()} {made.receipt} {reason}"
    )
    detail: audit.Detail = {"amount": made.amount.fen, "receipt": made.receipt}
    audit.record(session, context, "loan.payment_taken_back", (EntityKind.LOAN, loan.id), detail)
    return Outcome(open_fees(session, loan.id), CHANGED)


def open_fees(session: Session, loan_id: int) -> Money:
    """Give what the borrower still owes of a loan's fees."""
    session.flush()
    asked = session.scalar(select(func.sum(Charge.amount)).where(Charge.loan_id == loan_id, Charge.waived_at.is_(None)))
    paid = session.scalar(select(func.sum(Payment.amount)).where(Payment.loan_id == loan_id))
    return (asked or Money(0)) - (paid or Money(0))


def _loan(session: Session, loan_id: int) -> Loan:
    loan = session.get(Loan, loan_id)
    if loan is None:
        raise NotFoundError(EntityKind.LOAN, str(loan_id))
    return loan


def _open_part(session: Session, fee: Charge, waived: Money) -> Charge:
    """Give the charge that is waived: the whole, or a row of its own where a part of the fee is paid."""
    if waived == fee.amount:
        return fee
    fee.amount -= waived
    rest = Charge(
        store_id=fee.store_id,
        ticket_id=fee.ticket_id,
        loan_id=fee.loan_id,
        kind=ChargeKind(fee.kind),
        amount=waived,
        at=fee.at,
        staff_id=fee.staff_id,
        note=fee.note,
    )
    session.add(rest)
    return rest


def _set_waived(fee: Charge, reason: str, context: Context) -> None:
    fee.waived_at = context.now()
    fee.waived_by_id = context.actor.staff_id
    fee.waive_reason = clean_line(reason)
