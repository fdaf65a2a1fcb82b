"""A loan (借用): one lending of one loaner, with its deposit to the fen."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.loaners import DepositMove, LoanState, ReturnGrade
from crmdesk.core.money import Money
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, FreeText, Key, ShortText

_OUT = text("state = 'out'")


class Loan(Versioned, Base):
    """One lending; the period is ``[from_day, back_day or due_on]``; ``terms`` is the text as it was agreed."""

    __tablename__ = "loan"
    __table_args__ = (
        Index(None, "loaner_id", "state"),
        Index(None, "ticket_id"),
        Index(None, "member_id"),
        Index(None, "due_on"),
        # The last guard when two desks lend the same thing at once.
        Index("uq_loan_loaner_id_out", "loaner_id", unique=True, sqlite_where=_OUT, postgresql_where=_OUT),
    )

    id: Mapped[Key]
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    number: Mapped[Code] = mapped_column(unique=True)
    loaner_id: Mapped[int] = mapped_column(ForeignKey("loaner.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    state: Mapped[LoanState]
    from_day: Mapped[date]
    due_on: Mapped[date]
    out_at: Mapped[datetime | None]
    back_at: Mapped[datetime | None]
    back_day: Mapped[date | None]
    deposit: Mapped[Money]
    # Fee for a day after ``due_on`` as it was on the day of lending.
    late_fee_per_day: Mapped[Money] = mapped_column(default=Money(0))
    terms: Mapped[FreeText] = mapped_column(default="")
    signed_at: Mapped[datetime | None]
    looks_out: Mapped[int] = mapped_column(default=10)
    condition_out: Mapped[ShortText] = mapped_column(default="")
    grade: Mapped[ReturnGrade | None]
    condition_back: Mapped[ShortText] = mapped_column(default="")
    late_fee: Mapped[Money] = mapped_column(default=Money(0))
    damage_fee: Mapped[Money] = mapped_column(default=Money(0))
    extensions: Mapped[int] = mapped_column(SmallInteger, default=0)
    extend_reason: Mapped[ShortText] = mapped_column(default="")
    lent_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    # A manager who lets the repair close while the loaner is still out takes the loan over.
    taken_over_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    take_over_reason: Mapped[ShortText] = mapped_column(default="")


class DepositEntry(Base):
    """One movement of a loan's deposit; only ever added."""

    __tablename__ = "deposit_entry"
    __table_args__ = (Index(None, "loan_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"))
    move: Mapped[DepositMove]
    amount: Mapped[Money]
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    receipt: Mapped[Code] = mapped_column(default="")
    note: Mapped[ShortText] = mapped_column(default="")


class LoanEvent(Base):
    """One line of a loaner's time line, of one of its loans or of the shop's own work on it; only ever added."""

    __tablename__ = "loan_event"
    __table_args__ = (Index(None, "loan_id"), Index(None, "loaner_id"))

    id: Mapped[Key]
    store_id: Mapped[int]
    loaner_id: Mapped[int] = mapped_column(ForeignKey("loaner.id"))
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"))
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    act: Mapped[Code]
    note: Mapped[str] = mapped_column(String(1000), default="")
