"""The register of papers that went to somebody: the exact document, its number, version and sending."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from crmdesk.core.papers import PaperKind
from crmdesk.core.tickets import TellChannel
from crmdesk.db.base import Base
from crmdesk.db.types import Code, Key, LongText, ShortText


class Paper(Base):
    """One issued paper; ``content`` is the PDF as it was sent, ``prints`` counts how often it was printed."""

    __tablename__ = "paper"
    __table_args__ = (
        UniqueConstraint("number", "version"),
        Index(None, "ticket_id"),
        Index(None, "loan_id"),
        Index(None, "member_id"),
    )

    id: Mapped[Key]
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    kind: Mapped[PaperKind]
    number: Mapped[Code]
    version: Mapped[int] = mapped_column(SmallInteger, default=1)
    language: Mapped[Code]
    title: Mapped[ShortText] = mapped_column(default="")
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    sent_at: Mapped[datetime | None]
    sent_channel: Mapped[TellChannel | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    prints: Mapped[int] = mapped_column(default=0)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))


class LetterText(Base):
    """The words of an issued letter in one language; the next version begins with them."""

    __tablename__ = "letter_text"
    __table_args__ = (UniqueConstraint("paper_id", "language"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    language: Mapped[Code]
    salutation: Mapped[ShortText]
    facts: Mapped[LongText]
    finding: Mapped[LongText]
    remedy: Mapped[LongText]
    promise: Mapped[LongText] = mapped_column(default="")
    closing: Mapped[LongText] = mapped_column(default="")
    contact: Mapped[ShortText] = mapped_column(default="")
