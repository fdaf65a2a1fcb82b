"""Making a backup that counts: copied from one moment, flushed, opened again, compared with the source."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from crmdesk.core.clock import Clock
from crmdesk.core.errors import EnvironmentTroubleError
from crmdesk.core.progress import NoProgress, Progress
from crmdesk.core.retention import DEFAULT_RULE, RetentionRule
from crmdesk.core.trouble import (
    BackupFailedError,
    BackupRefusedError,
    DamagedFileError,
    DiskFullError,
    StoreFileMissingError,
)
from crmdesk.db.backup_shelf import (
    Backup,
    BackupReason,
    backup_at,
    list_backups,
    new_name,
    newest_verified,
    prune,
    write_manifest,
)
from crmdesk.db.contents import Contents, contents_of
from crmdesk.db.data_dir import DataDir
from crmdesk.db.file_pool import FilePool
from crmdesk.db.files import UNFINISHED, digest_of, flush_file, flush_folder
from crmdesk.db.raw import CORRUPT, DRIVER_ERROR, Mode, RawConnection, quick_check, raw_connection, result_code
from crmdesk.db.reserve import is_disk_full
from crmdesk.db.volume import free_bytes

_UNWATCHED: Final = NoProgress()
_PAGES_PER_STEP: Final = 2_000
_SPARE_BYTES: Final = 4 << 20  # left for the manifest and for the store itself
# A write that neither adds a row nor is audited shows only by the file's time; it is caught within a day.
_AT_LEAST_EVERY: Final = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """What to back up and where to; ``folder`` None is the folder beside the data."""

    data: DataDir
    key: str | None = None
    folder: Path | None = None
    zone: str = "UTC"
    rule: RetentionRule = DEFAULT_RULE

    @property
    def target(self) -> Path:
        """The folder where the backups stand."""
        return self.folder or self.data.backups


def make_backup(plan: BackupPlan, reason: BackupReason, clock: Clock, progress: Progress = _UNWATCHED) -> Backup:
    """Back up the database and the photos and papers, while people go on working.

    The copy counts only after it was opened and everything in it compared with the source; a copy that fails, or an
    interruption at any moment, leaves no backup that counts.

    Raises:
        StoreFileMissingError: there is no database.
        DiskFullError: the backup does not fit.
        DamagedFileError: the database itself is damaged; the older backups are untouched.
        BackupFailedError: the copy is not equal to the source, or the folder cannot be written.
        WorkCancelledError: the person stopped it.
    """
    database, target = plan.data.database, plan.target
    if not database.is_file():
        raise StoreFileMissingError(str(database))
    with _typed_troubles(plan):
        target.mkdir(parents=True, exist_ok=True)
        path = new_name(target, clock.now(), reason)
        part = path.with_name(path.name + UNFINISHED)
        try:
            contents = _copy(plan, part, progress)
            _compare_or_blame(plan, part, contents)
            files = FilePool(target).take_in(plan.data)
            size, digest = part.stat().st_size, digest_of(part)
            part.replace(path)
            flush_folder(target)
        finally:
            part.unlink(missing_ok=True)
        made = backup_at(path) or Backup(path, clock.now(), reason.value, size)
        backup = replace(
            made, contents=contents, digest=digest, size_verified=size, files=files, checked_at=clock.now()
        )
        write_manifest(backup)
    return backup


def backup_if_changed(
    plan: BackupPlan, reason: BackupReason, clock: Clock, progress: Progress = _UNWATCHED
) -> Backup | None:
    """Make a backup when something was written since the last one that counts, then remove what is too old.

    Returns:
        The backup, or None when nothing had changed.

    Raises:
        EnvironmentTroubleError: as ``make_backup``.
    """
    if not has_changed(plan, clock):
        return None
    backup = make_backup(plan, reason, clock, progress)
    clear_old(plan, clock)
    return backup


def has_changed(plan: BackupPlan, clock: Clock) -> bool:
    """Tell whether the database differs from the newest backup that counts: rows, audit or photos and papers."""
    last = newest_verified(plan.target)
    if last is None or last.contents is None:
        return True
    with raw_connection(plan.data.database, plan.key, Mode.READ) as connection:
        now_there = _one_moment(connection, contents_of)
    if now_there != last.contents:
        return True
    written = max(_written_at(plan.data.database), _written_at(_log_of(plan.data.database)))
    return written > last.made_at.timestamp() and clock.now() - last.made_at > _AT_LEAST_EVERY


def clear_old(plan: BackupPlan, clock: Clock) -> list[Backup]:
    """Remove the backups that the rule does not keep, and the photos and papers that none of the rest names."""
    gone = prune(plan.target, clock.now(), zone=plan.zone, rule=plan.rule)
    if gone:
        named = frozenset[str]().union(*(one.files for one in list_backups(plan.target)))
        FilePool(plan.target).forget_except(named)
    return gone


def verify_backup(backup: Backup, key: str | None = None) -> Contents:
    """Look at a backup again as if it were to be restored now: same bytes, whole structure, same rows and audit.

    Raises:
        BackupRefusedError: it is missing, was never verified, has changed since, or is damaged.
    """
    name = str(backup.path)
    if not backup.path.is_file():
        raise BackupRefusedError(name, "missing")
    if backup.contents is None:
        raise BackupRefusedError(name, "unverified")
    if backup.size != backup.size_verified or digest_of(backup.path) != backup.digest:
        raise BackupRefusedError(name, "changed")
    try:
        _compare(backup.path, key, backup.contents)
    except BackupFailedError as trouble:
        raise BackupRefusedError(name, "damaged", trouble.detail) from trouble
    return backup.contents


def adopt(path: Path, key: str | None, clock: Clock) -> Backup:
    """Check a database file without manifest, such as one that somebody copied by hand; nothing is written.

    Returns:
        A backup that counts, for ``restore``.

    Raises:
        BackupRefusedError: it is missing, damaged, no database of this program, or lacks a part (its write-ahead log
            still lies beside it).
    """
    name = str(path)
    if not path.is_file():
        raise BackupRefusedError(name, "missing")
    if _bytes_in(_log_of(path)):
        raise BackupRefusedError(name, "unverified", "write-ahead log beside the file")
    try:
        with raw_connection(path, key, Mode.FROZEN) as connection:
            findings = quick_check(connection)
            contents = Contents({}, {}, "") if findings else contents_of(connection)
    except DRIVER_ERROR as trouble:
        raise BackupRefusedError(name, "damaged", str(trouble)) from trouble
    if not contents.revision:
        raise BackupRefusedError(name, "damaged", findings[0] if findings else "no schema revision")
    size = path.stat().st_size
    bare = backup_at(path) or Backup(path, clock.now(), "", size)
    return replace(bare, contents=contents, digest=digest_of(path), size_verified=size, checked_at=clock.now())


def _copy(plan: BackupPlan, part: Path, progress: Progress) -> Contents:
    with raw_connection(plan.data.database, plan.key, Mode.READ) as source:
        _require_space(source, part.parent)

        def pour(connection: RawConnection) -> Contents:
            contents = contents_of(connection)
            with raw_connection(part, plan.key, Mode.CREATE) as copy:
                copy.execute("PRAGMA journal_mode = OFF")  # an interrupted copy is thrown away, not mended
                copy.execute("PRAGMA synchronous = OFF")  # flushed once below
                connection.backup(copy, pages=_PAGES_PER_STEP, progress=_steps_of(progress))
            return contents

        contents = _one_moment(source, pour)
    flush_file(part)
    return contents


def _steps_of(progress: Progress) -> Callable[[int, int, int], None]:
    def step(_status: int, left: int, total: int) -> None:
        progress.check()
        progress.report(total - left, total)

    return step


def _one_moment(connection: RawConnection, read: Callable[[RawConnection], Contents]) -> Contents:
    connection.execute("BEGIN")
    try:
        return read(connection)
    finally:
        with suppress(DRIVER_ERROR):
            connection.execute("ROLLBACK")


def _require_space(source: RawConnection, folder: Path) -> None:
    pages, size = (source.execute(f"PRAGMA {name}").fetchone() or (0,) for name in ("page_count", "page_size"))
    needed = int(pages[0] or 0) * int(size[0] or 0) + _SPARE_BYTES
    free = free_bytes(folder)
    if 0 <= free < needed:
        raise DiskFullError(str(folder), needed=needed, free=free)


def _compare(copy: Path, key: str | None, expected: Contents) -> None:
    try:
        with raw_connection(copy, key, Mode.FROZEN) as connection:
            findings = quick_check(connection)
            found = None if findings else contents_of(connection)
    except DRIVER_ERROR as trouble:
        raise BackupFailedError(str(copy), str(trouble)) from trouble
    if findings:
        raise BackupFailedError(str(copy), findings[0])
    if found != expected:
        raise BackupFailedError(str(copy), "rows or audit differ from the source")


def _compare_or_blame(plan: BackupPlan, part: Path, contents: Contents) -> None:
    """Compare; when the copy is bad, find out whether the source already was."""
    try:
        _compare(part, plan.key, contents)
    except BackupFailedError:
        with raw_connection(plan.data.database, plan.key, Mode.READ) as source:
            findings = quick_check(source)
        if findings:
            raise DamagedFileError(str(plan.data.database), findings) from None
        raise


@contextmanager
def _typed_troubles(plan: BackupPlan) -> Iterator[None]:
    folder = plan.target
    try:
        yield
    except EnvironmentTroubleError:
        raise
    except (OSError, DRIVER_ERROR) as trouble:
        if is_disk_full(trouble):
            raise DiskFullError(str(folder), free=free_bytes(folder)) from trouble
        if result_code(trouble) == CORRUPT:
            raise DamagedFileError(str(plan.data.database), (str(trouble),)) from trouble
        raise BackupFailedError(str(folder), str(trouble)) from trouble


def _written_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _bytes_in(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _log_of(database: Path) -> Path:
    return database.with_name(database.name + "-wal")
