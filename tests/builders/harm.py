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


def leaf_pages(path: Path, table: str) -> list[int]:
    """List the pages, counted from 0, that hold the rows of ``table`` (a tree of two levels), in the order of rows."""
    with raw_connection(path, None, Mode.READ) as connection:
        row = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    assert row is not None
    content = path.read_bytes()
    root = content[(int(row[0] or 0) - 1) * 4096 :][:4096]
    assert root[0] == 5, "an interior page of a table"
    cells = [
        int.from_bytes(root[12 + 2 * one : 14 + 2 * one], "big") for one in range(int.from_bytes(root[3:5], "big"))
    ]
    children = [int.from_bytes(root[cell : cell + 4], "big") for cell in cells]
    return [page - 1 for page in (*children, int.from_bytes(root[8:12], "big"))]
