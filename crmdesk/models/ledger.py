"""Points and stored value: lines are only ever added, a balance is their sum."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, ShortText


class LedgerEntry(Base):
    """One movement; ``amount`` is points, or fen for stored value; negative takes away."""

    __tablename__ = "ledger_entry"
    __table_args__ = (Index(None, "member_id", "kind"), UniqueConstraint("reverses_id"), Index(None, "purchase_id"))

    id: Mapped[Key]
    store_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[LedgerKind]
    reason: Mapped[LedgerReason]
    amount: Mapped[int]
    at: Mapped[datetime]
    staff_id: Mapped[int]
    expires_on: Mapped[date | None]
    paper_number: Mapped[Code] = mapped_column(default="")
    note: Mapped[ShortText] = mapped_column(default="")
    purchase_id: Mapped[int | None] = mapped_column(ForeignKey("purchase.id"))
    # The line that this one takes back; every line is taken back at most once.
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entry.id"))
    # What this line adds to what is owed (negative: settled from something earned); their sum stands in the balance.
    owed: Mapped[int] = mapped_column(default=0)
    # Who approved it with a PIN, where the person at the desk might not do it alone.
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class LedgerBalance(Versioned, Base):
    """The sum of a member's lines, kept with every line, so that lists need no sums and two desks cannot overdraw."""

    __tablename__ = "ledger_balance"
    __table_args__ = (Index(None, "kind", "next_expiry"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    kind: Mapped[LedgerKind] = mapped_column(primary_key=True)
    store_id: Mapped[int]
    amount: Mapped[int] = mapped_column(default=0)
    # What could not be taken back from somebody who had spent it (domain rule 5).
    owed: Mapped[int] = mapped_column(default=0)
    next_expiry: Mapped[date | None]
