"""Adding rows that nobody changes afterwards: history, marks, movements; no session keeps an eye on them.

A save leaves a dozen such rows. Their statement is compiled once for a table and a kind of database, and given to
the driver as text with values that are ready for it: a third of what it costs to have it looked up and bound anew.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sqlalchemy import Dialect, insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import CallableColumnDefault, ScalarElementColumnDefault

from crmdesk.db.base import Base

if TYPE_CHECKING:
    from sqlalchemy import Column, Table

_Bind = Callable[[Any], Any]


class _Place(NamedTuple):
    """One column of the statement: its name, what turns a value into the driver's, what a row without it gets."""

    name: str
    bind: _Bind | None
    default: Callable[[], Any] | None


class _Into(NamedTuple):
    """The statement that adds a row to one table."""

    text: str
    places: tuple[_Place, ...]
    named: bool

    def values(self, row: dict[str, Any]) -> Any:  # noqa: ANN401 - a tuple, or a mapping where the driver wants names
        """Give the values of one row as the driver wants them."""
        ready = []
        for name, bind, default in self.places:
            value = row[name] if name in row else default and default()
            ready.append(value if bind is None else bind(value))
        return dict(zip(self.names, ready, strict=True)) if self.named else tuple(ready)

    @property
    def names(self) -> tuple[str, ...]:
        """Name the columns in the order of the statement."""
        return tuple(place.name for place in self.places)


def append(session: Session, model: type[Base], *rows: dict[str, Any]) -> None:
    """Add rows to the table of ``model``; columns left out get the model's default.

    What is new in the session is written first, since the rows may refer to it; what only changed can wait.
    """
    if session.new:
        session.flush()
    if not rows:
        return
    connection = session.connection()
    into = _into(model, connection.dialect)
    if len(rows) == 1:
        connection.exec_driver_sql(into.text, into.values(rows[0]))
    else:
        connection.exec_driver_sql(into.text, [into.values(row) for row in rows])


@cache
def _into(model: type[Base], dialect: Dialect) -> _Into:
    table = cast("Table", model.__table__)
    compiled = insert(table).compile(dialect=dialect, column_keys=[column.key for column in table.columns])
    named = not compiled.positional
    order = list(compiled.params) if named else list(compiled.positiontup or ())
    return _Into(str(compiled), tuple(_place(table.columns[name], dialect) for name in order), named)


def _place(column: "Column[Any]", dialect: Dialect) -> _Place:
    bind = cast("_Bind | None", column.type.dialect_impl(dialect).bind_processor(dialect))
    return _Place(column.key, bind, _default(column))


def _default(column: "Column[Any]") -> Callable[[], Any] | None:
    default = column.default
    if isinstance(default, CallableColumnDefault):
        made = cast("_Bind", default.arg)
        return lambda: made(None)  # the models' own take no notice of what they are made for
    if isinstance(default, ScalarElementColumnDefault):
        plain = default.arg
        return lambda: plain
    return None
