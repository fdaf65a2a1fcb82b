"""Facts of the papers around goods in the shop: the letter about uncollected goods, labels of shelves."""

from dataclasses import dataclass
from datetime import date

from crmdesk.core.paper_facts.common import PrintFacts, StoreFacts


@dataclass(frozen=True, slots=True)
class ReminderLetterFacts:
    """A letter to a customer whose goods wait; ``words`` are its paragraphs, a blank line between them.

    ``address`` are the recipient's lines below the name, for the window of the envelope.
    """

    number: str
    ticket_number: str
    store: StoreFacts
    recipient: str
    salutation: str
    dated: date
    item: str
    words: str
    signed_by: str
    signed_role: str
    contact: str
    printed: PrintFacts
    address: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShelfLabelFacts:
    """One label; ``code`` is what a scanner reads."""

    code: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class ShelfLabelsFacts:
    """Labels of shelves, each on a page of its own."""

    labels: tuple[ShelfLabelFacts, ...]
    store_name: str
