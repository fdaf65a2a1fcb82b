"""What every step of a loan needs: load, the check that periods never overlap, the reminder call, notes."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallbackState
from crmdesk.core.clock import start_of_day
from crmdesk.core.context import Context
from crmdesk.core.desk_errors import LoanerTakenError
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError, NotFoundError, StaleError
from crmdesk.core.loaners import LoanState
from crmdesk.core.refs import EntityKind
from crmdesk.core.setting import SettingValues
from crmdesk.core.settings_care import CONTACT_FROM
from crmdesk.core.settings_service import LOANER_REMIND_DAYS
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.topics import Topic
from crmdesk.models.callback import Callback
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.queries.settings import store_settings
from crmdesk.services.callback_plan import PlanCallback, plan
from crmdesk.services.ticket_steps import load as load_ticket
from crmdesk.services.ticket_steps import note_event

CHANGED = frozenset({Topic.LOANERS, Topic.TICKETS, Topic.CALLBACKS})


def load(session: Session, loan_id: int, wanted: LoanState, seen_version: int | None = None) -> Loan:
    """Give an open loan for a step that leads to ``wanted``.

    Raises:
        NotFoundError: no such loan.
        StaleError: somebody changed it since it was read.
        IllegalMoveError: it is not out (for cancelling: not reserved).
    """
    loan = session.get(Loan, loan_id)
    if loan is None:
        raise NotFoundError(EntityKind.LOAN, str(loan_id))
    if seen_version is not None and loan.version != seen_version:
        raise StaleError(EntityKind.LOAN, loan_id, seen_version, loan.version)
    needed = LoanState.RESERVED if wanted is LoanState.CANCELLED else LoanState.OUT
    if loan.state is not needed:
        raise IllegalMoveError(EntityKind.LOAN, loan.number, loan.state, wanted)
    return loan


def refuse_unless_free(loaner: Loaner, others: Iterable[Loan], period: tuple[date, date], context: Context) -> None:
    """Stop when one of the loaner's ``others`` lies in the way of ``period`` (both days included).

    Runs in the transaction that writes, which holds the write lock: two desks cannot both pass.

    Raises:
        LoanerTakenError: with the period that is in the way.
    """
    first, last = period
    today = context.today()
    for one in others:
        # What is out and late stays away at least for today.
        end = max(one.due_on, today) if one.state is LoanState.OUT else one.due_on
        if one.from_day <= last and first <= end:
            raise LoanerTakenError(loaner.code, one.from_day.isoformat(), end.isoformat())


def check_period(from_day: date, due_on: date, context: Context) -> None:
    """Refuse a period that lies in the past or runs backwards.

    Raises:
        InvalidFieldError: names the day.
    """
    if from_day < context.today():
        raise InvalidFieldError("from_day", "in_past", from_day.isoformat())
    if due_on < from_day:
        raise InvalidFieldError("due_on", "in_past", due_on.isoformat())


def plan_due_call(session: Session, loan: Loan, subject: str, context: Context) -> None:
    """Put the reminder call for the due day on the list, or move the one that is there."""
    due_from, due_until = _call_window(loan.due_on, store_settings(session, context.store.id), context)
    wanted = PlanCallback(
        member_id=loan.member_id,
        reason=CallbackReason.LOAN_DUE,
        due_from=due_from,
        due_until=due_until,
        owner_id=loan.lent_by_id,
        ticket_id=loan.ticket_id,
        loan_id=loan.id,
        subject=subject,
    )
    callback = plan(session, wanted, context)
    if (callback.due_from, callback.due_until) != (due_from, due_until):
        callback.due_from, callback.due_until = due_from, due_until


def cancel_due_calls(session: Session, loan: Loan, context: Context) -> None:
    """Take the reminder call off the list: the loaner is back or lost."""
    session.flush()
    due = select(Callback).where(
        Callback.member_id == loan.member_id,  # what the index begins with
        Callback.state == CallbackState.DUE,
        Callback.loan_id == loan.id,
        Callback.reason == CallbackReason.LOAN_DUE,
    )
    for callback in session.scalars(due):
        callback.state = CallbackState.CANCELLED
        callback.done_at = context.now()


def _call_window(due_on: date, values: SettingValues, context: Context) -> tuple[datetime, datetime]:
    morning = values.get(CONTACT_FROM)
    opens = start_of_day(due_on, context.store.zone) + timedelta(hours=morning.hour, minutes=morning.minute)
    ladder = values.get(LOANER_REMIND_DAYS)
    return opens, opens + timedelta(days=max(ladder[0], 1) if ladder else 1)


def note_on_ticket(session: Session, loan: Loan, act: TicketAct, context: Context, note: str) -> None:
    """Write the step into the time line of the loan's ticket, when it has one."""
    if loan.ticket_id is not None:
        note_event(session, load_ticket(session, loan.ticket_id), act, context, note)
