"""The today board: what is late or due, ready, lent, to be called, whose birthday it is, how fast repairs go (R5)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallbackState
from crmdesk.core.clock import day_in_zone, start_of_day
from crmdesk.core.context import Context
from crmdesk.core.figures import median
from crmdesk.core.loaners import LoanerState, LoanState
from crmdesk.core.members import BirthdayCalendar, MemberState
from crmdesk.core.money import Money
from crmdesk.core.order import Order
from crmdesk.core.tickets import TicketKind, TicketState
from crmdesk.models.callback import Callback
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.models.ticket import Ticket
from crmdesk.queries import birthdays, clock_lists, complaint_lists, firm_visits
from crmdesk.queries.callback_rows import whose
from crmdesk.queries.clock_lists import ClockView
from crmdesk.queries.complaint_lists import ComplaintView
from crmdesk.queries.import_sources import imports_waiting
from crmdesk.queries.member_privacy import sees_people
from crmdesk.queries.people_around import RelativeBirthday, relative_birthdays
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from crmdesk.queries.ticket_rows import TicketRow, count, first, rows

ROWS = 5
WEEKS = 8
# A ticket comes on the board when its next clock has so many days left.
SOON_DAYS = 2
_READY = (TicketState.READY, TicketState.NOTIFIED)


@dataclass(frozen=True, slots=True)
class LoanLine:
    """A loaner that is out, the one due first in front."""

    loan_id: int
    loaner_id: int
    code: str
    name: str
    member_name: str
    due_on: date
    deposit: Money


@dataclass(frozen=True, slots=True)
class CallGroup:
    """Callbacks of one reason: how many are for today, how many are done."""

    reason: CallbackReason
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class BirthdayLine:
    """A member whose birthday is today."""

    member_id: int
    name: str
    lunar_month: int | None
    lunar_day: int | None


@dataclass(frozen=True, slots=True)
class WeekTurnaround:
    """Median days from receipt to hand-back of the repairs handed back in one ISO week; None without any."""

    week: int
    first_day: date
    days: float | None
    repairs: int


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board; lists are cut to ``ROWS``, counts are whole."""

    late: tuple[TicketRow, ...]
    late_count: int
    red_count: int
    still_count: int
    collect: tuple[TicketRow, ...]
    collect_count: int
    loans: tuple[LoanLine, ...]
    loans_out: int
    repair_done_loaner_out: int
    on_shelf: int
    to_check: int
    calls: tuple[CallGroup, ...]
    birthdays: tuple[BirthdayLine, ...]
    birthdays_this_month: int
    turnaround: tuple[WeekTurnaround, ...]
    complaint_tasks: int = 0
    complaint_approvals: int = 0
    relatives: tuple[RelativeBirthday, ...] = ()
    firms_due: int = 0
    imports_waiting: int = 0


def board(session: Session, context: Context) -> Board:
    """Gather the board for the context's store and day; people are named to those who have business with customers."""
    late, late_count = _late(session, context)
    to_collect = TicketFilter(TicketView.TO_COLLECT)
    states = _loaner_states(session, context)
    people = sees_people(context)
    return Board(
        late=late,
        late_count=late_count,
        red_count=clock_lists.count(ClockView.RED, session, context),
        still_count=clock_lists.count(ClockView.STILL, session, context),
        collect=tuple(first(session, to_collect, context, Order("ready"), ROWS)),
        collect_count=count(session, to_collect, context),
        loans=_loans(session, context) if people else (),
        loans_out=states.get(LoanerState.LENT, 0),
        repair_done_loaner_out=_done_but_out(session, context),
        on_shelf=states.get(LoanerState.ON_SHELF, 0),
        to_check=states.get(LoanerState.TO_INSPECT, 0) + states.get(LoanerState.TO_CLEAN, 0),
        calls=_calls(session, context),
        birthdays=_birthdays(session, context) if people else (),
        birthdays_this_month=_birthdays_of_month(session, context),
        turnaround=_turnaround(session, context),
        complaint_tasks=complaint_lists.count(session, ComplaintView.MY_TASKS, context),
        complaint_approvals=complaint_lists.count(session, ComplaintView.MY_APPROVAL, context),
        relatives=relative_birthdays(session, context)[:ROWS],
        firms_due=firm_visits.due_count(session, context) if people else 0,
        imports_waiting=imports_waiting(session, context),
    )


def _late(session: Session, context: Context) -> tuple[tuple[TicketRow, ...], int]:
    """Give the most urgent tickets whose clock has run out or is about to, and how many there are."""
    keys, number = clock_lists.soon(session, SOON_DAYS, ROWS, context)
    found = {row.id: row for row in rows(session, keys, context)}
    return tuple(found[key] for key in keys), number


def _loans(session: Session, context: Context) -> tuple[LoanLine, ...]:
    found = session.execute(
        select(Loan.id, Loan.loaner_id, Loaner.code, Loaner.name, Member.name, Loan.due_on, Loan.deposit)
        .join(Loaner, Loan.loaner_id == Loaner.id)
        .join(Member, Loan.member_id == Member.id)
        .where(Loan.store_id == context.store.id, Loan.state == LoanState.OUT)
        .order_by(Loan.due_on, Loan.id)
        .limit(ROWS - 2)
    )
    return tuple(LoanLine(*line) for line in found)


def _loaner_states(session: Session, context: Context) -> dict[LoanerState, int]:
    counted = select(Loaner.state, func.count()).where(Loaner.store_id == context.store.id).group_by(Loaner.state)
    return {state: number for state, number in session.execute(counted)}  # noqa: C416 - rows are no pairs to mypy


def _done_but_out(session: Session, context: Context) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Loan)
            .join(Ticket, Loan.ticket_id == Ticket.id)
            .where(Loan.store_id == context.store.id, Loan.state == LoanState.OUT, Ticket.state.in_(_READY))
        )
        or 0
    )


def _calls(session: Session, context: Context) -> tuple[CallGroup, ...]:
    today = start_of_day(context.today(), context.store.zone)
    tomorrow = start_of_day(context.today() + timedelta(days=1), context.store.zone)
    due = and_(Callback.state == CallbackState.DUE, Callback.due_from < tomorrow)
    done = and_(Callback.state == CallbackState.DONE, Callback.done_at >= today)
    found = session.execute(
        select(Callback.reason, Callback.state, func.count())
        .where(Callback.store_id == context.store.id, or_(due, done), *whose(context))
        .group_by(Callback.reason, Callback.state)
    )
    groups: dict[CallbackReason, list[int]] = {}
    for reason, state, number in found:
        group = groups.setdefault(reason, [0, 0])
        group[0] += number if state is CallbackState.DONE else 0
        group[1] += number
    made = [CallGroup(reason, done_, total) for reason, (done_, total) in groups.items()]
    return tuple(sorted(made, key=lambda group: group.done - group.total))


def _birthdays(session: Session, context: Context) -> tuple[BirthdayLine, ...]:
    lunar = Member.birthday_calendar == BirthdayCalendar.LUNAR
    found = session.execute(
        select(Member.id, Member.name, lunar, Member.birthday_month, Member.birthday_day)
        .where(birthdays.on_day(context.today()), *_own_members(context))
        .order_by(Member.id)
        .limit(ROWS)
    )
    return tuple(
        BirthdayLine(key, name, month if is_lunar else None, day if is_lunar else None)
        for key, name, is_lunar, month, day in found
    )


def _birthdays_of_month(session: Session, context: Context) -> int:
    counted = select(func.count()).select_from(Member)
    return session.scalar(counted.where(birthdays.anywhere_in_month(context.today()), *_own_members(context))) or 0


def _own_members(context: Context) -> tuple[ColumnElement[bool], ...]:
    return Member.state == MemberState.ACTIVE, Member.store_id == context.store.id


def _turnaround(session: Session, context: Context) -> tuple[WeekTurnaround, ...]:
    today = context.today()
    monday = today - timedelta(days=today.weekday())
    weeks = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    found = session.execute(
        select(Ticket.received_at, Ticket.handed_back_at).where(
            Ticket.store_id == context.store.id,
            Ticket.kind == TicketKind.REPAIR,
            Ticket.handed_back_at >= start_of_day(weeks[0], context.store.zone),
        )
    )
    days: dict[date, list[int]] = {week: [] for week in weeks}
    for received, back in found:
        if back is None:
            continue
        day = day_in_zone(back, context.store.zone)
        taken = (day - day_in_zone(received, context.store.zone)).days
        days.setdefault(day - timedelta(days=day.weekday()), []).append(taken)
    return tuple(WeekTurnaround(week.isocalendar().week, week, median(days[week]), len(days[week])) for week in weeks)
