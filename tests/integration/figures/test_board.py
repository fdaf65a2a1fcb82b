"""The today board: what counts as late, ready, out, to be called, born today, and how fast repairs went."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CallbackReason, CallbackState, CallOutcome
from crmdesk.core.loaners import LoanerState
from crmdesk.core.members import BirthdayCalendar, MemberState
from crmdesk.core.roles import Role
from crmdesk.core.tickets import TicketState
from crmdesk.models.calendar import solar_day_of
from crmdesk.models.member import Member
from crmdesk.queries import birthdays
from crmdesk.queries.board import ROWS, SOON_DAYS, WEEKS, Board, board
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from crmdesk.queries.ticket_rows import counts
from tests.builders.ledger_rows import Rows, at

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
SOLAR, LUNAR = BirthdayCalendar.SOLAR, BirthdayCalendar.LUNAR


def seen(rows: Rows, role: Role = Role.MANAGER) -> Board:
    with rows.shop.reading() as session:
        return board(session, rows.shop.context(role))


def test_an_empty_store(rows: Rows) -> None:
    found = seen(rows)
    assert (found.late, found.late_count, found.collect, found.collect_count, found.loans) == ((), 0, (), 0, ())
    assert (found.calls, found.birthdays, found.birthdays_this_month) == ((), (), 0)
    assert [week.days for week in found.turnaround] == [None] * WEEKS


def test_late_and_soon_the_most_urgent_first(rows: Rows) -> None:
    member = rows.member()
    promised = {days: TODAY + days * DAY for days in (-30, -1, 0, SOON_DAYS, SOON_DAYS + 1)}
    tickets = {days: rows.repair(member, TODAY, promised_on=day) for days, day in promised.items()}
    rows.repair(member, TODAY - 40 * DAY, promised_on=TODAY - 40 * DAY, ready_at=TODAY - DAY, state=TicketState.READY)
    rows.repair(member, TODAY - 40 * DAY, promised_on=TODAY - 40 * DAY, state=TicketState.CLOSED)
    found = seen(rows)
    assert [row.id for row in found.late] == [tickets[days] for days in (-30, -1, 0, SOON_DAYS)]
    assert found.late_count == 4


def test_counts_are_whole_and_rows_are_few(rows: Rows) -> None:
    member = rows.member()
    for days in range(ROWS + 3):
        rows.repair(member, TODAY, promised_on=TODAY - days * DAY)
        rows.repair(member, TODAY - 9 * DAY, ready_at=TODAY - days * DAY, state=TicketState.NOTIFIED)
    found = seen(rows)
    assert (len(found.late), found.late_count) == (ROWS, ROWS + 3)
    assert (len(found.collect), found.collect_count) == (ROWS, ROWS + 3)
    waiting = [row.ready_at for row in found.collect]
    assert all(one and other and one <= other for one, other in pairwise(waiting)), "the longest waiting first"
    assert waiting[0] == at(TODAY - (ROWS + 2) * DAY)


def test_what_the_board_counts_is_what_its_lists_hold(rows: Rows) -> None:
    member = rows.member()
    for state in TicketState:
        rows.repair(member, TODAY - 3 * DAY, promised_on=TODAY, state=state)
    with rows.shop.reading() as session:
        lists = counts(session, rows.shop.context())
    found = seen(rows)
    assert found.collect_count == lists[TicketView.TO_COLLECT] == 2
    assert lists[TicketView.OPEN] == len(TicketState) - 2
    assert lists[TicketView.DUE_TODAY] == len(TicketState) - 4
    assert TicketFilter().view is TicketView.OPEN


def test_loaners(rows: Rows) -> None:
    member = rows.member()
    ready = rows.repair(member, TODAY - 9 * DAY, ready_at=TODAY, state=TicketState.READY)
    for due in (3, 1, 2, 4):
        loaner = rows.loaner(state=LoanerState.LENT)
        rows.loan(loaner, member, TODAY - 5 * DAY, None, TODAY + due * DAY, ticket=ready if due == 2 else None)
    back = rows.loaner(state=LoanerState.ON_SHELF)
    rows.loan(back, member, TODAY - 9 * DAY, TODAY - DAY)
    for state in (LoanerState.TO_INSPECT, LoanerState.TO_CLEAN, LoanerState.IN_REPAIR, LoanerState.RESERVED):
        rows.loaner(state=state)
    found = seen(rows)
    assert [line.due_on - TODAY for line in found.loans] == [DAY, 2 * DAY, 3 * DAY]
    assert (found.loans_out, found.repair_done_loaner_out, found.on_shelf, found.to_check) == (4, 1, 1, 2)


def test_calls_of_today(rows: Rows) -> None:
    member = rows.member()
    cadence, birthday = CallbackReason.CADENCE, CallbackReason.BIRTHDAY
    rows.callback(member, TODAY - 5 * DAY, TODAY)
    rows.callback(member, at(TODAY, 23, 59), TODAY + DAY)
    rows.callback(member, at(TODAY + DAY, 0, 0), TODAY + 2 * DAY)
    done = {"attempts": 1, "outcome": CallOutcome.SATISFIED}
    rows.callback(member, TODAY - DAY, TODAY, done_at=at(TODAY, 0, 0), **done)
    rows.callback(member, TODAY - DAY, TODAY, done_at=at(TODAY - DAY, 23, 59), **done)
    rows.callback(member, TODAY, TODAY, done_at=at(TODAY, 9), reason=birthday, **done)
    rows.callback(member, TODAY, TODAY, state=CallbackState.CANCELLED)
    found = {group.reason: (group.done, group.total) for group in seen(rows).calls}
    assert found == {cadence: (1, 3), birthday: (1, 1)}


@pytest.mark.parametrize("role", [Role.CLERK, Role.GUIDE])
def test_calls_are_those_that_a_person_may_make(rows: Rows, role: Role) -> None:
    rows.callback(rows.member(), TODAY, TODAY)
    assert seen(rows, role).calls == ()


BORN = (
    # day, birthday, kept on that day
    (date(2026, 11, 21), Birthday(SOLAR, 1990, 11, 21), True),
    (date(2026, 11, 21), Birthday(SOLAR, None, 10, 21), False),
    # The thirteenth day of the tenth lunar month.
    (date(2026, 11, 21), Birthday(LUNAR, None, 10, 13), True),
    (date(2026, 11, 21), Birthday(LUNAR, None, 11, 21), False),
    (date(2026, 2, 28), Birthday(SOLAR, None, 2, 29), True),
    (date(2028, 2, 28), Birthday(SOLAR, None, 2, 29), False),
    (date(2028, 2, 29), Birthday(SOLAR, None, 2, 29), True),
    (date(2028, 2, 28), Birthday(SOLAR, None, 2, 28), True),
    # The last lunar month of 2025 has 29 days: its thirtieth is kept on the twenty-ninth.
    (date(2026, 2, 16), Birthday(LUNAR, None, 12, 30), True),
    (date(2026, 2, 16), Birthday(LUNAR, None, 12, 29), True),
    # 2025 has a leap sixth month: kept in the ordinary one, not again.
    (date(2025, 6, 25), Birthday(LUNAR, None, 6, 1), True),
    (date(2025, 7, 25), Birthday(LUNAR, None, 6, 1), False),
)


@pytest.mark.parametrize(("day", "birthday", "kept"), BORN)
def test_birthdays(rows: Rows, day: date, birthday: Birthday, kept: bool) -> None:  # noqa: FBT001 - a column of cases
    rows.shop.clock.moment = at(day)
    member = rows.member(birthday=birthday)
    found = seen(rows)
    assert [line.member_id for line in found.birthdays] == ([member] if kept else [])
    lunar = (birthday.month, birthday.day) if birthday.calendar is LUNAR else (None, None)
    assert [(line.lunar_month, line.lunar_day) for line in found.birthdays] == ([lunar] if kept else [])
    days = (solar_day_of(birthday, year) for year in (day.year - 1, day.year))
    this_month = any((one.year, one.month) == (day.year, day.month) for one in days)
    assert found.birthdays_this_month == this_month


def test_every_day_of_three_years_has_its_birthdays(rows: Rows) -> None:
    """What the condition finds day by day is what the calendar says birthday by birthday, each once a year."""
    lunar = [Birthday(LUNAR, None, month, day) for month in (1, 2, 6, 12) for day in (1, 29, 30)]
    born = {rows.member(birthday=one): one for one in (Birthday(SOLAR, None, 2, 29), *lunar)}
    found: dict[int, list[date]] = {key: [] for key in born}
    first, last = date(2025, 1, 1), date(2027, 12, 31)
    with rows.shop.reading() as session:
        for place in range((last - first).days + 1):
            day = first + place * DAY
            for key in session.scalars(select(Member.id).where(birthdays.on_day(day))):
                found[key].append(day)
    for key, birthday in born.items():
        days = [solar_day_of(birthday, year) for year in range(2024, 2028)]
        assert found[key] == [one for one in days if first <= one <= last]


def test_who_has_no_file_here_has_no_birthday_here(rows: Rows) -> None:
    for state in MemberState:
        rows.member(birthday=Birthday(SOLAR, None, 11, 21), state=state)
    found = seen(rows)
    assert (len(found.birthdays), found.birthdays_this_month) == (1, 1)


def test_an_administrator_sees_counts_and_no_names(rows: Rows) -> None:
    member = rows.member(birthday=Birthday(SOLAR, None, 11, 21))
    rows.loan(rows.loaner(state=LoanerState.LENT), member, TODAY, None)
    found = seen(rows, Role.ADMINISTRATOR)
    assert (found.birthdays, found.loans, found.birthdays_this_month, found.loans_out) == ((), (), 1, 1)


def test_turnaround_by_week_of_return(rows: Rows) -> None:
    member = rows.member()
    monday = date(2026, 11, 16)
    for received, back in ((1, 16), (10, 22), (6, 15)):
        rows.repair(member, date(2026, 11, received), handed_back_at=date(2026, 11, back))
    rows.repair(member, date(2026, 9, 1), handed_back_at=at(date(2026, 9, 27), 23, 59))  # the week before the first
    found = seen(rows).turnaround
    assert [week.first_day for week in found] == [monday - weeks * 7 * DAY for weeks in reversed(range(WEEKS))]
    assert [(week.week, week.days, week.repairs) for week in found[-2:]] == [(46, 9, 1), (47, 13.5, 2)]
    assert found[0].first_day == date(2026, 9, 28)
    assert found[0].repairs == 0
