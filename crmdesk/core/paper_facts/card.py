"""Facts of VIP cards."""

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
    """What all cards of a store share; ``back_lines`` are the notes on the back."""

    store_name: str
    title: str = "VIP"
    phone: str = ""
    address: str = ""
    back_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardsFacts:
    """Cards that are printed together."""

    cards: tuple[CardFacts, ...]
    design: CardDesignFacts
