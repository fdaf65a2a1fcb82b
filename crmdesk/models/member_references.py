"""Every column that points to a member and what a merge of two files does with it.

A test holds this against the schema: a new table that points to a member cannot be forgotten.
"""

from dataclasses import dataclass
from typing import Final

from crmdesk.core.merges import Treatment


@dataclass(frozen=True, slots=True)
class Reference:
    """What becomes of the rows of one column.

    Attributes:
        treatment: see `Treatment`.
        like: of a united table, the columns that make two rows the same thing; None: no row is like another.
    """

    treatment: Treatment
    like: tuple[str, ...] | None = None


def _unite(*like: str) -> Reference:
    return Reference(Treatment.UNITE, like or None)


_MOVE: Final = Reference(Treatment.MOVE)
_RECOMPUTE: Final = Reference(Treatment.RECOMPUTE)
_STAYS: Final = Reference(Treatment.STAYS)
REFERENCES: Final[dict[tuple[str, str], Reference]] = {
    ("access_entry", "member_id"): _MOVE,
    ("callback", "member_id"): _MOVE,
    ("card", "member_id"): _MOVE,
    ("consent", "member_id"): _unite(),
    ("contact", "member_id"): _MOVE,
    ("dirty_member", "member_id"): _RECOMPUTE,
    ("duplicate_pair", "first_id"): _STAYS,
    ("duplicate_pair", "second_id"): _STAYS,
    ("erasure", "member_id"): _STAYS,
    ("firm_visit", "member_id"): _MOVE,
    ("household_person", "member_id"): _unite("household_id"),
    ("intent", "member_id"): _MOVE,
    ("item", "member_id"): _MOVE,
    ("ledger_balance", "member_id"): _RECOMPUTE,
    ("ledger_entry", "member_id"): _MOVE,
    ("level_change", "member_id"): _unite(),
    ("loan", "member_id"): _MOVE,
    # A file that went leads on to the one that stayed; readers follow the whole way.
    ("member", "merged_into_id"): _STAYS,
    ("member_address", "member_id"): _unite("use", "region", "line", "recipient"),
    ("member_phone", "member_id"): _unite("digits"),
    ("member_private", "member_id"): Reference(Treatment.UNITE, ()),
    ("member_score", "member_id"): _RECOMPUTE,
    ("member_tag", "member_id"): _unite("tag"),
    ("member_value", "member_id"): _RECOMPUTE,
    ("merge", "gone_id"): _STAYS,
    ("merge", "kept_id"): _STAYS,
    ("own_value", "member_id"): _unite("field_id"),
    ("paper", "member_id"): _MOVE,
    ("photo", "member_id"): _MOVE,
    ("purchase", "member_id"): _MOVE,
    ("relative", "member_id"): _unite("role", "name", "birthday_month", "birthday_day"),
    ("relative", "person_id"): _MOVE,
    ("ticket", "member_id"): _MOVE,
    ("touchpoint", "member_id"): _unite("channel"),
}
# Columns that may name a member without a foreign key: by kind and key. They are records of that time and stay;
# what leads to them follows the file that went to the one that stayed.
SOFT: Final[frozenset[tuple[str, str]]] = frozenset(
    {
        ("audit_entry", "entity_id"),
        ("imported_row", "entity_id"),
        ("merge_move", "row_id"),
    }
)


def united() -> dict[str, tuple[str, ...] | None]:
    """Give the tables whose rows are united, with the columns that make two rows the same thing."""
    return {table: one.like for (table, _), one in REFERENCES.items() if one.treatment is Treatment.UNITE}


def moved() -> list[tuple[str, str]]:
    """Give the table and column of every reference that is turned to the file that stays."""
    return [place for place, one in REFERENCES.items() if one.treatment is Treatment.MOVE]
