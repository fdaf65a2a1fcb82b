"""Where everything of one store lies on this computer, and the mark that says a store is there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import platformdirs

from crmdesk.db.files import read_json_object, write_json

VARIABLE: Final = "CRMDESK_DATA"
_DATABASE: Final = "crmdesk.db"


@dataclass(frozen=True, slots=True)
class DataDir:
    """The paths below one data folder; making this object touches nothing on the disk."""

    root: Path

    @classmethod
    def locate(cls, asked: str | Path | None, environment: Mapping[str, str]) -> "DataDir":
        """Choose the folder: ``--data DIR``, else ``CRMDESK_DATA``, else the person's own application data.

        Args:
            asked: what stood behind ``--data``, or None.
            environment: the variables of the process.
        """
        named = asked or environment.get(VARIABLE)
        folder = Path(named) if named else platformdirs.user_data_path("crmdesk", appauthor=False)
        return cls(folder.expanduser().absolute())

    @property
    def database(self) -> Path:
        """The database file."""
        return self.root / _DATABASE

    @property
    def mark(self) -> Path:
        """The file that says a store lives here, so that a lost database is never replaced by an empty one."""
        return self.root / "store.json"

    @property
    def desk_file(self) -> Path:
        """Settings of this computer."""
        return self.root / "desk.json"

    @property
    def reserve(self) -> Path:
        """Space set aside for the last save on a full disk."""
        return self.root / "reserve.bin"

    @property
    def lock(self) -> Path:
        """Held by the running program."""
        return self.root / "instance.lock"

    @property
    def holder(self) -> Path:
        """Says who holds ``lock``."""
        return self.root / "instance.json"

    @property
    def restore_plan(self) -> Path:
        """Exists while a restore is under way; an interrupted one is finished at the next start."""
        return self.root / "restore.json"

    @property
    def backups(self) -> Path:
        """Backups, unless the desk keeps them elsewhere."""
        return self.root / "backups"

    @property
    def replaced(self) -> Path:
        """Databases that a restore has put aside."""
        return self.root / "replaced"

    @property
    def erased(self) -> Path:
        """Give the keys of people who were erased."""
        return self.root / "erased.json"

    @property
    def photos(self) -> Path:
        """Photos by the hash of their content."""
        return self.root / "photos"

    @property
    def papers(self) -> Path:
        """Exact copies of papers that were given out, by the hash of their content."""
        return self.root / "papers"

    @property
    def quarantine(self) -> Path:
        """Copies of files from watched folders that nobody could take in, and rows to mend."""
        return self.root / "quarantine"

    @property
    def logs(self) -> Path:
        """Log files."""
        return self.root / "logs"

    @property
    def drafts(self) -> Path:
        """Half-filled forms."""
        return self.root / "drafts"

    def folders(self) -> tuple[Path, ...]:
        """List the folders that belong to the data folder."""
        return (self.root, self.backups, self.photos, self.papers, self.logs, self.drafts)

    def prepare(self) -> None:
        """Make the folders that are missing.

        Raises:
            OSError: a folder cannot be made.
        """
        for folder in self.folders():
            folder.mkdir(parents=True, exist_ok=True)

    def marked(self) -> bool:
        """Tell whether a store was made here once (the mark, a backup or a replaced database is there)."""
        return self.mark.exists() or any(self._traces())

    def _traces(self) -> Iterator[Path]:
        for folder in (self.backups, self.replaced):
            if folder.is_dir():
                yield from folder.glob("*.db")

    def set_mark(self, made_at: datetime, *, encrypted: bool = False) -> None:
        """Write the mark once the first database is complete; ``made_at`` is aware."""
        write_json(self.mark, {"database": _DATABASE, "made_at": made_at.isoformat(), "encrypted": encrypted})

    def is_marked_encrypted(self) -> bool:
        """Tell whether the mark says that the database is encrypted."""
        return (read_json_object(self.mark) or {}).get("encrypted") is True
