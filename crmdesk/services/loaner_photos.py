"""Photos of a loaner: the file goes into the store of photos, a row says whose it is."""

from dataclasses import dataclass

from sqlalchemy import select
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
from crmdesk.services import audit
from crmdesk.services.loaner_steps import LOANERS, load


@dataclass(frozen=True, slots=True)
class AddLoanerPhoto:
    """A checked picture of a loaner; take it with ``crmdesk.exchange.pictures.take_picture`` before the write."""

    loaner_id: int
    picture: Picture


def add_photo(session: Session, request: AddLoanerPhoto, context: Context, *, store: PhotoStore) -> Outcome[str]:
    """Keep a photo of a loaner; the same picture twice is one photo. Gives its hash.

    The file is on the disk before the row: should the write fail, a file without a row does no harm.

    Raises:
        NotAllowedError: the person does not work at the desk.
        NotFoundError: no such loaner.
        OSError: the file cannot be written.
    """
    context.require(Right.SERVE)
    loaner = load(session, request.loaner_id)
    name = store.put(request.picture.jpeg)
    known = session.scalar(select(Photo.id).where(Photo.loaner_id == loaner.id, Photo.sha256 == name).limit(1))
    if known is not None:
        return Outcome(name, frozenset())
    session.add(
        Photo(
            store_id=context.store.id,
            loaner_id=loaner.id,
            gate=Gate.LOAN_OUT,
            sha256=name,
            width=request.picture.width,
            height=request.picture.height,
            size=len(request.picture.jpeg),
            taken_at=context.now(),
            staff_id=context.actor.staff_id,
        )
    )
    audit.record(session, context, "loaner.photo", (EntityKind.LOANER, loaner.id), {"sha256": name})
    return Outcome(name, LOANERS)


def remove_photo(session: Session, loaner_id: int, name: str, context: Context) -> Outcome[None]:
    """Take a photo off a loaner; the file stays, other rows may name it.

    Raises:
        NotAllowedError: the person does not work at the desk.
        NotFoundError: the loaner has no such photo.
    """
    context.require(Right.SERVE)
    loaner = load(session, loaner_id)
    photo = session.scalar(select(Photo).where(Photo.loaner_id == loaner_id, Photo.sha256 == name).limit(1))
    if photo is None:
        raise NotFoundError(EntityKind.LOANER, loaner.code)
    session.delete(photo)
    audit.record(session, context, "loaner.photo_removed", (EntityKind.LOANER, loaner_id), {"sha256": name})
    return Outcome(None, LOANERS)
