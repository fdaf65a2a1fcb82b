"""The today board: what is late or due, ready, lent, to be called, whose birthday it is, how fast repairs go (R5)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallbackState
from crmdesk.core.clock import day_in_zone, start_of_day
from crmdesk.core.context import Context
from crmdesk.core.figures import median
from crmdesk.core.loaners import LoanerState, LoanState
from crmdesk.core.members import BirthdayCalendar, MemberState
from crmdesk.core.money import Money
from crmdesk.core.tickets import TicketKind, TicketState
from crmdesk.models.calendar import lunar_of
from crmdesk.models.callback import Callback
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.models.ticket import Ticket
from crmdesk.queries.callback_rows import whose
from crmdesk.queries.ticket_rows import TicketFilter, TicketRow, TicketView, first

ROWS = 5
WEEKS = 8
# A ticket comes on the board when its next clock has so many days left.
SOON_DAYS = 2
_LOOKED_AT = 300
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


def board(session: Session, context: Context) -> Board:
    """Gather the board for the context's store and day."""
    late = _late(session, context)
    collect = first(session, TicketFilter(TicketView.TO_COLLECT), context, None, _LOOKED_AT)
    collect.sort(key=lambda row: row.ready_at or row.received_at)
    states = _loaner_states(session, context)
    return Board(
        late=tuple(late[:ROWS]),
        late_count=len(late),
        collect=tuple(collect[:ROWS]),
        collect_count=len(collect),
        loans=_loans(session, context),
        loans_out=states.get(LoanerState.LENT, 0),
        repair_done_loaner_out=_done_but_out(session, context),
        on_shelf=states.get(LoanerState.ON_SHELF, 0),
        to_check=states.get(LoanerState.TO_INSPECT, 0) + states.get(LoanerState.TO_CLEAN, 0),
        calls=_calls(session, context),
        birthdays=_birthdays(session, context),
        birthdays_this_month=_birthdays_of_month(session, context),
        turnaround=_turnaround(session, context),
    )


def _late(session: Session, context: Context) -> list[TicketRow]:
    waiting = first(session, TicketFilter(TicketView.OPEN), context, None, _LOOKED_AT)
    urgent = [
        row
        for row in waiting
        if row.state not in _READY
        and row.clock is not None
        and row.clock.key != "no_movement"
        and row.clock.days_left <= SOON_DAYS
    ]
    return sorted(urgent, key=lambda row: row.clock.days_left if row.clock else 0)


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


def _has_birthday(days: list[date]) -> ColumnElement[bool]:
    """Say that a member's birthday falls on one of ``days`` (rules of domain 3 for lunar days and 29 February)."""
    solar = {(day.month, day.day) for day in days}
    if (2, 28) in solar:
        solar.add((2, 29))
    lunar = {(one.month, one.day) for one in map(lunar_of, days)}
    place = tuple_(Member.birthday_month, Member.birthday_day)
    return or_(
        and_(Member.birthday_calendar == BirthdayCalendar.SOLAR, place.in_(sorted(solar))),
        and_(Member.birthday_calendar == BirthdayCalendar.LUNAR, place.in_(sorted(lunar))),
    )


def _birthdays(session: Session, context: Context) -> tuple[BirthdayLine, ...]:
    lunar = Member.birthday_calendar == BirthdayCalendar.LUNAR
    found = session.execute(
        select(Member.id, Member.name, lunar, Member.birthday_month, Member.birthday_day)
        .where(_has_birthday([context.today()]), Member.state == MemberState.ACTIVE)
        .order_by(Member.id)
        .limit(ROWS)
    )
    return tuple(
        BirthdayLine(key, name, month if is_lunar else None, day if is_lunar else None)
        for key, name, is_lunar, month, day in found
    )


def _birthdays_of_month(session: Session, context: Context) -> int:
    day = context.today().replace(day=1)
    days = [day + timedelta(days=offset) for offset in range(31)]
    this_month = [one for one in days if one.month == day.month]
    counted = select(func.count()).select_from(Member).where(Member.state == MemberState.ACTIVE)
    return session.scalar(counted.where(_has_birthday(this_month))) or 0


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
