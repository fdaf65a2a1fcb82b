"""Photos as files of the data folder, each named by the hash of its content."""

import hashlib
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from crmdesk.db.files import write_whole

_HASH: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class PhotoStore:
    """The folder with the photos; the same picture is kept once."""

    folder: Path

    def put(self, picture: bytes) -> str:
        """Keep a picture and give its name, the SHA-256 of its bytes in hexadecimal.

        Raises:
            OSError: the disk is full, the folder cannot be written.
        """
        name = hashlib.sha256(picture).hexdigest()
        path = self.path(name)
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, partial(_pour, picture))
        return name

    def path(self, name: str) -> Path:
        """Give where the picture with this hash lies.

        Raises:
            ValueError: ``name`` is no hash.
        """
        if not _HASH.fullmatch(name):
            raise ValueError(name)
        return self.folder / f"{name}.jpg"

    def read(self, name: str) -> bytes | None:
        """Give the picture; None when its file is gone."""
        try:
            return self.path(name).read_bytes()
        except OSError:
            return None


def _pour(picture: bytes, file: BinaryIO) -> None:
    file.write(picture)
