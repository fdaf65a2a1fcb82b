"""What stands in a store's own fields: words as they are shown, with a number or a day beside them for comparing."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from crmdesk.core.dates import DateError, parse_day
from crmdesk.core.errors import RefusedError
from crmdesk.core.member_words import FieldKind
from crmdesk.core.text_clean import clean_line

LONGEST_WORDS: Final = 400
LONGEST_NAME: Final = 120
MOST_FIELDS: Final = 60
MOST_CHOICES: Final = 100
# Numbers are kept in ten-thousandths: four places after the point are enough for sizes and percentages.
PLACES: Final = 4
_SCALE: Final = 10**PLACES
_LARGEST: Final = 10**14


class OwnTrouble(StrEnum):
    """Why words do not fit an own field."""

    NUMBER = "number"
    TOO_LARGE = "too_large"
    DATE = "date"
    CHOICE = "choice"
    TOO_LONG = "too_long"
    MISSING = "missing"
    PICTURE = "picture"


class OwnValueError(RefusedError):
    """Words that do not fit an own field."""

    def __init__(self, reason: OwnTrouble, name: str = "", text: str = "", field: str = "") -> None:
        """Keep the reason, the field's name, the words, and what the form calls the field."""
        super().__init__(f"{reason.value}: {name}")
        self.reason = reason
        self.name = name
        self.text = text
        self.field = field


class OwnFieldNameTakenError(RefusedError):
    """The store has a field of this name, perhaps a switched-off one."""

    def __init__(self, name: str) -> None:
        """Keep the name."""
        super().__init__(name)
        self.name = name


class TooManyOwnFieldsError(RefusedError):
    """The store has as many own fields as a form can show."""

    def __init__(self, most: int = MOST_FIELDS) -> None:
        """Keep how many there can be."""
        super().__init__(str(most))
        self.most = most


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A value as it is kept; `number` in ten-thousandths."""

    words: str
    number: int | None = None
    day: date | None = None


def read_words(kind: FieldKind, text: str, choices: tuple[str, ...] = ()) -> OwnWords | None:
    """Give what was typed as it is kept; None where nothing was typed.

    Raises:
        OwnValueError: the words do not fit the kind of the field.
    """
    words = clean_line(text)
    if not words:
        return None
    if len(words) > LONGEST_WORDS:
        raise OwnValueError(OwnTrouble.TOO_LONG, text=words)
    if kind is FieldKind.NUMBER:
        return _number(words)
    if kind is FieldKind.DATE:
        return _day(words)
    if kind is FieldKind.CHOICE and words not in choices:
        raise OwnValueError(OwnTrouble.CHOICE, text=words)
    return OwnWords(words)


def taken_words(kind: FieldKind, text: str) -> OwnWords | None:
    """Give words from a list as they are kept: what does not fit the kind stays as words, nothing is lost."""
    words = clean_line(text)[:LONGEST_WORDS]
    try:
        return read_words(kind, words, (words,))
    except OwnValueError:
        return OwnWords(words)


def number_words(number: int) -> str:
    """Give a number kept in ten-thousandths as it is written: `165`, `0.5`, `-3.25`."""
    whole, part = divmod(abs(number), _SCALE)
    tail = f".{part:0{PLACES}d}".rstrip("0").rstrip(".") if part else ""
    return f"{'-' if number < 0 else ''}{whole}{tail}"


def _number(words: str) -> OwnWords:
    plain = unicodedata.normalize("NFKC", words).replace(",", "").replace(" ", "").removeprefix("+")
    if not plain.isascii() or "_" in plain:
        raise OwnValueError(OwnTrouble.NUMBER, text=words)
    try:
        value = Decimal(plain)
    except InvalidOperation as error:
        raise OwnValueError(OwnTrouble.NUMBER, text=words) from error
    if not value.is_finite():
        raise OwnValueError(OwnTrouble.NUMBER, text=words)
    if abs(value) >= _LARGEST:
        raise OwnValueError(OwnTrouble.TOO_LARGE, text=words)
    number = int((value * _SCALE).to_integral_value())
    exact = value * _SCALE == number
    return OwnWords(number_words(number) if exact else plain, number=number)


def _day(words: str) -> OwnWords:
    try:
        day = parse_day(words)
    except DateError as error:
        raise OwnValueError(OwnTrouble.DATE, text=words) from error
    return OwnWords(day.isoformat(), day=day)
