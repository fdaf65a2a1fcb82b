"""Facts of VIP cards."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CardInk(StrEnum):
    """What the cards are printed with: in colour, or black on white and pre-printed ones."""

    COLOUR = "colour"
    BLACK = "black"


@dataclass(frozen=True, slots=True)
class CardFacts:
    """One card: ``level`` in the card's words, ``tier`` chooses its tone; ``number`` goes into the codes."""

    number: str
    name: str
    level: str = ""
    valid_until: date | None = None
    tier: str = ""


@dataclass(frozen=True, slots=True)
class CardDesignFacts:
    """What all cards of a store share; ``back_lines`` are the notes on the back."""

    store_name: str
    title: str = "VIP"
    phone: str = ""
    address: str = ""
    back_lines: tuple[str, ...] = ()
    ink: CardInk = CardInk.COLOUR


@dataclass(frozen=True, slots=True)
class CardsFacts:
    """Cards that are printed together."""

    cards: tuple[CardFacts, ...]
    design: CardDesignFacts
