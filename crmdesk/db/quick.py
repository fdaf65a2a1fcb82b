"""Statements asked at every key press: compiled once, then given to the driver as they are.

SQLAlchemy takes longer to prepare such a statement and to wrap its few rows than SQLite takes to answer it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

Row = tuple[Any, ...]


class _Text(NamedTuple):
    """What the driver gets: in the order of the marks the name of each parameter, or None and its fixed value."""

    sql: str
    places: tuple[tuple[str | None, Any], ...]


class Quick:
    """One statement of plain columns and single parameters (no lists), asked again and again."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        """Take the statement; it is compiled when it is first asked, once for each kind of database."""
        self._statement = statement
        self._texts: dict[str, _Text | None] = {}

    def rows(self, session: Session, parameters: Mapping[str, object]) -> Sequence[Row]:
        """Ask.

        Args:
            session: where.
            parameters: values of the statement's parameters by name.
        """
        connection = session.connection()
        name = connection.dialect.name
        text = self._texts[name] if name in self._texts else self._prepare(connection.dialect)
        if text is None:
            return [tuple(row) for row in connection.execute(self._statement, parameters)]
        values = [fixed if name is None else parameters[name] for name, fixed in text.places]
        return _asked(connection, text.sql, values)

    def _prepare(self, dialect: Dialect) -> _Text | None:
        """Compile for a driver that counts its parameters; None where values need SQLAlchemy's turning."""
        text = _compiled(self._statement, dialect) if dialect.paramstyle == "qmark" else None
        self._texts[dialect.name] = text
        return text


def _asked(connection: Connection, sql: str, values: list[Any]) -> Sequence[Row]:
    driver: Any = connection.connection.driver_connection
    try:
        rows: list[Row] = driver.execute(sql, values).fetchall()
    except connection.dialect.loaded_dbapi.Error as trouble:
        # As SQLAlchemy would raise it, and without the parameters: they are names and phones.
        kind = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(sql, (), trouble, kind, hide_parameters=True, dialect=connection.dialect) from trouble
    return rows


def _compiled(statement: Select[*tuple[Any, ...]], dialect: Dialect) -> _Text | None:
    compiled = statement.compile(dialect=dialect)
    turns = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in statement.selected_columns]
    places = [_place(compiled, name, dialect) for name in compiled.positiontup or ()]
    plain = not any(turns) and None not in places and "POSTCOMPILE" not in compiled.string
    return _Text(compiled.string, tuple(place for place in places if place is not None)) if plain else None


def _place(compiled: SQLCompiler, name: str, dialect: Dialect) -> tuple[str | None, Any] | None:
    """Tell where a value comes from; None when it would have to be turned at each asking."""
    bind = compiled.binds[name]
    turn = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if bind.required:
        return (name, None) if turn is None else None
    value = bind.effective_value
    return None, turn(value) if turn else value
