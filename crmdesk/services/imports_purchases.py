"""Taking in a till's list of purchases: receipts with their lines; value and points of the members follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.ids import many_ids
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.progress import NoProgress, Progress
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.tickets import ItemCategory
from crmdesk.core.topics import Topic
from crmdesk.db.bulk import insert_many
from crmdesk.exchange.fields import PurchaseField
from crmdesk.exchange.problems import CheckedRow, Reason, Remarks
from crmdesk.exchange.purchases import PurchaseRow, check_purchases
from crmdesk.models.import_run import ImportedRow
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.services import care_plan
from crmdesk.services.imports import BATCH, begin, finish, in_batches
from crmdesk.services.imports_buyers import Buyers
from crmdesk.services.imports_file import ImportFile
from crmdesk.services.imports_names import Names
from crmdesk.services.imports_points import follow_points, renew_values
from crmdesk.services.imports_purchase_rows import Receipt, gather, settle_numbers
from crmdesk.services.imports_report import Fate, ImportReport

_CHANGED: Final = frozenset({Topic.PURCHASES, Topic.MEMBERS, Topic.CALLBACKS, Topic.IMPORTS})
_LONGEST_NOTE: Final = 120
_CATEGORIES: Final = {
    ItemCategory.SUITCASE: ("箱", "suitcase", "luggage"),
    ItemCategory.BAG: ("包", "bag"),
    ItemCategory.SHOE: ("鞋", "靴", "shoe", "boot"),
    ItemCategory.JACKET: ("衣", "外套", "夹克", "衫", "jacket", "coat", "shirt"),
    ItemCategory.TROUSERS: ("裤", "trousers", "pants", "jeans"),
}


def import_purchases(
    session: Session, request: ImportFile, context: Context, progress: Progress | None = None
) -> Outcome[ImportReport]:
    """Take in the good receipts of a till's list; those imported before are passed over.

    Raises:
        NotAllowedError: the person may not import.
        MappingMissesError: a needed field has no column.
        WorkCancelledError: the person stopped it; the caller's transaction then undoes all of it.
    """
    run = begin(session, request, context)
    report = _PurchaseRun(session, request, context, run.id).go(progress or NoProgress())
    return Outcome(finish(session, run, report, context), _CHANGED)


def rehearse_purchases(
    session: Session, request: ImportFile, context: Context, progress: Progress | None = None
) -> ImportReport:
    """Tell what `import_purchases` would do.

    Raises:
        NotAllowedError: the person may not import.
        MappingMissesError: a needed field has no column.
        WorkCancelledError: the person stopped it.
    """
    context.require(Right.IMPORT)
    request.require_complete()
    return _PurchaseRun(session, request, context, 0).go(progress or NoProgress())


@dataclass(slots=True)
class _Line:
    """A line on its way: its store, its buyer, what was remarked."""

    checked: CheckedRow[PurchaseRow]
    remarks: Remarks
    store_id: int = 0
    guide_id: int | None = None
    member_id: int | None = None


class _PurchaseRun:
    """Goes through the list once; `run_id` 0 writes nothing."""

    def __init__(self, session: Session, request: ImportFile, context: Context, run_id: int) -> None:
        self._session = session
        self._request = request
        self._context = context
        self._run_id = run_id
        self._names = Names(session, context)
        self._keys = many_ids()
        self._lines: dict[int, _Line] = {}
        self._written: list[int] = []

    def go(self, progress: Progress) -> ImportReport:
        total = max(self._request.table.row_estimate, 1) * 2
        checked = check_purchases(self._request.table, self._request.mapping, self._context.today())
        for batch in in_batches(checked, BATCH):
            self._read(batch)
            progress.report(len(self._lines), max(total, len(self._lines)))
            progress.check()
        good = [line for line in self._lines.values() if line.checked.row is not None and not line.remarks.failed]
        receipts = gather((line.checked, line.store_id) for line in good)
        settle_numbers(self._session, receipts)
        if self._run_id:
            self._write([receipt for receipt in receipts if not receipt.taken], progress)
        return self._report(receipts)

    def _read(self, batch: Sequence[CheckedRow[PurchaseRow]]) -> None:
        buyers = Buyers(self._session, [one.row for one in batch if one.row is not None])
        for one in batch:
            line = _Line(one, Remarks(one.number))
            self._lines[one.number] = line
            if one.row is not None:
                line.store_id = self._names.store(one.row.store, PurchaseField.STORE, line.remarks)
                line.guide_id = self._names.guide(one.row.guide, PurchaseField.GUIDE, line.remarks)
                line.member_id = buyers.find(one.row, line.remarks)

    def _write(self, receipts: Sequence[Receipt], progress: Progress) -> None:
        receipts = sorted(receipts, key=lambda receipt: receipt.day)
        done, buyers = len(self._lines), set()
        for batch in in_batches(receipts, BATCH):
            made = [self._purchase(receipt) for receipt in batch]
            self._insert(batch, made)
            buyers |= {one["member_id"] for one in made if one["member_id"] is not None}
            follow_points(self._session, made, self._context)
            done += sum(len(receipt.lines) for receipt in batch)
            progress.report(done, max(len(self._lines) * 2, done))
            progress.check()
        renew_values(self._session, sorted(buyers), self._context)
        self._plan_calls()

    def _purchase(self, receipt: Receipt) -> dict[str, Any]:
        lines = [self._lines[line.number] for line in receipt.lines]
        member_id = next((line.member_id for line in lines if line.member_id is not None), None)
        guide_id = next((line.guide_id for line in lines if line.guide_id is not None), None)
        notes = dict.fromkeys(row.note for row in receipt.rows if row.note)
        return {
            "id": next(self._keys),
            "store_id": receipt.store_id,
            "number": receipt.number,
            "member_id": member_id,
            "guide_id": guide_id,
            "day": receipt.day,
            "pieces": sum(row.quantity for row in receipt.rows),
            "net": Money.total(row.amount for row in receipt.rows),
            "note": "；".join(notes)[:_LONGEST_NOTE],
        }

    def _insert(self, receipts: Sequence[Receipt], made: Sequence[dict[str, Any]]) -> None:
        insert_many(self._session, Purchase, made)
        pairs = list(zip(receipts, made, strict=True))
        lines = [
            self._line(row, ordinal, values) for receipt, values in pairs for ordinal, row in enumerate(receipt.rows)
        ]
        insert_many(self._session, PurchaseLine, lines)
        notes = [
            {
                "id": next(self._keys),
                "store_id": values["store_id"],
                "run_id": self._run_id,
                "row": receipt.lines[0].number,
                "entity_kind": EntityKind.PURCHASE.value,
                "entity_id": values["id"],
                "version": 1,
                "before": "",
            }
            for receipt, values in pairs
        ]
        insert_many(self._session, ImportedRow, notes)
        today = self._context.today()
        self._written += [
            one["id"] for one in made if one["day"] == today and one["net"] > Money(0) and one["member_id"] is not None
        ]

    def _line(self, row: PurchaseRow, ordinal: int, purchase: dict[str, Any]) -> dict[str, Any]:
        name = " ".join(filter(None, (row.brand, row.item_name))) or row.item_code or row.category
        return {
            "id": next(self._keys),
            "store_id": purchase["store_id"],
            "purchase_id": purchase["id"],
            "ordinal": ordinal,
            "style": row.item_code,
            "name": clean_line(name)[:_LONGEST_NOTE],
            "category": category_of(row.category, row.item_name),
            "colour": row.colour,
            "size": row.size,
            "quantity": row.quantity,
            "unit_price": row.unit_price,
            "amount": row.amount,
        }

    def _plan_calls(self) -> None:
        for key in self._written:
            purchase = self._session.get(Purchase, key)
            if purchase is not None:
                care_plan.after_purchase(self._session, purchase, self._context)

    def _report(self, receipts: Sequence[Receipt]) -> ImportReport:
        report = ImportReport()
        taken = {line.number: receipt for receipt in receipts if receipt.taken for line in receipt.lines}
        for number, line in self._lines.items():
            receipt = taken.get(number)
            if receipt is not None:
                line.remarks.warn(PurchaseField.NUMBER, receipt.number, Reason.ALREADY_IMPORTED)
            problems = (*line.checked.problems, *line.remarks.problems)
            report.note(line.checked, _fate(line, taken=receipt is not None), problems)
        return report


def _fate(line: _Line, *, taken: bool) -> Fate:
    if line.checked.refused or line.remarks.failed:
        return Fate.REJECTED
    return Fate.SKIPPED if taken or line.checked.row is None else Fate.CREATED


def category_of(*words: str) -> ItemCategory:
    """Give the category that the words of a till mean."""
    for text in (word.casefold() for word in words if word):
        for category, signs in _CATEGORIES.items():
            if any(sign in text for sign in signs):
                return category
    return ItemCategory.OTHER
