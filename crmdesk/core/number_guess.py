"""From a part of a number to the numbers that it can be: a day, a count of the day, a serial, its check digit or none.

Numbers are kept whole and are looked up by their beginning; a clerk types their end. Since they are made by a rule
(`crmdesk.core.numbers`), the few whole numbers with such an end can be made again and looked up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from crmdesk.core.numbers import day_number, parse_ticket_number, running_number
from crmdesk.core.tickets import KIND_LETTER

# A count of the day without its day means one of the last weeks.
DAYS_BACK: Final = 35
CODES_TRIED: Final = 20
_LETTERS: Final = tuple(KIND_LETTER.values())
_BATCH: Final = "B"
_DAY_DIGITS: Final = 6
_TAIL_DIGITS: Final = range(3, 5)
_SERIAL_DIGITS: Final = 7


@dataclass(frozen=True, slots=True)
class NumberGuess:
    """Whole numbers, and beginnings of numbers, that the typed text can mean."""

    exact: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.exact or self.beginnings)


def guess_ticket(number: str, codes: Sequence[str], own: str, today: date) -> NumberGuess:
    """Give the ticket numbers that ``number`` can mean.

    Args:
        number: capitals and digits without signs (`SearchQuery.number`).
        codes: codes of all stores.
        own: code of the store where it is typed; an end without a day is looked for there.
        today: the store's day.
    """
    whole = parse_ticket_number(number)
    if whole is not None:
        return NumberGuess(exact=(whole,))
    if number[:1] in _LETTERS:
        return NumberGuess(beginnings=tuple(_ticket_beginnings(number[0], number[1:], codes)))
    if not number.isdecimal():
        return NumberGuess()
    dated = [beginning for letter in _LETTERS for beginning in _dated(letter, number, codes)]
    return NumberGuess(tuple(_recent(number, own, today)), tuple(dated))


def guess_running(number: str, letter: str, codes: Sequence[str]) -> NumberGuess:
    """Give the card (V) or member (M) numbers that ``number`` can mean, numbers of former systems included."""
    if not number.isdecimal():
        return NumberGuess(beginnings=(number,))
    serials = [
        running_number(letter, code, int(number)) for code in codes[:CODES_TRIED] if len(number) < _SERIAL_DIGITS
    ]
    checked = [_checked(letter, code, number) for code in codes[:CODES_TRIED] if len(number) <= _SERIAL_DIGITS]
    exact = dict.fromkeys([*serials, *(one for one in checked if one)])
    return NumberGuess(tuple(exact), (number, letter + number))


def _checked(letter: str, code: str, number: str) -> str:
    if len(number) < 2:  # noqa: PLR2004 - a serial and its check digit
        return ""
    whole = running_number(letter, code, int(number[:-1]))
    return whole if whole[-1] == number[-1] else ""


def _ticket_beginnings(letter: str, rest: str, codes: Sequence[str]) -> list[str]:
    if any(code.startswith(rest) for code in codes):
        return [f"{letter}-{rest}"]
    return [_with_dashes(letter, code, rest[len(code) :]) for code in codes if rest.startswith(code)]


def _with_dashes(letter: str, code: str, rest: str) -> str:
    day, tail = rest[:_DAY_DIGITS], rest[_DAY_DIGITS:]
    return f"{letter}-{code}-{day}-{tail}" if tail else f"{letter}-{code}-{day}"


def _dated(letter: str, digits: str, codes: Sequence[str]) -> list[str]:
    if _is_day(digits[:_DAY_DIGITS]):
        return [_with_dashes(letter, code, digits) for code in codes[:CODES_TRIED]]
    return [
        _with_dashes(letter, code, digits[len(code) :])
        for code in codes
        if digits.startswith(code) and _is_day(digits[len(code) :][:_DAY_DIGITS])
    ]


def _is_day(text: str) -> bool:
    if len(text) < _DAY_DIGITS:
        return False
    try:
        datetime.strptime(text, "%y%m%d")  # noqa: DTZ007 - a day, no moment
    except ValueError:
        return False
    return True


def _recent(digits: str, own: str, today: date) -> list[str]:
    if len(digits) not in _TAIL_DIGITS:
        return []
    count = int(digits[:3])
    days = [today - timedelta(days=back) for back in range(DAYS_BACK)]
    firsts = [day_number(_LETTERS[0], own, day, count) for day in days]
    fitting = [whole for whole in firsts if whole.endswith(digits) or len(digits) == _TAIL_DIGITS[0]]
    # The check digit does not depend on the letter.
    return [letter + whole[1:] for whole in fitting for letter in _LETTERS]


def guess_batch(number: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Give the beginnings of batch numbers that ``number`` can mean: with its letter, or from its day on."""
    if number[:1] == _BATCH:
        return tuple(_ticket_beginnings(_BATCH, number[1:], codes))
    return tuple(_dated(_BATCH, number, codes)) if number.isdecimal() else ()
