"""Photos of a loaner: the file goes into the store of photos, a row says whose it is."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.tickets import Gate
from crmdesk.db.photo_store import PhotoStore
from crmdesk.exchange.pictures import Picture
from crmdesk.models.condition import Photo
from crmdesk.services import audit, photo_rows
from crmdesk.services.loaner_steps import LOANERS, load
from crmdesk.services.photo_rows import NewPhoto, PhotoOwner


@dataclass(frozen=True, slots=True)
class AddLoanerPhoto:
    """A checked picture of a loaner; take it with ``crmdesk.exchange.pictures.take_picture`` before the write."""

    loaner_id: int
    picture: Picture


def add_photo(session: Session, request: AddLoanerPhoto, context: Context, *, store: PhotoStore) -> Outcome[str]:
    """Keep a photo of a loaner; the same picture twice is one photo. Gives its hash.

    Raises:
        NotAllowedError: the person does not work at the desk.
        NotFoundError: no such loaner.
        OSError: the file cannot be written.
    """
    context.require(Right.SERVE)
    loaner = load(session, request.loaner_id)
    photo = NewPhoto(request.picture, Gate.LOAN_OUT)
    name, new = photo_rows.keep(session, _owner(loaner.id), photo, context, store=store)
    if not new:
        return Outcome(name, frozenset())
    audit.record(session, context, "loaner.photo", (EntityKind.LOANER, loaner.id), {"sha256": name})
    return Outcome(name, LOANERS)


def _owner(loaner_id: int) -> PhotoOwner:
    return PhotoOwner(Photo.loaner_id, loaner_id)


def remove_photo(session: Session, loaner_id: int, name: str, context: Context) -> Outcome[None]:
    """Take a photo off a loaner; the file stays, other rows may name it.

    Raises:
        NotAllowedError: the person does not work at the desk.
        NotFoundError: the loaner has no such photo.
    """
    context.require(Right.SERVE)
    loaner = load(session, loaner_id)
    photo = photo_rows.find(session, _owner(loaner_id), name)
    if photo is None:
        raise NotFoundError(EntityKind.LOANER, loaner.code)
    session.delete(photo)
    audit.record(session, context, "loaner.photo_removed", (EntityKind.LOANER, loaner_id), {"sha256": name})
    return Outcome(None, LOANERS)
