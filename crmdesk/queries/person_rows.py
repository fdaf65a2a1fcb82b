"""Every row that belongs to a person, table by table, as `crmdesk.models.personal` declares it."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from crmdesk.db.base import Base
from crmdesk.models.import_run import ImportedRow
from crmdesk.models.member import Member
from crmdesk.models.personal import MEMBER, OWNED

# Keys in one question; databases take some thousand parameters at most.
_AT_ONCE = 500
Keys = dict[str, list[int]]


def files_of(session: Session, member_id: int) -> list[int]:
    """Give the keys of a person's files: her own and those that were merged into it, directly or through others."""
    found, new = [member_id], [member_id]
    while new:
        new = list(session.scalars(select(Member.id).where(Member.merged_into_id.in_(new), Member.id.not_in(found))))
        found += new
    return found


def person_rows(session: Session, member_ids: Collection[int]) -> Keys:
    """Give the keys of all rows that belong to these files, by table; tables without any are left out."""
    found: Keys = {MEMBER: sorted(member_ids)}
    for name, owned in OWNED.items():
        if name != MEMBER:
            keys = _hanging_on(session, Base.metadata.tables[name], owned.by, found)
            if keys:
                found[name] = keys
    return found


def imported_rows(session: Session, found: Keys) -> list[int]:
    """Give the keys of what imports remember of these rows."""
    made = {key for keys in found.values() for key in keys}
    return [
        key
        for part in parts(made)
        for key in session.scalars(select(ImportedRow.id).where(ImportedRow.entity_id.in_(part)))
    ]


def key_of(table: Table) -> Column[int]:
    """Give the column that names a row; where several do, the one that names the person."""
    columns = list(table.primary_key.columns)
    return next((one for one in columns if one.name == "member_id"), columns[0])


def parts(keys: Iterable[int]) -> Iterator[list[int]]:
    """Cut keys into lists that fit into one question."""
    rest = iter(keys)
    while part := list(islice(rest, _AT_ONCE)):
        yield part


def _hanging_on(session: Session, table: Table, by: tuple[str, ...], found: Keys) -> list[int]:
    key = key_of(table)
    keys: set[int] = set()
    for name in by:
        [points] = table.columns[name].foreign_keys
        for part in parts(found.get(points.column.table.name, ())):
            keys.update(session.scalars(select(key).where(table.columns[name].in_(part))))
    return sorted(keys)
