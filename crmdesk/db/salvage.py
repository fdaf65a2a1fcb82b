"""Rescue from a damaged file when no backup helps: read what can be read into a new file, and say what could not."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crmdesk.core.progress import NoProgress, Progress
from crmdesk.db.contents import quoted
from crmdesk.db.files import flush_file
from crmdesk.db.raw import DRIVER_ERROR, Mode, RawConnection, Value, raw_connection

_BLOCK: Final = 500
_UNWATCHED: Final = NoProgress()
_LARGEST_KEY: Final = (1 << 63) - 1
_MOST_JUMPS: Final = 20_000  # unreadable places looked behind, in one table


@dataclass(frozen=True, slots=True)
class TableSaved:
    """One table: rows saved, rows refused by the new file, places that could not be read."""

    table: str
    saved: int
    refused: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What a rescue brought; tables whose definition was lost as well are in ``lost_tables``."""

    path: Path
    tables: tuple[TableSaved, ...]
    lost_tables: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Tell whether every place could be read."""
        return not self.lost_tables and not any(one.refused or one.unreadable for one in self.tables)


def salvage(
    source: Path,
    target: Path,
    schema: Sequence[str],
    *,
    key: str | None = None,
    progress: Progress = _UNWATCHED,
) -> Salvaged:
    """Copy every readable row of ``source`` into the new file ``target``.

    The definitions come from the program, not from the damaged file. Search tables are left empty; they are built
    again from the members. The result is for a person to look at before it replaces anything.

    Args:
        source: the damaged file; only read.
        target: a file that does not exist yet.
        schema: statements that make the tables, in the order of ``schema_of``.
        key: pass phrase of both files.
        progress: told table by table.

    Raises:
        FileExistsError: ``target`` is there.
        EnvironmentTroubleError: nothing at all can be read.
    """
    if target.exists():
        raise FileExistsError(target)
    with (
        raw_connection(source, key, Mode.READ) as damaged,
        raw_connection(target, key, Mode.CREATE) as fresh,
    ):
        fresh.execute("PRAGMA foreign_keys = OFF")
        for statement in schema:
            fresh.execute(statement)
        tables = _ordinary_tables(fresh)
        saved = []
        for number, table in enumerate(tables):
            progress.check()
            progress.report(number, len(tables), table)
            saved.append(_rescue(damaged, fresh, table))
    flush_file(target)
    lost = tuple(one.table for one in saved if one.saved < 0)
    return Salvaged(target, tuple(one for one in saved if one.saved >= 0), lost)


def schema_of(path: Path, key: str | None = None) -> list[str]:
    """Give the statements that make a database like ``path`` (a whole one), in an order that works."""
    with raw_connection(path, key, Mode.READ) as connection:
        rows = _definitions(connection, "type IN ('table', 'index') ORDER BY type = 'index', rootpage <> 0")
    searches = _search_tables(rows)
    return [sql for name, sql in rows if not _belongs_to(name, searches)]


def _ordinary_tables(fresh: RawConnection) -> list[str]:
    rows = _definitions(fresh, "type = 'table' ORDER BY name")
    searches = _search_tables(rows)
    return [name for name, _ in rows if name not in searches and not _belongs_to(name, searches)]


def _definitions(connection: RawConnection, which: str) -> list[tuple[str, str]]:
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_schema "  # noqa: S608 - a constant of this module
        "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND " + which
    )
    return [(str(name), str(sql)) for name, sql in rows.fetchall()]


def _search_tables(rows: list[tuple[str, str]]) -> list[str]:
    return [name for name, sql in rows if sql.startswith("CREATE VIRTUAL")]


def _belongs_to(name: str, searches: list[str]) -> bool:
    """Tell whether a search table made this table for itself."""
    return any(name.startswith(f"{one}_") for one in searches)


def _rescue(damaged: RawConnection, fresh: RawConnection, table: str) -> TableSaved:
    columns = [str(row[1]) for row in fresh.execute(f"PRAGMA table_info({quoted(table)})").fetchall()]
    names = ", ".join(quoted(column) for column in columns)
    marks = ", ".join("?" for _ in columns)
    insert = f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})"  # noqa: S608 - names are quoted
    counts = _Counts()
    fresh.execute("BEGIN")
    try:
        for row in _readable_rows(damaged, table, names, counts):
            try:
                fresh.execute(insert, row)
                counts.saved += 1
            except DRIVER_ERROR:
                counts.refused += 1
    except _TableLostError:
        counts.saved = -1
    fresh.execute("COMMIT")
    return TableSaved(table, counts.saved, counts.refused, counts.unreadable)


class _TableLostError(Exception):
    """The damaged file does not know the table (any more)."""


@dataclass(slots=True)
class _Counts:
    saved: int = 0
    refused: int = 0
    unreadable: int = 0


def _readable_rows(damaged: RawConnection, table: str, names: str, counts: _Counts) -> Iterator[Sequence[Value]]:
    """Give the rows by rising key; at a broken place, look for the next key that can be read."""
    last = -_LARGEST_KEY - 1

    def block(after: int, most: int) -> list[tuple[Value, ...]]:
        return damaged.execute(
            f"SELECT rowid, {names} FROM {quoted(table)} WHERE rowid > ? ORDER BY rowid LIMIT ?",  # noqa: S608
            (after, most),
        ).fetchall()

    while True:
        rows, broken = _read(block, last)
        for row in rows:
            yield row[1:]
        if rows:
            last = _as_key(rows[-1][0])
        elif not broken:
            return
        if broken:
            counts.unreadable += 1
            behind = _next_readable(damaged, table, last)
            if behind is None or counts.unreadable > _MOST_JUMPS:
                return
            last = behind - 1


def _read(block: Callable[[int, int], list[tuple[Value, ...]]], after: int) -> tuple[list[tuple[Value, ...]], bool]:
    """Read one block; when that fails, as many single rows as can be read. Also tell whether a broken place was met."""
    try:
        return block(after, _BLOCK), False
    except DRIVER_ERROR as trouble:
        if "no such table" in str(trouble) or "no such column" in str(trouble):
            raise _TableLostError from trouble
    rows: list[tuple[Value, ...]] = []
    for _ in range(_BLOCK):
        try:
            found = block(_as_key(rows[-1][0]) if rows else after, 1)
        except DRIVER_ERROR:
            return rows, True
        if not found:
            break
        rows += found
    return rows, False


def _next_readable(damaged: RawConnection, table: str, after: int) -> int | None:
    """Find the smallest key behind a broken place, by halving the range of keys that remains."""

    def first_from(low: int) -> int | None:
        row = damaged.execute(
            f"SELECT rowid FROM {quoted(table)} WHERE rowid >= ? ORDER BY rowid LIMIT 1",  # noqa: S608 - quoted
            (low,),
        ).fetchone()
        return _as_key(row[0]) if row else None

    # Leap ahead, each time twice as far, until something can be read; then halve back to the first such place.
    readable: int | None = None
    broken, step = after, 1
    while True:
        probe = min(after + step, _LARGEST_KEY)
        try:
            readable = first_from(probe)
            break
        except DRIVER_ERROR:
            broken, step = probe, step * 2
            if probe == _LARGEST_KEY:
                return None
    while probe - broken > 1:
        middle = (probe + broken) // 2
        try:
            readable, probe = first_from(middle), middle
        except DRIVER_ERROR:
            broken = middle
    return readable


def _as_key(value: Value) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value
