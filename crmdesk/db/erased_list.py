"""Keys of people who were erased, in a file beside the database: a restored backup does not bring them back."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crmdesk.db.files import read_json_object, write_json

_KEYS: Final = "members"


@dataclass(frozen=True, slots=True)
class ErasedList:
    """The file; it holds keys of files of members, nothing that says who they were."""

    path: Path

    def keys(self) -> tuple[int, ...]:
        """Give the keys, rising; none when there is no such file or it cannot be read as one."""
        found = (read_json_object(self.path) or {}).get(_KEYS)
        return tuple(sorted({one for one in found if isinstance(one, int)})) if isinstance(found, list) else ()

    def add(self, keys: Iterable[int]) -> None:
        """Keep more keys.

        Raises:
            OSError: the file cannot be written.
        """
        known = self.keys()
        wanted = sorted({*known, *keys})
        if wanted != list(known):
            write_json(self.path, {_KEYS: list(wanted)})
