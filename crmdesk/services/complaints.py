"""Complaint steps of ISO 10002: acknowledge, assess, investigate, propose, approve, decide, tell, ask, close."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallOutcome
from crmdesk.core.case_errors import NotDecidedError, NotToldError, RemedyDoneError
from crmdesk.core.complaint_rules import missing_for_closing
from crmdesk.core.context import Context
from crmdesk.core.desk_errors import AboveLimitError, ClosingIncompleteError
from crmdesk.core.errors import InvalidFieldError, NotFoundError, ReasonMissingError
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.settings_care import SATISFACTION_CALL_DAYS
from crmdesk.core.text_clean import clean_line, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import (
    Compensation,
    Level3,
    Priority,
    RootCause,
    Severity,
    TellChannel,
    TicketState,
    severity_of,
)
from crmdesk.core.topics import Topic
from crmdesk.models.complaint import Complaint
from crmdesk.models.ticket import Ticket
from crmdesk.queries.settings import store_settings
from crmdesk.services.callback_plan import PlanCallback, finish, in_days, plan
from crmdesk.services.ticket_steps import TICKETS, Step, load, move, note_event

_URGENT = frozenset({Severity.HIGH, Severity.CRITICAL})
_SETTLED = frozenset({TicketState.DECIDED, TicketState.COMMUNICATED, TicketState.SATISFACTION_CALL})
_TOLD = frozenset({TicketState.COMMUNICATED, TicketState.SATISFACTION_CALL})


@dataclass(frozen=True, slots=True)
class Assess:
    """How bad and how tangled it is."""

    ticket_id: int
    seen_version: int
    impact: Level3
    complexity: Level3


@dataclass(frozen=True, slots=True)
class Investigate:
    """What was found: root cause and findings."""

    ticket_id: int
    seen_version: int
    root_cause: RootCause
    findings: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Propose:
    """The remedy that is proposed, with what it costs the house."""

    ticket_id: int
    seen_version: int
    compensation: Compensation
    proposal: str
    amount: Money = Money(0)


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


@dataclass(frozen=True, slots=True)
class Corrective:
    """What is changed so that it does not happen again, who sees to it and until when."""

    ticket_id: int
    seen_version: int
    action: str
    owner_id: int | None = None
    due: date | None = None


def case_of(session: Session, ticket: Ticket) -> Complaint:
    """Give the complaint's case of a ticket.

    Raises:
        NotFoundError: the ticket is no complaint.
    """
    case = session.execute(select(Complaint).where(Complaint.ticket_id == ticket.id)).scalar_one_or_none()
    if case is None:
        raise NotFoundError(EntityKind.TICKET, ticket.number)
    return case


def _open(session: Session, ticket_id: int, seen_version: int) -> tuple[Ticket, Complaint]:
    ticket = load(session, ticket_id, seen_version)
    return ticket, case_of(session, ticket)


def acknowledge(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Note that the customer was told that the complaint is being dealt with."""
    context.require(Right.SERVE)
    ticket, case = _open(session, request.ticket_id, request.seen_version)
    case.acknowledged_at = context.now()
    move(session, ticket, TicketState.ACKNOWLEDGED, TicketAct.ACKNOWLEDGED, context, request.note)
    return Outcome(ticket.state, TICKETS)


def assess(session: Session, request: Assess, context: Context) -> Outcome[Severity]:
    """Rate impact and complexity; high and critical complaints become express."""
    context.require(Right.SERVE)
    ticket, case = _open(session, request.ticket_id, request.seen_version)
    case.impact, case.complexity = request.impact, request.complexity
    case.severity = severity_of(request.impact, request.complexity)
    if case.severity in _URGENT:
        ticket.priority = Priority.EXPRESS
    move(session, ticket, TicketState.ASSESSED, TicketAct.ASSESSED, context, case.severity)
    return Outcome(case.severity, TICKETS)


def investigate(session: Session, request: Investigate, context: Context) -> Outcome[TicketState]:
    """Keep root cause and findings; may be repeated while the investigation goes on.

    Raises:
        InvalidFieldError: no findings.
    """
    context.require(Right.SERVE)
    ticket, case = _open(session, request.ticket_id, request.seen_version)
    if not clean_note(request.findings):
        raise InvalidFieldError("findings", "empty")
    case.root_cause = request.root_cause
    case.root_cause_detail = clean_line(request.detail)
    case.findings = clean_note(request.findings)
    if ticket.state is TicketState.INVESTIGATING:
        note_event(session, ticket, TicketAct.INVESTIGATED, context, request.findings)
    else:
        move(session, ticket, TicketState.INVESTIGATING, TicketAct.INVESTIGATED, context, request.findings)
    return Outcome(ticket.state, TICKETS)


def propose(session: Session, request: Propose, context: Context) -> Outcome[TicketState]:
    """Propose a remedy; whoever may approve the amount decides later.

    Raises:
        InvalidFieldError: no words, or a negative amount.
    """
    context.require(Right.SERVE)
    ticket, case = _open(session, request.ticket_id, request.seen_version)
    if not clean_note(request.proposal):
        raise InvalidFieldError("proposal", "empty")
    if request.amount < Money(0):
        raise InvalidFieldError("amount", "negative", request.amount.yuan_text())
    case.compensation = request.compensation
    case.compensation_amount = request.amount
    case.proposal = clean_note(request.proposal)
    case.proposed_by_id = context.actor.staff_id
    case.approved_by_id, case.approved_at = None, None
    move(session, ticket, TicketState.PROPOSED, TicketAct.PROPOSED, context, request.amount.yuan_text())
    return Outcome(ticket.state, TICKETS)


def approve(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Approve the proposed amount (limits of domain rule 1: manager 500, head office 5,000, owner without limit).

    Raises:
        NotAllowedError: the person does not decide complaints.
        AboveLimitError: the amount is above the person's limit.
    """
    context.require(Right.JUDGE)
    ticket, case = _open(session, request.ticket_id, request.seen_version)
    if not context.may_approve(case.compensation_amount):
        raise AboveLimitError(case.compensation_amount, context.actor.approve_limit or Money(0))
    case.approved_by_id = context.actor.staff_id
    case.approved_at = context.now()
    move(session, ticket, TicketState.PROPOSAL_APPROVED, TicketAct.PROPOSAL_APPROVED, context, request.note)
    return Outcome(ticket.state, TICKETS)


def decide(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Make the approved proposal the decision; ``note`` is its wording.

    Raises:
        NotAllowedError: the person does not decide complaints.
        ReasonMissingError: no wording.
        AboveLimitError: nobody with a high enough limit approved the amount.
    """
    context.require(Right.JUDGE)
    ticket, case = _open(session, request.ticket_id, request.seen_version)
    if not clean_note(request.note):
        raise ReasonMissingError("complaint.decide")
    if case.approved_by_id is None and not context.may_approve(case.compensation_amount):
        raise AboveLimitError(case.compensation_amount, context.actor.approve_limit or Money(0))
    case.decision = clean_note(request.note)
    case.decided_by_id = context.actor.staff_id
    case.decided_at = context.now()
    move(session, ticket, TicketState.DECIDED, TicketAct.DECIDED, context, request.note)
    return Outcome(ticket.state, TICKETS)


def tell(session: Session, request: Tell, context: Context) -> Outcome[TicketState]:
    """Note how the customer was told the decision; a satisfaction call is planned.

    Raises:
        InvalidFieldError: no words.
    """
    context.require(Right.SERVE)
    ticket, case = _open(session, request.ticket_id, request.seen_version)
    if not clean_note(request.words):
        raise InvalidFieldError("words", "empty")
    case.told_channel = request.channel
    case.told_words = clean_note(request.words)
    case.told_by_id = context.actor.staff_id
    case.told_at = context.now()
    move(session, ticket, TicketState.COMMUNICATED, TicketAct.CUSTOMER_TOLD, context, request.words)
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


def carry_out(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Note that the remedy was carried out (money paid, goods exchanged, gift given), once.

    Raises:
        NotDecidedError: nothing is decided.
        RemedyDoneError: it was carried out already.
    """
    context.require(Right.SERVE)
    ticket, case = _open(session, request.ticket_id, request.seen_version)
    if ticket.state not in _SETTLED:
        raise NotDecidedError(ticket.number)
    if case.remedy_done_at is not None:
        raise RemedyDoneError(ticket.number)
    case.remedy_done_at = context.now()
    note_event(session, ticket, TicketAct.REMEDY_DONE, context, request.note)
    return Outcome(ticket.state, TICKETS)


def ask_satisfaction(session: Session, request: Satisfaction, context: Context) -> Outcome[TicketState]:
    """Keep what the customer says now; the call that was planned for it is done.

    Raises:
        NotToldError: the customer was not told the decision yet, or the complaint is finished.
    """
    context.require(Right.SERVE)
    ticket, case = _open(session, request.ticket_id, request.seen_version)
    if ticket.state not in _TOLD:
        raise NotToldError(ticket.number)
    case.satisfaction = request.outcome
    finish(session, ticket.id, CallbackReason.COMPLAINT_SATISFACTION, request.outcome, context)
    if ticket.state is TicketState.COMMUNICATED:
        move(session, ticket, TicketState.SATISFACTION_CALL, TicketAct.SATISFACTION_ASKED, context, request.note)
    else:
        note_event(session, ticket, TicketAct.SATISFACTION_ASKED, context, request.note)
    return Outcome(ticket.state, TICKETS | {Topic.CALLBACKS})


def set_corrective(session: Session, request: Corrective, context: Context) -> Outcome[str]:
    """Keep the corrective action with its owner and date; also after the complaint is closed.

    Raises:
        InvalidFieldError: no words, or no owner for them.
    """
    context.require(Right.SERVE)
    ticket, case = _open(session, request.ticket_id, request.seen_version)
    if not clean_note(request.action):
        raise InvalidFieldError("action", "empty")
    if request.owner_id is None:
        raise InvalidFieldError("owner_id", "empty")
    case.corrective_action = clean_note(request.action)
    case.corrective_owner_id = request.owner_id
    case.corrective_due = request.due
    note_event(session, ticket, TicketAct.NOTED, context, request.action)
    return Outcome(case.corrective_action, TICKETS)


def close(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Close the complaint.

    Raises:
        ClosingIncompleteError: root cause, decision, telling or carrying out is missing.
    """
    context.require(Right.SERVE)
    ticket, case = _open(session, request.ticket_id, request.seen_version)
    missing = missing_for_closing(case)
    if missing:
        raise ClosingIncompleteError(missing)
    move(session, ticket, TicketState.CLOSED, TicketAct.CLOSED, context, request.note)
    return Outcome(ticket.state, TICKETS)


def reopen(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Open a told or closed complaint again; the reason is kept, the next round needs its own decision and telling.

    Raises:
        ReasonMissingError: no reason.
    """
    context.require(Right.SERVE)
    ticket, case = _open(session, request.ticket_id, request.seen_version)
    if not clean_note(request.note):
        raise ReasonMissingError("complaint.reopen")
    ticket.closed_at = None
    # The time line keeps the first round.
    case.approved_by_id = case.approved_at = None
    case.decided_by_id = case.decided_at = None
    case.told_channel = case.told_by_id = case.told_at = None
    case.remedy_done_at = case.satisfaction = None
    move(session, ticket, TicketState.REOPENED, TicketAct.REOPENED, context, request.note)
    return Outcome(ticket.state, TICKETS)


def escalate(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Hand the complaint up; the reason is kept.

    Raises:
        ReasonMissingError: no reason.
    """
    context.require(Right.SERVE)
    ticket, _case = _open(session, request.ticket_id, request.seen_version)
    if not clean_note(request.note):
        raise ReasonMissingError("complaint.escalate")
    move(session, ticket, TicketState.ESCALATED, TicketAct.ESCALATED, context, request.note)
    return Outcome(ticket.state, TICKETS)
