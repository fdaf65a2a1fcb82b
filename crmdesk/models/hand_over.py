"""Goods leaving the shop: handed over in whole or part, posted, kept for good; and signatures made on screen."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.hand_over import DisposalKind, SignPurpose
from crmdesk.core.money import Money
from crmdesk.core.tickets import Payer
from crmdesk.db.base import Base
from crmdesk.db.types import Code, FreeText, Key, LongText, ShortText


class HandOver(Base):
    """One time that something was handed to a person; ``whole`` when nothing is left in the shop."""

    __tablename__ = "hand_over"
    __table_args__ = (Index(None, "ticket_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    person: Mapped[ShortText]
    # What the person is to the customer when it is somebody else, and what was looked at to be sure.
    stands_for: Mapped[ShortText] = mapped_column(default="")
    seen: Mapped[ShortText] = mapped_column(default="")
    item_back: Mapped[bool]
    whole: Mapped[bool]
    note: Mapped[ShortText] = mapped_column(default="")


class Signature(Base):
    """A signature made on screen; ``strokes`` is JSON: lists of points in thousandths of the field's width."""

    __tablename__ = "signature"
    __table_args__ = (Index(None, "ticket_id"), Index(None, "loan_id"))

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"))
    purpose: Mapped[SignPurpose]
    person: Mapped[ShortText]
    strokes: Mapped[FreeText]
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class Posting(Base):
    """Goods sent to the customer by courier."""

    __tablename__ = "posting"
    __table_args__ = (Index(None, "ticket_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    courier: Mapped[Code]
    tracking: Mapped[Code]
    recipient: Mapped[ShortText]
    phone: Mapped[Code] = mapped_column(default="")
    address: Mapped[ShortText]
    fee: Mapped[Money] = mapped_column(default=Money(0))
    payer: Mapped[Payer]
    sent_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    note: Mapped[ShortText] = mapped_column(default="")


class Disposal(Base):
    """Goods that stay with the shop for good: by the customer's written consent, or by the owner's decision."""

    __tablename__ = "disposal"
    __table_args__ = (UniqueConstraint("ticket_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    kind: Mapped[DisposalKind]
    person: Mapped[ShortText]
    words: Mapped[LongText]
    # True: the consent is a signed paper; False: a signature on screen.
    on_paper: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
