"""Two files of one person made one: what becomes of each kind of row, and which file a field is taken from (M7)."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final


class Treatment(StrEnum):
    """What a merge does with the rows that point to the file that goes."""

    MOVE = "move"  # turned to the file that stays; each row is noted
    UNITE = "unite"  # moved where the file that stays has nothing like it; both files' rows are noted whole
    RECOMPUTE = "recompute"  # worked out anew for the file that stays
    STAYS = "stays"  # a record of that file as it was: evidence, or the merge's own


class Side(StrEnum):
    """Which of the two files."""

    KEPT = "kept"
    GONE = "gone"


# Fields of the file that are chosen one by one, with the columns that go together.
CHOSEN: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name",),
    "gender": ("gender",),
    "birthday": ("birthday_calendar", "birthday_year", "birthday_month", "birthday_day"),
    "tier": ("tier", "tier_fixed", "tier_since", "tier_until"),
    "care_class": ("care_class",),
    "guide": ("guide_id",),
    "kind": ("kind",),
    "email": ("email",),
    "address": ("address",),
    "occupation": ("occupation",),
    "industry": ("industry",),
    "garment_size": ("garment_size",),
    "shoe_size": ("shoe_size",),
    "preferences": ("preferences",),
    "hobbies": ("hobbies",),
    "consumption": ("consumption",),
    "gift_preference": ("gift_preference",),
    "source": ("source",),
    "notes": ("notes",),
}
# Fields of the private profile that are chosen, by those who may see it.
CHOSEN_PRIVATE: Final[Mapping[str, tuple[str, ...]]] = {
    "income": ("income_band", "income_estimated"),
    "skin_tone": ("skin_tone",),
    "character": ("character",),
    "family": ("family",),
    "private_notes": ("notes",),
}
# Columns that follow from both files: joined first, last contact, a walk-in who is a member, the stricter word.
FOLLOWS: Final = frozenset({"joined_on", "last_contact_at", "state", "do_not_contact"})
# Columns that stay as they are with the file that stays.
OWN: Final = frozenset({"id", "store_id", "number", "version", "merged_into_id"})
OWN_FIELD: Final = "own:"

_STRENGTH: Final[Mapping[str, Sequence[str]]] = {
    "tier": ("ordinary", "silver", "gold", "diamond"),
    "care_class": ("ordinary", "important", "key"),
    "kind": ("customer", "intermediate"),
}


def better(name: str, kept: object, gone: object, *, newer: Side) -> Side:
    """Tell which file a field is taken from when nobody chooses: the filled one, the higher one, the newer one.

    Args:
        name: of the field.
        kept: what the file that stays says; None or empty text where it says nothing.
        gone: what the other says.
        newer: the file with the latest business.
    """
    if gone in (None, "", ()) or kept == gone:
        return Side.KEPT
    if kept in (None, "", ()):
        return Side.GONE
    order = _STRENGTH.get(name)
    if order is not None:
        return Side.GONE if order.index(str(gone)) > order.index(str(kept)) else Side.KEPT
    return newer


def newer_of(kept_days: Sequence[date | None], gone_days: Sequence[date | None]) -> Side:
    """Tell which file has the latest business; the one that stays where both are equal."""
    first, second = (max((day for day in days if day), default=date.min) for days in (kept_days, gone_days))
    return Side.GONE if second > first else Side.KEPT
