"""The work on a complaint: tasks of the investigation, proposals, approvals, and remedies carried out."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.core.complaints import ProposalState
from crmdesk.core.money import Money
from crmdesk.core.tickets import Compensation
from crmdesk.db.base import Base, Versioned
from crmdesk.db.types import Key, LongText, ShortText


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
    compensation: Mapped[Compensation]
    amount: Mapped[Money] = mapped_column(default=Money(0))
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
    compensation: Mapped[Compensation]
    amount: Mapped[Money] = mapped_column(default=Money(0))
    words: Mapped[LongText] = mapped_column(default="")
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    evidence: Mapped[ShortText] = mapped_column(default="")
