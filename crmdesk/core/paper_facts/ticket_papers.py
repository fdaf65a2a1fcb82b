"""Facts of the papers between intake and end: quote, pick-up note, return note."""

from dataclasses import dataclass
from datetime import date, datetime

from crmdesk.core.money import Money
from crmdesk.core.paper_facts.common import AmountLine, CustomerFacts, ItemFacts, PrintFacts, StoreFacts
from crmdesk.core.paper_facts.signature import SignatureFacts
from crmdesk.core.tickets import GoodsCondition, ReturnDecision


@dataclass(frozen=True, slots=True)
class QuoteFacts:
    """What a repair will cost; ``customer_pays`` is the customer's share of the total."""

    number: str
    version: int
    store: StoreFacts
    customer: CustomerFacts
    item: ItemFacts
    lines: tuple[AmountLine, ...]
    customer_pays: Money
    made_at: datetime
    made_by: str
    printed: PrintFacts
    ticket_number: str = ""
    finding: str = ""
    work_days: int | None = None
    valid_until: date | None = None
    terms: tuple[str, ...] = ()
    signature: SignatureFacts | None = None


@dataclass(frozen=True, slots=True)
class EarlierFacts:
    """Things of the same order that were handed over before."""

    at: datetime
    person: str
    things: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PickupNoteFacts:
    """Goods handed back: what was done, what came back, what was paid, the guarantee on the repaired part.

    ``stands_for`` says what the collector is to the customer; ``left`` is what stays in the shop, ``earlier`` what went
    before; without ``item_back`` only accessories go.
    """

    number: str
    store: StoreFacts
    customer: CustomerFacts
    item: ItemFacts
    received_at: datetime
    collected_at: datetime
    handed_by: str
    collector: str
    printed: PrintFacts
    work_done: str = ""
    accessories: tuple[str, ...] = ()
    paid: Money | None = None
    guarantee_until: date | None = None
    loaner_words: str = ""
    terms: tuple[str, ...] = ()
    stands_for: str = ""
    item_back: bool = True
    left: tuple[str, ...] = ()
    earlier: tuple[EarlierFacts, ...] = ()
    note: str = ""
    signature: SignatureFacts | None = None


@dataclass(frozen=True, slots=True)
class ReturnLineFacts:
    """One line of a return or exchange.

    ``difference`` is what the customer pays for an exchange, below zero goes back; ``gift_kept`` what a gift that is
    not back is worth; ``period`` the line's own period where the lines have different ones.
    """

    item: ItemFacts
    decision: ReturnDecision
    reason: str
    condition: GoodsCondition
    price_paid: Money
    refund: Money
    points_taken_back: int = 0
    points_owed: int = 0
    points_given_back: int = 0
    stored_given_back: Money = Money(0)
    difference: Money = Money(0)
    exchange_words: str = ""
    gift: str = ""
    gift_kept: Money = Money(0)
    repair_number: str = ""
    period: str = ""
    done: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReturnNoteFacts:
    """A return or exchange, line by line; ``home_store`` is the member's where another store took the goods."""

    number: str
    store: StoreFacts
    customer: CustomerFacts
    lines: tuple[ReturnLineFacts, ...]
    decided_at: datetime
    decided_by: str
    printed: PrintFacts
    receipt_number: str = ""
    refund_words: str = ""
    clock_words: str = ""
    clock_source: str = ""
    home_store: str = ""
    terms: tuple[str, ...] = ()
