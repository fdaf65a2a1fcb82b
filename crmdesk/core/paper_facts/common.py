"""Facts that several papers share: the store, the person, the item, its condition, money lines, who prints.

All times on papers are aware datetimes already in the store's zone. All texts are plain text as typed.
"""

from dataclasses import dataclass
from datetime import date, datetime

from crmdesk.core.money import Money


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """The store as it stands in the heading; ``company`` is the legal name where it differs."""

    name: str
    code: str = ""
    address: str = ""
    phone: str = ""
    hours: str = ""
    company: str = ""


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """The person: ``phone`` comes masked, ``level`` in the paper's words."""

    name: str
    phone: str = ""
    member_number: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """The customer's goods: ``words`` is the line a clerk would say, as in 拉杆箱 20寸 银色.

    ``details`` are label and words of the fields that only this kind of goods has.
    """

    words: str
    brand: str = ""
    model: str = ""
    colour: str = ""
    size: str = ""
    serial: str = ""
    purchased_on: date | None = None
    price: Money | None = None
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MarkFacts:
    """A numbered damage mark; ``x`` and ``y`` run from 0 to 1 over the first view, from its upper left corner.

    ``new`` marks are ringed: they were not there at the gate before.
    """

    number: int
    x: float
    y: float
    words: str = ""
    new: bool = False


@dataclass(frozen=True, slots=True)
class ConditionFacts:
    """The drawing of an item with its marks; ``shape`` is a name of ``crmdesk.core.shapes``.

    ``all_views`` draws the other sides also where nothing is marked on them.
    """

    shape: str
    marks: tuple[MarkFacts, ...] = ()
    note: str = ""
    all_views: bool = False


@dataclass(frozen=True, slots=True)
class AmountLine:
    """Words and an amount, as in a quote or a settlement; ``note`` stands small below the words."""

    words: str
    amount: Money
    note: str = ""


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A line about a clock or the warranty, and the rule it comes from."""

    words: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class PrintFacts:
    """Who prints, when, and the how-many-th reprint it is (0 is the first print)."""

    at: datetime
    by: str
    reprint: int = 0
