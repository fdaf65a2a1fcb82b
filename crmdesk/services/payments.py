"""Payments are only ever added: a wrong one is taken back by a counter entry, which says what it counters and why."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError, ReasonMissingError
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.repair_errors import PaymentFixedError
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import TicketState
from crmdesk.models.complaint import Complaint
from crmdesk.models.complaint_work import ComplaintRemedy
from crmdesk.models.judgement import Payment
from crmdesk.models.ticket import Ticket
from crmdesk.queries.ticket_money import ticket_money
from crmdesk.queries.ticket_payments import DEPOSIT_METHOD
from crmdesk.services import audit
from crmdesk.services.numbers import next_running_number
from crmdesk.services.ticket_steps import TICKETS, load, note_event

RECEIPT: Final = "P"
_NOTE_LENGTH: Final = 120


@dataclass(frozen=True, slots=True)
class Moved:
    """Money of a ticket: from the customer, or back to her below zero; ``note`` is the reason.

    ``remedy_id`` settles a complaint; ``counters_id`` is the payment that this one takes back.
    """

    amount: Money
    method: str
    note: str
    remedy_id: int | None = None
    counters_id: int | None = None


@dataclass(frozen=True, slots=True)
class TakeBackPayment:
    """A payment that was wrong, as somebody saw its ticket at ``seen_version``."""

    ticket_id: int
    seen_version: int
    payment_id: int
    reason: str


def add(session: Session, ticket_id: int, moved: Moved, context: Context) -> Payment:
    """Add money with a receipt of its own, inside another step."""
    made = Payment(
        store_id=context.store.id,
        ticket_id=ticket_id,
        amount=moved.amount,
        method=clean_line(moved.method),
        at=context.now(),
        staff_id=context.actor.staff_id,
        receipt=next_running_number(session, context, RECEIPT),
        note=clean_line(moved.note)[:_NOTE_LENGTH],
        remedy_id=moved.remedy_id,
        counters_id=moved.counters_id,
    )
    session.add(made)
    session.flush()
    return made


def take_back(session: Session, request: TakeBackPayment, context: Context) -> Outcome[Money]:
    """Take a wrong payment back: the same amount the other way, once; gives what is open on the ticket now.

    What it paid for is open again: a bill, or the refund that a complaint was settled with.

    Raises:
        NotAllowedError: the person may not pass a hard stop.
        ReasonMissingError: without a reason.
        NotFoundError: no such payment on the ticket.
        StaleError: somebody changed the ticket since it was read.
        PaymentFixedError: it is taken back already, was a deposit set off, or settled a complaint that has ended.
    """
    context.require(Right.OVERRIDE)
    ticket = load(session, request.ticket_id, request.seen_version)
    if not clean_line(request.reason):
        raise ReasonMissingError("payment.take_back")
    wrong = session.get(Payment, request.payment_id)
    if wrong is None or wrong.ticket_id != ticket.id:
        raise NotFoundError(EntityKind.TICKET, str(request.payment_id))
    if _is_fixed(session, wrong, ticket):
        raise PaymentFixedError(ticket.number)
    moved = Moved(-wrong.amount, wrong.method, request.reason, wrong.remedy_id, wrong.id)
    made = add(session, ticket.id, moved, context)
    if wrong.remedy_id is not None:
        _wait_again(session, session.get_one(ComplaintRemedy, wrong.remedy_id))
    words = f"{made.amount.yuan_text()} {made.receipt} {made.note}"
    note_event(session, ticket, TicketAct.PAYMENT_TAKEN_BACK, context, words)
    detail: audit.Detail = {"number": ticket.number, "amount": made.amount.fen, "receipt": made.receipt}
    audit.record(session, context, f"ticket.{TicketAct.PAYMENT_TAKEN_BACK}", (EntityKind.TICKET, ticket.id), detail)
    session.flush()
    return Outcome(ticket_money(session, ticket.id).open, TICKETS)


def _is_fixed(session: Session, payment: Payment, ticket: Ticket) -> bool:
    countered = session.scalar(select(Payment.id).where(Payment.counters_id == payment.id))
    settled = payment.remedy_id is not None and ticket.state in (TicketState.CLOSED, TicketState.CANCELLED)
    done = payment.counters_id is not None or countered is not None
    return done or payment.method == DEPOSIT_METHOD or settled


def _wait_again(session: Session, remedy: ComplaintRemedy) -> None:
    """Let a remedy wait to be carried out again."""
    remedy.done_at = remedy.done_by_id = None
    remedy.evidence = ""
    case = session.scalars(select(Complaint).where(Complaint.ticket_id == remedy.ticket_id)).one()
    case.remedy_done_at = None
