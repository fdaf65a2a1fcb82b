"""A complaint's case beside its ticket: assessment, cause, proposal, decision, telling, follow-up, letters."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallOutcome, CareClass
from crmdesk.core.cause_tree import CauseBook
from crmdesk.core.complaint_rules import rank
from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.money import Money
from crmdesk.core.papers import PaperKind
from crmdesk.core.refs import EntityKind
from crmdesk.core.tickets import Compensation, Level3, RootCause, Severity, TellChannel, TicketState
from crmdesk.models.complaint import Complaint
from crmdesk.models.member import Member
from crmdesk.models.staff import Staff
from crmdesk.models.ticket import Ticket
from crmdesk.queries import paper_register
from crmdesk.queries.complaint_work import ComplaintWork, work
from crmdesk.queries.paper_register import PaperFilter, PaperRow
from crmdesk.queries.root_causes import cause_book

_LETTERS = 50


@dataclass(frozen=True, slots=True)
class ComplaintCase:
    """One complaint; names of people stand where the record has keys.

    ``told_first`` names decided complaints whose customers come before this one: key members and severe cases.
    """

    wanted: str
    care_class: CareClass
    acknowledged_at: datetime | None
    impact: Level3 | None
    complexity: Level3 | None
    severity: Severity | None
    root_cause: RootCause | None
    root_cause_detail: str
    findings: str
    compensation: Compensation | None
    amount: Money
    proposal: str
    proposed_by: str
    approved_by: str
    approved_at: datetime | None
    decision: str
    decided_by: str
    decided_at: datetime | None
    told_channel: TellChannel | None
    told_words: str
    told_at: datetime | None
    remedy_done_at: datetime | None
    satisfaction: CallOutcome | None
    corrective_action: str
    corrective_owner_id: int | None
    corrective_owner: str
    corrective_due: date | None
    corrective_done_at: datetime | None
    cause_code: str
    causes: CauseBook
    escalated_to: str
    outside_number: str
    round: int
    work: ComplaintWork
    told_first: tuple[str, ...]
    letters: tuple[PaperRow, ...]
    staff: tuple[tuple[int, str], ...]

    @property
    def is_key(self) -> bool:
        """Tell whether a key member complains, who is told first."""
        return self.care_class is CareClass.KEY

    @property
    def is_severe(self) -> bool:
        """Tell whether the complaint is high or critical."""
        return self.severity in (Severity.HIGH, Severity.CRITICAL)


_SAME = (
    "wanted",
    "acknowledged_at",
    "impact",
    "complexity",
    "severity",
    "root_cause",
    "root_cause_detail",
    "findings",
    "compensation",
    "proposal",
    "approved_at",
    "decision",
    "decided_at",
    "told_channel",
    "told_words",
    "told_at",
    "remedy_done_at",
    "satisfaction",
    "corrective_action",
    "corrective_owner_id",
    "corrective_due",
    "corrective_done_at",
    "cause_code",
    "escalated_to",
    "outside_number",
    "round",
)
_FIRST = 3
# Severe cases and key members come before the others.
_BEFORE_OTHERS = 3


def case(session: Session, ticket_id: int, context: Context) -> ComplaintCase:
    """Give the case of a complaint.

    Raises:
        NotFoundError: no such complaint.
    """
    found = session.execute(
        select(Complaint, Member.care_class)
        .join(Ticket, Complaint.ticket_id == Ticket.id)
        .join(Member, Ticket.member_id == Member.id)
        .where(Complaint.ticket_id == ticket_id)
    ).one_or_none()
    if found is None:
        raise NotFoundError(EntityKind.TICKET, str(ticket_id))
    complaint: Complaint = found[0]
    people = {key: name for key, name, _active in _staff(session)}
    known = {name: getattr(complaint, name) for name in _SAME}
    letters = PaperFilter(PaperKind.LETTER, ticket_id=ticket_id)
    return ComplaintCase(
        **known,
        care_class=found[1],
        amount=complaint.compensation_amount,
        proposed_by=people.get(complaint.proposed_by_id or 0, ""),
        approved_by=people.get(complaint.approved_by_id or 0, ""),
        decided_by=people.get(complaint.decided_by_id or 0, ""),
        corrective_owner=people.get(complaint.corrective_owner_id or 0, ""),
        causes=cause_book(session, context.store.id),
        work=work(session, ticket_id, people, context),
        told_first=_told_first(session, complaint, found[1], context),
        letters=tuple(paper_register.first(session, letters, context, None, _LETTERS)),
        staff=tuple((key, name) for key, name, active in _staff(session) if active),
    )


def _told_first(session: Session, complaint: Complaint, care: CareClass, context: Context) -> tuple[str, ...]:
    """Name the decided complaints of the store that come before this one when customers are told (domain rule 1)."""
    waiting = session.execute(
        select(Complaint.severity, Member.care_class, Ticket.number, Member.name)
        .join(Ticket, Complaint.ticket_id == Ticket.id)
        .join(Member, Ticket.member_id == Member.id)
        .where(
            Ticket.store_id == context.store.id,
            Ticket.state == TicketState.DECIDED,
            Ticket.id != complaint.ticket_id,
        )
        .order_by(Ticket.received_at)
    )
    mine = rank(complaint.severity, care)
    first = sorted(
        (place, f"{number} {name}")
        for severity, class_, number, name in waiting
        if (place := rank(severity, class_)) < min(mine, _BEFORE_OTHERS)
    )
    return tuple(words for _place, words in first[:_FIRST])


def _staff(session: Session) -> list[tuple[int, str, bool]]:
    found = session.execute(select(Staff.id, Staff.name, Staff.active).order_by(Staff.name))
    return [(key, name, active) for key, name, active in found]
