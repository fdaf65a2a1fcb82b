"""Inserting very many rows: values are turned column by column, then the driver gets them all at once."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Dialect, Table, insert
from sqlalchemy.orm import Session

from crmdesk.db.base import Base

Row = dict[str, Any]
Turn = Callable[[Any], Any]


def insert_many(session: Session, model: type[Base], rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns; columns left out get the model's default.

    SQLAlchemy turns each value of each row by itself, which takes longer than the database needs to store it.
    """
    if not rows:
        return
    connection, table = session.connection(), cast("Table", model.__table__)
    if connection.dialect.paramstyle != "qmark":
        connection.execute(insert(table), rows)
        return
    statement, names, turns, rest = _prepared(table, tuple(rows[0]), connection.dialect)
    columns = [map(itemgetter(name), rows) for name in names]
    turned = [list(map(turn, column)) if turn else list(column) for column, turn in zip(columns, turns, strict=True)]
    constants = [[value] * len(rows) for value in rest]
    connection.exec_driver_sql(statement, list(zip(*turned, *constants, strict=True)))


@lru_cache(maxsize=64)
def _prepared(
    table: Table, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, tuple[str, ...], tuple[Turn | None, ...], tuple[Any, ...]]:
    given = [table.columns[name] for name in names]
    others = [column for column in table.columns if column.name not in names and column.default is not None]
    turns = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in given]
    constants = []
    for column in others:
        turn = column.type.dialect_impl(dialect).bind_processor(dialect)
        value = getattr(column.default, "arg", None)
        constants.append(turn(value) if turn else value)
    quote = dialect.identifier_preparer.quote
    columns = ", ".join(quote(column.name) for column in (*given, *others))
    marks = ", ".join("?" * (len(given) + len(others)))
    statement = f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({marks})"  # noqa: S608 - names of the schema
    return statement, names, tuple(turns), tuple(constants)
