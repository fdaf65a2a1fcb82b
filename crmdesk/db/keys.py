"""Reading the keys of a very long list without holding up the window."""

from array import array
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

# Bytes of keys turned into numbers at a time: a few milliseconds, between which other threads get their turn.
_PIECE: Final = 200_000


def read_keys(session: Session, keys: Select[*tuple[Any, ...]]) -> "array[int]":
    """Give the keys that ``keys`` selects (its first column), in its order, eight bytes each.

    Fetched row by row, a million keys take and give back the interpreter a million times, and a window that is being
    painted waits each time. SQLite joins them into one text instead, in one step during which Python is free.
    """
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return array("q", connection.execute(keys).scalars())
    wanted = keys.subquery()
    joined = connection.execute(select(func.group_concat(wanted.c[0]))).scalar()
    return _numbers(joined or "")


def _numbers(joined: str) -> "array[int]":
    numbers = array("q")
    start = 0
    while start < len(joined):
        end = joined.find(",", start + _PIECE)
        end = len(joined) if end < 0 else end
        numbers.extend(map(int, joined[start:end].split(",")))
        start = end + 1
    return numbers
