"""Whole rows as JSON and back, by the types of their columns; for what is kept so that it can be restored."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, Table, delete, insert, select, update
from sqlalchemy import Enum as EnumType
from sqlalchemy.orm import Session

from crmdesk.core.money import Money
from crmdesk.db.types import MoneyType, UtcDateTime

Plain = dict[str, Any]


def rows_of(session: Session, table: Table, column: str, keys: Collection[int]) -> dict[int, Plain]:
    """Give the rows whose ``column`` is one of ``keys`` as JSON values, by their own key."""
    found = session.execute(select(table).where(table.c[column].in_(keys)))
    [own] = table.primary_key.columns
    return {row[own.name]: {name: _plain(value) for name, value in row.items()} for row in found.mappings()}


def put_in(session: Session, table: Table, plain: Mapping[str, Any]) -> None:
    """Add a row that was taken away; columns that the table does not have any more are left out."""
    session.execute(insert(table).values(values(table, plain)))


def set_back(session: Session, table: Table, key: int, plain: Mapping[str, Any]) -> None:
    """Give these columns of a row their old values."""
    [own] = table.primary_key.columns
    session.execute(update(table).where(own == key).values(values(table, plain)))


def take_out(session: Session, table: Table, key: int) -> None:
    """Take a row away."""
    [own] = table.primary_key.columns
    session.execute(delete(table).where(own == key))


def values(table: Table, plain: Mapping[str, Any]) -> dict[str, Any]:
    """Give JSON values as the columns' own."""
    return {name: _typed(table.c[name], value) for name, value in plain.items() if name in table.c}


def _plain(value: object) -> object:
    if isinstance(value, Money):
        return value.fen
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value  # a moment is a date too


def _typed(column: Column[Any], value: Any) -> Any:  # noqa: ANN401 - whatever the column holds
    if value is None:
        return None
    kind = column.type
    if isinstance(kind, MoneyType):
        return Money(value)
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, EnumType) and kind.enum_class is not None:
        return kind.enum_class(value)
    return date.fromisoformat(value) if kind.python_type is date else value
