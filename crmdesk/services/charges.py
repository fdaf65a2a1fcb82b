"""Charges: what a customer owes besides an agreed quote; a manager waives them with a reason."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crmdesk.core.charges import ChargeKind
from crmdesk.core.context import Context
from crmdesk.core.desk_errors import MoneyOpenError
from crmdesk.core.errors import InvalidFieldError, NotFoundError, ReasonMissingError, StaleError
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.repair_errors import AlreadyWaivedError, MoneyToReturnError
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.ticket_events import TicketAct
from crmdesk.models.charge import Charge
from crmdesk.models.ticket import Ticket
from crmdesk.queries.ticket_money import ticket_money
from crmdesk.services import audit
from crmdesk.services.ticket_steps import TICKETS, load, note_event

_NOTE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class MakeCharge:
    """Something the customer has to pay on a ticket; ``note`` says what for, and prints."""

    ticket_id: int
    seen_version: int
    kind: ChargeKind
    amount: Money
    note: str = ""


@dataclass(frozen=True, slots=True)
class WaiveCharge:
    """A charge that is let off; ``seen_version`` is the charge's."""

    charge_id: int
    seen_version: int
    reason: str


def charge(session: Session, request: MakeCharge, context: Context) -> Outcome[Money]:
    """Charge something on an open ticket, or one whose goods are still here; gives what is open now.

    Raises:
        NotAllowedError: the person does not work at the desk.
        InvalidFieldError: nothing, or less.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    add_charge(session, ticket, request, context)
    return Outcome(ticket_money(session, ticket.id).open, TICKETS)


def add_charge(session: Session, ticket: Ticket, request: MakeCharge, context: Context) -> Charge:
    """Add a charge inside another step.

    Raises:
        InvalidFieldError: nothing, or less.
    """
    if request.amount <= Money(0):
        raise InvalidFieldError("amount", "negative", request.amount.yuan_text())
    made = Charge(
        store_id=context.store.id,
        ticket_id=ticket.id,
        kind=request.kind,
        amount=request.amount,
        at=context.now(),
        staff_id=context.actor.staff_id,
        note=clean_line(request.note)[:_NOTE_LENGTH],
    )
    session.add(made)
    session.flush()
    _tell(session, ticket, TicketAct.CHARGED, made, context, made.note)
    return made


def waive(session: Session, request: WaiveCharge, context: Context) -> Outcome[Money]:
    """Let a charge off; gives what is open now, below zero when it was paid already.

    Raises:
        NotAllowedError: the person is no manager.
        ReasonMissingError: no reason.
        StaleError: somebody changed it since it was read.
        AlreadyWaivedError: it was waived before.
    """
    context.require(Right.OVERRIDE)
    made = session.get(Charge, request.charge_id)
    if made is None or made.ticket_id is None:
        raise NotFoundError(EntityKind.TICKET, str(request.charge_id))
    ticket = load(session, made.ticket_id)
    if made.waived_at is not None:
        raise AlreadyWaivedError(ticket.number)
    if made.version != request.seen_version:
        raise StaleError(EntityKind.TICKET, ticket.id, request.seen_version, made.version)
    if not clean_line(request.reason):
        raise ReasonMissingError("charge.waive")
    made.waived_at = context.now()
    made.waived_by_id = context.actor.staff_id
    made.waive_reason = clean_line(request.reason)[:_NOTE_LENGTH]
    session.flush()
    _tell(session, ticket, TicketAct.CHARGE_WAIVED, made, context, made.waive_reason)
    return Outcome(ticket_money(session, ticket.id).open, TICKETS)


def _tell(session: Session, ticket: Ticket, act: TicketAct, made: Charge, context: Context, words: str) -> None:
    """Write kind, amount and words to the time line, amount and number to the audit."""
    note_event(session, ticket, act, context, f"{made.kind} {made.amount.yuan_text()} {words}".strip())
    detail: audit.Detail = {"number": ticket.number, "amount": made.amount.fen}
    audit.record(session, context, f"ticket.{act}", (EntityKind.TICKET, ticket.id), detail)


def refuse_unsettled(session: Session, ticket: Ticket) -> None:
    """Stop while money is open, either way.

    Raises:
        MoneyOpenError: the customer still has to pay.
        MoneyToReturnError: the shop still has to pay back.
    """
    still_open = ticket_money(session, ticket.id).open
    if still_open > Money(0):
        raise MoneyOpenError(still_open)
    if still_open < Money(0):
        raise MoneyToReturnError(-still_open)
