"""How tickets hang together: a come-back belongs to the first repair of its chain."""

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.hand_over import TicketLink
from crmdesk.core.refs import EntityKind
from crmdesk.core.ticket_events import TicketAct
from crmdesk.models.ticket import Ticket
from crmdesk.services.ticket_steps import note_event


def first_of_chain(session: Session, ticket_id: int | None, link: TicketLink | None) -> int | None:
    """Give the ticket to link with: the first repair when ``ticket_id`` is itself a come-back, else that ticket.

    Raises:
        NotFoundError: no such ticket.
    """
    if ticket_id is None:
        return None
    ticket = session.get(Ticket, ticket_id)
    if ticket is None:
        raise NotFoundError(EntityKind.TICKET, str(ticket_id))
    chained = link is TicketLink.COME_BACK and ticket.link is TicketLink.COME_BACK
    return ticket.linked_ticket_id if chained else ticket_id


def note_link(session: Session, ticket: Ticket, context: Context) -> None:
    """Write to the time line of a new ticket what it is linked with."""
    if ticket.linked_ticket_id is not None:
        other = session.get_one(Ticket, ticket.linked_ticket_id)
        note_event(session, ticket, TicketAct.LINKED, context, other.number)
