"""Who looked at whom, what the notice said, and what was erased (domain rule 6)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.care import ConsentPurpose
from crmdesk.core.member_words import Look
from crmdesk.db.base import Base
from crmdesk.db.types import Code, FreeText, Key, LongText, ShortText


class AccessEntry(Base):
    """One look at a member's data; only ever added."""

    __tablename__ = "access_entry"
    __table_args__ = (Index(None, "member_id", "at"), Index(None, "staff_id", "at"), Index(None, "store_id", "at"))

    id: Mapped[Key]
    store_id: Mapped[int]
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    look: Mapped[Look]
    where: Mapped[ShortText] = mapped_column(default="")
    desk: Mapped[ShortText] = mapped_column(default="")


class ConsentWording(Base):
    """The words a customer agreed to, by version; a version in use is never changed."""

    __tablename__ = "consent_wording"
    __table_args__ = (UniqueConstraint("store_id", "purpose", "code", "language"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    purpose: Mapped[ConsentPurpose]
    code: Mapped[Code]
    language: Mapped[Code]
    words: Mapped[LongText]
    since: Mapped[date]


class Erasure(Base):
    """The proof that a person was erased; it names the number of the file, never the person."""

    __tablename__ = "erasure"
    __table_args__ = (Index(None, "member_id"), Index(None, "store_id", "at"))

    id: Mapped[Key]
    store_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    member_number: Mapped[Code]
    paper_number: Mapped[Code] = mapped_column(default="")
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_how: Mapped[ShortText] = mapped_column(default="")
    # Rows that went or were wiped, by table (JSON).
    counts: Mapped[FreeText] = mapped_column(default="{}")
    # Names of the files that go with them (JSON) until ``swept_at``: then file, index and log are clean too.
    files: Mapped[FreeText] = mapped_column(default="{}")
    swept_at: Mapped[datetime | None]
