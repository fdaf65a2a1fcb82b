"""Facts of the note that goes into the parcel with posted goods."""

from dataclasses import dataclass
from datetime import date, datetime

from crmdesk.core.money import Money
from crmdesk.core.paper_facts.common import CustomerFacts, ItemFacts, PrintFacts, StoreFacts


@dataclass(frozen=True, slots=True)
class PostingNoteFacts:
    """Goods posted back: where to, with whom, what is in the parcel, what was done and paid."""

    number: str
    store: StoreFacts
    customer: CustomerFacts
    item: ItemFacts
    recipient: str
    phone: str
    address: str
    courier: str
    tracking: str
    sent_at: datetime
    sent_by: str
    printed: PrintFacts
    fee: Money = Money(0)
    fee_payer: str = ""
    accessories: tuple[str, ...] = ()
    work_done: str = ""
    paid: Money | None = None
    guarantee_until: date | None = None
    note: str = ""
