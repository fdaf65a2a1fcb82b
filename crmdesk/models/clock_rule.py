"""What a store changed about the clocks: rules of its own and days that differ from the shipped calendar."""

from datetime import date

from sqlalchemy import SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, ShortText


class ClockRule(Versioned, Base):
    """A clock that a store changed or added, whole; ``kinds`` are separated by spaces; words as in `core.clocks`."""

    __tablename__ = "clock_rule"
    __table_args__ = (UniqueConstraint("store_id", "key"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    key: Mapped[Code]
    active: Mapped[bool] = mapped_column(default=True)
    kinds: Mapped[Code]
    start: Mapped[Code]
    days: Mapped[int] = mapped_column(SmallInteger)
    working: Mapped[bool] = mapped_column(default=False)
    stops: Mapped[Code]
    pauses: Mapped[Code] = mapped_column(default="")
    title: Mapped[ShortText]
    source: Mapped[ShortText] = mapped_column(default="")


class CalendarDay(Base):
    """A day that a store works or rests on against the shipped calendar."""

    __tablename__ = "calendar_day"
    __table_args__ = (UniqueConstraint("store_id", "day"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    day: Mapped[date]
    working: Mapped[bool]
    name: Mapped[ShortText] = mapped_column(default="")
