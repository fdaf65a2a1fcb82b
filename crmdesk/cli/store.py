"""The store as commands use it: opened beside a running window or alone, acting in the owner's name."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from crmdesk.bootstrap.house import House, desk_name, enter
from crmdesk.cli.frame import data_folder
from crmdesk.core.clock import Clock, SystemClock
from crmdesk.core.context import Context, StoreRef
from crmdesk.core.i18n import current_language
from crmdesk.core.trouble import LockedByAnotherError, NewerSchemaError, NoStoreError
from crmdesk.db.data_dir import DataDir
from crmdesk.db.desk_file import DeskFile
from crmdesk.db.engine import Database
from crmdesk.db.health import StoreState, diagnose
from crmdesk.db.reserve import Reserve
from crmdesk.migrations.schema import metadata
from crmdesk.services.command_actor import command_actor
from crmdesk.services.opening import expected, the_store


@dataclass(frozen=True, slots=True)
class Opened:
    """An open store: ``context`` acts in the owner's name; other desks see ``command`` as where it happened."""

    data: DataDir
    database: Database
    context: Context
    desk: DeskFile


@contextmanager
def opened_store(options: argparse.Namespace, *, clock: Clock | None = None) -> Iterator[Opened]:
    """Open the store that the options name; closed when the block ends.

    While the window is open on the same folder its database is used beside it; an upgrade is left to the window.

    Raises:
        NoStoreError: there is no store.
        StorageTroubleError: one subclass per trouble.
    """
    clock = clock or SystemClock()
    data = data_folder(options)
    if not data.root.is_dir() and not data.marked():
        raise NoStoreError(str(data.root))
    house = _alone(data, clock)
    database = _beside(data) if house is None else _of(house)
    try:
        store = the_store(database) if database is not None else None
        if database is None or store is None:
            raise NoStoreError(str(data.root))
        yield Opened(data, database, context_of(database, store, clock, data), DeskFile(data.desk_file))
    finally:
        if database is not None:
            database.dispose()
        if house is not None:
            house.lock.release()


def context_of(database: Database, store: StoreRef, clock: Clock, data: DataDir) -> Context:
    """Give the surroundings of a command in a store."""
    with database.reading() as session:
        actor = command_actor(session, store.id)
    desk = f"{desk_name(DeskFile(data.desk_file))} command"
    return Context(clock, actor, store, desk, current_language())


def _alone(data: DataDir, clock: Clock) -> House | None:
    try:
        return enter(data, clock)
    except LockedByAnotherError as error:
        if error.pid == 0 and error.path != str(data.root):
            raise  # somebody holds the file itself, not the folder
        return None


def _of(house: House) -> Database | None:
    return None if house.opened is None else house.opened.database


def _beside(data: DataDir) -> Database:
    found = diagnose(data, expected(), thorough=False)
    if found.state is StoreState.OLDER:
        raise NewerSchemaError(str(data.database), found.revision)
    metadata()  # a row may point to a table whose class nobody has imported yet
    database = Database.open(data.database)
    database.reserve = Reserve(data.reserve)
    return database
