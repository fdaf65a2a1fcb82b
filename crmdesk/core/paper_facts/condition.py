"""Facts of the condition report: one thing at all its gates, side by side."""

from dataclasses import dataclass, field
from datetime import datetime

from crmdesk.core.paper_facts.common import ConditionFacts, CustomerFacts, ItemFacts, PrintFacts, StoreFacts
from crmdesk.core.tickets import Gate


@dataclass(frozen=True, slots=True)
class GateFacts:
    """One gate; without ``condition`` nobody looked there, ``skipped`` when somebody did so later.

    ``pictures`` are some of the ``photos``, as JPEG.
    """

    gate: Gate
    at: datetime | None = None
    by: str = ""
    condition: ConditionFacts | None = None
    photos: int = 0
    skipped: bool = False
    pictures: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class ConditionReportFacts:
    """All gates of the goods of a ticket, or of a loaner that was lent."""

    number: str
    store: StoreFacts
    customer: CustomerFacts
    item: ItemFacts
    gates: tuple[GateFacts, ...]
    printed: PrintFacts
    accessories: tuple[str, ...] = ()
    ticket_number: str = ""
