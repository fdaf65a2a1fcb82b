"""Lists of complaints: what comes first, what waits for one's approval, for telling, for one's own work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.care import CareClass
from crmdesk.core.complaint_rules import rank
from crmdesk.core.complaints import ProposalState
from crmdesk.core.context import Context
from crmdesk.core.money import Money
from crmdesk.core.order import Order
from crmdesk.core.roles import Right
from crmdesk.core.tickets import FINISHED, Severity, TicketState
from crmdesk.models.complaint import Complaint
from crmdesk.models.complaint_work import ComplaintProposal, ComplaintTask
from crmdesk.models.member import Member
from crmdesk.models.staff import Staff
from crmdesk.models.ticket import Ticket

_S = TicketState
_OPEN: Final = tuple(state for state in TicketState if state not in FINISHED)


class ComplaintView(StrEnum):
    """The views of the complaint list."""

    OPEN = "open"
    MY_APPROVAL = "my_approval"
    TO_TELL = "to_tell"
    TO_CARRY_OUT = "to_carry_out"
    MY_TASKS = "my_tasks"
    CORRECTIVE = "corrective"
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """One complaint in a list; ``due`` is the earliest day of what somebody still has to do for it."""

    id: int
    number: str
    member_id: int
    member_name: str
    care_class: CareClass
    subject: str
    state: TicketState
    severity: Severity | None
    amount: Money
    round: int
    owner: str
    received_at: datetime
    due: date | None


# The same order as `complaint_rules.rank`, so that the list is sorted where it is read.
_RANK: Final = case(
    *(
        (and_(Complaint.severity == severity, Member.care_class == care), rank(severity, care))
        for severity in Severity
        for care in CareClass
    ),
    else_=case((Member.care_class == CareClass.KEY, rank(None, CareClass.KEY)), else_=rank(None, CareClass.ORDINARY)),
)
_TASK_DUE: Final = (
    select(func.min(ComplaintTask.due))
    .where(ComplaintTask.ticket_id == Ticket.id, ComplaintTask.done_at.is_(None))
    .scalar_subquery()
)


def first(
    session: Session, view: ComplaintView, context: Context, order: Order | None, limit: int
) -> list[ComplaintRow]:
    """Give the first rows of a view, severe cases and key members on top unless sorted otherwise."""
    return [_row(one) for one in session.execute(_ordered(_select(), view, context, order).limit(limit))]


def ids(session: Session, view: ComplaintView, context: Context, order: Order | None) -> Iterable[int]:
    """Give the keys of a whole view in its order."""
    return session.scalars(_ordered(_joined(select(Ticket.id)), view, context, order))


def rows(session: Session, wanted: Sequence[int], context: Context) -> list[ComplaintRow]:
    """Give the rows of these tickets, in any order."""
    del context
    return [_row(one) for one in session.execute(_select().where(Ticket.id.in_(wanted)))]


def counts(session: Session, context: Context) -> dict[ComplaintView, int]:
    """Count every view."""
    return {view: count(session, view, context) for view in ComplaintView}


def count(session: Session, view: ComplaintView, context: Context) -> int:
    """Count one view."""
    return session.scalar(_joined(select(func.count(Ticket.id))).where(*_of_view(view, context))) or 0


def _select() -> Select[Any]:
    columns: list[Any] = [
        Ticket.id,
        Ticket.number,
        Ticket.member_id,
        Member.name.label("member_name"),
        Member.care_class,
        Ticket.subject,
        Ticket.state,
        Complaint.severity,
        Complaint.compensation_amount.label("amount"),
        Complaint.round,
        Staff.name.label("owner"),
        Ticket.received_at,
        _TASK_DUE.label("due"),
    ]
    return _joined(select(*columns))


def _joined(wanted: Select[Any]) -> Select[Any]:
    return (
        wanted.select_from(Complaint)
        .join(Ticket, Complaint.ticket_id == Ticket.id)
        .join(Member, Ticket.member_id == Member.id)
        .join(Staff, Ticket.owner_id == Staff.id)
    )


def _ordered(wanted: Select[Any], view: ComplaintView, context: Context, order: Order | None) -> Select[Any]:
    by: dict[str, ColumnElement[Any]] = {
        "received": Ticket.received_at.expression,
        "number": Ticket.number.expression,
        "due": _TASK_DUE,
        "amount": Complaint.compensation_amount.expression,
    }
    chosen = by.get(order.key) if order is not None else None
    first_by: list[ColumnElement[Any]] = [_RANK]
    if chosen is not None and order is not None:
        first_by = [chosen.desc() if order.descending else chosen]
    return wanted.where(*_of_view(view, context)).order_by(*first_by, Ticket.received_at, Ticket.id)


def _of_view(view: ComplaintView, context: Context) -> tuple[ColumnElement[bool], ...]:
    store = Ticket.store_id == context.store.id
    if view is ComplaintView.CORRECTIVE:
        waits = and_(Complaint.corrective_action != "", Complaint.corrective_done_at.is_(None))
        return store, waits, Ticket.state != _S.CANCELLED
    if view is ComplaintView.MY_TASKS:
        mine = ComplaintTask.owner_id == context.actor.staff_id
        task = exists().where(ComplaintTask.ticket_id == Ticket.id, mine, ComplaintTask.done_at.is_(None))
        action = and_(
            Complaint.corrective_owner_id == context.actor.staff_id,
            Complaint.corrective_action != "",
            Complaint.corrective_done_at.is_(None),
        )
        return store, or_(task, action), Ticket.state != _S.CANCELLED
    by_view: dict[ComplaintView, ColumnElement[bool]] = {
        ComplaintView.OPEN: Ticket.state.in_(_OPEN),
        ComplaintView.MY_APPROVAL: _waits_for(context),
        ComplaintView.TO_TELL: Ticket.state == _S.DECIDED,
        ComplaintView.TO_CARRY_OUT: and_(
            Ticket.state.in_((_S.DECIDED, _S.COMMUNICATED, _S.SATISFACTION_CALL)), Complaint.remedy_done_at.is_(None)
        ),
        ComplaintView.ESCALATED: Ticket.state == _S.ESCALATED,
    }
    return store, by_view[view]


def _waits_for(context: Context) -> ColumnElement[bool]:
    """Say that an open proposal waits whose amount the person may approve."""
    if not context.may(Right.JUDGE):
        return Ticket.id.is_(None)
    open_one = exists().where(
        ComplaintProposal.ticket_id == Ticket.id,
        ComplaintProposal.round == Complaint.round,
        ComplaintProposal.state == ProposalState.OPEN,
    )
    if context.actor.approve_limit is not None:
        open_one = open_one.where(ComplaintProposal.amount <= context.actor.approve_limit)
    return and_(Ticket.state == _S.PROPOSED, open_one)


def _row(found: Any) -> ComplaintRow:  # noqa: ANN401 - a row of columns
    return ComplaintRow(**found._mapping)  # noqa: SLF001 - the documented way to a row's names
