"""The parts of a zip package, measured and unpacked piece by piece; nothing declared is believed."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import IO, Final

from crmdesk.exchange.limits import (
    LARGEST_PACKAGE,
    LARGEST_PART,
    LARGEST_RATIO,
    LONGEST_CELL,
    MEBIBYTE,
    MOST_PARTS,
    RATIO_COUNTS_FROM,
)
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble

# What the standard library raises over a package whose tables do not fit its content.
BROKEN_PACKAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_UNBOUNDED: Final = 1 << 62


def check_parts(name: str, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse a package by its table of contents: too many parts, names that lead elsewhere, sizes, shrinking ratio."""
    if len(parts) > MOST_PARTS or len({part.filename.lower() for part in parts}) != len(parts):
        raise FileRefusedError(FileTrouble.SUSPICIOUS, name=name, detail="parts")
    for part in parts:
        places = part.filename.replace("\\", "/").split("/")
        if ".." in places or places[0] == "" or ":" in places[0]:
            raise FileRefusedError(FileTrouble.SUSPICIOUS, name=name, detail=part.filename[:80])
        if part.flag_bits & 1:
            raise FileRefusedError(FileTrouble.PASSWORD, name=name)
        if part.file_size > LARGEST_PART:
            raise FileRefusedError(FileTrouble.TOO_BIG, name=name, detail=f"{part.file_size // MEBIBYTE}")
        if part.file_size > RATIO_COUNTS_FROM and part.file_size > part.compress_size * LARGEST_RATIO:
            raise FileRefusedError(FileTrouble.SUSPICIOUS, name=name, detail=part.filename[:80])
    total = sum(part.file_size for part in parts)
    if total > LARGEST_PACKAGE:
        raise FileRefusedError(FileTrouble.TOO_BIG, name=name, detail=f"{total // MEBIBYTE}")


def pieces_of(name: str, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part in pieces that end before a tag; binary parts yield nothing.

    The declared size is not believed: the stream is read to its real end and must be as long as declared.
    """
    declared = part.file_size
    part.file_size = _UNBOUNDED
    try:
        with package.open(part) as stream:
            yield from _tag_by_tag(name, part.filename, _measured(stream, name, declared))
    finally:
        part.file_size = declared


def _measured(stream: IO[bytes], name: str, declared: int) -> Iterator[bytes]:
    seen = 0
    while piece := stream.read(MEBIBYTE):
        seen += len(piece)
        if seen > declared:
            raise FileRefusedError(FileTrouble.SUSPICIOUS, name=name, detail="size")
        yield piece
    if seen != declared:
        raise FileRefusedError(FileTrouble.DAMAGED, name=name, detail="size")


def _tag_by_tag(name: str, part: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    rest = next(pieces, b"")
    if not _is_markup(name, part, rest):
        for piece in chain([rest], pieces):
            if b"sheetData" in piece:
                raise FileRefusedError(FileTrouble.SUSPICIOUS, name=name, detail=part[:80])
        return
    for piece in chain([b""], pieces):
        rest += piece
        cut = rest.rfind(b"<")
        if len(rest) - max(cut, 0) > LONGEST_CELL:
            raise FileRefusedError(FileTrouble.CELL_TOO_LONG, name=name, detail=part[:80])
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
    yield rest


def _is_markup(name: str, part: str, start: bytes) -> bool:
    if start.startswith(_WIDE):
        raise FileRefusedError(FileTrouble.SUSPICIOUS, name=name, detail=part[:80])
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return True
    if start and part.lower().endswith((".xml", ".rels")):
        raise FileRefusedError(FileTrouble.DAMAGED, name=name, detail=part[:80])
    return False
