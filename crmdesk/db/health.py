"""Looking at the data folder before it is opened: what is there, and if not all is well, exactly what is wrong."""

import math
import tempfile
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from crmdesk.core.errors import EnvironmentTroubleError
from crmdesk.core.trouble import (
    DamagedFileError,
    DiskFullError,
    FolderMissingError,
    FolderReadOnlyError,
    KeyNeededError,
    NetworkFolderError,
    NewerSchemaError,
    NotAStoreFileError,
    NotEncryptedError,
    StoreFileMissingError,
    StoreFileReadOnlyError,
    StoreFileUnreadableError,
    TruncatedFileError,
    WrongKeyError,
)
from crmdesk.db.contents import revision_of, table_names
from crmdesk.db.data_dir import DataDir
from crmdesk.db.files import read_json_object, write_json
from crmdesk.db.raw import (
    DRIVER_ERROR,
    NOT_A_DATABASE,
    Mode,
    RawConnection,
    quick_check,
    raw_connection,
    result_code,
)
from crmdesk.db.restore import finish_restore
from crmdesk.db.storage import storage_trouble
from crmdesk.db.volume import free_bytes, is_remote

_MAGIC: Final = b"SQLite format 3\x00"
_HEADER: Final = 100
_LOOK: Final = 4096
_LARGEST_PAGE: Final = 65536
_RANDOM_BITS: Final = 7.0  # encrypted pages carry almost 8 bits in each byte, texts and programs fewer
_CHECK_EVERY: Final = timedelta(days=1)


class StoreState(StrEnum):
    """What was found."""

    FRESH = "fresh"  # no store was ever here: the first start may make one
    READY = "ready"
    OLDER = "older"  # to be upgraded first


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A data folder that can be used; ``unclean`` says that the last program did not close the file."""

    state: StoreState
    revision: str = ""
    unclean: bool = False
    restore_finished: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """What this program can open: the pass phrase, the schema revisions it knows, and the newest of them."""

    key: str | None = None
    known_revisions: Collection[str] = ()
    newest_revision: str = ""


def diagnose(data: DataDir, expected: Expected, *, thorough: bool = True) -> Diagnosis:
    """Find out whether the store in ``data`` can be opened. Call it under the instance lock, before the engine.

    Nothing is made except a probe file that vanishes again; an interrupted restore is finished first.

    Args:
        data: the folder.
        expected: what this program can open.
        thorough: also run SQLite's structural check (reads the whole file).

    Raises:
        StorageTroubleError: one subclass per trouble; see ``core.trouble``.
    """
    check_folder(data)
    finished = finish_restore(data)
    database = data.database
    if not database.is_file() or database.stat().st_size == 0:
        if data.marked():
            raise StoreFileMissingError(str(database))
        return Diagnosis(StoreState.FRESH, restore_finished=finished)
    unclean = _log_bytes(database) > 0
    _check_bytes(database, expected.key, log_beside=unclean)
    revision = _ask(database, expected.key, thorough=thorough)
    if expected.known_revisions and revision not in expected.known_revisions:
        raise NewerSchemaError(str(database), revision)
    older = bool(expected.newest_revision) and revision != expected.newest_revision
    return Diagnosis(StoreState.OLDER if older else StoreState.READY, revision, unclean, finished)


def check_folder(data: DataDir) -> None:
    """Make sure that the data folder can be written; a missing one is made when the folder above it exists.

    Raises:
        StorageTroubleError: FolderMissingError, NetworkFolderError, FolderReadOnlyError, DiskFullError.
    """
    root = data.root
    if not root.is_dir() and (root.exists() or not _nearest(root).is_dir() or not _drive_exists(root)):
        raise FolderMissingError(str(root))
    if is_remote(_nearest(root)):
        raise NetworkFolderError(str(root))
    try:
        data.prepare()
        with tempfile.TemporaryFile(dir=root):
            pass
    except OSError as trouble:
        if free_bytes(_nearest(root)) == 0:
            raise DiskFullError(str(root)) from trouble
        raise FolderReadOnlyError(str(root), str(trouble.strerror)) from trouble


def check_structure(path: Path, key: str | None) -> None:
    """Run the structural check on a database that may be in use.

    Raises:
        DamagedFileError: with what was found.
    """
    try:
        with raw_connection(path, key, Mode.READ) as connection:
            findings = quick_check(connection)
    except DRIVER_ERROR as trouble:
        raise _typed(path, key, trouble) from trouble
    if findings:
        raise DamagedFileError(str(path), findings)


def check_is_due(data: DataDir, now: datetime) -> bool:
    """Tell whether the structural check should run at this start: not within a day, or after an unclean end."""
    note = read_json_object(data.root / "checked.json") or {}
    try:
        last = datetime.fromisoformat(str(note.get("at")))
    except ValueError:
        return True
    return _log_bytes(data.database) > 0 or not timedelta(0) <= now - last < _CHECK_EVERY


def note_checked(data: DataDir, now: datetime) -> None:
    """Remember that the structural check found nothing at ``now`` (aware)."""
    write_json(data.root / "checked.json", {"at": now.isoformat()})


def _nearest(folder: Path) -> Path:
    return folder if folder.exists() else folder.parent


def _drive_exists(folder: Path) -> bool:
    return Path(folder.anchor or ".").exists()


def _log_bytes(database: Path) -> int:
    try:
        return database.with_name(database.name + "-wal").stat().st_size
    except OSError:
        return 0


def _check_bytes(database: Path, key: str | None, *, log_beside: bool) -> None:
    """Look at the first bytes; only safe while nobody in this process has the file open (see ``raw``)."""
    name = str(database)
    try:
        with database.open("rb") as file:
            head = file.read(_LOOK)
    except OSError as trouble:
        raise StoreFileUnreadableError(name, str(trouble.strerror)) from trouble
    try:
        database.open("r+b").close()
    except OSError as trouble:
        raise StoreFileReadOnlyError(name, str(trouble.strerror)) from trouble
    if head.startswith(_MAGIC):
        if key is not None:
            raise NotEncryptedError(name)
        if not log_beside:  # otherwise the rest may stand in the log
            _check_length(database, head)
    elif not _looks_encrypted(database, head):
        raise NotAStoreFileError(name)
    elif key is None:
        raise KeyNeededError(name)


def _check_length(database: Path, head: bytes) -> None:
    found = database.stat().st_size
    if len(head) < _HEADER:
        raise TruncatedFileError(str(database), _HEADER, found)
    page = int.from_bytes(head[16:18], "big")
    expected = (_LARGEST_PAGE if page == 1 else page) * int.from_bytes(head[28:32], "big")
    if found < expected and head[24:28] == head[92:96]:  # the header's page count is up to date
        raise TruncatedFileError(str(database), expected, found)


def _looks_encrypted(database: Path, head: bytes) -> bool:
    if database.stat().st_size % 512 or len(head) < _LOOK:
        return False
    counts = Counter(head).values()
    entropy = -sum(count / len(head) * math.log2(count / len(head)) for count in counts)
    return entropy > _RANDOM_BITS


def _ask(database: Path, key: str | None, *, thorough: bool) -> str:
    try:
        with raw_connection(database, key, Mode.WRITE, wait_seconds=2.0) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            revision = _revision(connection, database)
            findings = quick_check(connection) if thorough else ()
    except DRIVER_ERROR as trouble:
        raise _typed(database, key, trouble) from trouble
    if findings:
        raise DamagedFileError(str(database), findings)
    return revision


def _revision(connection: RawConnection, database: Path) -> str:
    revision = revision_of(connection)
    if not revision:
        tables = table_names(connection)
        raise NotAStoreFileError(str(database), f"{len(tables)} other tables")
    return revision


def _typed(database: Path, key: str | None, trouble: Exception) -> EnvironmentTroubleError:
    name, text = str(database), str(trouble)
    if result_code(trouble) == NOT_A_DATABASE:
        return WrongKeyError(name) if key is not None else NotAStoreFileError(name, text)
    return storage_trouble(trouble, database) or DamagedFileError(name, (text,))
