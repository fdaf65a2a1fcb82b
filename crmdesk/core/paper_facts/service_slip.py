"""Facts of the service slip that a customer gets for goods handed in."""

from dataclasses import dataclass
from datetime import date, datetime

from crmdesk.core.money import Money
from crmdesk.core.paper_facts.common import (
    ConditionFacts,
    CustomerFacts,
    ItemFacts,
    NoticeFacts,
    PrintFacts,
    StoreFacts,
)
from crmdesk.core.tickets import TicketKind


@dataclass(frozen=True, slots=True)
class BroughtBackFacts:
    """One line of goods that a customer brings back, as it stands at intake."""

    words: str
    reason: str
    price_paid: Money


@dataclass(frozen=True, slots=True)
class ServiceSlipFacts:
    """One ticket at intake; private notes are not among the facts, so that they cannot print.

    ``terms`` are the store's own lines. ``shelf`` prints on the shop copy only. ``loan_words`` tells what was lent.
    ``promised_on`` is the day of the answer for complaints and of the settlement for returns, which carry neither terms
    nor estimate; ``wanted`` is what a complaint asks for, ``lines`` what a return brings back.
    """

    number: str
    kind: TicketKind
    store: StoreFacts
    customer: CustomerFacts
    item: ItemFacts
    received_at: datetime
    received_by: str
    printed: PrintFacts
    customer_words: str = ""
    faults: tuple[str, ...] = ()
    accessories: tuple[str, ...] = ()
    declared_value: Money | None = None
    condition: ConditionFacts | None = None
    promised_on: date | None = None
    estimate: Money | None = None
    route_words: str = ""
    loan_words: str = ""
    shelf: str = ""
    notices: tuple[NoticeFacts, ...] = ()
    terms: tuple[str, ...] = ()
    wanted: str = ""
    lines: tuple[BroughtBackFacts, ...] = ()
    express: bool = False
    estimate_only: bool = False
