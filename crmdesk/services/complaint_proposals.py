"""Proposals of a complaint side by side, who approves which amount, and the decision on one of them."""

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crmdesk.core.complaint_errors import NoProposalError, ProposalClosedError, RemediesTooHighError
from crmdesk.core.complaint_rules import WORDS_ONLY
from crmdesk.core.complaints import ProposalState
from crmdesk.core.context import Context
from crmdesk.core.desk_errors import AboveLimitError
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError, ReasonMissingError
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Compensation, TicketState
from crmdesk.db.rows import append
from crmdesk.models.complaint import Complaint
from crmdesk.models.complaint_work import ComplaintApproval, ComplaintProposal, ComplaintRemedy
from crmdesk.models.ticket import Ticket
from crmdesk.queries.settings import store_settings
from crmdesk.services import approvals
from crmdesk.services.approvals import ApproveByPin
from crmdesk.services.complaints import opened
from crmdesk.services.rights import actor_of
from crmdesk.services.signin import Refused
from crmdesk.services.staff import load as load_staff
from crmdesk.services.ticket_steps import TICKETS, Step, move, note_event

_S = TicketState
_MOST_POINTS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Propose:
    """A remedy that is proposed, with what it costs the house; ``points`` only where points are given."""

    ticket_id: int
    seen_version: int
    compensation: Compensation
    proposal: str
    amount: Money = Money(0)
    points: int = 0


@dataclass(frozen=True, slots=True)
class OnProposal(Step):
    """A step on one proposal; a plain `Step` means the one that is in question: the approved one, or the newest."""

    proposal_id: int | None = None


@dataclass(frozen=True, slots=True)
class ByPin:
    """Somebody with a higher limit approves at this desk with her PIN."""

    wanted: OnProposal
    staff_id: int
    pin: str


@dataclass(frozen=True, slots=True)
class RemedyPlan:
    """One remedy of a decision."""

    compensation: Compensation
    words: str
    amount: Money = Money(0)
    points: int = 0


@dataclass(frozen=True, slots=True)
class Decide(OnProposal):
    """The decision, ``note`` in the customer's words; without ``remedies`` the proposal is the only one."""

    remedies: tuple[RemedyPlan, ...] = ()


def propose(session: Session, request: Propose, context: Context) -> Outcome[TicketState]:
    """Add a proposal beside the others; whoever may approve its amount decides later.

    Raises:
        InvalidFieldError: no words, a negative amount, points that are missing or given for something else.
    """
    context.require(Right.SERVE)
    ticket, case = opened(session, request.ticket_id, request.seen_version)
    words = clean_note(request.proposal)
    _check(words, "proposal", request.compensation, request.amount, request.points)
    earlier = open_proposals(session, ticket, case)
    proposal = ComplaintProposal(
        store_id=context.store.id,
        ticket_id=ticket.id,
        ordinal=_next_ordinal(session, ticket),
        round=case.round,
        compensation=request.compensation,
        amount=request.amount,
        points=request.points,
        words=words,
        staff_id=context.actor.staff_id,
        at=context.now(),
    )
    session.add(proposal)
    case.approved_by_id = case.approved_at = None
    _show_in_case(case, proposal)
    if ticket.state is _S.PROPOSED and earlier:
        note_event(session, ticket, TicketAct.PROPOSED, context, request.amount.yuan_text())
    else:
        move(session, ticket, _S.PROPOSED, TicketAct.PROPOSED, context, request.amount.yuan_text())
    return Outcome(ticket.state, TICKETS)


def withdraw(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Take a proposal off the table; without another one the investigation goes on.

    Raises:
        NoProposalError: there is none.
        ProposalClosedError: it is off the table already.
        IllegalMoveError: nothing waits for approval.
    """
    context.require(Right.SERVE)
    ticket, case = opened(session, request.ticket_id, request.seen_version)
    _drop(session, (ticket, case), request, TicketAct.EDITED, context)
    return Outcome(ticket.state, TICKETS)


def approve(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Approve a proposal's amount (limits of domain rule 1: manager 500, head office 5,000, owner without limit).

    Raises:
        NotAllowedError: the person does not decide complaints.
        AboveLimitError: the amount is above the person's limit.
        NoProposalError: there is none.
        ProposalClosedError: it is off the table.
    """
    context.require(Right.JUDGE)
    ticket, case = opened(session, request.ticket_id, request.seen_version)
    proposal = _wanted(session, ticket, case, request)
    _require_limit(proposal.amount, context)
    case.approved_by_id = context.actor.staff_id
    case.approved_at = context.now()
    _show_in_case(case, proposal)
    _add_answer(session, proposal, clean_note(request.note), context, agreed=True)
    move(session, ticket, _S.PROPOSAL_APPROVED, TicketAct.PROPOSAL_APPROVED, context, request.note)
    return Outcome(ticket.state, TICKETS)


def approve_by_pin(session: Session, request: ByPin, context: Context) -> Outcome[TicketState | Refused]:
    """Let somebody with a higher limit approve at this desk; a wrong PIN is counted and is a value, no error.

    Raises:
        NotAllowedError: that person does not decide complaints.
        AboveLimitError: the amount is above that person's limit too.
    """
    ticket, _case = opened(session, request.wanted.ticket_id, request.wanted.seen_version)
    asked = ApproveByPin(request.staff_id, request.pin, Right.JUDGE, ticket.number)
    answer = approvals.approve(session, asked, context).value
    if isinstance(answer, Refused):
        return Outcome(answer)
    staff = load_staff(session, answer.staff_id, context)
    approver = replace(context, actor=actor_of(staff, store_settings(session, context.store.id)))
    done = approve(session, request.wanted, approver)
    return Outcome(done.value, done.changed)


def refuse(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Say no to a proposal, with the reason; without another one the investigation goes on.

    Raises:
        NotAllowedError: the person does not decide complaints.
        ReasonMissingError: no words.
        NoProposalError: there is none.
        ProposalClosedError: it is off the table already.
        IllegalMoveError: nothing waits for approval.
    """
    context.require(Right.JUDGE)
    ticket, case = opened(session, request.ticket_id, request.seen_version)
    words = clean_note(request.note)
    if not words:
        raise ReasonMissingError("complaint.refuse")
    proposal = _drop(session, (ticket, case), request, TicketAct.PROPOSAL_REFUSED, context)
    _add_answer(session, proposal, words, context, agreed=False)
    return Outcome(ticket.state, TICKETS)


def decide(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Make a proposal the decision; ``note`` is its wording. Other proposals are dropped, its remedies wait.

    Raises:
        NotAllowedError: the person does not decide complaints.
        ReasonMissingError: no wording.
        AboveLimitError: nobody with a high enough limit approved the amount.
        NoProposalError: there is none.
        ProposalClosedError: it is off the table.
        RemediesTooHighError: the remedies cost more than the proposal.
        InvalidFieldError: a remedy without words, or one that is negative.
    """
    context.require(Right.JUDGE)
    ticket, case = opened(session, request.ticket_id, request.seen_version)
    if not clean_note(request.note):
        raise ReasonMissingError("complaint.decide")
    proposal = _wanted(session, ticket, case, request)
    approval = _yes(session, proposal)
    if approval is None:
        _require_limit(proposal.amount, context)
    plans = request.remedies if isinstance(request, Decide) else ()
    _choose(session, ticket, case, proposal)
    case.approved_by_id = approval.staff_id if approval is not None else None
    case.approved_at = approval.at if approval is not None else None
    _plan_remedies(session, case, proposal, plans, context)
    case.decision = clean_note(request.note)
    case.decided_by_id = context.actor.staff_id
    move(session, ticket, _S.DECIDED, TicketAct.DECIDED, context, request.note)
    return Outcome(ticket.state, TICKETS)


def open_proposals(session: Session, ticket: Ticket, case: Complaint) -> list[ComplaintProposal]:
    """Give the open proposals of the present round, oldest first."""
    session.flush()
    found = select(ComplaintProposal).where(
        ComplaintProposal.ticket_id == ticket.id,
        ComplaintProposal.round == case.round,
        ComplaintProposal.state == ProposalState.OPEN,
    )
    return list(session.scalars(found.order_by(ComplaintProposal.ordinal)))


def _check(words: str, field: str, compensation: Compensation, amount: Money, points: int) -> None:
    if not words:
        raise InvalidFieldError(field, "empty")
    if amount < Money(0):
        raise InvalidFieldError("amount", "too_small", amount.yuan_text())
    gives_points = compensation is Compensation.POINTS
    if gives_points != (points > 0) or points > _MOST_POINTS:
        raise InvalidFieldError("points", "empty" if gives_points and not points else "too_large", str(points))


def _next_ordinal(session: Session, ticket: Ticket) -> int:
    return len(session.scalars(select(ComplaintProposal.id).where(ComplaintProposal.ticket_id == ticket.id)).all()) + 1


def _show_in_case(case: Complaint, proposal: ComplaintProposal) -> None:
    """Let lists, letters and figures read the proposal in question from the case."""
    case.compensation = proposal.compensation
    case.compensation_amount = proposal.amount
    case.proposal = proposal.words
    case.proposed_by_id = proposal.staff_id


def _wanted(session: Session, ticket: Ticket, case: Complaint, request: Step) -> ComplaintProposal:
    """Give the proposal a step is about."""
    key = request.proposal_id if isinstance(request, OnProposal) else None
    proposals = open_proposals(session, ticket, case)
    if key is not None:
        named = session.get(ComplaintProposal, key)
        if named is None or named.ticket_id != ticket.id:
            raise NoProposalError(ticket.number)
        if named not in proposals:
            raise ProposalClosedError(ticket.number, named.ordinal)
        return named
    if not proposals:
        raise NoProposalError(ticket.number)
    if case.approved_by_id is None:
        return proposals[-1]
    return next((one for one in proposals if _yes(session, one) is not None), proposals[-1])


def _yes(session: Session, proposal: ComplaintProposal) -> ComplaintApproval | None:
    """Give the newest yes to the proposal at its present amount."""
    said = select(ComplaintApproval).where(
        ComplaintApproval.proposal_id == proposal.id,
        ComplaintApproval.agreed,
        ComplaintApproval.amount == proposal.amount,
    )
    return session.scalars(said.order_by(ComplaintApproval.id.desc()).limit(1)).one_or_none()


def _require_limit(amount: Money, context: Context) -> None:
    if not context.may_approve(amount):
        raise AboveLimitError(amount, context.actor.approve_limit or Money(0))


def _add_answer(session: Session, proposal: ComplaintProposal, words: str, context: Context, *, agreed: bool) -> None:
    row = {
        "store_id": context.store.id,
        "proposal_id": proposal.id,
        "agreed": agreed,
        "amount": proposal.amount,
        "words": words,
        "staff_id": context.actor.staff_id,
        "at": context.now(),
    }
    append(session, ComplaintApproval, row)


def _drop(
    session: Session, of: tuple[Ticket, Complaint], request: Step, act: TicketAct, context: Context
) -> ComplaintProposal:
    """Take the proposal off the table; gives it."""
    ticket, case = of
    proposal = _wanted(session, ticket, case, request)
    if ticket.state is not _S.PROPOSED:
        raise IllegalMoveError(EntityKind.TICKET, ticket.number, ticket.state, _S.INVESTIGATING)
    proposal.state = ProposalState.DROPPED
    left = open_proposals(session, ticket, case)
    if left:
        _show_in_case(case, left[-1])
        note_event(session, ticket, act, context, request.note)
    else:
        case.compensation, case.compensation_amount, case.proposal = None, Money(0), ""
        move(session, ticket, _S.INVESTIGATING, act, context, request.note)
    return proposal


def _choose(session: Session, ticket: Ticket, case: Complaint, chosen: ComplaintProposal) -> None:
    for proposal in open_proposals(session, ticket, case):
        proposal.state = ProposalState.CHOSEN if proposal is chosen else ProposalState.DROPPED
    _show_in_case(case, chosen)


def _plan_remedies(
    session: Session, case: Complaint, proposal: ComplaintProposal, plans: tuple[RemedyPlan, ...], context: Context
) -> None:
    """Make the decision's remedies; words alone are carried out with the decision."""
    wanted = plans or (RemedyPlan(proposal.compensation, proposal.words, proposal.amount, proposal.points),)
    for one in wanted:
        _check(clean_note(one.words), "words", one.compensation, one.amount, one.points)
    total = Money.total(one.amount for one in wanted)
    if total > proposal.amount:
        raise RemediesTooHighError(total, proposal.amount)
    if sum(one.points for one in wanted) > proposal.points:
        raise InvalidFieldError("points", "too_large", str(proposal.points))
    # Decided once more after it was handed up: what nobody carried out yet is replaced.
    session.execute(
        delete(ComplaintRemedy).where(
            ComplaintRemedy.ticket_id == case.ticket_id,
            ComplaintRemedy.round == case.round,
            ComplaintRemedy.done_at.is_(None),
        )
    )
    session.add_all(
        ComplaintRemedy(
            store_id=context.store.id,
            ticket_id=case.ticket_id,
            round=case.round,
            compensation=one.compensation,
            amount=one.amount,
            points=one.points,
            words=clean_note(one.words),
        )
        for one in wanted
    )
    case.decided_at = context.now()
    words_only = all(one.compensation in WORDS_ONLY for one in wanted)
    case.remedy_done_at = context.now() if words_only else None
