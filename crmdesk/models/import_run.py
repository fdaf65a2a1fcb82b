"""Imports that were carried out, row by row, so that a whole import can be undone."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.db.base import Base
from crmdesk.db.types import Code, FreeText, Key, ShortText


class ImportKind(StrEnum):
    """What a file brought."""

    MEMBERS = "members"
    PURCHASES = "purchases"
    BALANCES = "balances"
    CARDS = "cards"
    TAGS = "tags"


class ImportState(StrEnum):
    """Where an import stands."""

    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


class ImportRun(Base):
    """One import of one file; counts are rows of the file."""

    __tablename__ = "import_run"

    id: Mapped[Key]
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    kind: Mapped[ImportKind]
    state: Mapped[ImportState] = mapped_column(default=ImportState.DONE)
    file_name: Mapped[ShortText]
    sha256: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[FreeText]
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("import_source.id"))
    policy: Mapped[FreeText] = mapped_column(default="{}")
    # Rows of the file that are on disk for good; a run that was killed goes on after them.
    done_rows: Mapped[int] = mapped_column(default=0)
    # Where the file lay, and which desk wrote the last part when: a run that nobody renews was killed.
    path: Mapped[str] = mapped_column(String(400), default="")
    desk: Mapped[ShortText] = mapped_column(default="")
    renewed_at: Mapped[datetime | None]
    rows: Mapped[int] = mapped_column(default=0)
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)


class ImportedRow(Base):
    """What one row did: the record it made (``before`` empty) or changed (``before`` is what was there, JSON)."""

    __tablename__ = "imported_row"
    __table_args__ = (Index(None, "run_id"), Index(None, "entity_id"))

    id: Mapped[Key]
    store_id: Mapped[int]
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"))
    row: Mapped[int]
    entity_kind: Mapped[Code]
    entity_id: Mapped[int]
    # Version of the record right after the import: a higher one now means somebody worked on it since.
    version: Mapped[int]
    before: Mapped[FreeText] = mapped_column(default="")
