"""Looks through the parts of an .xlsx before any reader of spreadsheets touches it."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Final

from crmdesk.exchange.limits import (
    LARGEST_PACKAGE,
    LARGEST_PART,
    LARGEST_RATIO,
    LONGEST_CELL,
    MEBIBYTE,
    MOST_CELLS,
    MOST_PARTS,
    RATIO_COUNTS_FROM,
)
from crmdesk.exchange.sheet_bounds import filled_bounds, number_of
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble

# What Excel, WPS and the usual writers produce: the address first, in double quotes.
_ROW_OF_CELL: Final = re.compile(rb'<c r="[A-Z]{1,3}([1-9][0-9]{0,6})"')
_COLUMN_OF_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})[1-9]')
_CELL_START: Final = b"<c "
_CELL_OTHERWISE: Final = re.compile(rb"<(?:[^\s<>/:!?\"'=]{1,40}:c|c)(?=[\t\r\n/>])|<[^\s<>/:!?\"'=]{1,40}:c ")
_DTD: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
# What the standard library raises over a package whose tables do not fit its content.
_BROKEN: Final = (
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
_UNBOUNDED: Final = 1 << 62


def check_package(path: Path) -> None:
    """Refuse an .xlsx that could do harm; read nothing of it into memory at once.

    Checks the number, names and sizes of parts (declared and real), shrinking ratio, documents types and entities,
    over-long texts, and the rectangle of cells that a reader would allocate.

    Raises:
        FileRefusedError: with what was found.
    """
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            _check_list(path.name, parts)
            for part in parts:
                _check_part(path.name, package, part)
    except _BROKEN as trouble:
        raise FileRefusedError(FileTrouble.DAMAGED, name=path.name) from trouble


def _check_list(name: str, parts: list[zipfile.ZipInfo]) -> None:
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


def _check_part(name: str, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    reach = _Reach()
    for data in _pieces(name, package, part):
        if _DTD.search(data):
            raise FileRefusedError(FileTrouble.SUSPICIOUS, name=name, detail=part.filename[:80])
        reach.take_in(data)
        if reach.cells > MOST_CELLS * 2:
            raise FileRefusedError(FileTrouble.TOO_MANY_CELLS, name=name, row=reach.row)
    if reach.unusual or reach.row * reach.column > MOST_CELLS:
        with package.open(part) as stream:
            filled_bounds(stream, name)


class _Reach:
    """How far the cells of a part reach, filled or not, as far as their addresses are written the usual way."""

    def __init__(self) -> None:
        self.cells = 0
        self.row = 0
        self.column = 0
        self.unusual = False

    def take_in(self, data: bytes) -> None:
        starts = data.count(_CELL_START)
        self.cells += starts
        if not self.unusual and _CELL_OTHERWISE.search(data):
            self.unusual = True
        if starts and not self.unusual:
            rows = _ROW_OF_CELL.findall(data)
            self.unusual = len(rows) != starts
            self.row = max(self.row, *map(int, set(rows)), 0)
            columns = {letters.decode("ascii") for letters in set(_COLUMN_OF_CELL.findall(data))}
            self.column = max(self.column, *map(number_of, columns), 0)


def _pieces(name: str, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
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
