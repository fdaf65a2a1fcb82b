"""Space set aside on the disk, given up when the disk is full so that the next save still works."""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeVar

T = TypeVar("T")

SIZE: Final = 16 << 20  # bytes: many saves and one checkpoint of the write-ahead log
_BLOCK: Final = 1 << 20
_FULL_ERRNO: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_WINDOWS: Final = {39, 112}  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL
_SQLITE_FULL: Final = 13


class Reserve:
    """The reserve file of a data folder."""

    def __init__(self, path: Path, size: int = SIZE) -> None:
        """Name the file; nothing is written yet."""
        self._path = path
        self._size = size

    def is_whole(self) -> bool:
        """Tell whether the space is set aside now."""
        try:
            return self._path.stat().st_size == self._size
        except OSError:
            return False

    def fill(self) -> bool:
        """Set the space aside; False when the disk is too full for it (what was begun is removed)."""
        if self.is_whole():
            return True
        try:
            with self._path.open("wb") as file:
                for _ in range(0, self._size, _BLOCK):
                    # Random bytes: a disk that packs zeros would set nothing aside.
                    file.write(os.urandom(min(_BLOCK, self._size)))
                file.truncate(self._size)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            self.release()
            return False
        return True

    def release(self) -> bool:
        """Give the space up; False when there was none to give."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True

    def used_when_full(self, act: Callable[[], T]) -> T:
        """Run ``act``; when the disk is full, give the space up and run it once more.

        ``act`` must leave nothing half-done when it fails, as a transaction does.

        Raises:
            Exception: whatever the last run of ``act`` raised.
        """
        try:
            return act()
        except Exception as trouble:
            if not is_disk_full(trouble) or not self.release():
                raise
        return act()


def is_disk_full(trouble: BaseException) -> bool:
    """Tell whether ``trouble``, or what caused it, is a full disk (or a full quota)."""
    return any(_says_full(one) for one in _causes(trouble))


def _causes(trouble: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[BaseException | None] = [trouble]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        original = getattr(one, "orig", None)  # SQLAlchemy keeps the driver's error there
        waiting += [one.__cause__, one.__context__, original if isinstance(original, BaseException) else None]


def _says_full(one: BaseException) -> bool:
    if isinstance(one, OSError):
        return one.errno in _FULL_ERRNO or getattr(one, "winerror", None) in _FULL_WINDOWS
    return getattr(one, "sqlite_errorcode", 0) == _SQLITE_FULL
