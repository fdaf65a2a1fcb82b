"""Facts of the papers about points and stored value: the statement of a period, the receipt of a movement."""

from dataclasses import dataclass
from datetime import date, datetime

from crmdesk.core.money import Money
from crmdesk.core.paper_facts.common import CustomerFacts, PrintFacts, StoreFacts


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement; amounts are texts of the account's own sort."""

    at: datetime
    reason: str
    amount: str
    balance: str
    paper_number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatementPart:
    """One account in the period: points, stored value paid in, stored value given on top."""

    title: str
    opening: str
    closing: str
    lines: tuple[StatementLine, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """A member's statement of a period; ``expiries`` are the days on which points end, and how many."""

    number: str
    store: StoreFacts
    customer: CustomerFacts
    since: date
    until: date
    parts: tuple[StatementPart, ...]
    printed: PrintFacts
    expiries: tuple[tuple[date, int], ...] = ()
    owed: int = 0


@dataclass(frozen=True, slots=True)
class ValueReceiptFacts:
    """Stored value paid in or out again; not an invoice. ``refund`` tells that it was paid out."""

    number: str
    store: StoreFacts
    customer: CustomerFacts
    moved_at: datetime
    principal: Money
    bonus: Money
    balance_principal: Money
    balance_bonus: Money
    taken_by: str
    printed: PrintFacts
    refund: bool = False
    note: str = ""
