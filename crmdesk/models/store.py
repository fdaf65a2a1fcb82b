"""Stores, their settings, and the counters that number their papers."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, FreeText, Key, ShortText


class Store(Versioned, Base):
    """A shop; ``code`` goes into every number that it gives out."""

    __tablename__ = "store"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(6), unique=True)
    name: Mapped[ShortText]
    address: Mapped[ShortText] = mapped_column(default="")
    phone: Mapped[Code] = mapped_column(default="")
    zone: Mapped[Code] = mapped_column(default="Asia/Shanghai")


class Setting(Base):
    """One store setting that differs from its declared default; ``value`` is JSON."""

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("store_id", "key"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    key: Mapped[ShortText]
    value: Mapped[FreeText]


class Counter(Base):
    """The last number given out in one series of one store."""

    __tablename__ = "counter"
    __table_args__ = (UniqueConstraint("store_id", "series"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    series: Mapped[Code]
    value: Mapped[int]
