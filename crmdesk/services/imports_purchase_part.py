"""Writing receipts: purchase, lines, points, value and the calls that follow, all in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind
from crmdesk.core.text_clean import clean_line
from crmdesk.core.tickets import ItemCategory
from crmdesk.db.bulk import insert_many
from crmdesk.exchange.problems import CheckedRow, Remarks
from crmdesk.exchange.purchases import PurchaseRow
from crmdesk.models.import_run import ImportedRow
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.services import care_plan, intents
from crmdesk.services.imports_points import follow_points, renew_values
from crmdesk.services.imports_purchase_rows import Receipt

_LONGEST_NOTE: Final = 120
_CATEGORIES: Final = {
    ItemCategory.SUITCASE: ("箱", "suitcase", "luggage"),
    ItemCategory.BAG: ("包", "bag"),
    ItemCategory.SHOE: ("鞋", "靴", "shoe", "boot"),
    ItemCategory.JACKET: ("衣", "外套", "夹克", "衫", "jacket", "coat", "shirt"),
    ItemCategory.TROUSERS: ("裤", "trousers", "pants", "jeans"),
}


@dataclass(slots=True)
class Line:
    """A line on its way: its guide, its buyer, what was remarked."""

    checked: CheckedRow[PurchaseRow]
    remarks: Remarks
    guide_id: int | None = None
    member_id: int | None = None


class PurchasePart:
    """The receipts of one part."""

    def __init__(self, session: Session, context: Context, run_id: int, keys: Iterator[int]) -> None:
        """Take the import, and where keys come from."""
        self._session = session
        self._context = context
        self._run_id = run_id
        self._keys = keys
        self._lines: Mapping[int, Line] = {}
        self._written: list[int] = []

    def write(self, receipts: Sequence[Receipt], lines: Mapping[int, Line]) -> None:
        """Write receipts; ``lines`` by the number of their row."""
        self._lines = lines
        made = [self._purchase(receipt) for receipt in receipts]
        self._insert(receipts, made)
        follow_points(self._session, made, self._context)
        renew_values(
            self._session, sorted({one["member_id"] for one in made if one["member_id"] is not None}), self._context
        )
        intents.bought(self._session, [one["id"] for one in made], self._context)
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


def category_of(*words: str) -> ItemCategory:
    """Give the category that the words of a till mean."""
    for text in (word.casefold() for word in words if word):
        for category, signs in _CATEGORIES.items():
            if any(sign in text for sign in signs):
                return category
    return ItemCategory.OTHER
