"""Dates and birthdays as people, tills and spreadsheets write them."""

import calendar as solar_calendar
import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from crmdesk.core.birthday import Birthday, BirthdayError
from crmdesk.core.calendar_words import plain_date
from crmdesk.core.errors import RefusedError
from crmdesk.core.members import BirthdayCalendar
from crmdesk.core.text_clean import clean_line


class DateTrouble(StrEnum):
    """Why a text is no day."""

    EMPTY = "empty"
    NOT_A_DATE = "not_a_date"
    IMPOSSIBLE = "impossible"
    AMBIGUOUS = "ambiguous"
    YEAR_MISSING = "year_missing"
    YEAR_ONLY = "year_only"
    LUNAR = "lunar"


class DateError(RefusedError):
    """A text that is not one certain day."""

    def __init__(self, reason: DateTrouble, text: str = "") -> None:
        """Keep the reason and the text as given."""
        super().__init__(reason.value)
        self.reason = reason
        self.text = text


# year (None when it is not written), month, day: not yet checked against a calendar
Parts = tuple[int | None, int, int]

_EPOCH: Final = date(1899, 12, 30)
_PHANTOM_SERIAL: Final = 60  # 29 February 1900 of the 1900 system, a day that never was
_LAST_SERIAL: Final = 73_415  # 31 December 2100
_COMPACT: Final = range(1850_01_01, 2101_00_00)
_YEARS: Final = range(1850, 2101)
_MONTH_DAY: Final = range(101, 1232)
_LAST_MONTH: Final = 12
_CENTURY: Final = 100
_LARGEST_DAY: Final = 31
_SECONDS: Final = 86_400
# 3.1 in a cell may have been 3.10, 3.2 may have been 3.20, 3.3 may have been 3.30
_LOST_ZERO: Final = frozenset({1, 2, 3})

_SEP: Final = r"[-/.\\_,]"
_PLAIN: Final = re.compile(r"([12][0-9]{3})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})\Z")
_YMD: Final = re.compile(rf"([12][0-9]{{3}}) ?(?:{_SEP}|年) ?([0-9]{{1,2}}) ?(?:{_SEP}|月) ?([0-9]{{1,2}}) ?[日号]?\Z")
_SHORT: Final = re.compile(rf"([0-9]{{2}}) ?({_SEP}|年) ?([0-9]{{1,2}}) ?(?:{_SEP}|月) ?([0-9]{{1,2}}) ?[日号]?\Z")
_MD: Final = re.compile(rf"([0-9]{{1,2}}) ?(?:{_SEP}|月) ?([0-9]{{1,2}}) ?[日号]?\Z")
_YEAR_LAST: Final = re.compile(rf"([0-9]{{1,2}}){_SEP}([0-9]{{1,2}}){_SEP}([12][0-9]{{3}})\Z")
_DIGITS: Final = re.compile(r"([0-9]{1,9})(?:\.0+)?\Z")
_YEAR_WORD: Final = re.compile(r"([12][0-9]{3}) ?年\Z")
_DAY_MONTH_WORD: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?(?:,?[ -]([12][0-9]{3}))?\Z")
_MONTH_WORD_DAY: Final = re.compile(r"([a-z]{3,9})\.?[ -]([0-9]{1,2})(?:st|nd|rd|th)?(?:,?[ -]([12][0-9]{3}))?\Z")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME: Final = re.compile(
    r"[ T]+([0-2]?[0-9])[:时点]([0-5]?[0-9])?(?:[:分]([0-5]?[0-9])?)?秒?(?:\.[0-9]+)?(?:Z|[+-]00:?00)?\Z"
)
_WEEKDAY: Final = re.compile(r" ?[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?")


def parse_day(raw: str | float | date) -> date:
    """Return the solar day that a cell or a typed text means.

    Takes 2026-3-5, 2026.3.5, 2026/03/05, 2026年3月5日, 20260305, 5 Mar 2026, Excel serials of the 1900 system
    (as numbers or digits), each also with a time behind it.

    Raises:
        DateError: empty, no date, impossible, without year, lunar, or to be read in two ways (3/5/2026).
    """
    return parse_moment(raw).date()


def parse_moment(raw: str | float | date) -> datetime:
    """Return day and wall-clock time without zone; midnight when no time is given.

    Raises:
        DateError: as `parse_day`.
    """
    if isinstance(raw, datetime):
        return raw.replace(tzinfo=None)
    if isinstance(raw, date):
        return datetime.combine(raw, time())
    if isinstance(raw, str):
        return _moment_of_text(raw)
    parts = _parts_of_number(raw)
    return datetime.combine(_solar(parts, str(raw)), _time_of_serial(raw))


def parse_birthday(raw: str | float | date, calendar: BirthdayCalendar | None = None) -> Birthday:
    """Return a birthday, solar or lunar, with or without year.

    Takes everything that `parse_day` takes, and 3月5日, 8-15, 0305, 850305, 85年3月5日, 农历八月十五, 腊月廿三.

    Args:
        raw: the cell or the typed text.
        calendar: what another column or field says; a mark in the text itself (农历) wins.

    Raises:
        DateError: empty, no date, impossible, only a year, or to be read in two ways.
    """
    if isinstance(raw, date):
        return _birthday((raw.year, raw.month, raw.day), calendar, str(raw))
    if not isinstance(raw, str):
        return _birthday(_birthday_number(raw), calendar, str(raw))
    found = _PLAIN.match(raw)
    if found:
        return _birthday(_three(found), calendar, raw)
    plain = plain_date(_TIME.sub("", _WEEKDAY.sub("", clean_line(raw))))
    parts = _month_and_day(plain.text, raw) or _parts_of_text(plain.text, raw)
    return _birthday(parts, plain.calendar or calendar, raw)


def serial_day(serial: float) -> date:
    """Return the day of an Excel serial in the 1900 system (1 = 1 January 1900, 60 does not exist).

    Raises:
        DateError: not between 1 and 31 December 2100, or 60.
    """
    whole = int(serial)
    if not 1 <= whole <= _LAST_SERIAL:
        raise DateError(DateTrouble.NOT_A_DATE, str(serial))
    if whole == _PHANTOM_SERIAL:
        raise DateError(DateTrouble.IMPOSSIBLE, str(serial))
    return _EPOCH + timedelta(days=whole + (whole < _PHANTOM_SERIAL))


def _moment_of_text(raw: str) -> datetime:
    found = _PLAIN.match(raw)
    if found:
        return datetime.combine(_solar(_three(found), raw), time())
    plain = plain_date(_WEEKDAY.sub("", clean_line(raw)))
    if plain.calendar is BirthdayCalendar.LUNAR:
        raise DateError(DateTrouble.LUNAR, raw)
    clock = _TIME.search(plain.text)
    body = plain.text[: clock.start()] if clock else plain.text
    day = _solar(_parts_of_text(body, raw), raw)
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    try:
        return datetime.combine(day, time(hour, minute, second))
    except ValueError:
        raise DateError(DateTrouble.IMPOSSIBLE, raw) from None


def _parts_of_text(text: str, raw: str) -> Parts:
    if not text:
        raise DateError(DateTrouble.EMPTY, raw)
    found = _YMD.match(text)
    if found:
        return _three(found)
    digits = _DIGITS.match(text)
    if digits:
        return _parts_of_number(int(digits.group(1)))
    for read in (_short_year, _year_last, _english, _without_year):
        parts = read(text, raw)
        if parts:
            return parts
    reason = DateTrouble.YEAR_ONLY if _YEAR_WORD.match(text) else DateTrouble.NOT_A_DATE
    raise DateError(reason, raw)


def _parts_of_number(value: float) -> Parts:
    if value != value or not 0 < value < _COMPACT.stop:  # noqa: PLR0124 - not a number is unequal to itself
        raise DateError(DateTrouble.NOT_A_DATE, str(value))
    whole = int(value)
    if whole in _COMPACT:
        return whole // 10_000, whole // 100 % 100, whole % 100
    if whole in _YEARS and whole == value:
        raise DateError(DateTrouble.YEAR_ONLY, str(value))
    day = serial_day(value)
    return day.year, day.month, day.day


def _birthday_number(value: float) -> Parts:
    if 1 <= value < _LAST_MONTH + 1 and value != int(value):
        month, fraction = divmod(round(value * 100), 100)
        if fraction % 10:
            return None, month, fraction
        if fraction // 10 in _LOST_ZERO:
            raise DateError(DateTrouble.AMBIGUOUS, str(value))
        return None, month, fraction // 10
    if value == value and _LAST_SERIAL < value < 1_000_000:  # noqa: PLR0124, PLR2004 - six digits: yymmdd
        return _two_digit_year(int(value) // 10_000, str(value)), int(value) // 100 % 100, int(value) % 100
    return _parts_of_number(value)


def _month_and_day(text: str, raw: str) -> Parts | None:
    """Read digits that only a birthday may be written in: 0305, 305, 850305."""
    if not text.isascii() or not text.isdigit():
        return None
    if len(text) in {3, 4} and int(text) in _MONTH_DAY:
        return None, int(text[:-2]), int(text[-2:])
    if len(text) == len("850305"):
        return _two_digit_year(int(text[:2]), raw), int(text[2:4]), int(text[4:])
    return None


def _short_year(text: str, raw: str) -> Parts | None:
    found = _SHORT.match(text)
    if not found:
        return None
    year = int(found.group(1))
    if found.group(2) == "年" and year <= _LARGEST_DAY:
        return 2000 + year, int(found.group(3)), int(found.group(4))
    return _two_digit_year(year, raw), int(found.group(3)), int(found.group(4))


def _two_digit_year(year: int, raw: str) -> int:
    if year <= _LARGEST_DAY:
        raise DateError(DateTrouble.AMBIGUOUS, raw)
    return 1900 + year


def _year_last(text: str, raw: str) -> Parts | None:
    found = _YEAR_LAST.match(text)
    if not found:
        return None
    first, second, year = (int(part) for part in found.groups())
    if first == second or second > _LAST_MONTH:
        return year, first, second
    if first > _LAST_MONTH:
        return year, second, first
    raise DateError(DateTrouble.AMBIGUOUS, raw)


def _english(text: str, raw: str) -> Parts | None:
    lower = text.lower()
    found = _DAY_MONTH_WORD.match(lower)
    day, word, year = found.groups() if found else ("", "", "")
    if not found:
        found = _MONTH_WORD_DAY.match(lower)
        word, day, year = found.groups() if found else ("", "", "")
    if not found:
        return None
    if word[:3] not in _MONTHS:
        raise DateError(DateTrouble.NOT_A_DATE, raw)
    return int(year) if year else None, _MONTHS.index(word[:3]) + 1, int(day)


def _without_year(text: str, _raw: str) -> Parts | None:
    found = _MD.match(text)
    return (None, int(found.group(1)), int(found.group(2))) if found else None


def _three(found: re.Match[str]) -> Parts:
    return int(found.group(1)), int(found.group(2)), int(found.group(3))


def _solar(parts: Parts, raw: str) -> date:
    year, month, day = parts
    if year is None:
        raise DateError(DateTrouble.YEAR_MISSING, raw)
    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(DateTrouble.IMPOSSIBLE, raw) from None


def _birthday(parts: Parts, calendar: BirthdayCalendar | None, raw: str) -> Birthday:
    try:
        return Birthday(calendar or BirthdayCalendar.SOLAR, *parts)
    except BirthdayError:
        raise DateError(DateTrouble.IMPOSSIBLE, raw) from None


def _time_of_serial(value: float) -> time:
    if int(value) in _COMPACT:
        return time()
    seconds = round((value % 1) * _SECONDS) % _SECONDS
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def months_between(first: date, last: date) -> int:
    """Count the whole months from ``first`` to ``last``; the 31st counts as reached on a shorter month's end."""
    months = (last.year - first.year) * 12 + last.month - first.month
    month_end = solar_calendar.monthrange(last.year, last.month)[1]
    reached = last.day >= min(first.day, month_end)
    return months if reached else months - 1
