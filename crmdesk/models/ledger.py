"""Points and stored value: lines are only ever added, a balance is their sum."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.db.base import Base
from crmdesk.db.types import Code, Key, ShortText


class LedgerEntry(Base):
    """One movement; ``amount`` is points, or fen for stored value; negative takes away."""

    __tablename__ = "ledger_entry"
    __table_args__ = (Index(None, "member_id", "kind"),)

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
