"""The workbook of a judgement form as both ends know it: its columns in their order, and the key of each row."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crmdesk.core.batch_rules import row_check
from crmdesk.core.i18n import mark
from crmdesk.core.tickets import Payer

# The hidden column's header; the digit rises when the columns change.
KEY_HEADER: Final = "crmdesk-judgement-1"
_DIVIDER: Final = "|"
_KEY_PARTS: Final = 3


class SheetColumn(StrEnum):
    """The columns of the form, known and asked ones."""

    NUMBER = "number"
    ITEM = "item"
    ACCESSORIES = "accessories"
    FAULTS = "faults"
    SAID = "said"
    VALUE = "value"
    REPAIRABLE = "repairable"
    LIABILITY = "liability"
    REMEDY = "remedy"
    COST = "cost"
    CUSTOMER = "customer"
    STORE = "store"
    HEAD_OFFICE = "head_office"
    SUPPLIER = "supplier"
    CARRIER = "carrier"
    DAYS = "days"
    DECIDED_BY = "decided_by"
    WORDS = "words"


REPAIRABLE, NOT_REPAIRABLE = mark("repairable"), mark("not repairable")
_C = SheetColumn
TITLES: Final[dict[SheetColumn, str]] = {
    _C.NUMBER: mark("Order"),
    _C.ITEM: mark("Item"),
    _C.ACCESSORIES: mark("Accessories"),
    _C.FAULTS: mark("Fault"),
    _C.SAID: mark("The customer states"),
    _C.VALUE: mark("Declared value"),
    _C.REPAIRABLE: mark("Repairable"),
    _C.LIABILITY: mark("Caused by"),
    _C.REMEDY: mark("What is done"),
    _C.COST: mark("Cost in all ¥"),
    _C.CUSTOMER: mark("Customer bears ¥"),
    _C.STORE: mark("Store bears ¥"),
    _C.HEAD_OFFICE: mark("Head office bears ¥"),
    _C.SUPPLIER: mark("Supplier bears ¥"),
    _C.CARRIER: mark("Carrier bears ¥"),
    _C.DAYS: mark("Days needed"),
    _C.DECIDED_BY: mark("Decided by"),
    _C.WORDS: mark("Finding, reason"),
}
KNOWN: Final = (_C.NUMBER, _C.ITEM, _C.ACCESSORIES, _C.FAULTS, _C.SAID, _C.VALUE)
# What the checksum covers: a reader who mixes up rows changes one of these.
CHECKED: Final = (_C.NUMBER, _C.ITEM, _C.ACCESSORIES, _C.FAULTS)
ASKED: Final = tuple(column for column in SheetColumn if column not in KNOWN)
SHARES: Final[dict[SheetColumn, Payer]] = {
    _C.CUSTOMER: Payer.CUSTOMER,
    _C.STORE: Payer.STORE,
    _C.HEAD_OFFICE: Payer.HEAD_OFFICE,
    _C.SUPPLIER: Payer.SUPPLIER,
    _C.CARRIER: Payer.CARRIER,
}


@dataclass(frozen=True, slots=True)
class RowKey:
    """What the hidden cell of a row says."""

    batch: str
    ticket: str
    check: str


def key_text(batch: str, *checked: str) -> str:
    """Give the hidden cell of a row; ``checked`` are its `CHECKED` cells, the ticket's number first."""
    return _DIVIDER.join((batch, checked[0], row_check(batch, *checked)))


def parse_key(text: str) -> RowKey | None:
    """Read the hidden cell of a row; None when it is none of ours."""
    parts = text.strip().split(_DIVIDER)
    if len(parts) != _KEY_PARTS or not all(parts):
        return None
    return RowKey(*parts)
