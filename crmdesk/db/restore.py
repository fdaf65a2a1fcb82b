"""Putting a backup in place of the database, so that at every moment one of the two is there.

The steps after the copy is complete are written down in a plan file first; if the program dies between them, the
next start finishes them. The write-ahead log of the old database must be gone before the new file takes its name:
SQLite would otherwise replay the old log into the new file.
"""

import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from crmdesk.core.clock import Clock
from crmdesk.core.trouble import BackupRefusedError, DiskFullError, LockedByAnotherError
from crmdesk.db.backup import verify_backup
from crmdesk.db.backup_shelf import Backup
from crmdesk.db.data_dir import DataDir
from crmdesk.db.file_pool import FilePool
from crmdesk.db.files import copy_whole, digest_of, flush_folder, read_json_object, write_json
from crmdesk.db.raw import BUSY, DRIVER_ERROR, LOCKED, Mode, raw_connection, result_code
from crmdesk.db.reserve import is_disk_full
from crmdesk.db.volume import free_bytes

_SPARE_BYTES: Final = 4 << 20
_ASIDE_KEPT: Final = 5  # replaced databases


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: ``aside`` holds the database it replaced, ``files_lost`` could not be given back."""

    backup: Backup
    aside: Path | None
    files_lost: tuple[str, ...] = ()


def restore(
    data: DataDir, backup: Backup, clock: Clock, *, key: str | None = None, known_revisions: Collection[str] = ()
) -> Restored:
    """Replace the database of ``data`` by ``backup``; the old one is kept aside.

    The caller holds the instance lock and has disposed of the engine.

    Args:
        data: the data folder; its database may be missing or damaged.
        backup: from ``list_backups`` or ``adopt``.
        clock: the time.
        key: pass phrase of the backup (and from now on of the database).
        known_revisions: schema revisions this program knows; empty skips that check.

    Raises:
        BackupRefusedError: the backup is not whole, or newer than this program; nothing was touched.
        DiskFullError: it does not fit; nothing was touched.
        LockedByAnotherError: somebody still uses the database; nothing was touched.
    """
    contents = verify_backup(backup, key) if backup.manifest.is_file() else backup.contents
    if contents is None:
        raise BackupRefusedError(str(backup.path), "unverified")
    if known_revisions and contents.revision not in known_revisions:
        raise BackupRefusedError(str(backup.path), "newer", contents.revision)
    data.prepare()
    pool = FilePool(backup.path.parent)
    _require_space(data, backup.size + pool.bytes_to_give_back(data, backup.files))
    _close_old(data, key)
    try:
        _bring(data, backup)
        lost = pool.give_back(data, backup.files)
    except OSError as trouble:
        _incoming(data).unlink(missing_ok=True)
        if is_disk_full(trouble):
            raise DiskFullError(str(data.root), needed=backup.size, free=free_bytes(data.root)) from trouble
        raise
    if not data.mark.exists():
        data.set_mark(clock.now(), encrypted=key is not None)
    aside = _new_folder(data, clock)
    write_json(data.restore_plan, {"aside": aside.name})
    finish_restore(data)
    _forget_old(data)
    return Restored(backup, aside if aside.is_dir() else None, tuple(lost))


def finish_restore(data: DataDir) -> bool:
    """Carry out the steps of the plan file; safe to run again after an interruption at any point.

    Call it before the database is opened. Without a plan, the leftovers of an interrupted copy are removed.

    Returns:
        Whether there was a plan.
    """
    plan = read_json_object(data.restore_plan)
    incoming = _incoming(data)
    if plan is None:
        with suppress(OSError):
            incoming.unlink(missing_ok=True)
        return False
    if incoming.is_file():
        _put_aside(data, data.replaced / Path(str(plan.get("aside"))).name)
        for name in ("-wal", "-shm"):
            data.database.with_name(data.database.name + name).unlink(missing_ok=True)
        flush_folder(data.root)
        incoming.replace(data.database)
    flush_folder(data.root)
    data.restore_plan.unlink(missing_ok=True)
    flush_folder(data.root)
    return True


def replaced_databases(data: DataDir) -> list[Path]:
    """List the databases that restores have put aside, newest first."""
    if not data.replaced.is_dir():
        return []
    folders = sorted((path for path in data.replaced.iterdir() if path.is_dir()), reverse=True)
    return [path / data.database.name for path in folders if (path / data.database.name).is_file()]


def _incoming(data: DataDir) -> Path:
    return data.database.with_name(data.database.name + ".incoming")


def _require_space(data: DataDir, needed: int) -> None:
    free = free_bytes(data.root)
    if 0 <= free < needed + _SPARE_BYTES:
        raise DiskFullError(str(data.root), needed=needed + _SPARE_BYTES, free=free)


def _close_old(data: DataDir, key: str | None) -> None:
    """Bring the old log into the old file, and make sure that nobody else has it open; damage is no obstacle."""
    if not data.database.is_file():
        return
    try:
        with raw_connection(data.database, key, Mode.WRITE, wait_seconds=1.0) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except DRIVER_ERROR as trouble:
        if result_code(trouble) in {BUSY, LOCKED}:
            raise LockedByAnotherError(str(data.database)) from trouble


def _bring(data: DataDir, backup: Backup) -> None:
    incoming = _incoming(data)
    if copy_whole(backup.path, incoming) != backup.digest or digest_of(incoming) != backup.digest:
        incoming.unlink(missing_ok=True)
        raise BackupRefusedError(str(backup.path), "changed")


def _new_folder(data: DataDir, clock: Clock) -> Path:
    moment = clock.now()
    while (folder := data.replaced / moment.strftime("%Y%m%dT%H%M%S%fZ")).exists():
        moment += timedelta(microseconds=1)
    return folder


def _put_aside(data: DataDir, folder: Path) -> None:
    for name in ("", "-wal"):
        source = data.database.with_name(data.database.name + name)
        target = folder / source.name
        if source.is_file() and source.stat().st_size > 0 and not target.is_file():
            folder.mkdir(parents=True, exist_ok=True)
            _link_or_copy(source, target)
            flush_folder(folder)


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)  # takes no space
    except OSError:
        copy_whole(source, target)


def _forget_old(data: DataDir) -> None:
    for database in replaced_databases(data)[_ASIDE_KEPT:]:
        for name in ("", "-wal"):
            database.with_name(database.name + name).unlink(missing_ok=True)
        with suppress(OSError):
            database.parent.rmdir()
