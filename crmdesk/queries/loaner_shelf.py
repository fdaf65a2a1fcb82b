"""What a count of the loaners begins from: what should be in the store, and what is known by its code."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.loaners import LoanerState
from crmdesk.models.loaner import Loaner

# What is in the store by the book; what is being repaired may be at the repairer's.
HERE = frozenset(
    {
        LoanerState.ON_SHELF,
        LoanerState.RESERVED,
        LoanerState.RETURNED,
        LoanerState.TO_INSPECT,
        LoanerState.TO_CLEAN,
    }
)


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """One loaner of the book."""

    id: int
    code: str
    name: str
    state: LoanerState
    shelf: str
    counted_on: date | None

    @property
    def expected(self) -> bool:
        """Tell whether it should be in the store."""
        return self.state in HERE


def shelf_rows(session: Session, context: Context) -> tuple[ShelfRow, ...]:
    """Give all loaners of the store that are not retired, by shelf and code."""
    found = session.execute(
        select(Loaner.id, Loaner.code, Loaner.name, Loaner.state, Loaner.shelf, Loaner.counted_on)
        .where(Loaner.store_id == context.store.id, Loaner.state != LoanerState.RETIRED)
        .order_by(Loaner.shelf, Loaner.code)
    )
    return tuple(ShelfRow(*one) for one in found)
