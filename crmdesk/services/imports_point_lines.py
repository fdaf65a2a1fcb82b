"""The ledger lines of many receipts of a till's list: what was earned at once, what came back one by one."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.ids import new_id
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.db.bulk import insert_many
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.purchase import Purchase
from crmdesk.services import ledger
from crmdesk.services.ledger_balances import recount
from crmdesk.services.till_returns import take_points_back


class PointWriter:
    """Collects what receipts earned; ``owed`` is what each member owes."""

    def __init__(self, session: Session, context: Context, owed: dict[int, int]) -> None:
        """Begin with nothing collected."""
        self._session = session
        self._context = context
        self._owed = owed
        self._lines: list[dict[str, Any]] = []

    def add(self, purchase: dict[str, Any], points: int, expires: date) -> None:
        """Take in what a receipt earned; what is owed is settled from it."""
        line = {
            "id": new_id(),
            "store_id": purchase["store_id"],
            "member_id": purchase["member_id"],
            "kind": LedgerKind.POINTS,
            "reason": LedgerReason.PURCHASE,
            "amount": points,
            "owed": 0,
            "at": self._context.now(),
            "staff_id": self._context.actor.staff_id,
            "expires_on": expires,
            "paper_number": purchase["number"],
            "purchase_id": purchase["id"],
        }
        self._lines.append(line)
        member_id = purchase["member_id"]
        settled = min(self._owed.get(member_id, 0), points)
        if settled:
            self._owed[member_id] -= settled
            moved = {"id": new_id(), "reason": LedgerReason.SETTLED, "amount": -settled, "owed": -settled}
            self._lines.append(line | moved | {"expires_on": None})

    def take_back(self, purchase: dict[str, Any]) -> None:
        """Take back what the goods of a return had earned."""
        self.flush()
        kept = self._session.get_one(Purchase, purchase["id"])
        take_points_back(self._session, kept, self._context)
        member_id = purchase["member_id"]
        self._owed[member_id] = ledger.standing(self._session, member_id, LedgerKind.POINTS).owed

    def flush(self) -> None:
        """Write everything collected so far, and the balances."""
        if self._lines:
            insert_many(self._session, LedgerEntry, self._lines)
            recount(self._session, {line["member_id"] for line in self._lines})
            self._lines.clear()
