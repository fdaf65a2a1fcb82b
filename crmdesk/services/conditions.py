"""Looking at the goods of a ticket again at a later gate: to and from head office, at the hand-back."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Gate
from crmdesk.db.photo_store import PhotoStore
from crmdesk.exchange.pictures import Picture
from crmdesk.models.item import Item
from crmdesk.services import audit, photos
from crmdesk.services.condition_sheets import Looked, MarkFacts, write_sheet
from crmdesk.services.photos import AddPhoto
from crmdesk.services.ticket_steps import TICKETS, load, note_event

# The sheet of the intake is what the customer signed; it is made with the ticket and not again.
LATER_GATES: Final = (Gate.TO_HEAD_OFFICE, Gate.FROM_HEAD_OFFICE, Gate.HAND_BACK)
MOST_MARKS: Final = 60


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A checked picture with what is said about it."""

    picture: Picture
    caption: str = ""


@dataclass(frozen=True, slots=True)
class NoteCondition:
    """What the goods look like at ``gate``; no marks means that nothing is to be seen."""

    ticket_id: int
    seen_version: int
    gate: Gate
    marks: tuple[MarkFacts, ...] = ()
    note: str = ""
    pictures: tuple[NewPhoto, ...] = ()


def note_condition(
    session: Session, request: NoteCondition, context: Context, *, photo_store: PhotoStore | None = None
) -> Outcome[None]:
    """Write the sheet; a gate noted again counts as it was seen last, both stay.

    Raises:
        NotAllowedError: the person does not work at the desk.
        NotFoundError: no such ticket.
        StaleError: somebody changed the ticket since it was read.
        InvalidFieldError: a gate of another kind, a ticket without goods, too many marks.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    if request.gate not in LATER_GATES:
        raise InvalidFieldError("gate", "not_a_choice", request.gate.value)
    item = session.get(Item, ticket.item_id) if ticket.item_id is not None else None
    if item is None:
        raise InvalidFieldError("item", "empty")
    if len(request.marks) > MOST_MARKS:
        raise InvalidFieldError("marks", "too_large", str(len(request.marks)))
    looked = Looked(request.gate, item.category, request.marks, ticket_id=ticket.id, note=clean_line(request.note))
    write_sheet(session, looked, context)
    if photo_store is not None:
        for one in request.pictures:
            added = AddPhoto(ticket.id, one.picture, request.gate, one.caption)
            photos.add_to_ticket(session, added, context, store=photo_store)
    note_event(session, ticket, TicketAct.CONDITION_NOTED, context, request.note)
    facts: audit.Detail = {
        "gate": request.gate.value,
        "marks": len(request.marks),
        "photos": len(request.pictures),
    }
    audit.record(session, context, "ticket.condition_noted", (EntityKind.TICKET, ticket.id), facts)
    return Outcome(None, TICKETS)
