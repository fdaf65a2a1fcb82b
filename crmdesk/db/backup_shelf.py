"""The folder in which backups stand: their names, their manifests, and which of them count."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmdesk.core.retention import DEFAULT_RULE, RetentionRule, kept
from crmdesk.db.contents import Contents
from crmdesk.db.files import UNFINISHED, read_json_object, write_json

if TYPE_CHECKING:
    from crmdesk.core.setting_kinds import Json

SUFFIX: Final = ".db"
_STAMP: Final = "%Y%m%dT%H%M%S%fZ"


class BackupReason(StrEnum):
    """Why a backup was made; part of its file name."""

    HOURLY = "hourly"
    EXIT = "exit"
    MANUAL = "manual"
    BEFORE_UPGRADE = "before-upgrade"
    BEFORE_IMPORT = "before-import"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file. Without a manifest (``contents`` None) it was never verified and does not count."""

    path: Path
    made_at: datetime
    reason: str
    size: int  # bytes the file has now
    contents: Contents | None = None
    digest: str = ""  # SHA-256 of the file when it was verified
    size_verified: int = -1  # bytes it had then
    files: frozenset[str] = frozenset()  # photos and papers that belong to it, as in ``photos/ab/abcd.jpg``
    checked_at: datetime | None = None  # when it was last verified

    @property
    def verified(self) -> bool:
        """Tell whether it was opened and compared when it was made, and still has that size."""
        return self.contents is not None and self.size == self.size_verified

    @property
    def manifest(self) -> Path:
        """The file whose presence makes the backup count."""
        return self.path.with_suffix(".json")


def new_name(folder: Path, moment: datetime, reason: BackupReason) -> Path:
    """Name a new backup made at ``moment`` (aware): UTC time to the microsecond and the reason."""
    utc = moment.astimezone(UTC)
    while (path := folder / f"{utc.strftime(_STAMP)}-{reason.value}{SUFFIX}").exists():
        utc += timedelta(microseconds=1)
    return path


def list_backups(folder: Path) -> list[Backup]:
    """List the backups in ``folder``, newest first, also those that do not count; empty when there is no folder."""
    found = [_read(path) for path in folder.glob(f"*{SUFFIX}")] if folder.is_dir() else []
    return sorted((one for one in found if one is not None), key=lambda one: (one.made_at, one.path.name), reverse=True)


def newest_verified(folder: Path) -> Backup | None:
    """Find the newest backup that counts."""
    return next((one for one in list_backups(folder) if one.verified), None)


def backup_at(path: Path) -> Backup | None:
    """Read one backup file that lies anywhere; None when there is no such file."""
    return _read(path) or _foreign(path)


def write_manifest(backup: Backup) -> None:
    """Write the manifest; from now on the backup counts."""
    if backup.contents is None:
        raise ValueError(backup.path.name)
    content: dict[str, Json] = {
        "made_at": backup.made_at.isoformat(),
        "reason": backup.reason,
        "size": backup.size_verified,
        "sha256": backup.digest,
        "contents": backup.contents.as_json(),
        "files": [*sorted(backup.files)],
        "checked_at": backup.checked_at.isoformat() if backup.checked_at else "",
    }
    write_json(backup.manifest, content)


def prune(folder: Path, now: datetime, *, zone: str = "UTC", rule: RetentionRule = DEFAULT_RULE) -> list[Backup]:
    """Remove the backups that the retention rule does not keep, and the leftovers of interrupted ones.

    Only verified backups are counted for the rule, so that an unverified one never pushes out a good one.

    Args:
        folder: the backup folder.
        now: the current moment, aware.
        zone: IANA name of the zone whose days count.
        rule: how many stay.

    Returns:
        What was removed.
    """
    backups = list_backups(folder)
    stay = kept((one.made_at for one in backups if one.verified), now, zone=zone, rule=rule)
    gone = [one for one in backups if not one.verified or one.made_at not in stay]
    for one in gone:
        one.manifest.unlink(missing_ok=True)  # first: without it the file no longer counts
        one.path.unlink(missing_ok=True)
    for leftover in folder.glob(f"*{UNFINISHED}*"):
        leftover.unlink(missing_ok=True)
    return gone


def _read(path: Path) -> Backup | None:
    stamp, _, reason = path.stem.partition("-")
    try:
        made_at = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
        size = path.stat().st_size
    except (ValueError, OSError):
        return None
    return _with_manifest(Backup(path, made_at, reason, size))


def _foreign(path: Path) -> Backup | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return _with_manifest(Backup(path, datetime.fromtimestamp(status.st_mtime, UTC), "", status.st_size))


def _with_manifest(bare: Backup) -> Backup:
    note = read_json_object(bare.manifest)
    if note is None:
        return bare
    try:
        contents = Contents.from_json(note.get("contents"))
        checked_at = datetime.fromisoformat(str(note.get("checked_at")))
    except ValueError:
        return bare
    files, size = note.get("files"), note.get("size")
    return Backup(
        bare.path,
        bare.made_at,
        bare.reason,
        bare.size,
        contents,
        str(note.get("sha256")),
        size if isinstance(size, int) else -1,
        frozenset(str(name) for name in files) if isinstance(files, list) else frozenset(),
        checked_at,
    )
