"""The one way a ticket moves: state table, time line, audit, in one call."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError, StaleError
from crmdesk.core.refs import EntityKind
from crmdesk.core.text_clean import clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import TicketState
from crmdesk.core.topics import Topic
from crmdesk.db.rows import append
from crmdesk.models.ticket import Ticket, TicketEvent
from crmdesk.services import audit

TICKETS = frozenset({Topic.TICKETS})
_NOTE_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """A step that needs no more than the ticket as it was seen, perhaps with a note."""

    ticket_id: int
    seen_version: int
    note: str = ""


def load(session: Session, ticket_id: int, seen_version: int | None = None) -> Ticket:
    """Give the ticket for changing.

    Args:
        session: the write's session.
        ticket_id: its key.
        seen_version: version on the person's screen; None when the step does not depend on what was seen.

    Raises:
        NotFoundError: no such ticket.
        StaleError: somebody changed it since it was read.
    """
    ticket = session.get(Ticket, ticket_id)
    if ticket is None:
        raise NotFoundError(EntityKind.TICKET, str(ticket_id))
    if seen_version is not None and ticket.version != seen_version:
        raise StaleError(EntityKind.TICKET, ticket_id, seen_version, ticket.version)
    return ticket


def find_by_number(session: Session, number: str) -> Ticket:
    """Give the ticket with ``number``.

    Raises:
        NotFoundError: no such ticket.
    """
    ticket = session.execute(select(Ticket).where(Ticket.number == number)).scalar_one_or_none()
    if ticket is None:
        raise NotFoundError(EntityKind.TICKET, number)
    return ticket


def move(
    session: Session, ticket: Ticket, wanted: TicketState, act: TicketAct, context: Context, note: str = ""
) -> None:
    """Bring ``ticket`` to ``wanted`` and write it to the time line and the audit.

    Raises:
        IllegalMoveError: the state table has no such step.
    """
    left = ticket.move(wanted, context.now())
    note_event(session, ticket, act, context, note)
    audit.record(session, context, f"ticket.{act}", (EntityKind.TICKET, ticket.id), {"from": left, "to": wanted})


def enter_judging(session: Session, ticket: Ticket, context: Context) -> None:
    """Bring a ticket that was only received to the desk of whoever judges."""
    if ticket.state is not TicketState.JUDGING:
        move(session, ticket, TicketState.JUDGING, TicketAct.NOTED, context)


def note_event(session: Session, ticket: Ticket, act: TicketAct, context: Context, note: str = "") -> None:
    """Add a line to the time line without a change of state; the ticket counts as touched."""
    now = context.now()
    if ticket.last_event_at != now:  # setting it again would make the session look for what changed
        ticket.last_event_at = now
    line = {
        "store_id": context.store.id,
        "ticket_id": ticket.id,
        "at": now,
        "staff_id": context.actor.staff_id,
        "act": act.value,
        "state": ticket.state,
        "note": clean_note(note)[:_NOTE_LENGTH],
    }
    append(session, TicketEvent, line)
