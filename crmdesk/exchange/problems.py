"""What is wrong with one value of one row, as facts; the sentences are in `crmdesk.exchange.reasons`."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Final, Generic, TypeVar

from crmdesk.exchange.cells import text_of
from crmdesk.exchange.fields import Field
from crmdesk.exchange.table import Cell

T = TypeVar("T")
_LONGEST_SHOWN: Final = 120


class Severity(StrEnum):
    """An error keeps the row out; a warning is told and the row comes in."""

    ERROR = "error"
    WARNING = "warning"


class Reason(StrEnum):
    """Why a value is not taken as it is."""

    NAME_MISSING = "name_missing"
    NAME_NOT_A_NAME = "name_not_a_name"
    NO_KEY = "no_key"
    PHONE_NOT_A_NUMBER = "phone_not_a_number"
    PHONE_TOO_SHORT = "phone_too_short"
    PHONE_TOO_LONG = "phone_too_long"
    PHONE_DIGITS_LOST = "phone_digits_lost"
    PHONE_UNKNOWN_SHAPE = "phone_unknown_shape"
    PHONE_PICKED = "phone_picked"
    GENDER_UNKNOWN = "gender_unknown"
    DATE_NOT_A_DATE = "date_not_a_date"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_AMBIGUOUS = "date_ambiguous"
    DATE_YEAR_MISSING = "date_year_missing"
    DATE_YEAR_ONLY = "date_year_only"
    DATE_LUNAR = "date_lunar"
    DATE_MISSING = "date_missing"
    DATE_FUTURE = "date_future"
    BIRTHDAY_FUTURE = "birthday_future"
    BIRTHDAY_TOO_OLD = "birthday_too_old"
    BIRTHDAY_TOO_YOUNG = "birthday_too_young"
    LEVEL_UNKNOWN = "level_unknown"
    CARE_CLASS_UNKNOWN = "care_class_unknown"
    MONEY_NOT_A_NUMBER = "money_not_a_number"
    MONEY_TOO_FINE = "money_too_fine"
    MONEY_TOO_LARGE = "money_too_large"
    MONEY_NEGATIVE = "money_negative"
    AMOUNT_MISSING = "amount_missing"
    AMOUNT_DIFFERS = "amount_differs"
    NUMBER_NOT_WHOLE = "number_not_whole"
    NUMBER_NEGATIVE = "number_negative"
    QUANTITY_ZERO = "quantity_zero"
    EMAIL_NOT_AN_ADDRESS = "email_not_an_address"
    TOO_LONG = "too_long"
    TOTAL_LINE = "total_line"
    REPEATED_HEADER = "repeated_header"
    DUPLICATE_IN_FILE = "duplicate_in_file"
    PHONE_SHARED_IN_FILE = "phone_shared_in_file"
    # Found later, by the service that sees the store's data.
    KNOWN_MEMBER = "known_member"
    PHONE_SHARED_IN_STORE = "phone_shared_in_store"
    CARD_OF_ANOTHER = "card_of_another"
    UNKNOWN_MEMBER = "unknown_member"
    UNKNOWN_GUIDE = "unknown_guide"
    UNKNOWN_STORE = "unknown_store"
    ALREADY_IMPORTED = "already_imported"
    KEY_CONFLICT = "key_conflict"
    WHO_UNCLEAR = "who_unclear"
    PERSON_DIFFERS = "person_differs"
    CARD_STATE_UNKNOWN = "card_state_unknown"
    RECEIPT_HELD_BACK = "receipt_held_back"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One remark about one row.

    Attributes:
        row: the number a person sees in Excel.
        field: where the value belongs, None when the whole row is meant.
        value: the text as it stands in the file.
        reason: what is wrong.
        severity: whether the row stays out.
        other_row: the row that this one repeats, 0 otherwise.
    """

    row: int
    field: Field | None
    value: str
    reason: Reason
    severity: Severity
    other_row: int = 0


@dataclass(frozen=True, slots=True)
class CheckedRow(Generic[T]):
    """One row after checking.

    Attributes:
        number: the number a person sees in Excel.
        cells: the row as it was read, for the workbook of refused rows.
        row: the values, None when the row stays out.
        problems: errors (then `row` is None) and warnings; a row without `row` and without error was skipped
            because it holds no record (a sum, a header repeated on each page).
    """

    number: int
    cells: list[Cell]
    row: T | None
    problems: tuple[RowProblem, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether an error keeps the row out."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


class Remarks:
    """Collects the problems of one row."""

    __slots__ = ("failed", "problems", "row")

    def __init__(self, row: int) -> None:
        """Begin a row without remarks."""
        self.row = row
        self.problems: list[RowProblem] = []
        self.failed = False

    def error(self, field: Field | None, value: object, reason: Reason, other_row: int = 0) -> None:
        """Note what keeps the row out."""
        self.failed = True
        self.problems.append(RowProblem(self.row, field, shown(value), reason, Severity.ERROR, other_row))

    def warn(self, field: Field | None, value: object, reason: Reason, other_row: int = 0) -> None:
        """Note what the person should know although the row comes in."""
        self.problems.append(RowProblem(self.row, field, shown(value), reason, Severity.WARNING, other_row))


def shown(value: object) -> str:
    """Return a value as the remark shows it: as in the sheet, no longer than a line."""
    text = text_of(value) if isinstance(value, (str, int, float, date, time, timedelta)) else str(value)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
