"""The audit (append-only, hash-chained) and the change feed that other desks poll."""

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.topics import Topic
from crmdesk.db.base import Base
from crmdesk.db.types import Code, FreeText, Key, ShortText


class AuditEntry(Base):
    """Who did what to which thing; ``hash`` covers this row and the one before it in ``chain``."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("chain", "ordinal"), Index(None, "entity_kind", "entity_id"), Index(None, "at"))

    id: Mapped[Key]
    store_id: Mapped[int]
    # One chain per store: files of several stores can meet in one database.
    chain: Mapped[int]
    ordinal: Mapped[int]
    at: Mapped[datetime]
    staff_id: Mapped[int]
    desk: Mapped[ShortText] = mapped_column(default="")
    act: Mapped[Code]
    entity_kind: Mapped[Code]
    entity_id: Mapped[int]
    detail: Mapped[FreeText] = mapped_column(default="{}")
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Change(Base):
    """A topic that a committed write touched."""

    __tablename__ = "change"

    id: Mapped[Key]
    store_id: Mapped[int]
    topic: Mapped[Topic]
    desk: Mapped[ShortText] = mapped_column(default="")
    at: Mapped[datetime]
