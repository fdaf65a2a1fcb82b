"""Giving a ticket to somebody else to see to it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import IllegalMoveError, NotFoundError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.ticket_events import TicketAct
from crmdesk.models.staff import Staff
from crmdesk.services import audit
from crmdesk.services.ticket_steps import TICKETS, load, note_event


@dataclass(frozen=True, slots=True)
class GiveTicket:
    """Who sees to a ticket from now on; ``seen_version`` None gives it whatever happened meanwhile."""

    ticket_id: int
    staff_id: int
    seen_version: int | None = None


def give(session: Session, request: GiveTicket, context: Context) -> Outcome[int]:
    """Give an open ticket to a colleague; gives who had it before.

    Raises:
        NotAllowedError: the person does not work at the desk.
        NotFoundError: no such ticket or colleague, or the colleague has left.
        IllegalMoveError: the ticket is finished.
        StaleError: somebody changed it since it was read.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    if not ticket.is_open:
        raise IllegalMoveError(EntityKind.TICKET, ticket.number, ticket.state, ticket.state)
    colleague = session.get(Staff, request.staff_id)
    if colleague is None or colleague.store_id != context.store.id or not colleague.active:
        raise NotFoundError(EntityKind.STAFF, str(request.staff_id))
    before = ticket.owner_id
    if before != colleague.id:
        ticket.owner_id = colleague.id
        note_event(session, ticket, TicketAct.GIVEN, context, colleague.name)
        detail: audit.Detail = {"to": colleague.id}
        audit.record(session, context, "ticket.give", (EntityKind.TICKET, ticket.id), detail)
    return Outcome(before, TICKETS)
