"""How far the cells of a worksheet part reach and how much text they share, counted quickly."""

import re
from typing import Final

from crmdesk.exchange.sheet_bounds import Bounds, number_of

# What Excel, WPS and the usual writers produce: the address first, in double quotes.
_ROW_OF_CELL: Final = re.compile(rb'<c r="[A-Z]{1,3}([1-9][0-9]{0,6})"')
_COLUMN_OF_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})[1-9]')
_CELL_START: Final = b"<c "
_FILLED_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"[^<>]*(?<!/)><(?:v|is|f)[ >]')
_BLANK_CELL: Final = re.compile(rb'<c r="[^<>]*(?:/>|(?<!/)></c>)')
_CELL_OTHERWISE: Final = (b"<c>", b"<c/", b"<c\t", b"<c\n", b"<c\r")
_PREFIXED_CELL: Final = re.compile(rb"<[^\s<>/:!?\"'=]{1,40}:c[\s/>]")
_STRINGS: Final = re.compile(rb"<(?:[^\s<>/:!?\"'=]{1,40}:)?sst[\s>]")
_STRING_START: Final = b"<si"
_STRING_END: Final = b"</si>"


class Reach:
    """What one part holds, as far as it is written the usual way.

    Attributes:
        cells: how many cells there are, filled or not.
        row, column: the farthest of them.
        unusual: some cell is written in another way; only an exact count tells.
        strings: the part is the table of shared strings.
        longest: bytes of the longest shared string, with its tags.
    """

    def __init__(self) -> None:
        self.cells = 0
        self.row = 0
        self.column = 0
        self.unusual = False
        self.strings = False
        self.longest = 0

    def take_in(self, data: bytes) -> None:
        """Count one piece of the part."""
        self.strings = self.strings or (b"sst" in data and _STRINGS.search(data) is not None)
        if self.strings:
            first = max(data.find(_STRING_START), 0)
            self.longest = max(self.longest, *map(len, data[first:].split(_STRING_END)), 0)
        starts = data.count(_CELL_START)
        self.cells += starts
        if not self.unusual and _written_otherwise(data):
            self.unusual = True
        if starts and not self.unusual:
            rows = _ROW_OF_CELL.findall(data)
            self.unusual = len(rows) != starts
            self.row = max(self.row, *map(int, set(rows)), 0)
            columns = {letters.decode("ascii") for letters in set(_COLUMN_OF_CELL.findall(data))}
            self.column = max(self.column, *map(number_of, columns), 0)


def _written_otherwise(data: bytes) -> bool:
    if any(form in data for form in _CELL_OTHERWISE):
        return True
    return b":c" in data and _PREFIXED_CELL.search(data) is not None


def add_filled(data: bytes, bounds: Bounds) -> bool:
    """Take the filled cells of one piece into `bounds`; false when some cell is neither plainly filled nor blank."""
    found = _FILLED_CELL.findall(data)
    if found:
        columns = [number_of(letters.decode("ascii")) for letters in {letters for letters, _row in found}]
        rows = [int(row) for row in {row for _letters, row in found}]
        bounds.add(min(rows), min(columns))
        bounds.add(max(rows), max(columns))
        bounds.filled += len(found) - 2
    return len(found) + len(_BLANK_CELL.findall(data)) == data.count(_CELL_START)
