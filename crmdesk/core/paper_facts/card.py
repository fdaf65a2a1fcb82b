"""Facts of a VIP card."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CardFacts:
    """One card: ``level`` in the card's words; ``number`` goes into the codes."""

    number: str
    name: str
    level: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class CardDesignFacts:
    """What all cards of a store share."""

    store_name: str
    title: str = ""
    phone: str = ""
    address: str = ""
    back_lines: tuple[str, ...] = ()
