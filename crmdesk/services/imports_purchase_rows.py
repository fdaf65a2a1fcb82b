"""Lines of a till's list gathered into receipts, and the number under which each is kept."""

import hashlib
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.exchange.problems import CheckedRow
from crmdesk.exchange.purchases import PurchaseRow
from crmdesk.models.purchase import Purchase

_LONGEST_NUMBER = 40
_ASKED_AT_ONCE = 1000


@dataclass(slots=True)
class Receipt:
    """The lines of one purchase.

    Attributes:
        store_id: where it was bought.
        day: when.
        number: as the till gives it, or made from what was bought when it gives none.
        lines: in the order of the file.
        taken: it is in the store already.
        held: the row of a refused line of the same receipt, which keeps all of it out; 0 when there is none.
        given: the number before it was told apart from the same one of another day.
    """

    store_id: int
    day: date
    number: str
    lines: list[CheckedRow[PurchaseRow]] = field(default_factory=list)
    taken: bool = False
    given: str = ""
    held: int = 0

    @property
    def rows(self) -> list[PurchaseRow]:
        """Give the values of the lines."""
        return [line.row for line in self.lines if line.row is not None]


def gather(lines: Iterable[tuple[CheckedRow[PurchaseRow], int]]) -> list[Receipt]:
    """Make receipts of checked lines and the store of each; the same number on another day is another receipt.

    Lines without a number belong together when the same person bought them at the same time; without a person each
    is a receipt of its own.
    """
    receipts: dict[tuple[Any, ...], Receipt] = {}
    for line, store_id in lines:
        row = line.row
        if row is None:
            continue
        key = (store_id, row.bought_at.date(), row.number) if row.number else _unnumbered(store_id, row)
        receipt = receipts.setdefault(key, Receipt(store_id, row.bought_at.date(), row.number))
        receipt.lines.append(line)
    _number_the_rest(receipts.values())
    for receipt in receipts.values():
        receipt.given = receipt.number
    return list(receipts.values())


def hold_back(receipts: Iterable[Receipt], refused: Mapping[int, str]) -> None:
    """Keep receipts out of which a line is refused, so that the mended list brings them as a whole.

    Args:
        receipts: what was gathered.
        refused: receipt numbers of refused lines, by their row; only neighbours belong together, a till may begin
            its numbers anew each day.
    """
    rows_of: dict[str, list[int]] = {}
    for row, number in refused.items():
        rows_of.setdefault(number, []).append(row)
    for receipt in receipts:
        numbers = [line.number for line in receipt.lines]
        near = range(min(numbers) - 1, max(numbers) + 2)
        receipt.held = next((row for row in rows_of.get(receipt.number, ()) if row in near), 0)


def settle_numbers(session: Session, receipts: Sequence[Receipt], before: Mapping[tuple[int, str], date]) -> None:
    """Find receipts that are in the store already, and keep numbers that the till gives anew each day apart.

    ``before`` are the days of the receipts that came before in the same file, by store and number. What was settled
    for a receipt earlier is forgotten: a part may be written again after a failure.
    """
    days = ChainMap({}, _days_on_file(session, receipts), dict(before))
    for receipt in receipts:
        receipt.taken, receipt.number = False, receipt.given
        plain, dated = (receipt.store_id, receipt.number), (receipt.store_id, _dated(receipt))
        if days.get(plain) == receipt.day or dated in days:
            receipt.taken = True
        elif plain in days:
            receipt.number = dated[1]
        days[receipt.store_id, receipt.number] = receipt.day


def _days_on_file(session: Session, receipts: Sequence[Receipt]) -> dict[tuple[int, str], date]:
    wanted = list({number for receipt in receipts for number in (receipt.given, _dated(receipt))})
    found: dict[tuple[int, str], date] = {}
    for start in range(0, len(wanted), _ASKED_AT_ONCE):
        some = wanted[start : start + _ASKED_AT_ONCE]
        rows = session.execute(
            select(Purchase.store_id, Purchase.number, Purchase.day).where(Purchase.number.in_(some))
        )
        found |= {(row.store_id, row.number): row.day for row in rows}
    return found


def _dated(receipt: Receipt) -> str:
    ending = f"-{receipt.day:%y%m%d}"
    return receipt.given[: _LONGEST_NUMBER - len(ending)] + ending


def _unnumbered(store_id: int, row: PurchaseRow) -> tuple[Any, ...]:
    person = (row.member_number, row.card, row.phone.digits if row.phone else "", row.name)
    return (store_id, row.bought_at, *person, row.row if row.anonymous else 0)


def _number_the_rest(receipts: Iterable[Receipt]) -> None:
    """Give receipts without a number one that the same file gives them again."""
    seen: dict[str, int] = {}
    for receipt in receipts:
        if receipt.number:
            continue
        words = [
            f"{row.bought_at} {row.member_number} {row.card} {row.phone.digits if row.phone else ''} {row.name} "
            f"{row.item_code} {row.item_name} {row.colour} {row.size} {row.quantity} {row.amount.fen}"
            for row in receipt.rows
        ]
        made = hashlib.sha256("\n".join(words).encode()).hexdigest()[:12].upper()
        seen[made] = seen.get(made, 0) + 1
        receipt.number = f"N{receipt.day:%y%m%d}-{made}" + (f"-{seen[made]}" if seen[made] > 1 else "")
