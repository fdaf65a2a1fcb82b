"""Facts of a simple list on paper: gifts to pick up, people to call."""

from dataclasses import dataclass

from crmdesk.core.paper_facts.common import PrintFacts, StoreFacts


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: heading, its share of the width, figures to the right, or an empty box to tick or sign."""

    title: str
    share: float = 1.0
    right: bool = False
    box: bool = False


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A list with as many cells in each row as there are columns; texts come in the paper's language."""

    title: str
    store: StoreFacts
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    printed: PrintFacts
    number: str = ""
    subtitle: str = ""
