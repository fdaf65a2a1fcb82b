"""Conditions over members: what a filter or a kept segment asks for, and its strict form as JSON."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from crmdesk.core.errors import RefusedError

MOST_CONDITIONS: Final = 40
MOST_VALUES: Final = 200
LONGEST_WORD: Final = 120
MOST_DAYS: Final = 36_525
_LARGEST: Final = 2**53
Value = str | int


class Shape(StrEnum):
    """What the values of a field are."""

    WORDS = "words"
    CHOICE = "choice"  # words of a closed list, or keys of people and stores as digits
    NUMBER = "number"
    MONEY = "money"  # fen
    DAY = "day"  # ISO days, or a number of days from today
    YES_NO = "yes_no"


class Is(StrEnum):
    """How a field is compared."""

    ONE_OF = "one_of"
    NOT_ONE_OF = "not_one_of"
    CONTAINS = "contains"
    STARTS = "starts"
    EMPTY = "empty"
    FILLED = "filled"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"
    SINCE = "since"
    BEFORE = "before"
    LAST_DAYS = "last_days"  # today and the days before it, this many in all
    NOT_LAST_DAYS = "not_last_days"  # longer ago, or never
    NEXT_DAYS = "next_days"  # today and the days after it, this many in all
    YES = "yes"
    NO = "no"


_COMPARED: Final = (Is.AT_LEAST, Is.AT_MOST, Is.BETWEEN)
ALLOWED: Final[dict[Shape, tuple[Is, ...]]] = {
    Shape.WORDS: (Is.ONE_OF, Is.NOT_ONE_OF, Is.CONTAINS, Is.STARTS, Is.EMPTY, Is.FILLED),
    Shape.CHOICE: (Is.ONE_OF, Is.NOT_ONE_OF, Is.EMPTY, Is.FILLED),
    Shape.NUMBER: _COMPARED,
    Shape.MONEY: _COMPARED,
    Shape.DAY: (
        *(Is.LAST_DAYS, Is.NOT_LAST_DAYS, Is.NEXT_DAYS, Is.SINCE, Is.BEFORE, Is.BETWEEN),
        *(Is.EMPTY, Is.FILLED),
    ),
    Shape.YES_NO: (Is.YES, Is.NO),
}
_COUNTS: Final[dict[Is, tuple[int, int]]] = {
    Is.ONE_OF: (1, MOST_VALUES),
    Is.NOT_ONE_OF: (1, MOST_VALUES),
    Is.BETWEEN: (2, 2),
    **dict.fromkeys((Is.EMPTY, Is.FILLED, Is.YES, Is.NO), (0, 0)),
}
_IN_DAYS: Final = frozenset({Is.LAST_DAYS, Is.NOT_LAST_DAYS, Is.NEXT_DAYS})


class About(StrEnum):
    """What is asked about a member."""

    NAME = "name"
    GENDER = "gender"
    AGE = "age"
    BIRTHDAY = "birthday"
    BIRTHDAY_MONTH = "birthday_month"
    OCCUPATION = "occupation"
    INDUSTRY = "industry"
    SOURCE = "source"
    TAG = "tag"
    OWN = "own"
    GUIDE = "guide"
    CARE_CLASS = "care_class"
    TIER = "tier"
    KIND = "kind"
    JOINED = "joined"
    HAS_PHONE = "has_phone"
    DO_NOT_CONTACT = "do_not_contact"
    CONSENT = "consent"
    TOUCHPOINT = "touchpoint"
    HOUSEHOLD = "household"
    LAST_PURCHASE = "last_purchase"
    FIRST_PURCHASE = "first_purchase"
    PURCHASES = "purchases"
    PIECES = "pieces"
    NET = "net"
    PURCHASES_IN = "purchases_in"
    NET_IN = "net_in"
    RECENCY = "recency"
    FREQUENCY = "frequency"
    MONETARY = "monetary"
    LIFE_CYCLE = "life_cycle"
    POINTS = "points"
    STORED = "stored"
    POINTS_EXPIRE = "points_expire"
    INTENT = "intent"
    OPEN_TICKET = "open_ticket"
    LAST_TICKET = "last_ticket"
    LAST_COMPLAINT = "last_complaint"
    LOANER_OUT = "loaner_out"
    CALL_DUE = "call_due"
    LAST_CONTACT = "last_contact"


_W, _C, _N, _M, _D, _Y = Shape.WORDS, Shape.CHOICE, Shape.NUMBER, Shape.MONEY, Shape.DAY, Shape.YES_NO
# An own field of the store has the shape of its kind; it is given with the condition.
SHAPES: Final[dict[About, Shape]] = {
    **dict.fromkeys((About.NAME, About.OCCUPATION, About.INDUSTRY, About.SOURCE, About.TAG), _W),
    **dict.fromkeys((About.GENDER, About.GUIDE, About.CARE_CLASS, About.TIER, About.KIND), _C),
    **dict.fromkeys((About.CONSENT, About.TOUCHPOINT, About.LIFE_CYCLE, About.BIRTHDAY_MONTH), _C),
    **dict.fromkeys((About.AGE, About.PURCHASES, About.PIECES, About.PURCHASES_IN, About.POINTS), _N),
    **dict.fromkeys((About.RECENCY, About.FREQUENCY, About.MONETARY), _N),
    **dict.fromkeys((About.NET, About.NET_IN, About.STORED), _M),
    **dict.fromkeys((About.BIRTHDAY, About.JOINED, About.LAST_PURCHASE, About.FIRST_PURCHASE), _D),
    **dict.fromkeys((About.POINTS_EXPIRE, About.LAST_TICKET, About.LAST_COMPLAINT, About.LAST_CONTACT), _D),
    **dict.fromkeys((About.HAS_PHONE, About.DO_NOT_CONTACT, About.HOUSEHOLD, About.INTENT), _Y),
    **dict.fromkeys((About.OPEN_TICKET, About.LOANER_OUT, About.CALL_DUE), _Y),
    About.OWN: _W,
}
# Counted over the last days that the condition names.
ROLLING: Final = frozenset({About.PURCHASES_IN, About.NET_IN})
_ONLY: Final[dict[About, tuple[Is, ...]]] = {
    # A birthday has no year: only how near it is can be asked.
    About.BIRTHDAY: (Is.NEXT_DAYS, Is.EMPTY, Is.FILLED),
    About.LIFE_CYCLE: (Is.ONE_OF, Is.NOT_ONE_OF),
}


class SegmentTrouble(StrEnum):
    """Why a condition cannot be taken."""

    NOT_READ = "not_read"
    NEWER = "newer"
    FIELD = "field"
    COMPARED = "compared"
    VALUE = "value"
    GONE = "gone"
    TOO_MANY = "too_many"


class SegmentError(RefusedError):
    """A condition that makes no sense, or was made by a newer program."""

    def __init__(self, trouble: SegmentTrouble, what: str = "") -> None:
        """Keep what is wrong and the word it is about."""
        super().__init__(f"{trouble}: {what}")
        self.trouble = trouble
        self.what = what


@dataclass(frozen=True, slots=True)
class Condition:
    """One question about a member.

    Attributes:
        about: what is asked.
        how: how it is compared.
        values: words, fen, numbers, ISO days, or one number of days, as shape and comparison ask.
        own: key of the own field for ``About.OWN``, with its ``shape``.
        days: the last days that a rolling figure counts.
    """

    about: About
    how: Is
    values: tuple[Value, ...] = ()
    own: int | None = None
    shape: Shape | None = None
    days: int | None = None

    def __post_init__(self) -> None:
        """Refuse what makes no sense.

        Raises:
            SegmentError: the comparison does not fit the field, or a value not the comparison.
        """
        if (self.about is About.OWN) != (self.own is not None and self.shape is not None):
            raise SegmentError(SegmentTrouble.FIELD, self.about)
        if self.how not in allowed(self.about, self.shape):
            raise SegmentError(SegmentTrouble.COMPARED, self.how)
        if (self.about in ROLLING) != (self.days is not None and 0 < self.days <= MOST_DAYS):
            raise SegmentError(SegmentTrouble.VALUE, "days")
        least, most = _COUNTS.get(self.how, (1, 1))
        if not least <= len(self.values) <= most:
            raise SegmentError(SegmentTrouble.VALUE, self.how)
        for value in self.values:
            _check(value, self.how, shape_of(self.about, self.shape))
        if self.how is Is.BETWEEN and not self.values[0] <= self.values[1]:  # type: ignore[operator]
            raise SegmentError(SegmentTrouble.VALUE, str(self.values[0]))


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions of which all, or one, must hold; ``negated`` turns the answer round."""

    parts: "tuple[Condition | Group, ...]" = ()
    any_of: bool = False
    negated: bool = False


EVERYBODY: Final = Group()


def shape_of(about: About, own: Shape | None = None) -> Shape:
    """Give what the values of a field are; ``own`` is the shape of an own field."""
    return own if about is About.OWN and own is not None else SHAPES[about]


def allowed(about: About, own: Shape | None = None) -> tuple[Is, ...]:
    """Give the comparisons that a field knows, the usual one first."""
    return _ONLY.get(about) or ALLOWED[shape_of(about, own)]


def count_of(group: Group) -> int:
    """Give how many conditions a group holds, at any depth."""
    return sum(count_of(part) if isinstance(part, Group) else 1 for part in group.parts)


def day_value(value: Value) -> date:
    """Read an ISO day.

    Raises:
        SegmentError: it is none.
    """
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise SegmentError(SegmentTrouble.VALUE, str(value)[:LONGEST_WORD]) from None


def _check(value: Value, how: Is, shape: Shape) -> None:
    if isinstance(value, bool):
        raise SegmentError(SegmentTrouble.VALUE, str(value))
    if how in _IN_DAYS:
        good = isinstance(value, int) and 0 < value <= MOST_DAYS
    elif shape is Shape.DAY:
        good = isinstance(value, str) and bool(day_value(value))
    elif shape in {Shape.NUMBER, Shape.MONEY}:
        good = isinstance(value, int) and abs(value) <= _LARGEST
    else:
        good = isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_WORD
    if not good:
        raise SegmentError(SegmentTrouble.VALUE, str(value)[:LONGEST_WORD])
