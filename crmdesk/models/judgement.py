"""Judgement (判定) with its cost split, quote, approval and payment of a repair."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.money import Money
from crmdesk.core.quotes import QuoteState
from crmdesk.core.tickets import ApprovalChannel, Liability, Payer, Remedy
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, LongText, ShortText


class Judgement(Base):
    """Who or what caused it, on what evidence, by which rule; the latest row of a ticket is in force."""

    __tablename__ = "judgement"
    __table_args__ = (Index(None, "ticket_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    liability: Mapped[Liability]
    cause: Mapped[ShortText] = mapped_column(default="")
    fault: Mapped[Code] = mapped_column(default="")
    evidence: Mapped[LongText] = mapped_column(default="")
    rule: Mapped[ShortText] = mapped_column(default="")
    months_since_purchase: Mapped[int | None] = mapped_column(SmallInteger)
    warranty_months_left: Mapped[int | None] = mapped_column(SmallInteger)
    remedy: Mapped[Remedy]
    cost: Mapped[Money | None]
    days: Mapped[int | None] = mapped_column(SmallInteger)
    # Who decided at head office or the repairer, when the judgement came from there, and in which batch.
    decided_by_words: Mapped[ShortText] = mapped_column(default="")
    batch_line_id: Mapped[int | None] = mapped_column(ForeignKey("batch_line.id"))
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime]


class JudgementPhoto(Base):
    """A photo of the ticket that a judgement rests on."""

    __tablename__ = "judgement_photo"
    __table_args__ = (Index(None, "judgement_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    judgement_id: Mapped[int] = mapped_column(ForeignKey("judgement.id"))
    sha256: Mapped[str] = mapped_column(String(64))


class CostShare(Base):
    """One party's part of a judgement's cost; the parts add up to the whole, to the fen."""

    __tablename__ = "cost_share"
    __table_args__ = (Index(None, "judgement_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    judgement_id: Mapped[int] = mapped_column(ForeignKey("judgement.id"))
    payer: Mapped[Payer]
    amount: Mapped[Money]


class Quote(Versioned, Base):
    """What the repair will cost the customer; parts + labour + fee = ``total``."""

    __tablename__ = "quote"
    __table_args__ = (Index(None, "ticket_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    ordinal: Mapped[int] = mapped_column(SmallInteger)
    work: Mapped[LongText] = mapped_column(default="")
    parts: Mapped[Money] = mapped_column(default=Money(0))
    labour: Mapped[Money] = mapped_column(default=Money(0))
    fee: Mapped[Money] = mapped_column(default=Money(0))
    total: Mapped[Money]
    payer: Mapped[Payer] = mapped_column(default=Payer.CUSTOMER)
    days: Mapped[int | None] = mapped_column(SmallInteger)
    valid_until: Mapped[date]
    state: Mapped[QuoteState] = mapped_column(default=QuoteState.OPEN)
    made_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class Approval(Base):
    """The customer's yes or no to a quote, kept as evidence: who, when, how, which amount, in which words."""

    __tablename__ = "approval"
    __table_args__ = (Index(None, "quote_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    quote_id: Mapped[int] = mapped_column(ForeignKey("quote.id"))
    agreed: Mapped[bool]
    channel: Mapped[ApprovalChannel]
    person: Mapped[ShortText]
    phone: Mapped[Code] = mapped_column(default="")
    amount: Mapped[Money]
    words: Mapped[LongText] = mapped_column(default="")
    at: Mapped[datetime]
    expires_on: Mapped[date | None]
    signature_id: Mapped[int | None] = mapped_column(ForeignKey("signature.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class Payment(Base):
    """Money a customer paid (or got back, negative) on a ticket or a loan; only ever added.

    One that was wrong is taken back by a counter entry: the same amount the other way, ``counters_id`` names it.
    ``remedy_id`` says that it went back to settle a complaint; nothing was owed for it.
    """

    __tablename__ = "payment"
    __table_args__ = (Index(None, "ticket_id"), Index(None, "loan_id"), UniqueConstraint("counters_id"))

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"))
    amount: Mapped[Money]
    method: Mapped[Code] = mapped_column(default="")
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    receipt: Mapped[Code] = mapped_column(default="")
    note: Mapped[ShortText] = mapped_column(default="")
    remedy_id: Mapped[int | None] = mapped_column(ForeignKey("complaint_remedy.id"))
    counters_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
