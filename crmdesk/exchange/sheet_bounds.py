"""The rectangle that the filled cells of a worksheet span, counted exactly by a strict XML parser."""

import re
from dataclasses import dataclass
from typing import IO, Final, NoReturn
from xml.parsers import expat

from crmdesk.exchange.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble

_ADDRESS: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")
_CONTENT: Final = frozenset({"v", "is", "f"})
_LETTERS: Final = 26


@dataclass(slots=True)
class Bounds:
    """What a reader would hold: the rectangle around all filled cells.

    Attributes:
        filled: how many cells have content.
        top, left, bottom, right: the rectangle, counted from 1; all 0 without filled cells.
        last_row: the row of the cell that reaches farthest down.
        last_address: the address of the filled cell farthest from the beginning.
    """

    filled: int = 0
    top: int = 0
    left: int = 0
    bottom: int = 0
    right: int = 0
    last_row: int = 0
    last_address: str = ""

    @property
    def cells(self) -> int:
        """How many cells the rectangle has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1) if self.filled else 0

    @property
    def trouble(self) -> FileTrouble:
        """What to say about too large a rectangle: one cell far away, or simply too much."""
        return FileTrouble.STRAY_CELL if self.filled * 2 < self.cells else FileTrouble.TOO_MANY_CELLS

    def add(self, row: int, column: int) -> None:
        """Take one filled cell in."""
        if row > self.bottom or column > self.right:
            self.last_row = row
            self.last_address = f"{letters_of(column)}{row}"
        self.bottom = max(self.bottom, row)
        self.right = max(self.right, column)
        self.top = min(self.top or row, row)
        self.left = min(self.left or column, column)
        self.filled += 1


def letters_of(column: int) -> str:
    """Return the letters of a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def number_of(letters: str) -> int:
    """Return the number of a column, counted from 1."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


class _Walker:
    """Follows rows and cells as a reader does, also where addresses are left out."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.bounds = Bounds()
        self.row = 0
        self.column = 0
        self.inside = False

    def start(self, tag: str, attributes: list[str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "c":
            self._place(_attribute_r(attributes))
            self.inside = True
        elif self.inside and local in _CONTENT:
            self.inside = False
            self.bounds.add(self.row, self.column)
            if self.bounds.cells > MOST_CELLS:
                raise self._too_wide()
        else:
            self.inside = False
            if local == "row":
                self._next_row(_attribute_r(attributes))

    def refuse(self, *_ignored: object) -> NoReturn:
        raise FileRefusedError(FileTrouble.SUSPICIOUS, name=self.name, detail="DTD")

    def _too_wide(self) -> FileRefusedError:
        bounds = self.bounds
        return FileRefusedError(bounds.trouble, name=self.name, detail=bounds.last_address, row=bounds.last_row)

    def _next_row(self, number: str | None) -> None:
        known = number is not None and number.isdecimal() and len(number) <= len(str(MOST_ROWS))
        self.row = int(number) if known and number else self.row + 1
        self.column = 0

    def _place(self, address: str | None) -> None:
        if address is None:
            self.column += 1
        else:
            found = _ADDRESS.match(address)
            if not found:
                raise FileRefusedError(FileTrouble.DAMAGED, name=self.name, detail=address[:20])
            self.column, self.row = number_of(found.group(1)), int(found.group(2))
        if self.column > MOST_COLUMNS or self.row > MOST_ROWS:
            raise FileRefusedError(FileTrouble.DAMAGED, name=self.name, detail=(address or "")[:20])


def _attribute_r(attributes: list[str]) -> str | None:
    for at in range(0, len(attributes), 2):
        if attributes[at] == "r":
            return attributes[at + 1]
    return None


def filled_bounds(stream: IO[bytes], name: str) -> Bounds:
    """Return the rectangle of filled cells in one worksheet part.

    Args:
        stream: the unpacked XML.
        name: the file's name for the refusal.

    Raises:
        FileRefusedError: no well-formed XML, a document type, an address outside of a worksheet, or a rectangle of
            more cells than are taken; found while reading, not at the end.
    """
    walker = _Walker(name)
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.StartElementHandler = walker.start
    parser.StartDoctypeDeclHandler = walker.refuse
    parser.EntityDeclHandler = walker.refuse
    try:
        parser.ParseFile(stream)
    except expat.ExpatError as trouble:
        raise FileRefusedError(FileTrouble.DAMAGED, name=name) from trouble
    return walker.bounds
