"""A pointer to one thing, that screens hand to each other instead of importing one another."""

from dataclasses import dataclass
from enum import StrEnum


class EntityKind(StrEnum):
    """Kinds of things that have a page of their own."""

    MEMBER = "member"
    TICKET = "ticket"
    LOANER = "loaner"
    LOAN = "loan"
    CALLBACK = "callback"
    CARD = "card"
    LETTER = "letter"
    ITEM = "item"
    PURCHASE = "purchase"
    STAFF = "staff"
    PAPER = "paper"
    STORE = "store"
    BATCH = "batch"
    CLOCK = "clock"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class EntityRef:
    """One thing by kind and key."""

    kind: EntityKind
    id: int
