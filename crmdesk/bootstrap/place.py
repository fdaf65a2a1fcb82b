"""Which data folder is used: the one asked for, or the one the person moved the store to."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from crmdesk.db.data_dir import DataDir
from crmdesk.db.files import read_json_object, write_json

_POINTER: Final = "moved.json"  # lies in the usual folder and names the chosen one


def data_of(asked: str | None, environment: Mapping[str, str]) -> DataDir:
    """Choose the data folder: ``--data``, ``CRMDESK_DATA`` or the usual one, and from there where it points to."""
    return follow(DataDir.locate(asked, environment))


def follow(first: DataDir) -> DataDir:
    """Give the folder that ``first`` points to, or ``first`` itself."""
    target = (read_json_object(first.root / _POINTER) or {}).get("to")
    return DataDir(Path(target)) if isinstance(target, str) and target else first


def remember(first: DataDir, chosen: DataDir) -> None:
    """Let the next start find ``chosen``, asked with the same words as ``first``.

    Raises:
        OSError: the usual folder cannot be written.
    """
    if chosen.root == first.root:
        (first.root / _POINTER).unlink(missing_ok=True)
        return
    first.root.mkdir(parents=True, exist_ok=True)
    write_json(first.root / _POINTER, {"to": str(chosen.root)})
