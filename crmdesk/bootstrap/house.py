"""Entering a data folder: one program at a time, then whatever is there, opened or not yet begun."""

import platform
from dataclasses import dataclass

from crmdesk.core.clock import Clock
from crmdesk.core.settings_desk import DESK_NAME
from crmdesk.db.data_dir import DataDir
from crmdesk.db.desk_file import DeskFile
from crmdesk.db.health import check_folder, check_is_due, note_checked
from crmdesk.db.instance import InstanceLock
from crmdesk.db.reserve import Reserve
from crmdesk.services.opening import OpenedStore, open_store

_LARGE_BYTES = 64 << 20  # the structural check of a larger file would keep the morning's first customer waiting


@dataclass(frozen=True, slots=True)
class House:
    """A data folder that this program holds; ``opened`` None before the first start is done."""

    data: DataDir
    lock: InstanceLock
    opened: OpenedStore | None = None
    check_later: bool = False

    def close(self) -> None:
        """Close the database and let other programs in."""
        if self.opened is not None:
            self.opened.database.dispose()
        self.lock.release()


def enter(data: DataDir, clock: Clock) -> House:
    """Take the folder and open its store; a folder without a store stays as it is.

    Raises:
        StorageTroubleError: one subclass per trouble; the folder is free again.
        OSError: the lock or the reserve cannot be made.
    """
    check_folder(data)
    lock = InstanceLock.take(data, clock)
    try:
        if is_fresh(data):
            return House(data, lock)
        return _open(data, lock, clock)
    except BaseException:
        lock.release()
        raise


def begin(house: House, clock: Clock) -> House:
    """Make the database in a folder without one; the first store is written by ``services.signin.begin_store``.

    Raises:
        StorageTroubleError: it cannot be made.
    """
    return _open(house.data, house.lock, clock)


def is_fresh(data: DataDir) -> bool:
    """Tell whether no store was ever here."""
    there = data.database.is_file() and data.database.stat().st_size > 0
    return not there and not data.marked()


def desk_name(desk: DeskFile) -> str:
    """Give the name of this computer for papers and history: the chosen one, else the system's."""
    return desk.get(DESK_NAME) or platform.node()[:40]


def _open(data: DataDir, lock: InstanceLock, clock: Clock) -> House:
    now = clock.now()
    due = check_is_due(data, now)
    later = due and data.database.is_file() and data.database.stat().st_size > _LARGE_BYTES
    opened = open_store(data, clock, thorough=due and not later)
    if due and not later:
        note_checked(data, now)
    if opened.store is not None and not data.mark.exists():
        data.set_mark(now)  # the first start was interrupted just before its end
    opened.database.reserve = Reserve(data.reserve)
    return House(data, lock, opened, later)
