"""The lunar calendar: on which solar day a birthday is kept, and which lunar day a date is."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from borax.calendars.lunardate import LCalendars, LunarDate

from crmdesk.core.birthday import Birthday, CalendarRangeError
from crmdesk.core.members import BirthdayCalendar

FIRST_LUNAR_YEAR: Final = 1900
LAST_LUNAR_YEAR: Final = 2100
_FEBRUARY: Final = 2
_LEAP_DAY: Final = 29


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the lunar calendar; `leap` marks the second month of the same number (闰月)."""

    year: int
    month: int
    day: int
    leap: bool


def solar_day_of(birthday: Birthday, year: int) -> date:
    """Return the solar day on which `birthday` is kept in `year` (domain rule 3).

    A solar 29 February falls to the 28th in common years. A lunar birthday is counted in the lunar year that
    begins in `year`, so that a birthday in the last lunar month lies in January or February of `year + 1`; it is
    kept in the ordinary month even when a leap month follows, and day 30 falls to 29 in a short month.

    Args:
        birthday: solar or lunar; its own year plays no part.
        year: for a solar birthday the solar year, for a lunar one the lunar year.

    Raises:
        CalendarRangeError: a lunar birthday outside the lunar years 1900 to 2100.
    """
    if birthday.calendar is BirthdayCalendar.LUNAR:
        return _solar_of_lunar(year, birthday.month, birthday.day)
    if birthday.month == _FEBRUARY and birthday.day == _LEAP_DAY:
        return _last_of_february(year)
    return date(year, birthday.month, birthday.day)


def solar_days_between(birthday: Birthday, first: date, last: date) -> list[date]:
    """Return every day from `first` to `last` (both included) on which the birthday is kept, in order."""
    years = range(first.year - 1, last.year + 1)
    return [day for day in (solar_day_of(birthday, year) for year in years) if first <= day <= last]


def next_solar_day(birthday: Birthday, today: date) -> date:
    """Return the first day on or after `today` on which the birthday is kept."""
    for year in range(today.year - 1, today.year + 3):
        day = solar_day_of(birthday, year)
        if day >= today:
            return day
    raise CalendarRangeError(today.year)


def lunar_of(day: date) -> LunarDay:
    """Return the lunar day of a solar one.

    Raises:
        CalendarRangeError: before 31 January 1900 or after the lunar year 2100.
    """
    try:
        lunar = LunarDate.from_solar(day)
    except ValueError:
        raise CalendarRangeError(day.year) from None
    return LunarDay(lunar.year, lunar.month, lunar.day, bool(lunar.leap))


def _solar_of_lunar(year: int, month: int, day: int) -> date:
    if not FIRST_LUNAR_YEAR <= year <= LAST_LUNAR_YEAR:
        raise CalendarRangeError(year)
    longest: int = LCalendars.ndays(year, month)
    solar: date = LunarDate(year, month, min(day, longest)).to_solar_date()
    return solar


def _last_of_february(year: int) -> date:
    try:
        return date(year, _FEBRUARY, _LEAP_DAY)
    except ValueError:
        return date(year, _FEBRUARY, _LEAP_DAY - 1)
