"""Writing very many rows into the real schema: columns by name, everything else as the model's defaults."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, text

BATCH = 50_000
Row = tuple[Any, ...]
T = TypeVar("T")


def insert_rows(connection: Connection, table: Table, columns: tuple[str, ...], rows: Iterable[Row]) -> int:
    """Insert rows of raw values for ``columns``; other columns get the model's default, or NULL. Give their number."""
    constants = {column.name: _default(column) for column in table.columns if column.name not in columns}
    names = [*columns, *constants]
    values = ["?"] * len(columns) + [_literal(value) for value in constants.values()]
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join(values)})"  # noqa: S608 - names of the schema
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError
    total = 0
    for batch in batches(rows):
        driver.executemany(statement, batch)
        total += len(batch)
    return total


def batches(rows: Iterable[T]) -> Iterator[list[T]]:
    """Cut a stream into lists that fit into memory."""
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


@contextmanager
def without_indexes(connection: Connection) -> Iterator[None]:
    """Drop the indexes that can be made again, and make them again at the end: sorted once is quicker than kept up."""
    found = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
    ).all()
    for name, _sql in found:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    yield
    for _name, sql in found:
        connection.exec_driver_sql(sql)


def _default(column: Any) -> object:  # noqa: ANN401 - any column
    default = column.default
    if default is None or not default.is_scalar:
        return None
    return default.arg


def _literal(value: object) -> str:
    if isinstance(value, Enum):
        value = value.value
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(int(value))
    fen = getattr(value, "fen", value)
    return str(fen) if isinstance(fen, int) else "'" + str(fen).replace("'", "''") + "'"
