"""Lines of the ledger are only added; balances of older files are made by the migration."""

import re
from pathlib import Path

from sqlalchemy import Connection

from crmdesk.db.engine import Database
from crmdesk.migrations import runner
from crmdesk.migrations.schema import metadata

SOURCES = Path(__file__).resolve().parents[3] / "crmdesk"
# Erasing and merging rewrite whose lines they are; an import that is taken back removes whom it brought, and the
# receipts that lines belonged to. Nobody else touches a line.
MAY = {"ledger.py", "imports_undo_members.py"}
CHANGES = re.compile(r"\b(update|delete)\(\s*(LedgerEntry|_LINES|_ENTRIES)\b|(UPDATE|DELETE FROM) ledger_entry")


def test_nobody_changes_a_line() -> None:
    found = {
        path.name
        for path in SOURCES.rglob("*.py")
        if "migrations" not in path.parts and CHANGES.search(path.read_text(encoding="utf-8"))
    }
    assert found <= MAY


def _put(connection: Connection, table: str, **given: object) -> None:
    """Put a row into a table of an older schema: what must be there and is not given is 1."""
    columns = connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
    row = {str(one[1]): given.get(str(one[1]), "2026-01-01" if one[2] == "DATE" else 1) for one in columns if one[3]}
    row |= given
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608


def test_lines_of_older_files_get_their_balances(tmp_path: Path) -> None:
    metadata()
    database = Database.open(tmp_path / "old.db")
    runner.upgrade(database, "0014")
    lines = [
        # member, kind, reason, amount, expires, note
        (1, "points", "purchase", 100, "2026-12-31", ""),
        (1, "points", "purchase", 50, "2027-12-31", ""),
        (1, "points", "spent", -120, None, ""),
        (2, "points", "purchase", 10, "2026-12-31", ""),
        (2, "points", "return", -10, None, "鞋 owed=25"),
        (2, "bonus", "top_up", 900, None, ""),
    ]
    with database.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        with connection.begin():
            _put(connection, "store", id=1)
            for member in (1, 2):
                words = {"kind": "customer", "state": "active", "care_class": "ordinary", "tier": "ordinary"}
                _put(connection, "member", id=member, number=f"M{member}", **words)
            for number, (member, kind, reason, amount, ends, note) in enumerate(lines, 1):
                connection.exec_driver_sql(
                    "INSERT INTO ledger_entry (id, store_id, member_id, kind, reason, amount, at, staff_id, expires_on,"
                    " paper_number, note) VALUES (?, 1, ?, ?, ?, ?, '2026-03-01 08:00:00.000000', 1, ?, 'A', ?)",
                    (number, member, kind, reason, amount, ends, note),
                )
    runner.upgrade(database)
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT member_id, kind, amount, owed, next_expiry, version FROM ledger_balance ORDER BY member_id, kind"
        ).all()
        notes = connection.exec_driver_sql("SELECT note FROM ledger_entry WHERE owed > 0").scalars().all()
    database.dispose()
    assert [tuple(row) for row in rows] == [
        (1, "points", 30, 0, "2027-12-31", 1),
        (2, "bonus", 900, 0, None, 1),
        (2, "points", 0, 25, None, 1),
    ]
    assert notes == ["鞋"]
