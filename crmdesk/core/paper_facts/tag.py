"""Facts of the tag that is tied to goods handed in."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TagFacts:
    """One tag; it may be printed before the ticket is saved, with the number already taken."""

    number: str
    store_name: str
    customer_name: str = ""
    phone_tail: str = ""
    item_words: str = ""
    fault_words: str = ""
    promised_on: date | None = None
    shelf: str = ""
    part: int = 1
    parts: int = 1
