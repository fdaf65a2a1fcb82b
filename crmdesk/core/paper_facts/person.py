"""Facts of the letter that goes with the copy of somebody's data."""

from dataclasses import dataclass
from datetime import datetime

from crmdesk.core.paper_facts.common import PrintFacts, StoreFacts


@dataclass(frozen=True, slots=True)
class PersonPart:
    """One kind of rows: its title, and for each row label and words, in the paper's language."""

    title: str
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PersonFileFacts:
    """What is told in full, and how many rows of each kind are kept."""

    number: str
    store: StoreFacts
    name: str
    made_at: datetime
    made_by: str
    parts: tuple[PersonPart, ...]
    counts: tuple[tuple[str, int], ...]
    printed: PrintFacts
