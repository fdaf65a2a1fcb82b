"""Complaint steps of ISO 10002 that need one person: acknowledge, assess, investigate, tell, ask, close."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallOutcome
from crmdesk.core.case_errors import NotToldError
from crmdesk.core.complaint_rules import missing_for_closing
from crmdesk.core.context import Context
from crmdesk.core.desk_errors import ClosingIncompleteError
from crmdesk.core.errors import InvalidFieldError, NotFoundError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.settings_care import SATISFACTION_CALL_DAYS
from crmdesk.core.text_clean import clean_line, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Level3, Priority, RootCause, Severity, TellChannel, TicketState, severity_of
from crmdesk.core.topics import Topic
from crmdesk.models.complaint import Complaint
from crmdesk.models.ticket import Ticket
from crmdesk.queries.root_causes import cause_book
from crmdesk.queries.settings import store_settings
from crmdesk.services.callback_plan import PlanCallback, finish, in_days, plan
from crmdesk.services.ticket_steps import TICKETS, Step, load, move, note_event

_S = TicketState
_URGENT: Final = frozenset({Severity.HIGH, Severity.CRITICAL})
_TOLD: Final = frozenset({_S.COMMUNICATED, _S.SATISFACTION_CALL})
# The assessment may be mended as long as nothing is decided.
_ASSESSED: Final = frozenset(
    {_S.ASSESSED, _S.INVESTIGATING, _S.PROPOSED, _S.PROPOSAL_APPROVED, _S.REOPENED, _S.ESCALATED}
)


@dataclass(frozen=True, slots=True)
class Assess:
    """How bad and how tangled it is, and what the customer wants (None leaves it as it was said at the counter)."""

    ticket_id: int
    seen_version: int
    impact: Level3
    complexity: Level3
    wanted: str | None = None


@dataclass(frozen=True, slots=True)
class Investigate:
    """What was found: root cause, the cause of the store's tree below it, and findings."""

    ticket_id: int
    seen_version: int
    root_cause: RootCause
    findings: str
    detail: str = ""
    cause_code: str = ""


@dataclass(frozen=True, slots=True)
class Tell:
    """How and in which words the customer was told."""

    ticket_id: int
    seen_version: int
    channel: TellChannel
    words: str


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What the customer said when asked afterwards."""

    ticket_id: int
    seen_version: int
    outcome: CallOutcome
    note: str = ""


def case_of(session: Session, ticket: Ticket) -> Complaint:
    """Give the complaint's case of a ticket.

    Raises:
        NotFoundError: the ticket is no complaint.
    """
    case = session.execute(select(Complaint).where(Complaint.ticket_id == ticket.id)).scalar_one_or_none()
    if case is None:
        raise NotFoundError(EntityKind.TICKET, ticket.number)
    return case


def opened(session: Session, ticket_id: int, seen_version: int) -> tuple[Ticket, Complaint]:
    """Give ticket and case for changing.

    Raises:
        NotFoundError: no such ticket, or no complaint.
        StaleError: somebody changed it since it was read.
    """
    ticket = load(session, ticket_id, seen_version)
    return ticket, case_of(session, ticket)


def acknowledge(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Note that the customer was told that the complaint is being dealt with."""
    context.require(Right.SERVE)
    ticket, case = opened(session, request.ticket_id, request.seen_version)
    case.acknowledged_at = context.now()
    move(session, ticket, _S.ACKNOWLEDGED, TicketAct.ACKNOWLEDGED, context, request.note)
    return Outcome(ticket.state, TICKETS)


def assess(session: Session, request: Assess, context: Context) -> Outcome[Severity]:
    """Rate impact and complexity; high and critical complaints become express. May be mended until the decision."""
    context.require(Right.SERVE)
    ticket, case = opened(session, request.ticket_id, request.seen_version)
    case.impact, case.complexity = request.impact, request.complexity
    case.severity = severity_of(request.impact, request.complexity)
    if request.wanted is not None:
        case.wanted = clean_line(request.wanted)
    if case.severity in _URGENT:
        ticket.priority = Priority.EXPRESS
    if ticket.state in _ASSESSED:
        note_event(session, ticket, TicketAct.ASSESSED, context, case.severity)
    else:
        move(session, ticket, _S.ASSESSED, TicketAct.ASSESSED, context, case.severity)
    return Outcome(case.severity, TICKETS)


def investigate(session: Session, request: Investigate, context: Context) -> Outcome[TicketState]:
    """Keep root cause and findings; may be repeated while the investigation goes on.

    Raises:
        InvalidFieldError: no findings, or a cause that the store's tree does not hold below this root cause.
    """
    context.require(Right.SERVE)
    ticket, case = opened(session, request.ticket_id, request.seen_version)
    if not clean_note(request.findings):
        raise InvalidFieldError("findings", "empty")
    _take_cause(session, case, request, context)
    case.root_cause_detail = clean_line(request.detail)
    case.findings = clean_note(request.findings)
    if ticket.state is _S.INVESTIGATING:
        note_event(session, ticket, TicketAct.INVESTIGATED, context, request.findings)
    else:
        move(session, ticket, _S.INVESTIGATING, TicketAct.INVESTIGATED, context, request.findings)
    return Outcome(ticket.state, TICKETS)


def _take_cause(session: Session, case: Complaint, request: Investigate, context: Context) -> None:
    """Keep the cause; one that was chosen before stays good after it was retired or moved."""
    same = request.cause_code == case.cause_code and request.root_cause is case.root_cause
    if request.cause_code and not same:
        cause = cause_book(session, context.store.id).cause(request.cause_code)
        if cause is None or not cause.active or cause.category is not request.root_cause:
            raise InvalidFieldError("cause_code", "not_a_choice", request.cause_code)
    case.root_cause = request.root_cause
    case.cause_code = request.cause_code


def tell(session: Session, request: Tell, context: Context) -> Outcome[TicketState]:
    """Note how the customer was told the decision; a satisfaction call is planned.

    Raises:
        InvalidFieldError: no words.
    """
    context.require(Right.SERVE)
    ticket, case = opened(session, request.ticket_id, request.seen_version)
    if not clean_note(request.words):
        raise InvalidFieldError("words", "empty")
    case.told_channel = request.channel
    case.told_words = clean_note(request.words)
    case.told_by_id = context.actor.staff_id
    case.told_at = context.now()
    move(session, ticket, _S.COMMUNICATED, TicketAct.CUSTOMER_TOLD, context, request.words)
    due_from, due_until = in_days(context, store_settings(session, context.store.id).get(SATISFACTION_CALL_DAYS))
    call = PlanCallback(
        member_id=ticket.member_id,
        reason=CallbackReason.COMPLAINT_SATISFACTION,
        due_from=due_from,
        due_until=due_until,
        owner_id=ticket.owner_id,
        ticket_id=ticket.id,
        subject=ticket.subject,
    )
    plan(session, call, context)
    return Outcome(ticket.state, TICKETS | {Topic.CALLBACKS})


def ask_satisfaction(session: Session, request: Satisfaction, context: Context) -> Outcome[TicketState]:
    """Keep what the customer says now; the call that was planned for it is done.

    Raises:
        NotToldError: the customer was not told the decision yet, or the complaint is finished.
    """
    context.require(Right.SERVE)
    ticket, case = opened(session, request.ticket_id, request.seen_version)
    if ticket.state not in _TOLD:
        raise NotToldError(ticket.number)
    case.satisfaction = request.outcome
    finish(session, ticket.id, CallbackReason.COMPLAINT_SATISFACTION, request.outcome, context)
    if ticket.state is _S.COMMUNICATED:
        move(session, ticket, _S.SATISFACTION_CALL, TicketAct.SATISFACTION_ASKED, context, request.note)
    else:
        note_event(session, ticket, TicketAct.SATISFACTION_ASKED, context, request.note)
    return Outcome(ticket.state, TICKETS | {Topic.CALLBACKS})


def close(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Close the complaint.

    Raises:
        ClosingIncompleteError: root cause, decision, telling or carrying out is missing.
    """
    context.require(Right.SERVE)
    ticket, case = opened(session, request.ticket_id, request.seen_version)
    missing = missing_for_closing(case)
    if missing:
        raise ClosingIncompleteError(missing)
    move(session, ticket, _S.CLOSED, TicketAct.CLOSED, context, request.note)
    return Outcome(ticket.state, TICKETS)
