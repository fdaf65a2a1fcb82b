"""Photos of what was handed in: the file goes into the store of photos, a row says what it belongs to."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Gate
from crmdesk.db.photo_store import PhotoStore
from crmdesk.exchange.pictures import Picture
from crmdesk.models.condition import Photo
from crmdesk.models.ticket import Ticket
from crmdesk.services import audit, photo_rows
from crmdesk.services.photo_rows import NewPhoto, PhotoOwner
from crmdesk.services.ticket_steps import TICKETS, load, note_event

_LONGEST_CAPTION = 120


@dataclass(frozen=True, slots=True)
class AddPhoto:
    """A checked picture for a ticket; take it with ``crmdesk.exchange.pictures.take_picture`` before the write."""

    ticket_id: int
    picture: Picture
    gate: Gate = Gate.INTAKE
    caption: str = ""


def add_to_ticket(session: Session, request: AddPhoto, context: Context, *, store: PhotoStore) -> Outcome[str]:
    """Keep a photo of a ticket's goods; the same picture twice is one photo. Gives its hash.

    Raises:
        NotAllowedError: the person does not work at the desk.
        NotFoundError: no such ticket.
        OSError: the file cannot be written.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id)
    caption = clean_line(request.caption)[:_LONGEST_CAPTION]
    photo = NewPhoto(request.picture, request.gate, caption)
    name, new = photo_rows.keep(session, PhotoOwner(Photo.ticket_id, ticket.id), photo, context, store=store)
    if not new:
        return Outcome(name, frozenset())
    note_event(session, ticket, TicketAct.PHOTO_ADDED, context)
    return Outcome(name, TICKETS)


@dataclass(frozen=True, slots=True)
class CaptionPhoto:
    """New words for a ticket's photo."""

    ticket_id: int
    name: str
    caption: str


def caption_of_ticket(session: Session, request: CaptionPhoto, context: Context) -> Outcome[None]:
    """Say what a photo shows.

    Raises:
        NotAllowedError: the person does not work at the desk.
        NotFoundError: the ticket has no such photo.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id)
    photo = _photo(session, ticket, request.name)
    caption = clean_line(request.caption)[:_LONGEST_CAPTION]
    if caption == photo.caption:
        return Outcome(None, frozenset())
    photo.caption = caption
    audit.record(session, context, "ticket.photo_captioned", (EntityKind.TICKET, ticket.id), {"sha256": request.name})
    return Outcome(None, TICKETS)


def _photo(session: Session, ticket: Ticket, name: str) -> Photo:
    photo = photo_rows.find(session, PhotoOwner(Photo.ticket_id, ticket.id), name)
    if photo is None:
        raise NotFoundError(EntityKind.TICKET, ticket.number)
    return photo


def remove_from_ticket(session: Session, ticket_id: int, name: str, context: Context) -> Outcome[None]:
    """Take a photo off a ticket; the file stays, other rows may name it.

    Raises:
        NotAllowedError: the person does not work at the desk.
        NotFoundError: the ticket has no such photo.
    """
    context.require(Right.SERVE)
    ticket = load(session, ticket_id)
    session.delete(_photo(session, ticket, name))
    audit.record(session, context, "ticket.photo_removed", (EntityKind.TICKET, ticket_id), {"sha256": name})
    return Outcome(None, TICKETS)
