"""Ways to hurt a file, and to compare two databases by content."""

import hashlib
from pathlib import Path

from crmdesk.db.contents import quoted, table_names
from crmdesk.db.raw import Mode, raw_connection


def flip(path: Path, offset: int, length: int = 1) -> None:
    """Turn bytes of a file around."""
    with path.open("r+b") as file:
        file.seek(offset)
        block = file.read(length)
        file.seek(offset)
        file.write(bytes(byte ^ 0xFF for byte in block))


def zero(path: Path, offset: int, length: int) -> None:
    """Overwrite a part of a file with zeros."""
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(bytes(length))


def swap(path: Path, one: int, other: int, size: int = 4096) -> None:
    """Exchange two pages of a file, counted from 0."""
    with path.open("r+b") as file:
        blocks = []
        for page in (one, other):
            file.seek(page * size)
            blocks.append(file.read(size))
        for page, block in zip((other, one), blocks, strict=True):
            file.seek(page * size)
            file.write(block)


def cut(path: Path, size: int) -> None:
    """Cut a file off."""
    with path.open("r+b") as file:
        file.truncate(size)


def content_digests(path: Path, key: str | None = None, mode: Mode = Mode.READ) -> dict[str, str]:
    """Give a hash over every row of every table, so that two databases can be compared by content."""
    with raw_connection(path, key, mode) as connection:
        digests = {}
        for table in table_names(connection):
            digest = hashlib.sha256()
            rows = connection.execute(f"SELECT * FROM {quoted(table)}").fetchall()  # noqa: S608 - the name is quoted
            for row in sorted(repr(row) for row in rows):
                digest.update(row.encode())
            digests[table] = digest.hexdigest()
        return digests
