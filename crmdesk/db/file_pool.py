"""Photos and papers in the backups: each file is copied once and shared by all backups that name it.

Such files never change once written (their names come from their content), so a name and a size say enough.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmdesk.db.data_dir import DataDir
from crmdesk.db.files import UNFINISHED, copy_whole, digest_of, read_json_object, write_json

if TYPE_CHECKING:
    from crmdesk.core.setting_kinds import Json

POOL: Final = "files"
_INDEX: Final = "index.json"


class FilePool:
    """The shared copies below a backup folder, with the hash of each."""

    def __init__(self, backups: Path) -> None:
        """Open the pool of the backup folder ``backups``; nothing is made yet."""
        self._root = backups / POOL
        self._digests: dict[str, Json] = read_json_object(self._root / _INDEX) or {}

    def take_in(self, data: DataDir) -> frozenset[str]:
        """Copy what is new in the photos and papers of ``data``.

        Returns:
            The names of all files that ``data`` has now.
        """
        names = set()
        copied = False
        for name, source in live_files(data):
            target = self._root / name
            if not _same_size(source, target) or name not in self._digests:
                target.parent.mkdir(parents=True, exist_ok=True)
                self._digests[name] = copy_whole(source, target)
                copied = True
            names.add(name)
        if copied:
            write_json(self._root / _INDEX, self._digests)
        return frozenset(names)

    def give_back(self, data: DataDir, names: Iterable[str]) -> list[str]:
        """Copy the files ``names`` that ``data`` lacks out of the pool.

        Returns:
            The names that could not be given back: not in the pool, or damaged there.
        """
        lost = []
        for name in sorted(names):
            target, source = data.root / name, self._root / name
            if target.is_file():
                continue
            if not _inside(name) or not source.is_file() or digest_of(source) != self._digests.get(name):
                lost.append(name)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            copy_whole(source, target)
        return lost

    def bytes_to_give_back(self, data: DataDir, names: Iterable[str]) -> int:
        """Add up the sizes of the files that ``give_back`` would copy."""
        missing = (self._root / name for name in names if not (data.root / name).is_file())
        return sum(path.stat().st_size for path in missing if path.is_file())

    def forget_except(self, names: frozenset[str]) -> int:
        """Remove the copies that no backup names any more (erased people must leave the backups too).

        Returns:
            How many were removed.
        """
        gone = [name for name in self._digests if name not in names]
        for name in gone:
            (self._root / name).unlink(missing_ok=True)
            del self._digests[name]
        if gone:
            write_json(self._root / _INDEX, self._digests)
        return len(gone)


def live_files(data: DataDir) -> Iterator[tuple[str, Path]]:
    """List the photos and papers of ``data``: name relative to the data folder, with ``/``, and path."""
    for folder in (data.photos, data.papers):
        if folder.is_dir():
            for path in folder.rglob("*"):
                if path.is_file() and not path.name.endswith(UNFINISHED):
                    yield path.relative_to(data.root).as_posix(), path


def _inside(name: str) -> bool:
    # A manifest may come from outside: no way up, no other root.
    parts = Path(name).parts
    return len(parts) > 1 and parts[0] in {"photos", "papers"} and ".." not in parts


def _same_size(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_size == other.stat().st_size
    except OSError:
        return False
