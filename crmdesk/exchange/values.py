"""Readers of single values: each takes a cell and notes what is wrong with it."""

import re
from datetime import date, datetime
from typing import Final

from crmdesk.core.birthday import Birthday
from crmdesk.core.dates import DateError, DateTrouble, parse_birthday, parse_moment
from crmdesk.core.members import BirthdayCalendar, Gender
from crmdesk.core.money import Money, MoneyError
from crmdesk.core.phone import Phone, PhoneError, PhoneTrouble, normalise
from crmdesk.exchange.cells import line_of, money_of, says_nothing, text_of, whole_of
from crmdesk.exchange.fields import Field
from crmdesk.exchange.problems import Reason, Remarks
from crmdesk.exchange.table import Cell

_PHONE_REASONS: Final = {
    PhoneTrouble.NOT_A_NUMBER: Reason.PHONE_NOT_A_NUMBER,
    PhoneTrouble.TOO_SHORT: Reason.PHONE_TOO_SHORT,
    PhoneTrouble.TOO_LONG: Reason.PHONE_TOO_LONG,
    PhoneTrouble.DIGITS_LOST: Reason.PHONE_DIGITS_LOST,
    PhoneTrouble.UNKNOWN_SHAPE: Reason.PHONE_UNKNOWN_SHAPE,
    PhoneTrouble.EMPTY: Reason.PHONE_NOT_A_NUMBER,
}
_DATE_REASONS: Final = {
    DateTrouble.NOT_A_DATE: Reason.DATE_NOT_A_DATE,
    DateTrouble.IMPOSSIBLE: Reason.DATE_IMPOSSIBLE,
    DateTrouble.AMBIGUOUS: Reason.DATE_AMBIGUOUS,
    DateTrouble.YEAR_MISSING: Reason.DATE_YEAR_MISSING,
    DateTrouble.YEAR_ONLY: Reason.DATE_YEAR_ONLY,
    DateTrouble.LUNAR: Reason.DATE_LUNAR,
    DateTrouble.EMPTY: Reason.DATE_NOT_A_DATE,
}
_MONEY_REASONS: Final = {
    "too_fine": Reason.MONEY_TOO_FINE,
    "too_large": Reason.MONEY_TOO_LARGE,
}
_GENDERS: Final = {
    **dict.fromkeys(("女", "女性", "女士", "小姐", "太太", "f", "female", "woman", "ms", "mrs", "miss"), Gender.FEMALE),
    **dict.fromkeys(("男", "男性", "先生", "m", "male", "man", "mr"), Gender.MALE),
}
_NO_GENDER: Final = frozenset({"保密", "其他", "其它", "不明", "unknown", "other", "secret"})
_CALENDARS: Final = {
    **dict.fromkeys(
        ("农历", "阴历", "农", "阴", "旧历", "是", "y", "yes", "1", "true", "lunar"), BirthdayCalendar.LUNAR
    ),
    **dict.fromkeys(
        ("公历", "阳历", "公", "阳", "新历", "否", "n", "no", "0", "false", "solar"), BirthdayCalendar.SOLAR
    ),
}
_BETWEEN_PHONES: Final = re.compile(r"[,，;；/、|\\\n\r]+|\s+(?=[01+])|和|或")
_MOBILE_INSIDE: Final = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_LONGEST_PHONES: Final = 200
_MOST_KNOWN: Final = 2_000
_MOST_PHONES: Final = 5
_OLDEST: Final = 110
_YOUNGEST: Final = 6
_PLACEHOLDER: Final = (1900, 1, 1)


def _is_nothing(cell: Cell) -> bool:
    return isinstance(cell, str) and says_nothing(line_of(cell))


def read_phones(cell: Cell, field: Field, remarks: Remarks) -> tuple[Phone, ...]:
    """Return all phones in a cell: one, several with anything between them, or one among other words."""
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float)):
        remarks.error(field, cell, Reason.PHONE_NOT_A_NUMBER)
        return ()
    try:
        return (normalise(cell),)
    except PhoneError as trouble:
        if trouble.reason is PhoneTrouble.EMPTY or _is_nothing(cell):
            return ()
        several = _several_phones(cell) if isinstance(cell, str) else ()
        if several:
            return several
        return _picked_phones(cell, field, trouble, remarks)


def _several_phones(text: str) -> tuple[Phone, ...]:
    parts = [part for part in _BETWEEN_PHONES.split(text[:_LONGEST_PHONES]) if part.strip()]
    if not 1 < len(parts) <= _MOST_PHONES or len(text) > _LONGEST_PHONES:
        return ()
    try:
        return tuple(dict.fromkeys(normalise(part) for part in parts))
    except PhoneError:
        return ()


def _picked_phones(cell: Cell, field: Field, trouble: PhoneError, remarks: Remarks) -> tuple[Phone, ...]:
    found = _MOBILE_INSIDE.findall(line_of(cell)) if isinstance(cell, str) else []
    if not 0 < len(found) <= _MOST_PHONES:
        remarks.error(field, cell, _PHONE_REASONS[trouble.reason])
        return ()
    remarks.warn(field, cell, Reason.PHONE_PICKED)
    return tuple(dict.fromkeys(normalise(digits) for digits in found))


def read_gender(cell: Cell, field: Field, remarks: Remarks) -> Gender | None:
    """Return the gender that a word means; unknown words are told and left out."""
    gender = _GENDERS.get(cell) if isinstance(cell, str) else None
    if gender is not None:
        return gender
    word = line_of(cell).lower()
    gender = _GENDERS.get(word)
    if gender is None and word not in _NO_GENDER and not says_nothing(word):
        remarks.warn(field, cell, Reason.GENDER_UNKNOWN)
    return gender


def read_calendar(cell: Cell) -> BirthdayCalendar | None:
    """Return the calendar that a cell beside the birthday names."""
    return _CALENDARS.get(line_of(cell).lower())


def read_birthday(
    cell: Cell, calendar: BirthdayCalendar | None, field: Field, remarks: Remarks, today: date
) -> Birthday | None:
    """Return a birthday; a year that cannot be is told and left out, the day stays."""
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float, date)):
        remarks.error(field, cell, Reason.DATE_NOT_A_DATE)
        return None
    try:
        birthday = parse_birthday(cell, calendar)
    except DateError as trouble:
        if not _is_nothing(cell):
            remarks.error(field, cell, _DATE_REASONS[trouble.reason])
        return None
    return _plausible(birthday, cell, field, remarks, today)


def _plausible(birthday: Birthday, cell: Cell, field: Field, remarks: Remarks, today: date) -> Birthday | None:
    year = birthday.year
    if year is None or _OLDEST > today.year - year > _YOUNGEST:
        return birthday
    if year < today.year - _YOUNGEST:
        remarks.warn(field, cell, Reason.BIRTHDAY_TOO_OLD)
        if (year, birthday.month, birthday.day) == _PLACEHOLDER:
            return None
    elif (year, birthday.month, birthday.day) > (today.year, today.month, today.day):
        remarks.warn(field, cell, Reason.BIRTHDAY_FUTURE)
    else:
        # Excel puts the current year before a day typed as 3-5.
        remarks.warn(field, cell, Reason.BIRTHDAY_TOO_YOUNG)
    return Birthday(birthday.calendar, None, birthday.month, birthday.day)


def read_moment(cell: Cell, field: Field, remarks: Remarks) -> datetime | None:
    """Return day and time of a cell."""
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float, date)):
        remarks.error(field, cell, Reason.DATE_NOT_A_DATE)
        return None
    try:
        return parse_moment(cell)
    except DateError as trouble:
        if not _is_nothing(cell):
            remarks.error(field, cell, _DATE_REASONS[trouble.reason])
        return None


def read_money(cell: Cell, field: Field, remarks: Remarks) -> Money | None:
    """Return money, negative too."""
    try:
        return money_of(cell)
    except MoneyError as trouble:
        if not _is_nothing(cell):
            remarks.error(field, cell, _MONEY_REASONS.get(trouble.reason, Reason.MONEY_NOT_A_NUMBER))
        return None


def read_balance(cell: Cell, field: Field, remarks: Remarks) -> Money | None:
    """Return money that a member owns: never below zero."""
    money = read_money(cell, field, remarks)
    if money is not None and money.fen < 0:
        remarks.error(field, cell, Reason.MONEY_NEGATIVE)
    return money


def read_whole(cell: Cell, field: Field, remarks: Remarks) -> int | None:
    """Return a whole number, negative too."""
    try:
        return whole_of(cell)
    except (ValueError, OverflowError):
        if not _is_nothing(cell):
            remarks.error(field, cell, Reason.NUMBER_NOT_WHOLE)
        return None


class TextReader:
    """Reads one column of clean lines; words that come again and again are cleaned once."""

    __slots__ = ("_known", "_limit")

    def __init__(self, limit: int) -> None:
        """Take the length that the record can hold."""
        self._limit = limit
        self._known: dict[Cell, str] = {}

    def __call__(self, cell: Cell, field: Field, remarks: Remarks) -> str:
        """Return the line; one that is too long is an error, nothing is cut silently."""
        known = self._known.get(cell) if isinstance(cell, str) else None
        if known is not None:
            return known
        text = line_of(cell)
        if len(text) > self._limit:
            remarks.error(field, text_of(cell), Reason.TOO_LONG)
        elif isinstance(cell, str) and len(self._known) < _MOST_KNOWN:
            self._known[cell] = text
        return text
