"""Every schema that was ever out there is brought up with all its rows, and every rule of the models is in the file."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Connection, Enum, inspect

from crmdesk.db.engine import Database
from crmdesk.migrations import runner
from crmdesk.migrations.revisions import REVISIONS
from crmdesk.migrations.schema import metadata

# Search tables have no rows of their own; the version table is alembic's.
_NOT_OURS = re.compile(r"alembic_version|.*search.*|.*_fts.*|sqlite_.*")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database.open(tmp_path / "store.db")


def _own_tables(connection: Connection) -> list[str]:
    return [name for name in inspect(connection).get_table_names() if not _NOT_OURS.fullmatch(name)]


def _allowed(connection: Connection, table: str) -> dict[str, str]:
    """Give the first word that the CHECK of each column takes."""
    found = {}
    for check in inspect(connection).get_check_constraints(table):
        fits = re.match(r"\W*(\w+)\W+IN \('([^']+)'", str(check["sqltext"]))
        if fits:
            found[fits.group(1)] = fits.group(2)
    return found


def _value(kind: str, column: str, number: int) -> object:
    if column in {"day", "due", "at"} or column.endswith(("_at", "_on", "_day")) or "DATE" in kind:
        return "2026-03-01" if kind == "DATE" else "2026-03-01 08:00:00.000000"
    if "CHAR" in kind or kind == "TEXT":
        return f"x{number}"
    return b"%PDF" if kind == "BLOB" else 1


def _fill(connection: Connection) -> dict[str, int]:
    """Put one row into every table, whatever it points to."""
    counts = {}
    for number, table in enumerate(_own_tables(connection)):
        columns = inspect(connection).get_columns(table)
        allowed = _allowed(connection, table)
        row = {
            str(one["name"]): allowed.get(str(one["name"])) or _value(str(one["type"]), str(one["name"]), number)
            for one in columns
        }
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608
        counts[table] = 1
    return counts


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_schema_is_brought_up_with_its_rows(database: Database, revision: str) -> None:
    runner.upgrade(database, revision)
    with database.engine.connect() as connection:
        # The rows point at each other by key 1, and every table has a row with key 1.
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        with connection.begin():
            filled = _fill(connection)
    runner.upgrade(database)
    with database.engine.connect() as connection:
        for table, count in filled.items():
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == count, table  # noqa: S608
    database.dispose()


def test_every_word_of_the_models_is_taken_and_no_other(database: Database) -> None:
    runner.upgrade(database)
    with database.engine.connect() as connection:
        for table in metadata().sorted_tables:
            checks = {
                str(check["name"]): set(re.findall(r"'([^']*)'", str(check["sqltext"])))
                for check in inspect(connection).get_check_constraints(table.name)
            }
            for column in table.columns:
                if isinstance(column.type, Enum):
                    name = f"ck_{table.name}_{column.type.name}"
                    assert checks.get(name) == set(column.type.enums), f"{table.name}.{column.name}"
    database.dispose()
