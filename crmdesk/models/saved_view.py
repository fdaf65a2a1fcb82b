"""Views of a list that people keep under a name."""

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, FreeText, Key, ShortText


class SavedView(Versioned, Base):
    """One kept view; ``wanted`` is the filter and order as JSON; without ``staff_id`` everybody has it."""

    __tablename__ = "saved_view"
    __table_args__ = (Index(None, "store_id", "screen"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    screen: Mapped[Code]
    name: Mapped[ShortText]
    wanted: Mapped[FreeText]
    ordinal: Mapped[int] = mapped_column(SmallInteger, default=0)
