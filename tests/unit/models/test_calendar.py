"""Lunar birthdays on the right solar day."""

from datetime import date, timedelta

import pytest

from crmdesk.core.birthday import Birthday, BirthdayError, BirthdayTrouble, CalendarRangeError
from crmdesk.core.members import BirthdayCalendar
from crmdesk.models.calendar import (
    LunarDay,
    lunar_of,
    next_solar_day,
    solar_day_of,
    solar_days_between,
)

LUNAR = BirthdayCalendar.LUNAR
SOLAR = BirthdayCalendar.SOLAR

# First day of the lunar year, as printed in public almanacs.
NEW_YEARS = {
    1900: date(1900, 1, 31),
    1933: date(1933, 1, 26),
    1949: date(1949, 1, 29),
    1985: date(1985, 2, 20),
    2000: date(2000, 2, 5),
    2008: date(2008, 2, 7),
    2012: date(2012, 1, 23),
    2020: date(2020, 1, 25),
    2023: date(2023, 1, 22),
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
    2033: date(2033, 1, 31),
    2100: date(2100, 2, 9),
}


@pytest.mark.parametrize("year", NEW_YEARS)
def test_new_year(year: int) -> None:
    assert solar_day_of(Birthday(LUNAR, None, 1, 1), year) == NEW_YEARS[year]
    assert lunar_of(NEW_YEARS[year]) == LunarDay(year, 1, 1, leap=False)


@pytest.mark.parametrize(
    ("month", "day", "year", "solar"),
    [
        (8, 15, 2024, date(2024, 9, 17)),
        (8, 15, 2025, date(2025, 10, 6)),
        (8, 15, 2026, date(2026, 9, 25)),
        (5, 5, 2026, date(2026, 6, 19)),
        (12, 8, 2025, date(2026, 1, 26)),
        (6, 1, 2025, date(2025, 6, 25)),  # 2025 has a leap sixth month; the ordinary one counts
        (2, 15, 2023, date(2023, 3, 6)),  # 2023 has a leap second month
        (11, 20, 2033, date(2033, 12, 11)),  # the leap month of 2033 follows the eleventh
        (12, 30, 2024, date(2025, 1, 28)),  # the twelfth month of 2024 has 29 days
        (12, 30, 2023, date(2024, 2, 9)),
    ],
)
def test_lunar_days(month: int, day: int, year: int, solar: date) -> None:
    assert solar_day_of(Birthday(LUNAR, 1985, month, day), year) == solar


def test_29_february_falls_to_the_28th() -> None:
    birthday = Birthday(SOLAR, 2000, 2, 29)
    assert solar_day_of(birthday, 2026) == date(2026, 2, 28)
    assert solar_day_of(birthday, 2028) == date(2028, 2, 29)


def test_next_and_between() -> None:
    late = Birthday(LUNAR, None, 12, 8)
    assert next_solar_day(late, date(2026, 1, 1)) == date(2026, 1, 26)
    assert next_solar_day(late, date(2026, 1, 26)) == date(2026, 1, 26)
    assert next_solar_day(late, date(2026, 1, 27)) == date(2027, 1, 15)
    assert solar_days_between(late, date(2026, 1, 1), date(2027, 1, 31)) == [date(2026, 1, 26), date(2027, 1, 15)]


def test_every_day_of_the_tables_goes_there_and_back() -> None:
    day = date(1901, 1, 1)
    while day < date(2101, 1, 1):
        lunar = lunar_of(day)
        if not lunar.leap:
            assert solar_day_of(Birthday(LUNAR, None, lunar.month, lunar.day), lunar.year) == day
        day += timedelta(days=37)


def test_the_tables_end() -> None:
    with pytest.raises(CalendarRangeError):
        solar_day_of(Birthday(LUNAR, None, 1, 1), 2101)
    with pytest.raises(CalendarRangeError):
        lunar_of(date(1899, 12, 31))


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day", "reason"),
    [
        (SOLAR, None, 2, 30, BirthdayTrouble.DAY),
        (SOLAR, 2001, 2, 29, BirthdayTrouble.DAY),
        (SOLAR, 2001, 13, 1, BirthdayTrouble.MONTH),
        (SOLAR, 1985, 4, 0, BirthdayTrouble.DAY),
        (LUNAR, None, 8, 31, BirthdayTrouble.DAY),
        (SOLAR, 1066, 8, 30, BirthdayTrouble.YEAR),
    ],
)
def test_days_that_do_not_exist(
    calendar: BirthdayCalendar, year: int | None, month: int, day: int, reason: BirthdayTrouble
) -> None:
    with pytest.raises(BirthdayError) as refused:
        Birthday(calendar, year, month, day)
    assert refused.value.reason is reason


def test_lunar_30_and_29_february_without_year_exist() -> None:
    assert Birthday(LUNAR, None, 2, 30).day == 30
    assert Birthday(SOLAR, None, 2, 29).day == 29
