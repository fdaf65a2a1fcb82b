"""Reading the keys of a very long list without holding up the window, and in little memory."""

from array import array
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Connection, MetaData, Select, Table, bindparam, func, insert, select
from sqlalchemy.orm import Session

# Keys turned into numbers at a time: a few milliseconds, between which other threads get their turn.
_PIECE: Final = 10_000
_IN_ORDER: Final = Table(
    "keys_in_order",
    MetaData(),
    Column("place", BigInteger, primary_key=True),
    Column("id", BigInteger),
)


def read_keys(session: Session, keys: Select[*tuple[Any, ...]]) -> "array[int]":
    """Give the keys that ``keys`` selects (its first column), in its order, eight bytes each.

    Fetched row by row, a million keys take and give back the interpreter a million times, and a window that is being
    painted waits each time. SQLite writes them into a table of this connection instead, in one step during which
    Python is free, and joins some thousands at a time into one text: never all, which would take 60 MB for a million.
    """
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return array("q", connection.execute(keys).scalars())
    # Whatever happens, the end of the transaction takes the table away.
    connection.exec_driver_sql("CREATE TEMP TABLE keys_in_order (place INTEGER PRIMARY KEY, id INTEGER)")
    connection.execute(insert(_IN_ORDER).from_select(["id"], keys))
    numbers = _pieces(connection)
    connection.exec_driver_sql("DROP TABLE temp.keys_in_order")
    return numbers


def _pieces(connection: Connection) -> "array[int]":
    numbers = array("q")
    while joined := connection.execute(_JOINED, {"after": len(numbers), "until": len(numbers) + _PIECE}).scalar():
        numbers.extend(map(int, joined.split(",")))
    return numbers


def _joined() -> Select[Any]:
    place = _IN_ORDER.c.place
    piece = select(_IN_ORDER.c.id).where(place > bindparam("after"), place <= bindparam("until")).order_by(place)
    return select(func.group_concat(piece.subquery().c.id))


_JOINED: Final = _joined()
