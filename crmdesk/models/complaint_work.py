"""The work on a complaint: tasks of the investigation, proposals, approvals, remedies carried out, earlier rounds."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.care import CallOutcome
from crmdesk.core.complaints import ProposalState
from crmdesk.core.money import Money
from crmdesk.core.tickets import Compensation, RootCause, TellChannel
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Code, Key, LongText, ShortText


class ComplaintTask(Versioned, Base):
    """Something to find out or to do, by whom and until when."""

    __tablename__ = "complaint_task"
    __table_args__ = (Index(None, "ticket_id"), Index(None, "owner_id", "done_at"))

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    what: Mapped[LongText]
    owner_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    due: Mapped[date | None]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    result: Mapped[LongText] = mapped_column(default="")


class ComplaintProposal(Versioned, Base):
    """One way to settle it; at most one is chosen in a round."""

    __tablename__ = "complaint_proposal"
    __table_args__ = (Index(None, "ticket_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    ordinal: Mapped[int] = mapped_column(SmallInteger)
    round: Mapped[int] = mapped_column(SmallInteger, default=1)
    compensation: Mapped[Compensation]
    amount: Mapped[Money] = mapped_column(default=Money(0))
    points: Mapped[int] = mapped_column(default=0)
    words: Mapped[LongText]
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.OPEN)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


class ComplaintApproval(Base):
    """Somebody's yes or no to a proposal's amount; only ever added."""

    __tablename__ = "complaint_approval"
    __table_args__ = (Index(None, "proposal_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    proposal_id: Mapped[int] = mapped_column(ForeignKey("complaint_proposal.id"))
    agreed: Mapped[bool]
    amount: Mapped[Money]
    words: Mapped[LongText] = mapped_column(default="")
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


class ComplaintRemedy(Versioned, Base):
    """One remedy of a decision and its carrying out; ``evidence`` names the paper, receipt or entry that shows it."""

    __tablename__ = "complaint_remedy"
    __table_args__ = (Index(None, "ticket_id"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    round: Mapped[int] = mapped_column(SmallInteger, default=1)
    compensation: Mapped[Compensation]
    amount: Mapped[Money] = mapped_column(default=Money(0))
    points: Mapped[int] = mapped_column(default=0)
    words: Mapped[LongText] = mapped_column(default="")
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    evidence: Mapped[ShortText] = mapped_column(default="")
    linked_ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))


class ComplaintRound(Base):
    """How a round ended before the complaint was opened again; written once, then only read."""

    __tablename__ = "complaint_round"
    __table_args__ = (UniqueConstraint("ticket_id", "number"),)

    id: Mapped[Key]
    store_id: Mapped[int]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    root_cause: Mapped[RootCause | None]
    cause_code: Mapped[Code] = mapped_column(default="")
    findings: Mapped[LongText] = mapped_column(default="")
    amount: Mapped[Money] = mapped_column(default=Money(0))
    decision: Mapped[LongText] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None]
    told_channel: Mapped[TellChannel | None]
    told_words: Mapped[LongText] = mapped_column(default="")
    told_at: Mapped[datetime | None]
    satisfaction: Mapped[CallOutcome | None]
    # Why it was opened again, by whom and when.
    reason: Mapped[LongText]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
