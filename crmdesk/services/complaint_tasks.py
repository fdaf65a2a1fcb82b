"""What people have to do for a complaint: tasks of the investigation, and the corrective action."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from crmdesk.core.complaint_errors import TaskDoneError
from crmdesk.core.context import Context
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError, NotFoundError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import TicketState
from crmdesk.models.complaint_work import ComplaintTask
from crmdesk.services.complaints import opened
from crmdesk.services.staff import load as load_staff
from crmdesk.services.ticket_steps import TICKETS, Step, note_event


@dataclass(frozen=True, slots=True)
class GiveTask:
    """Something to find out or to do, by whom and until when."""

    ticket_id: int
    seen_version: int
    what: str
    owner_id: int | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class FinishTask(Step):
    """A task is done; ``note`` is its result."""

    task_id: int = 0


@dataclass(frozen=True, slots=True)
class Corrective:
    """What is changed so that it does not happen again, who sees to it and until when."""

    ticket_id: int
    seen_version: int
    action: str
    owner_id: int | None = None
    due: date | None = None


def _require(context: Context) -> None:
    """Tasks are given and done by whoever serves or decides."""
    if not context.may(Right.JUDGE):
        context.require(Right.SERVE)


def give_task(session: Session, request: GiveTask, context: Context) -> Outcome[int]:
    """Give somebody something to find out; gives the task's key.

    Raises:
        NotAllowedError: the person neither serves nor decides.
        InvalidFieldError: no words, nobody to do it, or a day in the past.
        NotFoundError: the store has no such person.
        IllegalMoveError: the complaint is finished.
    """
    _require(context)
    ticket, _case = opened(session, request.ticket_id, request.seen_version)
    if not ticket.is_open:
        raise IllegalMoveError(EntityKind.TICKET, ticket.number, ticket.state, TicketState.INVESTIGATING)
    what = clean_note(request.what)
    if not what:
        raise InvalidFieldError("what", "empty")
    if request.owner_id is None:
        raise InvalidFieldError("owner_id", "empty")
    if request.due is not None and request.due < context.today():
        raise InvalidFieldError("due", "in_past", request.due.isoformat())
    owner = load_staff(session, request.owner_id, context)
    task = ComplaintTask(
        store_id=context.store.id,
        ticket_id=ticket.id,
        what=what,
        owner_id=owner.id,
        due=request.due,
        made_by_id=context.actor.staff_id,
        made_at=context.now(),
    )
    session.add(task)
    session.flush()
    note_event(session, ticket, TicketAct.TASK_GIVEN, context, f"{owner.name}: {what}")
    return Outcome(task.id, TICKETS)


def finish_task(session: Session, request: FinishTask, context: Context) -> Outcome[str]:
    """Keep a task's result; also after the complaint was closed.

    Raises:
        NotAllowedError: the person neither serves nor decides.
        InvalidFieldError: no result.
        NotFoundError: no such task of this complaint.
        TaskDoneError: it is done already.
    """
    _require(context)
    ticket, _case = opened(session, request.ticket_id, request.seen_version)
    task = session.get(ComplaintTask, request.task_id)
    if task is None or task.ticket_id != ticket.id:
        raise NotFoundError(EntityKind.TICKET, ticket.number)
    if task.done_at is not None:
        raise TaskDoneError(ticket.number)
    result = clean_note(request.note)
    if not result:
        raise InvalidFieldError("result", "empty")
    task.result = result
    task.done_at = context.now()
    note_event(session, ticket, TicketAct.TASK_DONE, context, result)
    return Outcome(result, TICKETS)


def set_corrective(session: Session, request: Corrective, context: Context) -> Outcome[str]:
    """Keep the corrective action with its owner and date; also after the complaint is closed.

    Raises:
        InvalidFieldError: no words, or no owner for them.
    """
    _require(context)
    ticket, case = opened(session, request.ticket_id, request.seen_version)
    if not clean_note(request.action):
        raise InvalidFieldError("action", "empty")
    if request.owner_id is None:
        raise InvalidFieldError("owner_id", "empty")
    case.corrective_action = clean_note(request.action)
    case.corrective_owner_id = request.owner_id
    case.corrective_due = request.due
    case.corrective_done_at = None
    note_event(session, ticket, TicketAct.NOTED, context, request.action)
    return Outcome(case.corrective_action, TICKETS)


def finish_corrective(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Note that the corrective action is in force; also after the complaint is closed.

    Raises:
        InvalidFieldError: there is no corrective action.
        TaskDoneError: it is done already.
    """
    _require(context)
    ticket, case = opened(session, request.ticket_id, request.seen_version)
    if not case.corrective_action:
        raise InvalidFieldError("action", "empty")
    if case.corrective_done_at is not None:
        raise TaskDoneError(ticket.number)
    case.corrective_done_at = context.now()
    note_event(session, ticket, TicketAct.CORRECTED, context, request.note)
    return Outcome(ticket.state, TICKETS)
