"""Working days over holidays, days worked instead, and the end of a year."""

from datetime import date, timedelta

import pytest
from borax.calendars.lunardate import LunarDate
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.work_calendar import WorkCalendar, shipped, shipped_years

_DAYS = st.dates(date(2025, 12, 1), date(2027, 12, 31))


def test_a_saturday_worked_instead_is_a_working_day() -> None:
    assert shipped().is_working(date(2026, 2, 14))
    assert not shipped().is_working(date(2026, 2, 16))


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 11, 20), 3, date(2026, 11, 25)),  # Friday: Monday, Tuesday, Wednesday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # Saturday: Monday is the first
        (date(2026, 11, 21), 0, date(2026, 11, 23)),  # the same working day, on a Saturday
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # over New Year and a weekend
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # over National Day; the Saturday is worked
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # over Spring Festival; the Saturday before is worked
    ],
)
def test_counting_on(start: date, days: int, due: date) -> None:
    assert shipped().add(start, days) == due


@given(_DAYS, st.integers(1, 40))
def test_counting_on_and_back_agree(start: date, days: int) -> None:
    due = shipped().add(start, days)
    assert shipped().is_working(due)
    assert shipped().count(start, due) == days


def test_a_store_that_never_works_does_not_count_for_ever() -> None:
    never = WorkCalendar({date(2026, 1, 1) + timedelta(days=step): False for step in range(800)})
    assert never.add(date(2026, 1, 1), 1) > date(2026, 12, 31)


def test_a_stores_own_day_wins() -> None:
    assert not shipped().changed({date(2026, 11, 23): False}).is_working(date(2026, 11, 23))


def test_the_lunar_feasts_lie_where_the_moon_has_them() -> None:
    for year in shipped_years():
        for month, day in ((1, 1), (5, 5), (8, 15)):
            feast = LunarDate(year.year, month, day).to_solar_date()
            assert year.days[feast] is False, feast


def test_this_year_and_the_next_are_shipped() -> None:
    assert [year.year for year in shipped_years()] == [2026, 2027]
