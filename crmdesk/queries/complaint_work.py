"""The work on a complaint: proposals with their answers, remedies, tasks, earlier rounds, and who may approve."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallOutcome
from crmdesk.core.complaint_rules import who_may_approve
from crmdesk.core.complaints import ProposalState
from crmdesk.core.context import Context
from crmdesk.core.money import Money
from crmdesk.core.roles import Right, Role
from crmdesk.core.tickets import Compensation, RootCause, TellChannel
from crmdesk.models.complaint_work import (
    ComplaintApproval,
    ComplaintProposal,
    ComplaintRemedy,
    ComplaintRound,
    ComplaintTask,
)
from crmdesk.models.staff import Staff
from crmdesk.queries.settings import store_settings
from crmdesk.queries.staff_rights import limit_of, rights_of


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """Somebody's yes or no to a proposal."""

    agreed: bool
    amount: Money
    words: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One proposal of the present round, or of an earlier one."""

    id: int
    ordinal: int
    round: int
    compensation: Compensation
    amount: Money
    points: int
    words: str
    state: ProposalState
    person: str
    answers: tuple[AnswerRow, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether it may still be chosen."""
        return self.state is ProposalState.OPEN

    @property
    def approval(self) -> AnswerRow | None:
        """Give the yes to its present amount."""
        return next((one for one in self.answers if one.agreed and one.amount == self.amount), None)


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """One remedy of a decision."""

    id: int
    round: int
    compensation: Compensation
    amount: Money
    points: int
    words: str
    done_at: datetime | None
    person: str
    evidence: str
    linked_ticket_id: int | None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Something somebody finds out or does."""

    id: int
    what: str
    owner_id: int
    owner: str
    due: date | None
    done_at: datetime | None
    result: str

    def is_late(self, today: date) -> bool:
        """Tell whether it should have been done."""
        return self.done_at is None and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class RoundRow:
    """How an earlier round ended."""

    number: int
    root_cause: RootCause | None
    cause_code: str
    decision: str
    decided_by: str
    told_channel: TellChannel | None
    told_at: datetime | None
    told_words: str
    satisfaction: CallOutcome | None
    reason: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody who decides complaints, up to ``limit``; None is without limit."""

    id: int
    name: str
    role: Role
    limit: Money | None


@dataclass(frozen=True, slots=True)
class ComplaintWork:
    """Everything besides the case itself, oldest first."""

    proposals: tuple[ProposalRow, ...]
    remedies: tuple[RemedyRow, ...]
    tasks: tuple[TaskRow, ...]
    rounds: tuple[RoundRow, ...]
    approvers: tuple[Approver, ...]

    def open_proposals(self) -> tuple[ProposalRow, ...]:
        """Give what may be approved or chosen."""
        return tuple(one for one in self.proposals if one.is_open)

    def remedies_of(self, number: int) -> tuple[RemedyRow, ...]:
        """Give the remedies of a round."""
        return tuple(one for one in self.remedies if one.round == number)

    def next_approvers(self, amount: Money) -> tuple[Approver, ...]:
        """Give the next ones up the chain who may approve ``amount``."""
        keys = who_may_approve(((one.id, one.limit) for one in self.approvers), amount)
        return tuple(one for one in self.approvers if one.id in keys)


def work(session: Session, ticket_id: int, people: dict[int, str], context: Context) -> ComplaintWork:
    """Gather the work on a complaint; ``people`` are names by key."""
    return ComplaintWork(
        proposals=tuple(_proposals(session, ticket_id, people)),
        remedies=tuple(_remedies(session, ticket_id, people)),
        tasks=tuple(_tasks(session, ticket_id, people)),
        rounds=tuple(_rounds(session, ticket_id, people)),
        approvers=approvers(session, context),
    )


def approvers(session: Session, context: Context) -> tuple[Approver, ...]:
    """Give the store's people who decide complaints."""
    settings = store_settings(session, context.store.id)
    staff = session.scalars(select(Staff).where(Staff.store_id == context.store.id, Staff.active).order_by(Staff.name))
    return tuple(
        Approver(one.id, one.name, one.role, limit_of(one, settings)) for one in staff if Right.JUDGE in rights_of(one)
    )


def _proposals(session: Session, ticket_id: int, people: dict[int, str]) -> Iterable[ProposalRow]:
    of_ticket = ComplaintProposal.ticket_id == ticket_id
    answers: dict[int, list[AnswerRow]] = {}
    said = select(ComplaintApproval).join(ComplaintProposal, ComplaintApproval.proposal_id == ComplaintProposal.id)
    for one in session.scalars(said.where(of_ticket).order_by(ComplaintApproval.id)):
        row = AnswerRow(one.agreed, one.amount, one.words, people.get(one.staff_id, ""), one.at)
        answers.setdefault(one.proposal_id, []).append(row)
    for made in session.scalars(select(ComplaintProposal).where(of_ticket).order_by(ComplaintProposal.ordinal)):
        yield ProposalRow(
            made.id,
            made.ordinal,
            made.round,
            made.compensation,
            made.amount,
            made.points,
            made.words,
            made.state,
            people.get(made.staff_id, ""),
            tuple(answers.get(made.id, ())),
        )


def _remedies(session: Session, ticket_id: int, people: dict[int, str]) -> Iterable[RemedyRow]:
    found = select(ComplaintRemedy).where(ComplaintRemedy.ticket_id == ticket_id).order_by(ComplaintRemedy.id)
    for one in session.scalars(found):
        yield RemedyRow(
            one.id,
            one.round,
            one.compensation,
            one.amount,
            one.points,
            one.words,
            one.done_at,
            people.get(one.done_by_id or 0, ""),
            one.evidence,
            one.linked_ticket_id,
        )


def _tasks(session: Session, ticket_id: int, people: dict[int, str]) -> Iterable[TaskRow]:
    found = select(ComplaintTask).where(ComplaintTask.ticket_id == ticket_id).order_by(ComplaintTask.id)
    for one in session.scalars(found):
        yield TaskRow(one.id, one.what, one.owner_id, people.get(one.owner_id, ""), one.due, one.done_at, one.result)


def _rounds(session: Session, ticket_id: int, people: dict[int, str]) -> Iterable[RoundRow]:
    found = select(ComplaintRound).where(ComplaintRound.ticket_id == ticket_id).order_by(ComplaintRound.number)
    for one in session.scalars(found):
        yield RoundRow(
            one.number,
            one.root_cause,
            one.cause_code,
            one.decision,
            people.get(one.decided_by_id or 0, ""),
            one.told_channel,
            one.told_at,
            one.told_words,
            one.satisfaction,
            one.reason,
            people.get(one.staff_id, ""),
            one.at,
        )
