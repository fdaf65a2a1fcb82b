"""What the search box answers: hits in groups, each with its reason and what to highlight."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from crmdesk.core.refs import EntityKind, EntityRef

Range = tuple[int, int]


class Why(StrEnum):
    """Which field answered."""

    NAME = "name"
    PINYIN = "pinyin"
    INITIALS = "initials"
    PHONE = "phone"
    NUMBER = "number"
    CARD = "card"
    CARD_REPLACED = "card_replaced"
    CUSTOMER = "customer"
    BRAND = "brand"
    SERIAL = "serial"
    COURIER = "courier"


class Hit(NamedTuple):
    """One answer; a plain tuple, because fifty are made at every key press.

    Attributes:
        kind: what was found.
        id: its key.
        title: the name of a person or thing, the number of a ticket, card or letter.
        subtitle: what tells it from others; phones in it are always masked.
        why: the field that answered.
        highlight: half-open ranges of ``title``.
        state: value of the enum that the kind's pill shows (tier, ticket state, loaner, card or batch state).
        member_id: the person it belongs to; the member itself for a member.
        exact: the typed text is this thing's number or name and nothing else.
    """

    kind: EntityKind
    id: int
    title: str
    subtitle: str
    why: Why
    highlight: tuple[Range, ...] = ()
    state: str = ""
    member_id: int | None = None
    exact: bool = False

    @property
    def opens(self) -> EntityRef:
        """Give the page to open: a card has none of its own, its member has."""
        if self.kind is EntityKind.CARD and self.member_id is not None:
            return EntityRef(EntityKind.MEMBER, self.member_id)
        return EntityRef(self.kind, self.id)


class More(NamedTuple):
    """Where the next members begin.

    Attributes:
        before: they are older than this key.
        shown: keys that were given out of turn, because they are better than new.
    """

    before: int
    shown: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class FindResult:
    """Hits by kind, best first in each; ``more`` is None when all members are there."""

    members: tuple[Hit, ...] = ()
    tickets: tuple[Hit, ...] = ()
    loaners: tuple[Hit, ...] = ()
    cards: tuple[Hit, ...] = ()
    letters: tuple[Hit, ...] = ()
    items: tuple[Hit, ...] = ()
    batches: tuple[Hit, ...] = ()
    more: More | None = None

    @property
    def groups(self) -> tuple[tuple[EntityKind, tuple[Hit, ...]], ...]:
        """Give the groups that have hits; a group with an exact hit comes first."""
        kept = [
            (EntityKind.MEMBER, self.members),
            (EntityKind.TICKET, self.tickets),
            (EntityKind.LOANER, self.loaners),
            (EntityKind.CARD, self.cards),
            (EntityKind.LETTER, self.letters),
            (EntityKind.ITEM, self.items),
            (EntityKind.BATCH, self.batches),
        ]
        full = [group for group in kept if group[1]]
        return tuple(sorted(full, key=lambda group: not any(hit.exact for hit in group[1])))

    @property
    def first(self) -> Hit | None:
        """Give the hit that Enter opens."""
        groups = self.groups
        return groups[0][1][0] if groups else None
