"""What a complaint has beside its ticket: assessment, cause, proposal, decision, telling, follow-up."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.care import CallOutcome
from crmdesk.core.money import Money
from crmdesk.core.tickets import Compensation, Level3, RootCause, Severity, TellChannel
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, LongText, ShortText


class Complaint(Versioned, Base):
    """One complaint's case (steps of ISO 10002), one per ticket."""

    __tablename__ = "complaint"
    __table_args__ = (UniqueConstraint("ticket_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    wanted: Mapped[ShortText] = mapped_column(default="")
    acknowledged_at: Mapped[datetime | None]
    impact: Mapped[Level3 | None]
    complexity: Mapped[Level3 | None]
    severity: Mapped[Severity | None]
    root_cause: Mapped[RootCause | None]
    # A `CauseNode` below the root cause; empty when the category says enough.
    cause_code: Mapped[Code] = mapped_column(default="")
    root_cause_detail: Mapped[ShortText] = mapped_column(default="")
    findings: Mapped[LongText] = mapped_column(default="")
    compensation: Mapped[Compensation | None]
    compensation_amount: Mapped[Money] = mapped_column(default=Money(0))
    proposal: Mapped[LongText] = mapped_column(default="")
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[datetime | None]
    decision: Mapped[LongText] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None]
    told_channel: Mapped[TellChannel | None]
    told_words: Mapped[LongText] = mapped_column(default="")
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    told_at: Mapped[datetime | None]
    remedy_done_at: Mapped[datetime | None]
    satisfaction: Mapped[CallOutcome | None]
    corrective_action: Mapped[LongText] = mapped_column(default="")
    corrective_owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    corrective_due: Mapped[date | None]
    corrective_done_at: Mapped[datetime | None]
    # To whom it was handed up (head office, the consumer association), and their number for it.
    escalated_to: Mapped[ShortText] = mapped_column(default="")
    outside_number: Mapped[Code] = mapped_column(default="")
    # Opened again so many times, plus one; earlier rounds are kept as `ComplaintRound`.
    round: Mapped[int] = mapped_column(SmallInteger, default=1)
