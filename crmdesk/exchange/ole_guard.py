"""Looks through the records of an .xls before any reader of spreadsheets touches it."""

import struct
from pathlib import Path
from typing import Final

import olefile

from crmdesk.exchange.limits import LARGEST_PART, MEBIBYTE, MOST_CELLS
from crmdesk.exchange.sheet_bounds import Bounds
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble

_RECORD: Final = struct.Struct("<HH")
_PLACE: Final = struct.Struct("<HH")
_LAST_COLUMN: Final = struct.Struct("<H")
_BOF: Final = 0x0809
_FILEPASS: Final = 0x002F
_MULTIPLE_NUMBERS: Final = 0x00BD
# FORMULA, LABELSST, RSTRING, NUMBER, LABEL, BOOLERR, RK, MULRK
_FILLED: Final = frozenset({0x0006, 0x00FD, 0x00D6, 0x0203, 0x0204, 0x0205, 0x027E, _MULTIPLE_NUMBERS})


def check_container(path: Path) -> None:
    """Refuse an .xls that is protected, damaged, or whose cells span more than is taken.

    Raises:
        FileRefusedError: with what was found.
    """
    records = _workbook_stream(path)
    try:
        _walk(path.name, records)
    except struct.error as trouble:
        raise FileRefusedError(FileTrouble.TRUNCATED, name=path.name) from trouble


def _workbook_stream(path: Path) -> bytes:
    try:
        with olefile.OleFileIO(str(path)) as container:
            stream = "Workbook" if container.exists("Workbook") else "Book"
            size = container.get_size(stream)
            if size > LARGEST_PART:
                raise FileRefusedError(FileTrouble.TOO_BIG, name=path.name, detail=f"{size // MEBIBYTE}")
            content: bytes = container.openstream(stream).read()
    except (OSError, ValueError, IndexError, TypeError, RecursionError) as trouble:
        raise FileRefusedError(FileTrouble.TRUNCATED, name=path.name) from trouble
    if not content:
        raise FileRefusedError(FileTrouble.TRUNCATED, name=path.name)
    return content


def _walk(name: str, content: bytes) -> None:
    at = 0
    bounds = Bounds()
    unpack = _RECORD.unpack_from
    end = len(content) - _RECORD.size
    while at <= end:
        kind, size = unpack(content, at)
        at += _RECORD.size
        if kind in _FILLED:
            row, column = _PLACE.unpack_from(content, at)
            bounds.add(row + 1, column + 1)
            if kind == _MULTIPLE_NUMBERS:
                bounds.add(row + 1, _LAST_COLUMN.unpack_from(content, at + size - _LAST_COLUMN.size)[0] + 1)
        elif kind == _BOF:
            _check(name, bounds)
            bounds = Bounds()
        elif kind == _FILEPASS:
            raise FileRefusedError(FileTrouble.PASSWORD, name=name)
        at += size
    _check(name, bounds)


def _check(name: str, bounds: Bounds) -> None:
    if bounds.cells > MOST_CELLS:
        raise FileRefusedError(bounds.trouble, name=name, detail=bounds.last_address, row=bounds.last_row)
