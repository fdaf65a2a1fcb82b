"""Shelf locations (货架位) that goods are scanned to."""

from sqlalchemy import SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, ShortText


class Shelf(Versioned, Base):
    """One place; ``code`` is on its label; ``room`` of None takes any number of things."""

    __tablename__ = "shelf"
    __table_args__ = (UniqueConstraint("store_id", "code"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    code: Mapped[Code]
    name: Mapped[ShortText] = mapped_column(default="")
    room: Mapped[int | None] = mapped_column(SmallInteger)
    ordinal: Mapped[int] = mapped_column(SmallInteger, default=0)
    active: Mapped[bool] = mapped_column(default=True)
