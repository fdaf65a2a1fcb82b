"""The migration scripts make exactly the tables that the program maps."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from crmdesk.db.engine import Database
from crmdesk.migrations import runner
from crmdesk.migrations.revisions import NEWEST, REVISIONS
from crmdesk.migrations.schema import metadata
from crmdesk.queries import paper_register


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database.open(tmp_path / "store.db")


def test_scripts_and_models_say_the_same(database: Database) -> None:
    runner.upgrade(database)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _not_search})
        assert compare_metadata(context, metadata()) == []
    database.dispose()


def test_an_upgraded_database_needs_no_upgrade(database: Database) -> None:
    assert runner.needs_upgrade(database)
    runner.upgrade(database)
    assert not runner.needs_upgrade(database)
    assert runner.current(database) == runner.head()
    database.dispose()


def test_checks_are_in_the_database(database: Database) -> None:
    runner.upgrade(database)
    with database.engine.connect() as connection:
        made = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT name, sql FROM sqlite_master")}
    assert "ck_ticket_ticketstate" in made["ticket"]
    assert "WHERE state = 'out'" in made["uq_loan_loaner_id_out"]
    database.dispose()


def test_foreign_keys_are_on_again_after_an_upgrade(database: Database) -> None:
    runner.upgrade(database)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.dispose()


def test_a_newer_file_is_refused(database: Database) -> None:
    runner.upgrade(database)
    with database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(runner.UnknownSchemaError) as caught:
        runner.needs_upgrade(database)
    assert caught.value.revision == "9999"
    database.dispose()


def _not_search(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:  # noqa: FBT001
    return not (kind == "table" and name is not None and name.startswith("member_search"))


def test_the_revisions_said_are_those_of_the_scripts() -> None:
    assert list(reversed(REVISIONS)) == runner.known_revisions()
    assert runner.head() == NEWEST


def test_papers_in_rows_become_files_beside_the_database(database: Database, tmp_path: Path) -> None:
    runner.upgrade(database, "0006")
    with database.transaction() as session:
        connection = session.connection()
        for table, values in (
            ("store", {"id": 1, "code": "01", "name": "", "address": "", "phone": "", "zone": "UTC", "version": 1}),
            ("staff", _STAFF),
            ("paper", _PAPER | {"content": b"%PDF as it was"}),
            ("letter_text", {"id": 4, "store_id": 1, "paper_id": 3, "language": "en"} | dict.fromkeys(_WORDS, "")),
        ):
            connection.execute(sa.table(table, *map(sa.column, values)).insert(), values)
    runner.upgrade(database)
    assert [file.read_bytes() for file in (tmp_path / "papers").iterdir()] == [b"%PDF as it was"]
    with database.reading() as session:
        assert paper_register.content(session, 3) == b"%PDF as it was"
    database.dispose()


_STAFF = {"id": 2, "store_id": 1, "name": "", "role": "clerk", "secret": "", "active": True, "extra_rights": ""} | {
    "phone": "",
    "failed_tries": 0,
    "version": 1,
}
_PAPER = {"id": 3, "store_id": 1, "kind": "letter", "number": "F01000001", "version": 1, "language": "en"} | {
    "title": "",
    "sha256": "0" * 64,
    "made_at": "2026-11-21 02:00:00",
    "made_by_id": 2,
    "prints": 1,
}
_WORDS = ("salutation", "facts", "finding", "remedy", "promise", "closing", "contact")
