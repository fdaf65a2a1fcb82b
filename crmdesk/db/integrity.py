"""Checks that the database itself can make: structure of the file, rows without their parent, rows per table."""

from dataclasses import dataclass

from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from crmdesk.db.raw import CORRUPT, NOT_A_DATABASE, result_code

_MOST = 100  # findings listed


@dataclass(frozen=True, slots=True)
class Orphan:
    """A row that names a parent which is not there."""

    table: str
    row_id: int
    parent: str


def structure_findings(session: Session, *, thorough: bool = False) -> tuple[str, ...]:
    """Check the structure of the file; nothing means nothing was found. A server looks after its own files.

    Args:
        session: any session.
        thorough: also compare every index with its table (several times slower).
    """
    if session.get_bind().dialect.name != "sqlite":
        return ()
    pragma = "integrity_check" if thorough else "quick_check"
    try:
        lines = [str(row[0]) for row in session.execute(text(f"PRAGMA {pragma}({_MOST})"))]
    except DatabaseError as trouble:
        # Some damage ends the check itself.
        if trouble.orig is None or result_code(trouble.orig) not in {CORRUPT, NOT_A_DATABASE}:
            raise
        return (str(trouble.orig),)
    return () if lines == ["ok"] else tuple(lines)


def orphans(session: Session) -> tuple[Orphan, ...]:
    """Find rows whose foreign keys lead nowhere; a server does not let them arise."""
    if session.get_bind().dialect.name != "sqlite":
        return ()
    rows = session.execute(text("PRAGMA foreign_key_check")).fetchmany(_MOST)
    return tuple(Orphan(str(row[0]), int(row[1] or 0), str(row[2])) for row in rows)


def rows_per_table(session: Session) -> dict[str, int]:
    """Count the rows of every ordinary table, by its name."""
    connection = session.connection()
    counts = {}
    for name in sorted(inspect(connection).get_table_names()):
        quoted = connection.dialect.identifier_preparer.quote(name)
        counts[name] = int(session.execute(text(f"SELECT count(*) FROM {quoted}")).scalar_one())  # noqa: S608 - quoted
    return counts
