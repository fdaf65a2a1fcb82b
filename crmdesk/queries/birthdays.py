"""Birthdays as days of the solar calendar: the next one, and who has one in a month."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, FromClause, and_, case, or_, tuple_

from crmdesk.core.birthday import Birthday, CalendarRangeError
from crmdesk.core.members import BirthdayCalendar
from crmdesk.models.calendar import lunar_of, next_solar_day
from crmdesk.models.household import Relative
from crmdesk.models.member import Member

_LONG_MONTH = 30
_LEAP_EVE = (2, 28)
_Kept = tuple[BirthdayCalendar, int, int]
_M = Member.__table__.c
_RELATIVE = Relative.__table__


def birthday_of(
    calendar: BirthdayCalendar | None, year: int | None, month: int | None, day: int | None
) -> Birthday | None:
    """Give the birthday that a member's four columns hold."""
    if calendar is None or month is None or day is None:
        return None
    return Birthday(calendar, year, month, day)


def lunar_birthday_on(day: date) -> Birthday:
    """Give the lunar birthday, without its year, that is kept on a solar day."""
    lunar = lunar_of(day)
    return Birthday(BirthdayCalendar.LUNAR, None, lunar.month, lunar.day)


def next_day(birthday: Birthday | None, today: date) -> date | None:
    """Give the next solar day on which ``birthday`` is kept; None without one or beyond the lunar tables."""
    if birthday is None:
        return None
    try:
        return next_solar_day(birthday, today)
    except CalendarRangeError:
        return None


def on_day(day: date) -> ColumnElement[bool]:
    """Give the condition that a member's birthday is kept on ``day`` (domain rule 3).

    29 February is kept on the 28th of a common year; the 30th of a lunar month on the 29th of a short one; nothing is
    kept in a leap month.
    """
    return _one_of(_kept_in_month(day)[day])


def on_days(days: Sequence[date]) -> ColumnElement[bool]:
    """Give the condition that a member's birthday is kept on one of ``days``."""
    return _one_of(_kept_on(days))


def relative_on_days(days: Sequence[date]) -> ColumnElement[bool]:
    """Give the condition that a relative's birthday is kept on one of ``days``."""
    return _one_of(_kept_on(days), _RELATIVE)


def _kept_on(days: Sequence[date]) -> list[_Kept]:
    months = {day.replace(day=1): _kept_in_month(day) for day in days}
    return [kept for day in days for kept in months[day.replace(day=1)][day]]


def anywhere_in_month(day: date) -> ColumnElement[bool]:
    """Give the same condition as `in_month`, in the form that the index of birthdays answers alone."""
    return _one_of([kept for of_day in _kept_in_month(day).values() for kept in of_day])


def _one_of(birthdays: Sequence[_Kept], of: FromClause = Member.__table__) -> ColumnElement[bool]:
    return tuple_(of.c.birthday_calendar, of.c.birthday_month, of.c.birthday_day).in_(birthdays)


def _kept_in_month(today: date) -> dict[date, list[_Kept]]:
    """Give the birthdays kept on each day of the month of ``today``."""
    found: dict[date, list[_Kept]] = {}
    day = today.replace(day=1)
    while day.month == today.month:
        found[day] = [(BirthdayCalendar.SOLAR, day.month, day.day)]
        last, day = day, day + timedelta(days=1)
        if (last.month, last.day) == _LEAP_EVE and day.month > last.month:
            found[last].append((BirthdayCalendar.SOLAR, last.month, last.day + 1))
    for (month, number), place in _lunar_days(today).items():
        found[place].append((BirthdayCalendar.LUNAR, month, number))
    return found


def in_month(today: date) -> ColumnElement[bool]:
    """Give the condition that a member's birthday is kept in the month of ``today``."""
    days = _lunar_days(today)
    months = sorted({month for month, _day in days})
    lunar = [
        and_(_M.birthday_month == month, _M.birthday_day.in_([day for other, day in days if other == month]))
        for month in months
    ]
    solar = and_(_M.birthday_calendar == BirthdayCalendar.SOLAR, _M.birthday_month == today.month)
    return or_(solar, and_(_M.birthday_calendar == BirthdayCalendar.LUNAR, or_(*lunar)))


def day_of_month(today: date) -> ColumnElement[int]:
    """Give the day of ``today``'s month on which a birthday is kept, for sorting those that `in_month` finds."""
    lunar = [
        (and_(_M.birthday_month == month, _M.birthday_day == day), place.day)
        for (month, day), place in _lunar_days(today).items()
    ]
    return case((_M.birthday_calendar == BirthdayCalendar.SOLAR, _M.birthday_day), *lunar, else_=0)


def _lunar_days(today: date) -> dict[tuple[int, int], date]:
    """Give the lunar birthdays kept in the month of ``today`` with their solar days (leap months are left out)."""
    found: dict[tuple[int, int], date] = {}
    day = today.replace(day=1)
    while day.month == today.month:
        lunar = lunar_of(day)
        if not lunar.leap:
            found[lunar.month, lunar.day] = day
            following = lunar_of(day + timedelta(days=1))
            if lunar.day == _LONG_MONTH - 1 and following.day == 1:
                found[lunar.month, _LONG_MONTH] = day
        day += timedelta(days=1)
    return found
