"""From a driver's error to the trouble it stands for: what people can act on gets a type of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from crmdesk.core.trouble import (
    DamagedFileError,
    DiskFullError,
    LockedByAnotherError,
    StorageTroubleError,
    StoreFileReadOnlyError,
    StoreFileUnreadableError,
)
from crmdesk.db.raw import BUSY, CANNOT_OPEN, CORRUPT, LOCKED, NOT_A_DATABASE, READ_ONLY, result_code
from crmdesk.db.reserve import is_disk_full
from crmdesk.db.volume import free_bytes

_IO_ERROR: Final = 10


def storage_trouble(error: BaseException, path: Path) -> StorageTroubleError | None:
    """Give the typed trouble behind an error of the driver; None when it is a defect of the program.

    Args:
        error: the driver's error, bare or wrapped.
        path: the database file.
    """
    original = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    name, said, code = str(path), str(original), result_code(original)
    if is_disk_full(error):
        return DiskFullError(name, free=free_bytes(path.parent))
    if code in {BUSY, LOCKED}:
        return LockedByAnotherError(name)
    kinds: dict[int, type[StorageTroubleError]] = {
        READ_ONLY: StoreFileReadOnlyError,
        CANNOT_OPEN: StoreFileUnreadableError,
        _IO_ERROR: StorageTroubleError,
    }
    if code in kinds:
        return kinds[code](name, said)
    return DamagedFileError(name, (said,)) if code in {CORRUPT, NOT_A_DATABASE} else None


@contextmanager
def typed_storage_troubles(path: Path | None) -> Iterator[None]:
    """Turn errors of the driver that mean trouble with the disk or the file into their types.

    Args:
        path: the database file; None (a server) changes nothing.

    Raises:
        StorageTroubleError: one subclass per trouble.
    """
    try:
        yield
    except DBAPIError as error:
        trouble = storage_trouble(error, path) if path is not None else None
        if trouble is None:
            raise
        raise trouble from error
