"""Rows of photos: whose a picture in the store of photos is."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crmdesk.core.context import Context
from crmdesk.core.tickets import Gate
from crmdesk.db.photo_store import PhotoStore
from crmdesk.exchange.pictures import Picture
from crmdesk.models.condition import Photo


@dataclass(frozen=True, slots=True)
class PhotoOwner:
    """What a photo belongs to: the row with ``key``, named by ``column`` of `Photo`."""

    column: InstrumentedAttribute[int | None]
    key: int


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A checked picture, at which gate it was taken, and what it shows."""

    picture: Picture
    gate: Gate
    caption: str = ""


def keep(
    session: Session, owner: PhotoOwner, photo: NewPhoto, context: Context, *, store: PhotoStore
) -> tuple[str, bool]:
    """Keep a photo and give its hash, and whether it is new; the same picture twice is one photo.

    The file is on the disk before the row: should the write fail, a file without a row does no harm.

    Raises:
        OSError: the file cannot be written.
    """
    picture = photo.picture
    name = store.put(picture.jpeg)
    if find(session, owner, name) is not None:
        return name, False
    row = Photo(
        store_id=context.store.id,
        gate=photo.gate,
        sha256=name,
        caption=photo.caption,
        width=picture.width,
        height=picture.height,
        size=len(picture.jpeg),
        taken_at=context.now(),
        staff_id=context.actor.staff_id,
    )
    setattr(row, owner.column.key, owner.key)
    session.add(row)
    return name, True


def find(session: Session, owner: PhotoOwner, name: str) -> Photo | None:
    """Give the photo with the hash ``name``; None when the owner has no such photo."""
    return session.scalar(select(Photo).where(owner.column == owner.key, Photo.sha256 == name).limit(1))
