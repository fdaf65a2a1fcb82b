"""Files that are named by the hash of their content: written once, never changed, the same content kept once."""

import hashlib
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, ClassVar, Final

from crmdesk.db.files import write_whole

_HASH: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ContentStore:
    """A folder of such files; what kind they are says ``suffix``."""

    suffix: ClassVar[str] = ""
    folder: Path

    def put(self, content: bytes) -> str:
        """Keep ``content`` and give its name, the SHA-256 of its bytes in hexadecimal.

        Raises:
            OSError: the disk is full, the folder cannot be written.
        """
        name = hashlib.sha256(content).hexdigest()
        path = self.path(name)
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, partial(_pour, content))
        return name

    def path(self, name: str) -> Path:
        """Give where the content with this hash lies.

        Raises:
            ValueError: ``name`` is no hash.
        """
        if not _HASH.fullmatch(name):
            raise ValueError(name)
        return self.folder / f"{name}{self.suffix}"

    def read(self, name: str) -> bytes | None:
        """Give the content; None when its file is gone, or was never named: an erased person's papers have no name."""
        if not name:
            return None
        try:
            return self.path(name).read_bytes()
        except OSError:
            return None

    def remove(self, name: str) -> None:
        """Take the content away; it may be gone already.

        Raises:
            OSError: the file cannot be removed.
        """
        self.path(name).unlink(missing_ok=True)


def _pour(content: bytes, file: BinaryIO) -> None:
    file.write(content)
