"""The register of papers that went to somebody: number, version, prints and sending; the document is a file."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.papers import PaperKind, PaperWay
from crmdesk.core.tickets import TellChannel
from crmdesk.db.base import Base
from crmdesk.db.types import Code, Key, LongText, ShortText


class Paper(Base):
    """One paper that was given out; ``sha256`` names its exact bytes, ``prints`` counts how often it left.

    ``basis`` says what stands on it, without the moment of the print: the same again is a reprint of this paper.
    """

    __tablename__ = "paper"
    __table_args__ = (
        UniqueConstraint("kind", "number", "version"),
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
    basis: Mapped[str] = mapped_column(String(64), default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    sent_at: Mapped[datetime | None]
    sent_channel: Mapped[TellChannel | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    prints: Mapped[int] = mapped_column(default=0)


class PaperPrint(Base):
    """One time a paper left; ``reprint`` 0 is the first, ``sha256`` names what left: a reprint carries its mark."""

    __tablename__ = "paper_print"
    __table_args__ = (Index(None, "paper_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    way: Mapped[PaperWay]
    printer: Mapped[ShortText] = mapped_column(default="")
    copies: Mapped[int] = mapped_column(SmallInteger, default=1)
    reprint: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64))


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
