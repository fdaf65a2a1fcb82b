"""Where files come from: a kept mapping, its rules, perhaps a folder that is watched (capability M6)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.member_words import WatchedState
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import FreeText, Key, ShortText
from crmdesk.models.import_run import ImportKind


class ImportSource(Versioned, Base):
    """One till, shop or list; ``mapping`` and ``policy`` are JSON, ``heads`` the header words it is known by."""

    __tablename__ = "import_source"
    __table_args__ = (UniqueConstraint("store_id", "name"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    name: Mapped[ShortText]
    kind: Mapped[ImportKind]
    heads: Mapped[FreeText] = mapped_column(default="[]")
    mapping: Mapped[FreeText] = mapped_column(default="{}")
    policy: Mapped[FreeText] = mapped_column(default="{}")
    # Watched on one desk only, the one that can see the folder.
    folder: Mapped[str] = mapped_column(String(400), default="")
    desk: Mapped[ShortText] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)


class WatchedFile(Base):
    """A file that was found in a watched folder, and what became of it."""

    __tablename__ = "watched_file"
    __table_args__ = (UniqueConstraint("source_id", "sha256"), Index(None, "store_id", "at"))

    id: Mapped[Key]
    store_id: Mapped[int]
    source_id: Mapped[int] = mapped_column(ForeignKey("import_source.id"))
    name: Mapped[ShortText]
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    state: Mapped[WatchedState]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"))
    reason: Mapped[ShortText] = mapped_column(default="")
