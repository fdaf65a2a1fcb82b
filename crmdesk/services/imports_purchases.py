"""Lists of a till: receipts with their lines, each taken in as a whole; those on file are passed over."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.ids import many_ids
from crmdesk.core.text_clean import clean_code
from crmdesk.core.topics import Topic
from crmdesk.exchange.cells import text_of
from crmdesk.exchange.fields import PurchaseField
from crmdesk.exchange.problems import CheckedRow, Reason, Remarks
from crmdesk.exchange.purchases import PurchaseRow, check_purchases
from crmdesk.services.imports_buyers import Buyers
from crmdesk.services.imports_file import ImportFile
from crmdesk.services.imports_names import Names
from crmdesk.services.imports_purchase_part import Line, PurchasePart
from crmdesk.services.imports_purchase_rows import Receipt, gather, hold_back, settle_numbers
from crmdesk.services.imports_report import Fate
from crmdesk.services.imports_work import Decided

if TYPE_CHECKING:
    from datetime import date

_LOOSE: Final = 100
T = TypeVar("T")


@dataclass(slots=True)
class _Loose:
    """Lines that belong to no receipt: refused ones, sums, headers."""

    lines: list[CheckedRow[PurchaseRow]]


class PurchaseWork:
    """Goes through a till's list: lines are gathered into receipts, a receipt is written as a whole."""

    topics = frozenset({Topic.PURCHASES, Topic.MEMBERS, Topic.CALLBACKS, Topic.IMPORTS})

    def __init__(self, request: ImportFile, context: Context) -> None:
        """Take the file; nothing is read yet."""
        self._request = request
        self._today = context.today()
        self._names: Names | None = None
        self._keys = many_ids()
        self._days: dict[tuple[int, str], date] = {}

    def open(self, session: Session, context: Context) -> None:
        """Read the names of guides and stores."""
        self._names = Names(session, context)

    def remember(self, session: Session, run_id: int) -> None:
        """Receipts of earlier parts are on file."""

    def units(self) -> Iterator[Receipt | _Loose]:
        """Yield what is left out, then the receipts, the oldest day first."""
        checked = list(check_purchases(self._request.table, self._request.mapping, self._today))
        stores = {one.number: self._store(one) for one in checked}
        good = [(one, stores[one.number]) for one in checked if one.row is not None and stores[one.number]]
        receipts = sorted(gather(good), key=lambda receipt: receipt.day)
        hold_back(receipts, self._refused(checked, stores))
        loose = [one for one in checked if one.row is None or not stores[one.number]]
        del checked
        for some in in_batches(loose, _LOOSE):
            yield _Loose(some)
        yield from receipts

    def size(self, unit: Receipt | _Loose) -> int:
        """Give how many lines it has."""
        return len(unit.lines)

    def keep(self, units: Sequence[Receipt | _Loose], decided: Sequence[Decided]) -> None:  # noqa: ARG002 - the protocol
        """Remember the numbers of receipts, so that the same one on another day is told apart."""
        for unit in units:
            if isinstance(unit, Receipt) and not unit.held:
                self._days[unit.store_id, unit.number] = unit.day

    def take(self, session: Session, context: Context, units: Sequence[Receipt | _Loose], run_id: int) -> list[Decided]:
        """Decide about receipts, and write those that are not on file."""
        receipts = [unit for unit in units if isinstance(unit, Receipt)]
        settle_numbers(session, receipts, self._days)
        lines = self._lines(session, receipts)
        if run_id:
            part = PurchasePart(session, context, run_id, self._keys)
            part.write([receipt for receipt in receipts if not receipt.taken and not receipt.held], lines)
        decided: list[Decided] = []
        for unit in units:
            if isinstance(unit, Receipt):
                decided += [_decided(lines[one.number], unit) for one in unit.lines]
            else:
                decided += [self._left_out(one) for one in unit.lines]
        return decided

    def _store(self, one: CheckedRow[PurchaseRow], remarks: Remarks | None = None) -> int:
        """Give the store of a line, 0 when there is none of that name."""
        if one.row is None or self._names is None:
            return 0
        told = remarks or Remarks(one.number)
        found = self._names.store(one.row.store, PurchaseField.STORE, told)
        return 0 if told.failed else found

    def _refused(self, checked: Sequence[CheckedRow[PurchaseRow]], stores: Mapping[int, int]) -> dict[int, str]:
        """Give the receipt numbers of refused lines by their row; a line without one belongs to the one above."""
        mapping = self._request.mapping
        places = [column.index for column in mapping.columns_of(PurchaseField.NUMBER)]
        dated = [column.index for column in mapping.columns_of(PurchaseField.DATE)]
        found, current = dict[int, str](), ""
        for one in checked:
            said = [clean_code(text_of(one.cells[place])) for place in places if place < len(one.cells)]
            own = any(place < len(one.cells) and one.cells[place] != "" for place in dated)
            current = next((number for number in said if number), "" if own else current)
            if current and (one.refused or (one.row is not None and not stores[one.number])):
                found[one.number] = current
        return found

    def _left_out(self, one: CheckedRow[PurchaseRow]) -> Decided:
        remarks = Remarks(one.number)
        self._store(one, remarks)
        refused = one.refused or remarks.failed
        return Decided(one, Fate.REJECTED if refused else Fate.SKIPPED, (*one.problems, *remarks.problems))

    def _lines(self, session: Session, receipts: Sequence[Receipt]) -> dict[int, Line]:
        buyers = Buyers(session, [row for receipt in receipts for row in receipt.rows])
        found: dict[int, Line] = {}
        for receipt in receipts:
            for one in receipt.lines:
                line = found[one.number] = Line(one, Remarks(one.number))
                if one.row is not None and self._names is not None:
                    line.guide_id = self._names.guide(one.row.guide, PurchaseField.GUIDE, line.remarks)
                    line.member_id = buyers.find(one.row, line.remarks)
        return found


def _decided(line: Line, receipt: Receipt) -> Decided:
    if receipt.taken:
        line.remarks.warn(PurchaseField.NUMBER, receipt.number, Reason.ALREADY_IMPORTED)
    elif receipt.held:
        line.remarks.error(PurchaseField.NUMBER, receipt.given, Reason.RECEIPT_HELD_BACK, receipt.held)
    fate = Fate.SKIPPED if receipt.taken else (Fate.REJECTED if receipt.held else Fate.CREATED)
    problems = (*line.checked.problems, *line.remarks.problems)
    return Decided(line.checked, fate, problems, noted_at=receipt.lines[0].number)


def in_batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut a stream into lists."""
    source = iter(rows)
    while batch := list(islice(source, size)):
        yield batch
