"""The migration scripts make exactly the tables that the program maps."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from crmdesk.db.engine import Database
from crmdesk.migrations import runner
from crmdesk.migrations.revisions import NEWEST, REVISIONS
from crmdesk.migrations.schema import metadata


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
