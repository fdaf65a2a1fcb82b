"""A bare connection to a database file, beside the engine: for checks, backups and rescue.

Never read the live database with ``open()``: closing any handle of the file drops the locks that SQLite holds in
this process. Everything here goes through the same SQLite library as the engine.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from sqlcipher3 import dbapi2 as sqlcipher

Value = str | int | float | bytes | None

DRIVER_ERROR: Final[type[Exception]] = sqlcipher.Error
BUSY, READ_ONLY, CORRUPT, FULL, CANNOT_OPEN, NOT_A_DATABASE = 5, 8, 11, 13, 14, 26  # SQLite's result codes
LOCKED: Final = 6


class Cursor(Protocol):
    """What a statement gives back."""

    def fetchall(self) -> list[tuple[Value, ...]]:
        """Give all rows that are left."""
        ...

    def fetchone(self) -> tuple[Value, ...] | None:
        """Give the next row."""
        ...

    def fetchmany(self, size: int) -> list[tuple[Value, ...]]:
        """Give the next rows."""
        ...


class RawConnection(Protocol):
    """The part of the driver's connection that is used here."""

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> Cursor:
        """Run one statement."""
        ...

    def executemany(self, sql: str, parameters: Sequence[Sequence[Value]]) -> Cursor:
        """Run one statement for each row of parameters."""
        ...

    def backup(self, target: "RawConnection", *, pages: int = ..., progress: object = ...) -> None:
        """Copy the whole database into another."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


class Mode(StrEnum):
    """How a file is opened."""

    WRITE = "mode=rw"
    CREATE = "mode=rwc"
    READ = "mode=ro"
    # For files nobody else touches: no lock, no write-ahead log, nothing is made beside the file.
    FROZEN = "mode=ro&immutable=1"


@contextmanager
def raw_connection(path: Path, key: str | None, mode: Mode, *, wait_seconds: float = 5.0) -> Iterator[RawConnection]:
    """Open ``path``; statements commit by themselves unless ``BEGIN`` is said.

    Args:
        path: the file; it must exist unless ``mode`` is ``CREATE``.
        key: pass phrase of an encrypted file, None for a plain one.
        mode: how it is opened.
        wait_seconds: how long to wait for somebody else's lock.
    """
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?{mode.value}",
        uri=True,
        isolation_level=None,
        timeout=wait_seconds,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would print to the terminal
        if key is not None:
            connection.execute(f"PRAGMA key = '{key.replace(chr(39), chr(39) * 2)}'")
        yield connection
    finally:
        with suppress(sqlcipher.Error):
            connection.close()


def result_code(trouble: BaseException) -> int:
    """Give SQLite's primary result code of a driver error, 0 when it carries none."""
    code = getattr(trouble, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else 0


def quick_check(connection: RawConnection, *, most: int = 20) -> tuple[str, ...]:
    """Run SQLite's structural check; no lines means that nothing was found.

    Args:
        connection: the database.
        most: stop after so many findings.
    """
    try:
        lines = [str(row[0]) for row in connection.execute(f"PRAGMA quick_check({most:d})").fetchall()]
    except DRIVER_ERROR as trouble:
        if result_code(trouble) in {CORRUPT, NOT_A_DATABASE}:
            return (str(trouble),)
        raise
    return () if lines == ["ok"] else tuple(lines)
