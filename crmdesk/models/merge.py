"""Two files of one person made one, so that it can be taken back (capability M7)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.duplicates import SweepStage
from crmdesk.core.member_words import PairReason, PairState
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, FreeText, Key, ShortText


class Merge(Versioned, Base):
    """``gone_id`` became part of ``kept_id``; ``before`` is the JSON of all rows that were changed or taken away."""

    __tablename__ = "merge"
    __table_args__ = (Index(None, "kept_id"), Index(None, "gone_id"), Index(None, "undo_until"))

    id: Mapped[Key]
    store_id: Mapped[int]
    kept_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    gone_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    undo_until: Mapped[date]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    before: Mapped[FreeText] = mapped_column(default="{}")


class MergeMove(Base):
    """One reference that was turned from the file that went to the one that stayed."""

    __tablename__ = "merge_move"
    __table_args__ = (Index(None, "merge_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    merge_id: Mapped[int] = mapped_column(ForeignKey("merge.id"))
    table_name: Mapped[Code]
    column_name: Mapped[Code]
    row_id: Mapped[int]


class DuplicatePair(Versioned, Base):
    """Two files that look like one person; ``first_id`` is the smaller key."""

    __tablename__ = "duplicate_pair"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        Index(None, "second_id"),
        Index(None, "store_id", "state", "score"),
    )

    id: Mapped[Key]
    store_id: Mapped[int]
    first_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    reason: Mapped[PairReason]
    # 0–100: how sure it is that both are one person.
    score: Mapped[int] = mapped_column(SmallInteger)
    detail: Mapped[ShortText] = mapped_column(default="")
    state: Mapped[PairState] = mapped_column(default=PairState.OPEN)
    found_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class DuplicateSweep(Base):
    """Where the last search through all files for lookalikes stands; one row for each store that searches."""

    __tablename__ = "duplicate_sweep"

    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"), primary_key=True, autoincrement=False)
    stage: Mapped[SweepStage] = mapped_column(default=SweepStage.DONE)
    # The last thing of the stage that was looked at: a phone, a day, a name.
    position: Mapped[ShortText] = mapped_column(default="")
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
