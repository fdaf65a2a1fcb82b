"""One program per data folder: a lock the system itself holds, and a note that says who holds it."""

import contextlib
import hashlib
import os
import platform
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from crmdesk.core.clock import Clock
from crmdesk.core.trouble import LockedByAnotherError
from crmdesk.db.data_dir import DataDir
from crmdesk.db.files import read_json_object, write_json

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@dataclass(frozen=True, slots=True)
class Holder:
    """Who runs the program in a data folder; ``socket`` is the local name under which it listens."""

    pid: int
    host: str
    since: datetime
    socket: str


class InstanceLock:
    """The lock of a data folder. The system frees it when the process ends, however it ends."""

    def __init__(self, file: BinaryIO, holder: Holder, data: DataDir) -> None:
        """Keep the open, locked file; made by ``take``."""
        self._file = file
        self._data = data
        self.holder = holder

    @classmethod
    def take(cls, data: DataDir, clock: Clock) -> "InstanceLock":
        """Take the lock of ``data``, whose folder must exist.

        Raises:
            LockedByAnotherError: another program holds it; the error says who, ``holder_of`` says where it listens.
            OSError: the lock file cannot be made.
        """
        file = data.lock.open("ab")
        if not _lock(file):
            file.close()
            raise _locked(data)
        holder = Holder(os.getpid(), platform.node(), clock.now(), socket_name(data))
        write_json(
            data.holder,
            {"pid": holder.pid, "host": holder.host, "since": holder.since.isoformat(), "socket": holder.socket},
        )
        return cls(file, holder, data)

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        if self._file.closed:
            return
        with contextlib.suppress(OSError):
            self._data.holder.unlink(missing_ok=True)
        self._file.close()


def socket_name(data: DataDir) -> str:
    """Name the local socket on which the program of this folder listens; the same for every spelling of the path."""
    place = os.path.normcase(os.path.realpath(data.root))
    return "crmdesk-" + hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def holder_of(data: DataDir) -> Holder | None:
    """Read who holds the folder; None when nobody has written it down. True only while the lock is held."""
    note = read_json_object(data.holder) or {}
    try:
        return Holder(
            int(str(note["pid"])), str(note["host"]), datetime.fromisoformat(str(note["since"])), str(note["socket"])
        )
    except (KeyError, ValueError):
        return None


def _locked(data: DataDir) -> LockedByAnotherError:
    holder = holder_of(data)
    if holder is None:
        return LockedByAnotherError(str(data.root))
    return LockedByAnotherError(str(data.root), pid=holder.pid, host=holder.host, since=holder.since)


def _lock(file: BinaryIO) -> bool:
    try:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if isinstance(error, BlockingIOError | PermissionError):
            return False
        raise
    return True
