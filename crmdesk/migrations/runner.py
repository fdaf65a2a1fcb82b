"""Bringing a database to the newest schema: own connection, foreign keys off, everything in one transaction."""

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData

from crmdesk.db.base import NAMES
from crmdesk.db.engine import Database

_HERE = Path(__file__).parent


class UnknownSchemaError(Exception):
    """The file was written by a newer program; ``revision`` is what it says."""

    def __init__(self, revision: str) -> None:
        """Keep the revision found."""
        super().__init__(revision)
        self.revision = revision


class MigrationDamageError(Exception):
    """A migration left rows without their parent; it was rolled back."""


def scripts() -> ScriptDirectory:
    """Give the migration scripts that this program carries."""
    return ScriptDirectory(str(_HERE), version_locations=[str(_HERE / "versions")])


def head() -> str:
    """Give the newest revision this program knows."""
    revision = scripts().get_current_head()
    if revision is None:
        msg = "no migration scripts"
        raise MigrationDamageError(msg)
    return revision


def known_revisions() -> list[str]:
    """Give every revision this program knows, newest first."""
    return [script.revision for script in scripts().walk_revisions()]


def current(database: Database) -> str | None:
    """Give the revision of ``database``; None for an empty one."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def needs_upgrade(database: Database) -> bool:
    """Tell whether ``database`` is older than this program.

    Raises:
        UnknownSchemaError: it is newer.
    """
    revision = current(database)
    if revision is not None and revision not in known_revisions():
        raise UnknownSchemaError(revision)
    return revision != head()


def upgrade(database: Database, target: str = "head") -> None:
    """Bring ``database`` to ``target``; a failure leaves it as it was.

    Foreign keys are off while tables are rebuilt (a batch rebuild of a parent would otherwise empty its children) and
    all of them are checked before the commit.

    Raises:
        MigrationDamageError: a row lost its parent.
    """
    writers = database.engine.execution_options(crmdesk_writes=True)
    with writers.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            _set_foreign_keys(connection, on=False)
        try:
            with connection.begin():
                _run(connection, target)
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    msg = "foreign_key_check"
                    raise MigrationDamageError(msg)
        finally:
            if sqlite:
                _set_foreign_keys(connection, on=True)


def _set_foreign_keys(connection: Connection, *, on: bool) -> None:
    # The PRAGMA is ignored inside a transaction, so it goes to the driver before one begins.
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _run(connection: Connection, target: str) -> None:
    directory = scripts()

    def steps(revision: tuple[str, ...] | str | None, _context: MigrationContext) -> list[MigrationStep]:
        return list(directory._upgrade_revs(target, revision))  # type: ignore[arg-type]  # noqa: SLF001

    with EnvironmentContext(Config(), directory, fn=steps, destination_rev=target) as environment:
        environment.configure(
            connection=connection,
            fn=steps,
            target_metadata=MetaData(naming_convention=NAMES),
            transactional_ddl=True,
        )
        environment.run_migrations()
