"""A complaint that goes on: opened again in a round of its own, or handed up, inside or outside the house."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from crmdesk.core.complaints import ProposalState
from crmdesk.core.context import Context
from crmdesk.core.errors import IllegalMoveError, ReasonMissingError
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import TicketState
from crmdesk.models.complaint import Complaint
from crmdesk.models.complaint_work import ComplaintRound
from crmdesk.services.complaint_proposals import open_proposals
from crmdesk.services.complaints import opened
from crmdesk.services.ticket_steps import TICKETS, Step, move

_NUMBER_LENGTH: Final = 40


@dataclass(frozen=True, slots=True)
class Escalate(Step):
    """Hand the complaint up: why, to whom (head office, the consumer association), and their number for it."""

    to_whom: str = ""
    outside_number: str = ""


def reopen(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Open a told or closed complaint again; the round that ends is kept, the next needs its own decision and telling.

    Raises:
        ReasonMissingError: no reason.
        IllegalMoveError: it was not told yet.
    """
    context.require(Right.SERVE)
    ticket, case = opened(session, request.ticket_id, request.seen_version)
    if not clean_note(request.note):
        raise ReasonMissingError("complaint.reopen")
    if not ticket.may_move(TicketState.REOPENED):
        raise IllegalMoveError(EntityKind.TICKET, ticket.number, ticket.state, TicketState.REOPENED)
    for proposal in open_proposals(session, ticket, case):
        proposal.state = ProposalState.DROPPED
    session.add(_ended(case, clean_note(request.note), context))
    _begin_again(case)
    ticket.closed_at = None
    move(session, ticket, TicketState.REOPENED, TicketAct.REOPENED, context, request.note)
    return Outcome(ticket.state, TICKETS)


def _ended(case: Complaint, reason: str, context: Context) -> ComplaintRound:
    return ComplaintRound(
        store_id=case.store_id,
        ticket_id=case.ticket_id,
        number=case.round,
        root_cause=case.root_cause,
        cause_code=case.cause_code,
        findings=case.findings,
        amount=case.compensation_amount,
        decision=case.decision,
        decided_by_id=case.decided_by_id,
        decided_at=case.decided_at,
        told_channel=case.told_channel,
        told_words=case.told_words,
        told_at=case.told_at,
        satisfaction=case.satisfaction,
        reason=reason,
        staff_id=context.actor.staff_id,
        at=context.now(),
    )


def _begin_again(case: Complaint) -> None:
    """Empty what the next round says anew; cause and findings stay as its beginning."""
    case.round += 1
    case.compensation = case.proposed_by_id = None
    case.compensation_amount = Money(0)
    case.approved_by_id = case.approved_at = None
    case.decided_by_id = case.decided_at = None
    case.told_channel = case.told_by_id = case.told_at = None
    case.proposal = case.decision = case.told_words = ""
    case.remedy_done_at = case.satisfaction = None


def escalate(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Hand the complaint up; reason, to whom and the number there are kept.

    Raises:
        ReasonMissingError: no reason.
    """
    context.require(Right.SERVE)
    ticket, case = opened(session, request.ticket_id, request.seen_version)
    if not clean_note(request.note):
        raise ReasonMissingError("complaint.escalate")
    told = request.note
    if isinstance(request, Escalate):
        case.escalated_to = clean_line(request.to_whom) or case.escalated_to
        case.outside_number = clean_line(request.outside_number)[:_NUMBER_LENGTH] or case.outside_number
        told = " · ".join(
            filter(None, (clean_line(request.to_whom), clean_line(request.outside_number)[:_NUMBER_LENGTH], told))
        )
    move(session, ticket, TicketState.ESCALATED, TicketAct.ESCALATED, context, told)
    return Outcome(ticket.state, TICKETS)
