"""Facts of the slip that proves an erasure; it names a number, never a person."""

from dataclasses import dataclass
from datetime import datetime

from crmdesk.core.paper_facts.common import PrintFacts, StoreFacts


@dataclass(frozen=True, slots=True)
class ErasureFacts:
    """What was erased and what stays; ``gone`` and ``kept`` are words in the paper's language with how many."""

    number: str
    store: StoreFacts
    member_number: str
    erased_at: datetime
    erased_by: str
    asked_how: str
    gone: tuple[tuple[str, int], ...]
    kept: tuple[tuple[str, int], ...]
    printed: PrintFacts
