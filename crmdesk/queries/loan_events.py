"""The time line of a loaner, and the reminders of a loan."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.loan_events import LoanAct
from crmdesk.core.loan_rules import days_late, late_fee, may_remind_again, next_reminder, reminder_stage
from crmdesk.core.loan_words import LateLoan
from crmdesk.core.refs import EntityKind
from crmdesk.core.settings_service import LOANER_REMIND_DAYS
from crmdesk.core.tickets import TellChannel
from crmdesk.models.loan import Loan, LoanEvent
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.models.reminder import Reminder
from crmdesk.models.staff import Staff
from crmdesk.queries.settings import store_settings

_MOST = 200


@dataclass(frozen=True, slots=True)
class LoanLine:
    """One line of a loaner's time line; loan and borrower only where the line is about a loan."""

    at: datetime
    act: LoanAct
    note: str
    person: str
    loan_number: str
    member_name: str


@dataclass(frozen=True, slots=True)
class SentReminder:
    """One reminder as it was sent."""

    stage: int
    channel: TellChannel
    words: str
    at: datetime
    person: str


@dataclass(frozen=True, slots=True)
class ReminderStart:
    """What a reminder begins from.

    Attributes:
        stage: the step of the ladder that is due, from 1.
        steps: how many steps the ladder has.
        may_send: it is late, and nobody was reminded within a day.
        next_on: the day of the next step of the ladder; None when there is none.
    """

    loan_id: int
    number: str
    version: int
    late: LateLoan
    stage: int
    steps: int
    may_send: bool
    next_on: date | None
    sent: tuple[SentReminder, ...]


def time_line(session: Session, loaner_id: int) -> tuple[LoanLine, ...]:
    """Give what happened to a loaner, newest first."""
    found = session.execute(
        select(LoanEvent.at, LoanEvent.act, LoanEvent.note, Staff.name, Loan.number, Member.name)
        .join(Staff, Staff.id == LoanEvent.staff_id)
        .outerjoin(Loan, Loan.id == LoanEvent.loan_id)
        .outerjoin(Member, Member.id == Loan.member_id)
        .where(LoanEvent.loaner_id == loaner_id)
        .order_by(LoanEvent.id.desc())
        .limit(_MOST)
    )
    known = frozenset(LoanAct)
    return tuple(
        LoanLine(at, LoanAct(act), note, person, number or "", member or "")
        for at, act, note, person, number, member in found
        if act in known
    )


def reminders(session: Session, loan_id: int) -> tuple[SentReminder, ...]:
    """Give the reminders of a loan in their order."""
    found = session.execute(
        select(Reminder.stage, Reminder.channel, Reminder.words, Reminder.at, Staff.name)
        .join(Staff, Staff.id == Reminder.staff_id)
        .where(Reminder.loan_id == loan_id)
        .order_by(Reminder.id)
    )
    return tuple(SentReminder(*one) for one in found)


def reminder_start(session: Session, loan_id: int, context: Context) -> ReminderStart:
    """Give what the next reminder of a loan begins from.

    Raises:
        NotFoundError: no such loan.
    """
    loan = session.get(Loan, loan_id)
    if loan is None:
        raise NotFoundError(EntityKind.LOAN, str(loan_id))
    member, loaner = session.get_one(Member, loan.member_id), session.get_one(Loaner, loan.loaner_id)
    today = context.today()
    late = days_late(loan.due_on, today)
    ladder = store_settings(session, context.store.id).get(LOANER_REMIND_DAYS)
    sent = reminders(session, loan_id)
    fee = late_fee(loan.due_on, today, loan.late_fee_per_day)
    item = f"{loaner.name} {loaner.code}"
    return ReminderStart(
        loan_id=loan.id,
        number=loan.number,
        version=loan.version,
        late=LateLoan(member.name, member.gender, context.store.name, item, loan.due_on, late, fee),
        stage=max(reminder_stage(late, ladder), 1),
        steps=len(ladder),
        may_send=bool(late) and may_remind_again(sent[-1].at if sent else None, context.now()),
        next_on=next_reminder(loan.due_on, max((one.stage for one in sent), default=0), ladder),
        sent=sent,
    )
