"""What can be wrong with the place where the data lives: one type per distinct trouble."""

from datetime import datetime
from typing import ClassVar

from crmdesk.core.errors import EnvironmentTroubleError


class StorageTroubleError(EnvironmentTroubleError):
    """Root of the troubles with the data folder, the database file and its backups."""

    summary: ClassVar[str] = "storage"

    def __init__(self, path: str, detail: str = "") -> None:
        """Keep the file or folder, and what the system said about it."""
        super().__init__(self.summary, path)
        self.detail = detail


class FolderMissingError(StorageTroubleError):
    """The data folder was there once (or was asked for by name) and is not there now."""

    summary = "data folder missing"


class FolderReadOnlyError(StorageTroubleError):
    """Nothing can be written into the data folder."""

    summary = "data folder read-only"


class NetworkFolderError(StorageTroubleError):
    """The data folder lies on another computer; locks and write-ahead logs do not work there."""

    summary = "data folder on a network"
    retry_helps = False


class NoStoreError(StorageTroubleError):
    """A command was asked to work in a folder where no store was begun yet."""

    summary = "no store here"
    retry_helps = False


class StoreFileMissingError(StorageTroubleError):
    """The folder belongs to a store, but its database file is gone; none is made in its place."""

    summary = "store file missing"


class StoreFileReadOnlyError(StorageTroubleError):
    """The database file may not be written."""

    summary = "store file read-only"


class StoreFileUnreadableError(StorageTroubleError):
    """The system does not let us read the database file."""

    summary = "store file unreadable"


class NotAStoreFileError(StorageTroubleError):
    """The file is something else, not a database."""

    summary = "not a store file"
    retry_helps = False


class WrongKeyError(StorageTroubleError):
    """The file is encrypted and the given key does not open it."""

    summary = "wrong key"


class KeyNeededError(StorageTroubleError):
    """The file seems to be encrypted and no key was given."""

    summary = "key needed"


class NotEncryptedError(StorageTroubleError):
    """A key is set, but the file lies there in the clear: it may have been exchanged."""

    summary = "not encrypted"
    retry_helps = False


class TruncatedFileError(StorageTroubleError):
    """The file is shorter than it says itself."""

    summary = "store file truncated"
    retry_helps = False

    def __init__(self, path: str, expected_bytes: int, found_bytes: int) -> None:
        """Keep both lengths."""
        super().__init__(path, f"{found_bytes} of {expected_bytes} bytes")
        self.expected_bytes = expected_bytes
        self.found_bytes = found_bytes


class DamagedFileError(StorageTroubleError):
    """The integrity check found damage; ``findings`` are its lines, the worst first."""

    summary = "store file damaged"
    retry_helps = False

    def __init__(self, path: str, findings: tuple[str, ...]) -> None:
        """Keep what the check said."""
        super().__init__(path, findings[0] if findings else "")
        self.findings = findings


class NewerSchemaError(StorageTroubleError):
    """A newer version of the program has written this file."""

    summary = "newer schema"
    retry_helps = False

    def __init__(self, path: str, revision: str) -> None:
        """Keep the revision that this program does not know."""
        super().__init__(path, revision)
        self.revision = revision


class LockedByAnotherError(StorageTroubleError):
    """Another program holds the data folder or the database file."""

    summary = "locked by another"

    def __init__(self, path: str, *, pid: int = 0, host: str = "", since: datetime | None = None) -> None:
        """Keep who holds it, as far as it is known (``pid`` 0: unknown)."""
        super().__init__(path, f"{host} {pid}".strip())
        self.pid = pid
        self.host = host
        self.since = since


class DiskFullError(StorageTroubleError):
    """The disk is full; ``needed`` and ``free`` are bytes, 0 when not known."""

    summary = "disk full"

    def __init__(self, path: str, *, needed: int = 0, free: int = 0) -> None:
        """Keep what was needed and what was left."""
        super().__init__(path, f"needed {needed}, free {free}")
        self.needed = needed
        self.free = max(free, 0)


class BackupFailedError(StorageTroubleError):
    """A backup was made but its check failed; it was thrown away and does not count."""

    summary = "backup failed"


class BackupRefusedError(StorageTroubleError):
    """A backup cannot be restored: ``reason`` is one of missing, unverified, changed, damaged, newer."""

    summary = "backup refused"
    retry_helps = False

    def __init__(self, path: str, reason: str, detail: str = "") -> None:
        """Keep why."""
        super().__init__(path, detail or reason)
        self.reason = reason
