"""Looks through the records of an .xls and hands on a container that the reader of spreadsheets can trust."""

import struct
from collections import Counter
from pathlib import Path
from typing import Final

import olefile

from crmdesk.exchange.limits import LARGEST_OLD_WORKBOOK, MEBIBYTE, MOST_CELLS, MOST_TEXT
from crmdesk.exchange.ole_container import container_of
from crmdesk.exchange.ole_strings import string_lengths
from crmdesk.exchange.sheet_bounds import Bounds
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble

_RECORD: Final = struct.Struct("<HH")
_PLACE: Final = struct.Struct("<HH")
_SHORT: Final = struct.Struct("<H")
_LONG: Final = struct.Struct("<I")
_EOF: Final = 0x000A
_FILEPASS: Final = 0x002F
_CONTINUE: Final = 0x003C
_BOUND_SHEET: Final = 0x0085
_SST: Final = 0x00FC
_LABEL_SST: Final = 0x00FD
_MULTIPLE_NUMBERS: Final = 0x00BD
_DIMENSIONS: Final = 0x0200
_FORMULA_TEXT: Final = 0x0207
_BOF: Final = 0x0809
# FORMULA, LABELSST, RSTRING, NUMBER, LABEL, BOOLERR, RK, MULRK
_FILLED: Final = frozenset({0x0006, _LABEL_SST, 0x00D6, 0x0203, 0x0204, 0x0205, 0x027E, _MULTIPLE_NUMBERS})
_PLACE_OF_INDEX: Final = 6


def clean_container(path: Path) -> bytes:
    """Return the workbook of an .xls in a fresh container, with what a reader would believe blindly put right.

    Raises:
        FileRefusedError: protected, damaged, or more cells or text than is taken.
    """
    stream = bytearray(_workbook_stream(path))
    try:
        _Walk(path.name, stream).check()
    except struct.error as trouble:
        raise FileRefusedError(FileTrouble.TRUNCATED, name=path.name) from trouble
    return container_of(bytes(stream))


def _workbook_stream(path: Path) -> bytes:
    try:
        with olefile.OleFileIO(str(path)) as container:
            stream = "Workbook" if container.exists("Workbook") else "Book"
            size = container.get_size(stream)
            if size > LARGEST_OLD_WORKBOOK:
                raise FileRefusedError(FileTrouble.TOO_BIG, name=path.name, detail=f"{size // MEBIBYTE}")
            content: bytes = container.openstream(stream).read()
    except (OSError, ValueError, IndexError, TypeError, KeyError, RecursionError, struct.error) as trouble:
        raise FileRefusedError(FileTrouble.TRUNCATED, name=path.name) from trouble
    if len(content) < size or not content:
        raise FileRefusedError(FileTrouble.TRUNCATED, name=path.name)
    return content


class _Walk:
    """One walk over the records, which finds what each sheet would make a reader hold."""

    def __init__(self, name: str, stream: bytearray) -> None:
        self._name = name
        self._stream = stream
        self._sheets: list[int] = []
        self._bounds: dict[int, Bounds] = {}
        self._open: list[Bounds] = []
        self._texts: Counter[int] = Counter()
        self._strings: list[bytes] = []
        self._declared = 0

    def check(self) -> None:
        """Walk, put the declared sizes right, refuse what is too much."""
        at = 0
        before = 0
        while at + _RECORD.size <= len(self._stream):
            kind, size = _RECORD.unpack_from(self._stream, at)
            at += _RECORD.size
            if kind in _FILLED:
                self._cell(kind, at, size)
            elif kind in _HANDLED:
                self._other(kind, at, size, before)
            before = kind if kind != _CONTINUE else before
            at += size
        self._check_cells()
        self._check_text()

    def _cell(self, kind: int, at: int, size: int) -> None:
        row, column = _PLACE.unpack_from(self._stream, at)
        for bounds in self._open:
            bounds.add(row + 1, column + 1)
            if kind == _MULTIPLE_NUMBERS:
                bounds.add(row + 1, _SHORT.unpack_from(self._stream, at + size - _SHORT.size)[0] + 1)
        if kind == _LABEL_SST:
            self._texts[_LONG.unpack_from(self._stream, at + _PLACE_OF_INDEX)[0]] += 1

    def _other(self, kind: int, at: int, size: int, before: int) -> None:
        if kind == _BOF:
            bounds = Bounds()
            self._bounds[at - _RECORD.size] = bounds
            self._open.append(bounds)
        elif kind == _EOF:
            self._open.clear()
        elif kind == _FILEPASS:
            raise FileRefusedError(FileTrouble.PASSWORD, name=self._name)
        elif kind == _BOUND_SHEET:
            self._sheets.append(_LONG.unpack_from(self._stream, at)[0])
        elif kind == _DIMENSIONS:
            # A promise that readers reserve memory for; the cells themselves are counted here.
            self._stream[at : at + size] = bytes(len(self._stream[at : at + size]))
        elif kind == _FORMULA_TEXT:
            for bounds in self._open:
                bounds.add(1, 1)
        else:
            self._take_strings(kind, at, size, before)

    def _take_strings(self, kind: int, at: int, size: int, before: int) -> None:
        if kind == _SST:
            self._declared = _LONG.unpack_from(self._stream, at + _LONG.size)[0]
            self._strings = [bytes(self._stream[at + 2 * _LONG.size : at + size])]
        elif before == _SST:
            self._strings.append(bytes(self._stream[at : at + size]))

    def _check_cells(self) -> None:
        total = 0
        for place in self._sheets:
            if place not in self._bounds:
                raise FileRefusedError(FileTrouble.DAMAGED, name=self._name)
            bounds = self._bounds[place]
            total += bounds.cells
            if total > MOST_CELLS:
                raise FileRefusedError(bounds.trouble, name=self._name, detail=bounds.last_address, row=bounds.last_row)

    def _check_text(self) -> None:
        lengths = string_lengths(self._strings)
        if self._declared != len(lengths):
            raise FileRefusedError(FileTrouble.DAMAGED, name=self._name)
        text = sum(lengths[index] * times for index, times in self._texts.items() if index < len(lengths))
        if text * max(len(self._sheets), 1) > MOST_TEXT:
            raise FileRefusedError(FileTrouble.TOO_MANY_CELLS, name=self._name)


_HANDLED: Final = frozenset({_BOF, _EOF, _FILEPASS, _BOUND_SHEET, _DIMENSIONS, _FORMULA_TEXT, _SST, _CONTINUE})
