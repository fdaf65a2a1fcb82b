"""A ticket's number: taken with the ticket, or before it for a bag tag that is printed first."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.tickets import KIND_LETTER, TicketKind
from crmdesk.models.audit import AuditEntry
from crmdesk.models.ticket import Ticket
from crmdesk.services import audit
from crmdesk.services.numbers import next_day_number

RESERVED = "ticket.number_reserved"


@dataclass(frozen=True, slots=True)
class ReserveNumber:
    """A number for a ticket of this kind that is still being filled in."""

    kind: TicketKind


def reserve(session: Session, request: ReserveNumber, context: Context) -> Outcome[str]:
    """Take a number that no other ticket gets, also when this one is never saved.

    Raises:
        NotAllowedError: the person does not work at the desk.
    """
    context.require(Right.SERVE)
    number = next_day_number(session, context, KIND_LETTER[request.kind])
    audit.record(session, context, RESERVED, (EntityKind.STORE, context.store.id), {"number": number})
    return Outcome(number, frozenset())


def number_for(session: Session, kind: TicketKind, context: Context, reserved: str = "") -> str:
    """Give the number of a new ticket: the reserved one, or the next.

    Raises:
        InvalidFieldError: the reserved number is another ticket's, of another kind or was never taken here.
    """
    if not reserved:
        return next_day_number(session, context, KIND_LETTER[kind])
    if session.scalar(select(Ticket.id).where(Ticket.number == reserved)) is not None:
        raise InvalidFieldError("number", "taken", reserved)
    if not reserved.startswith(KIND_LETTER[kind]) or not _was_reserved(session, reserved, context):
        raise InvalidFieldError("number", "unknown", reserved)
    return reserved


def _was_reserved(session: Session, number: str, context: Context) -> bool:
    found = select(AuditEntry.id).where(
        AuditEntry.entity_kind == EntityKind.STORE,
        AuditEntry.entity_id == context.store.id,
        AuditEntry.act == RESERVED,
        AuditEntry.detail.contains(f'"{number}"', autoescape=True),
    )
    return session.scalar(found.limit(1)) is not None
