"""Segments: conditions over members that are kept under a name."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import FreeText, Key, ShortText


class Segment(Versioned, Base):
    """One kept condition (JSON of ``core.segments``) with its last count; without ``staff_id`` everybody has it."""

    __tablename__ = "segment"
    __table_args__ = (Index(None, "store_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    name: Mapped[ShortText]
    wanted: Mapped[FreeText]
    ordinal: Mapped[int] = mapped_column(SmallInteger, default=0)
    people: Mapped[int | None]
    counted_at: Mapped[datetime | None]
