"""Looks through the parts of an .xlsx before any reader of spreadsheets touches it."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from crmdesk.exchange.limits import MOST_CELLS, MOST_TEXT
from crmdesk.exchange.shared_text import check_shared_text
from crmdesk.exchange.sheet_bounds import Bounds, filled_bounds
from crmdesk.exchange.sheet_reach import Reach, add_filled
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble
from crmdesk.exchange.zip_parts import BROKEN_PACKAGE, check_parts, pieces_of

_DTD: Final = (b"<!DOCTYPE", b"<!ENTITY")


def check_package(path: Path) -> None:
    """Refuse an .xlsx that could do harm; read nothing of it into memory at once.

    Checks the number, names and sizes of parts (declared and real), shrinking ratio, document types and entities,
    over-long texts, the rectangle of cells that a reader would allocate, and the text that cells share.

    Raises:
        FileRefusedError: with what was found.
    """
    try:
        with zipfile.ZipFile(path) as package:
            check_parts(path.name, package.infolist())
            reaches = [_check_part(path.name, package, part) for part in package.infolist()]
            _check_text(path.name, package, reaches)
    except BROKEN_PACKAGE as trouble:
        raise FileRefusedError(FileTrouble.DAMAGED, name=path.name) from trouble


def _check_part(name: str, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Reach:
    reach = Reach()
    for data in pieces_of(name, package, part):
        if any(sign in data for sign in _DTD):
            raise FileRefusedError(FileTrouble.SUSPICIOUS, name=name, detail=part.filename[:80])
        reach.take_in(data)
        if reach.cells > MOST_CELLS * 2:
            raise FileRefusedError(FileTrouble.TOO_MANY_CELLS, name=name, row=reach.row)
    if reach.unusual or (reach.row * reach.column > MOST_CELLS and not _plainly_small(name, package, part)):
        with package.open(part) as stream:
            filled_bounds(stream, name)
    return reach


def _plainly_small(name: str, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Count only filled cells; false when some are written so that only an XML parser can tell.

    Raises:
        FileRefusedError: the filled cells span too much.
    """
    bounds = Bounds()
    for data in _cell_by_cell(pieces_of(name, package, part)):
        if not add_filled(data, bounds):
            return False
        if bounds.cells > MOST_CELLS:
            raise FileRefusedError(bounds.trouble, name=name, detail=bounds.last_address, row=bounds.last_row)
    return True


def _cell_by_cell(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Cut the pieces anew, so that no cell is torn from its content."""
    rest = b""
    for piece in pieces:
        data = rest + piece
        cut = max(data.rfind(b"<c "), 0)
        yield data[:cut]
        rest = data[cut:]
    yield rest


def _check_text(name: str, package: zipfile.ZipFile, reaches: list[Reach]) -> None:
    """Count what the cells would copy out of the shared strings, exactly only when it may be much."""
    longest = max((reach.longest for reach in reaches), default=0)
    cells = max((reach.cells for reach in reaches), default=0)
    unusual = any(reach.unusual for reach in reaches)
    if longest and (unusual or longest * cells > MOST_TEXT):
        parts = package.infolist()
        check_shared_text(
            name,
            package,
            [part for part, reach in zip(parts, reaches, strict=True) if reach.strings],
            [part for part, reach in zip(parts, reaches, strict=True) if reach.cells or reach.unusual],
        )
