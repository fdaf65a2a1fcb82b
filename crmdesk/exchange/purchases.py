"""Rows of a purchase list as tills export it, checked into values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from crmdesk.core.money import Money
from crmdesk.core.phone import Phone
from crmdesk.core.text_clean import clean_code, clean_name
from crmdesk.exchange.cells import line_of, says_nothing, text_of
from crmdesk.exchange.fields import PurchaseField
from crmdesk.exchange.mapping import Mapping
from crmdesk.exchange.problems import CheckedRow, Reason, Remarks
from crmdesk.exchange.row_kinds import NoRecord, RowSorter
from crmdesk.exchange.table import Cell, Table
from crmdesk.exchange.values import TextReader, read_moment, read_money, read_phones, read_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseRow:
    """One line of a purchase; several lines with the same `number` are one purchase.

    Attributes:
        row: the number a person sees in Excel.
        number: of the ticket, empty when the till gives none.
        bought_at: wall-clock time of the store; `timed` is false when only the day is known.
        name, phone, member_number, card: who bought, as far as the line says; a walk-in has none of them.
        quantity: pieces, negative for goods returned.
        unit_price: before the line's discounts where the file has it, otherwise what was paid for one piece.
        amount: paid for the line, negative for goods returned.
        is_return: goods came back.
        guide, store: names or codes as written; the service finds whom they mean.
    """

    row: int
    number: str = ""
    bought_at: datetime
    timed: bool = False
    name: str = ""
    phone: Phone | None = None
    member_number: str = ""
    card: str = ""
    item_code: str = ""
    item_name: str = ""
    brand: str = ""
    category: str = ""
    colour: str = ""
    size: str = ""
    quantity: int = 1
    unit_price: Money
    amount: Money
    is_return: bool = False
    guide: str = ""
    store: str = ""
    note: str = ""

    @property
    def anonymous(self) -> bool:
        """Whether the line says nothing about who bought."""
        return not (self.phone or self.member_number or self.card or self.name)


_TEXTS: Final[dict[PurchaseField, int]] = {
    PurchaseField.ITEM_NAME: 120,
    PurchaseField.BRAND: 40,
    PurchaseField.CATEGORY: 40,
    PurchaseField.COLOUR: 40,
    PurchaseField.SIZE: 40,
    PurchaseField.GUIDE: 120,
    PurchaseField.STORE: 120,
    PurchaseField.NOTE: 120,
    PurchaseField.RETURN: 40,
}
_LONGEST_CODE: Final = 40
_LONGEST_NAME: Final = 120
_RETURN_WORDS: Final = ("退", "return", "refund")
_YES: Final = frozenset({"是", "y", "yes", "1", "true", "t", "√", "✓"})
_ANONYMOUS: Final = frozenset({"散客", "非会员", "普通顾客", "零散客户", "匿名", "过路客", "walk-in", "guest"})
_ONE_YUAN: Final = 100
# What stands only in the first line of a ticket and is meant for all of its lines.
_OF_THE_TICKET: Final = ("number", "moment", "name", "phone", "member_number", "card", "guide", "store")


def check_purchases(table: Table, mapping: Mapping, today: date) -> Iterator[CheckedRow[PurchaseRow]]:
    """Yield every row of a purchase list, checked.

    Args:
        table: the opened file.
        mapping: which column goes where.
        today: the store's day; nothing was bought after it.
    """
    checker = PurchaseChecker(mapping, today)
    for number, cells in table.rows():
        yield checker.check(number, cells)


class PurchaseChecker:
    """Checks rows one after the other; lines without number and date belong to the ticket above (merged cells)."""

    def __init__(self, mapping: Mapping, today: date) -> None:
        """Lay out which column is read how."""
        self._today = today
        self._sorter = RowSorter(mapping)
        readers = _READERS | {field: TextReader(limit) for field, limit in _TEXTS.items()}
        self._plan = [
            (column.index, _ATTRIBUTES[column.field], column.field, readers[column.field])
            for column in mapping.columns
            if isinstance(column.field, PurchaseField)
        ]
        self._width = max((column.index for column in mapping.columns), default=-1) + 1
        self._ticket: dict[str, Any] = {}

    def check(self, number: int, cells: list[Cell]) -> CheckedRow[PurchaseRow]:
        """Return the row's values or what keeps it out."""
        remarks = Remarks(number)
        kind = self._sorter.kind(cells)
        if kind is not NoRecord.RECORD:
            remarks.warn(None, cells[0] if cells else "", Reason(kind.value))
            return CheckedRow(number, cells, None, tuple(remarks.problems))
        row = cells if len(cells) >= self._width else cells + [""] * (self._width - len(cells))
        values: dict[str, Any] = {}
        for index, attribute, field, read in self._plan:
            if row[index] != "" and not values.get(attribute):
                values[attribute] = read(row[index], field, remarks)
        self._fill_from_ticket(values)
        purchase = _purchase(number, values, remarks, self._today)
        return CheckedRow(number, cells, purchase, tuple(remarks.problems))

    def _fill_from_ticket(self, values: dict[str, Any]) -> None:
        if values.get("number") or values.get("moment"):
            self._ticket = {name: values[name] for name in _OF_THE_TICKET if values.get(name)}
        else:
            for name, value in self._ticket.items():
                values[name] = values.get(name) or value


def _purchase(row: int, values: dict[str, Any], remarks: Remarks, today: date) -> PurchaseRow | None:
    moment = _moment(values, remarks, today)
    values["is_return"] = _is_return(values)
    _settle_amounts(values, remarks)
    if remarks.failed or moment is None:
        return None
    timed = moment.time() != time()
    return PurchaseRow(row=row, bought_at=moment, timed=timed, **values)


def _moment(values: dict[str, Any], remarks: Remarks, today: date) -> datetime | None:
    moment: datetime | None = values.pop("moment", None)
    clock: time | None = values.pop("clock", None)
    if moment is None:
        if not remarks.failed:
            remarks.error(PurchaseField.DATE, "", Reason.DATE_MISSING)
        return None
    if moment.date() > today:
        remarks.error(PurchaseField.DATE, moment, Reason.DATE_FUTURE)
    return datetime.combine(moment.date(), clock) if clock else moment


def _is_return(values: dict[str, Any]) -> bool:
    word = values.pop("returned", "").lower()
    said = word in _YES or any(sign in word for sign in _RETURN_WORDS)
    amount: Money | None = values.get("amount")
    return said or (values.get("quantity") or 0) < 0 or (amount is not None and amount.fen < 0)


def _settle_amounts(values: dict[str, Any], remarks: Remarks) -> None:
    """Fill in what can be computed, and give goods returned one sign: pieces and amount below zero."""
    quantity = abs(values["quantity"]) if values.get("quantity") is not None else 1
    price: Money | None = values.get("unit_price")
    amount: Money | None = values.get("amount")
    if remarks.failed:
        return
    if quantity == 0:
        remarks.error(PurchaseField.QUANTITY, 0, Reason.QUANTITY_ZERO)
        return
    if price is None and amount is None:
        remarks.error(PurchaseField.AMOUNT, "", Reason.AMOUNT_MISSING)
        return
    paid = abs(amount.fen) if amount is not None else abs(price.fen if price else 0) * quantity
    each = abs(price.fen) if price is not None else round(paid / quantity)
    if amount is not None and price is not None and paid > each * quantity + _ONE_YUAN:
        remarks.warn(PurchaseField.AMOUNT, amount.yuan_text(), Reason.AMOUNT_DIFFERS)
    sign = -1 if values["is_return"] else 1
    values.update(quantity=sign * quantity, unit_price=Money(each), amount=Money(sign * paid))


def _code(cell: Cell, field: PurchaseField, remarks: Remarks) -> str:
    code = clean_code(text_of(cell))
    if len(code) > _LONGEST_CODE:
        remarks.error(field, cell, Reason.TOO_LONG)
    return "" if says_nothing(code) or code.lower() in _ANONYMOUS else code


def _name(cell: Cell, field: PurchaseField, remarks: Remarks) -> str:
    name = clean_name(text_of(cell))
    if len(name) > _LONGEST_NAME:
        remarks.error(field, name, Reason.TOO_LONG)
    return "" if says_nothing(name) or name.lower() in _ANONYMOUS else name


def _phone(cell: Cell, field: PurchaseField, remarks: Remarks) -> Phone | None:
    if isinstance(cell, str) and line_of(cell).lower() in _ANONYMOUS:
        return None
    phones = read_phones(cell, field, remarks)
    return phones[0] if phones else None


def _clock(cell: Cell, field: PurchaseField, remarks: Remarks) -> time | None:
    if isinstance(cell, time):
        return cell
    if isinstance(cell, str):
        try:
            return time.fromisoformat(line_of(cell).zfill(5))
        except ValueError:
            pass
    moment = read_moment(cell, field, remarks)
    return moment.time() if moment else None


_READERS: Final[dict[PurchaseField, Any]] = {
    PurchaseField.NUMBER: _code,
    PurchaseField.DATE: read_moment,
    PurchaseField.TIME: _clock,
    PurchaseField.NAME: _name,
    PurchaseField.PHONE: _phone,
    PurchaseField.MEMBER_NUMBER: _code,
    PurchaseField.CARD: _code,
    PurchaseField.ITEM_CODE: _code,
    PurchaseField.QUANTITY: read_whole,
    PurchaseField.UNIT_PRICE: read_money,
    PurchaseField.AMOUNT: read_money,
}
_ATTRIBUTES: Final = {field: field.value for field in PurchaseField} | {
    PurchaseField.DATE: "moment",
    PurchaseField.TIME: "clock",
    PurchaseField.RETURN: "returned",
}
