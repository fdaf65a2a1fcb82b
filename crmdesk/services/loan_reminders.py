"""Reminding somebody whose loaner is late: the steps of the store's ladder, never twice within a day (L5)."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.loan_errors import NotLateError, RemindedAlreadyError
from crmdesk.core.loan_events import LoanAct
from crmdesk.core.loan_rules import days_late, may_remind_again, reminder_stage
from crmdesk.core.loaners import LoanState
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.settings_service import LOANER_REMIND_DAYS
from crmdesk.core.text_clean import clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import TellChannel
from crmdesk.models.reminder import Reminder
from crmdesk.queries.settings import store_settings
from crmdesk.services import audit, loan_events
from crmdesk.services.loan_steps import CHANGED, load, note_on_ticket

_SECONDS_OF_HOUR: Final = 3600
_LAST: Final = select(Reminder.at).where(Reminder.loan_id == bindparam("loan_id")).order_by(Reminder.id.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Remind:
    """One reminder as it was sent: the way and the words."""

    loan_id: int
    channel: TellChannel
    words: str = ""
    seen_version: int | None = None


@dataclass(frozen=True, slots=True)
class Reminded:
    """The reminder's step of the ladder, from 1."""

    loan_id: int
    number: str
    stage: int


def remind(session: Session, request: Remind, context: Context) -> Outcome[Reminded]:
    """Note that the borrower was reminded.

    Raises:
        IllegalMoveError: the loan is not out.
        StaleError: somebody changed the loan since it was read, as by extending it.
        NotLateError: it is not late.
        RemindedAlreadyError: she was reminded within the last 24 hours.
    """
    context.require(Right.SERVE)
    loan = load(session, request.loan_id, LoanState.BACK, request.seen_version)
    late = days_late(loan.due_on, context.today())
    if not late:
        raise NotLateError(loan.number, loan.due_on.isoformat())
    last = session.scalar(_LAST, {"loan_id": loan.id})
    if last is not None and not may_remind_again(last, context.now()):
        hours = int((context.now() - last).total_seconds()) // _SECONDS_OF_HOUR
        raise RemindedAlreadyError(loan.number, hours)
    ladder = store_settings(session, context.store.id).get(LOANER_REMIND_DAYS)
    stage = max(reminder_stage(late, ladder), 1)
    session.add(
        Reminder(
            store_id=context.store.id,
            loan_id=loan.id,
            stage=stage,
            channel=request.channel,
            words=clean_note(request.words),
            at=context.now(),
            staff_id=context.actor.staff_id,
        )
    )
    loan_events.note(session, loan, LoanAct.REMINDED, context, f"{stage} · {request.channel.value}")
    note_on_ticket(session, loan, TicketAct.REMINDED, context, f"{loan.number} {stage}")
    detail: audit.Detail = {"stage": stage, "channel": request.channel.value}
    audit.record(session, context, "loan.remind", (EntityKind.LOAN, loan.id), detail)
    return Outcome(Reminded(loan.id, loan.number, stage), CHANGED)
