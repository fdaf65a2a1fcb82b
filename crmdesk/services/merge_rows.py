"""Turning the rows of one member's file to another's, and the journal from which that is taken back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.members import TouchpointState
from crmdesk.db import row_json
from crmdesk.db.base import Base
from crmdesk.db.row_json import Plain
from crmdesk.db.rows import append
from crmdesk.models.member_references import moved, united
from crmdesk.models.merge import MergeMove

MEMBER: Final = "member"
CALLS: Final = "callback"
# Worked out anew; what stood there of the file that goes is put back as it was, for the time until then.
_WORKED_OUT: Final = ("member_score", "member_value")
_ORDERED: Final = frozenset({"member_phone", "member_address"})
_STRICTER: Final = [TouchpointState.ACTIVE.value, TouchpointState.BLOCKED.value, TouchpointState.DELETED.value]
Image = dict[str, dict[int, Plain]]


@dataclass
class Journal:
    """Rows of both files before and after a merge, by table and key, as JSON values."""

    before: Image = field(default_factory=dict)
    after: Image = field(default_factory=dict)

    def text(self) -> str:
        """Give it as text to be kept."""
        return json.dumps({"before": self.before, "after": self.after}, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> "Journal":
        """Give what was kept."""
        found = json.loads(text)
        return cls(*({table: _by_key(rows) for table, rows in found[part].items()} for part in ("before", "after")))


def _by_key(rows: Mapping[str, Plain]) -> dict[int, Plain]:
    return {int(key): row for key, row in rows.items()}


def table_of(name: str) -> Table:
    """Give a table of the schema."""
    return Base.metadata.tables[name]


def image(session: Session, kept_id: int, gone_id: int) -> Image:
    """Give the rows of both files that a merge may change or take away."""
    session.flush()
    both = (kept_id, gone_id)
    found: Image = {MEMBER: row_json.rows_of(session, table_of(MEMBER), "id", both)}
    for name in (*united(), *_WORKED_OUT):
        found[name] = row_json.rows_of(session, table_of(name), "member_id", both)
    return found


def turn(session: Session, merge_id: int, kept_id: int, gone_id: int, context: Context) -> int:
    """Turn every reference to the file that stays and note each row; gives how many."""
    count = 0
    for table_name, column in moved():
        table = table_of(table_name)
        keys = list(session.execute(select(table.c.id).where(table.c[column] == gone_id)).scalars())
        told = {"store_id": context.store.id, "merge_id": merge_id, "table_name": table_name, "column_name": column}
        append(session, MergeMove, *({**told, "row_id": key} for key in keys))
        session.execute(update(table).where(table.c[column] == gone_id).values({column: kept_id}))
        count += len(keys)
    return count


def turn_back(session: Session, merge_id: int, kept_id: int, gone_id: int) -> int:
    """Turn the noted references back, as far as they still point to the file that stayed; gives how many do not."""
    missing = 0
    for table_name, column in moved():
        table = table_of(table_name)
        noted = select(MergeMove.row_id).where(
            MergeMove.merge_id == merge_id, MergeMove.table_name == table_name, MergeMove.column_name == column
        )
        wanted = session.scalar(select(func.count()).select_from(noted.subquery())) or 0
        if not wanted:
            continue
        here = (table.c.id.in_(noted), table.c[column] == kept_id)
        still = session.scalar(select(func.count()).select_from(table).where(*here)) or 0
        session.execute(update(table).where(*here).values({column: gone_id}))
        missing += wanted - still
    return missing


def unite(session: Session, before: Image, kept_id: int, gone_id: int) -> None:
    """Move the rows of united tables; of two that are the same thing the kept file's stays."""
    _no_own_relative(session, (kept_id, gone_id))
    for name, like in united().items():
        table = table_of(name)
        rows = [row for row in before[name].values() if row.get("person_id") not in (kept_id, gone_id)]
        theirs = [row for row in rows if row["member_id"] == kept_id]
        own = sorted((row for row in rows if row["member_id"] == gone_id), key=_place)
        known = {} if like is None else {_words(row, like): row for row in theirs}
        for row in own:
            same = known.get(_words(row, like or ())) if like is not None else None
            if same is None:
                extra = {"ordinal": len(theirs) + row["ordinal"]} if name in _ORDERED else {}
                row_json.set_back(session, table, row["id"], {"member_id": kept_id, **extra})
            else:
                _take_what_is_new(session, name, same, row)
                row_json.take_out(session, table, row["id"])


def _place(row: Plain) -> int:
    place = row.get("ordinal")
    return int(row["id"] if place is None else place)


def _words(row: Plain, like: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in like)


def _take_what_is_new(session: Session, name: str, same: Plain, row: Plain) -> None:
    """Let the row that stays take what it does not say; of two states of a touchpoint the stricter one holds."""
    taken = {key: value for key, value in row.items() if key in ("note", "valid_until") and value and not same[key]}
    if name == "touchpoint" and _STRICTER.index(row["state"]) > _STRICTER.index(same["state"]):
        taken |= {"state": row["state"], "since": row["since"]}
    if taken:
        row_json.set_back(session, table_of(name), same["id"], taken)


def _no_own_relative(session: Session, both: tuple[int, int]) -> None:
    """Nobody is her own relative; such a row came from taking one person for two."""
    table = table_of("relative")
    session.execute(delete(table).where(table.c.member_id.in_(both), table.c.person_id.in_(both)))


def restore(session: Session, journal: Journal, gone_id: int) -> int:
    """Put the rows of both files back; what was changed since in the file that stayed is left. Gives how many were.

    A row of the file that went is as it was; of the kept file each column that still says what the merge wrote is.
    """
    left = 0
    for name, before in journal.before.items():
        if name == MEMBER:
            continue
        after, table = journal.after.get(name, {}), table_of(name)
        now = _now(session, table, {*before, *after})
        for key in {*before, *after}:
            hers = key in before and before[key]["member_id"] == gone_id
            changed = _restore_row(session, table, (before.get(key), after.get(key), now.get(key)), hers=hers)
            left += int(changed and name not in _WORKED_OUT)
    return left + _restore_member(session, journal)


def _now(session: Session, table: Table, keys: set[int]) -> dict[int, Plain]:
    [own] = table.primary_key.columns
    return row_json.rows_of(session, table, own.name, keys) if keys else {}


def _restore_row(
    session: Session, table: Table, images: tuple[Plain | None, Plain | None, Plain | None], *, hers: bool
) -> bool:
    """Put one row back and tell whether somebody had changed it since the merge."""
    before, after, now = images
    changed = _without_owner(now) != _without_owner(after)
    if before is None:
        if now is not None and not changed:
            row_json.take_out(session, table, _key(table, now))
    elif now is None:
        if hers or after is None:
            row_json.put_in(session, table, before)
    else:
        wanted = before if hers or after is None else _still(before, after, now)
        if wanted:
            row_json.set_back(session, table, _key(table, now), wanted)
    return changed


def _without_owner(row: Plain | None) -> Plain | None:
    return None if row is None else {name: value for name, value in row.items() if name != "member_id"}


def _key(table: Table, row: Plain) -> int:
    [own] = table.primary_key.columns
    return int(row[own.name])


def _still(before: Plain, after: Plain, now: Plain) -> Plain:
    """Give what the merge wrote and nobody changed since, as it was before."""
    return {name: value for name, value in before.items() if now.get(name) == after.get(name) != value}


def _restore_member(session: Session, journal: Journal) -> int:
    table, before, after = table_of(MEMBER), journal.before[MEMBER], journal.after[MEMBER]
    now = _now(session, table, set(before))
    changed = 0
    for key, row in before.items():
        present = dict(now[key])
        version = present.pop("version")
        wanted = _still({name: value for name, value in row.items() if name != "version"}, after[key], present)
        row_json.set_back(session, table, key, {**wanted, "version": version + 1})
        changed += sum(present[name] != after[key].get(name) for name in present)
    return changed
