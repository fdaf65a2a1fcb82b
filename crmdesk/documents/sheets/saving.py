"""Writing a file so that it is either wholly there or untouched, with typed troubles."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from crmdesk.core.errors import EnvironmentTroubleError
from crmdesk.core.file_trouble import (
    FileInUseError,
    FileNotWrittenError,
    FolderNotThereError,
    FolderNotWritableError,
)
from crmdesk.core.trouble import DiskFullError

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DENIED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def as_trouble(error: OSError, path: Path) -> EnvironmentTroubleError:
    """Turn what the system said about writing ``path`` into the trouble that a person can act on."""
    if error.errno in _FULL:
        return DiskFullError(str(path))
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return FolderNotThereError(str(path))
    if error.errno in _DENIED:
        # Windows refuses to replace a file that Excel has open; elsewhere it is the folder that is closed to us.
        return (
            FileInUseError(str(path))
            if path.exists() and os.access(path.parent, os.W_OK)
            else FolderNotWritableError(str(path))
        )
    return FileNotWrittenError(str(path), error.strerror or str(error))


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a temporary file beside ``path`` that takes its place when the block ends without an error.

    It is flushed to disk before the exchange; after any error, ``path`` is what it was and the temporary file is gone.

    Raises:
        EnvironmentTroubleError: disk full, folder missing or closed, file open in another program.
    """
    temporary = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise as_trouble(error, path) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
