"""Reminders sent: about goods that wait to be collected, and about loaners that are late."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.tickets import TellChannel
from crmdesk.db.base import Base
from crmdesk.db.types import Key, LongText


class Reminder(Base):
    """One reminder; ``stage`` is its step of the ladder, from 1; only ever added."""

    __tablename__ = "reminder"
    __table_args__ = (Index(None, "ticket_id"), Index(None, "loan_id"))

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"))
    stage: Mapped[int] = mapped_column(SmallInteger)
    channel: Mapped[TellChannel]
    words: Mapped[LongText] = mapped_column(default="")
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
