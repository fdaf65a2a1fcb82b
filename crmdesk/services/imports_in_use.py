"""Which records other records point to; asked of the schema itself, so that a new table is never forgotten."""

from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from crmdesk.db.base import Base


def pointed_to(session: Session, target: str, keys: Collection[int], besides: Collection[str]) -> dict[int, str]:
    """Give those of ``keys`` of the table ``target`` to which a row of any other table points, and that table's name.

    Args:
        session: where to ask.
        target: name of the table.
        keys: which of its rows.
        besides: names of tables that do not count, because they are part of the record.
    """
    found: dict[int, str] = {}
    for column in _pointers(target):
        if column.table.name not in besides and keys:
            pointing = session.execute(select(column).where(column.in_(keys)).distinct()).scalars()
            found |= dict.fromkeys(pointing, column.table.name)
    return found


@cache
def _pointers(target: str) -> tuple[Column[Any], ...]:
    return tuple(_pointing(Base.metadata.tables[target]))


def _pointing(target: Table) -> Iterator[Column[Any]]:
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if any(key.column.table is target for key in column.foreign_keys):
                yield column
