"""Files that are there whole or not at all: write aside, flush to the disk, rename."""

import hashlib
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from crmdesk.core.setting_kinds import Json

CHUNK: Final = 1 << 20
UNFINISHED: Final = ".part"  # a file so named was being written when something stopped us


def write_whole(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Put a new file in place of ``path``; on failure the old one is untouched and nothing is left behind.

    Raises:
        OSError: the disk is full, the folder cannot be written.
    """
    aside = path.with_name(path.name + UNFINISHED)
    try:
        with aside.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def write_json(path: Path, content: Json) -> None:
    """Write ``content`` as readable JSON, whole or not at all."""
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    write_whole(path, lambda file: _write_bytes(file, text.encode("utf-8")))


def read_json_object(path: Path) -> dict[str, Json] | None:
    """Read a JSON object; None when the file is missing, cut off or something else."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def copy_whole(source: Path, target: Path) -> str:
    """Copy ``source`` to ``target``, whole or not at all.

    Returns:
        The SHA-256 of what was read, in hexadecimal.
    """
    digest = hashlib.sha256()

    def pour(file: BinaryIO) -> None:
        with source.open("rb") as origin:
            while block := origin.read(CHUNK):
                digest.update(block)
                file.write(block)

    write_whole(target, pour)
    return digest.hexdigest()


def digest_of(path: Path) -> str:
    """Compute the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush_file(path: Path) -> None:
    """Make sure that what others wrote into ``path`` is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make sure that names made, changed or removed in ``folder`` are on the disk; Windows does so by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_bytes(file: BinaryIO, content: bytes) -> None:
    file.write(content)
