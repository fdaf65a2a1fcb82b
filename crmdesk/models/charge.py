"""Charges: what a customer owes on a ticket or a loan besides an agreed quote."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.charges import ChargeKind
from crmdesk.core.money import Money
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Key, ShortText


class Charge(Versioned, Base):
    """One charge; a waived one costs nothing but stays on record."""

    __tablename__ = "charge"
    __table_args__ = (Index(None, "ticket_id"), Index(None, "loan_id"))

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"))
    kind: Mapped[ChargeKind]
    amount: Mapped[Money]
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    note: Mapped[ShortText] = mapped_column(default="")
    waived_at: Mapped[datetime | None]
    waived_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    waive_reason: Mapped[ShortText] = mapped_column(default="")
