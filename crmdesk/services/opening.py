"""Opening a store's data folder: look first, back up before a migration, then hand out the database."""

from dataclasses import dataclass

from sqlalchemy import select

from crmdesk.core.clock import Clock
from crmdesk.core.context import StoreRef
from crmdesk.db.backup import BackupPlan, make_backup
from crmdesk.db.backup_shelf import BackupReason
from crmdesk.db.data_dir import DataDir
from crmdesk.db.engine import Database
from crmdesk.db.health import Diagnosis, Expected, StoreState, diagnose
from crmdesk.migrations.revisions import NEWEST, REVISIONS
from crmdesk.migrations.schema import metadata
from crmdesk.models.store import Store


@dataclass(frozen=True, slots=True)
class OpenedStore:
    """The open database, what was found on the way, and the store; ``store`` None before the first start is done."""

    database: Database
    diagnosis: Diagnosis
    store: StoreRef | None


def expected(key: str | None = None) -> Expected:
    """Give what this program can open."""
    return Expected(key, frozenset(REVISIONS), NEWEST)


def open_store(data: DataDir, clock: Clock, *, key: str | None = None, thorough: bool = True) -> OpenedStore:
    """Open the store in ``data``; an older schema is upgraded after a backup. The caller holds the instance lock.

    Raises:
        StorageTroubleError: one subclass per trouble; nothing was changed.
    """
    metadata()  # a row may point to a table whose class nobody has imported yet
    diagnosis = diagnose(data, expected(key), thorough=thorough)
    if diagnosis.state is StoreState.OLDER:
        make_backup(BackupPlan(data, key), BackupReason.BEFORE_UPGRADE, clock)
    database = Database.open(data.database, key)
    try:
        if diagnosis.state is not StoreState.READY:
            from crmdesk.migrations import runner  # loading it takes half a second, and most starts need it not

            runner.upgrade(database)
        return OpenedStore(database, diagnosis, the_store(database))
    except BaseException:
        database.dispose()
        raise


def the_store(database: Database) -> StoreRef | None:
    """Give the (first) store of the database; None before the first start is done."""
    with database.reading() as session:
        found = session.execute(
            select(Store.id, Store.code, Store.name, Store.zone).order_by(Store.id).limit(1)
        ).first()
    return None if found is None else StoreRef(*found)
