"""Rows of a text file: comma, semicolon, tab or bar between them, quoted or not."""

import csv
from collections.abc import Iterator
from typing import IO, Final

from crmdesk.core.cell_guard import unguarded
from crmdesk.exchange.limits import LONGEST_CELL, MOST_COLUMNS
from crmdesk.exchange.sniff import FileKind, Sniffed
from crmdesk.exchange.table import Cell, Origin, Row
from crmdesk.exchange.text_encoding import detect_encoding
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble

_DELIMITERS: Final = (",", "\t", ";", "|", "，")
_GUESS_LINES: Final = 40
_NAMED: Final = "sep="


class CsvSource:
    """A text file that can be read from its beginning as often as needed."""

    def __init__(self, sniffed: Sniffed) -> None:
        """Find out encoding and delimiter.

        Raises:
            FileRefusedError: no known encoding, or a line longer than any cell may be.
        """
        self._path = sniffed.path
        found = detect_encoding(sniffed.path)
        self._codec = found.codec
        self.encoding = found
        self.row_estimate = found.lines + 1
        first = self._first_lines()
        self._skip_first = bool(first) and first[0].lower().startswith(_NAMED)
        self.delimiter = _delimiter(first)
        self.origin = Origin(
            sniffed.path.name, FileKind.TEXT, sniffed.suffix_fits, encoding=found.codec, delimiter=self.delimiter
        )

    def rows(self) -> Iterator[Row]:
        """Yield numbered rows without formula guards; a cell with line breaks stays one row, as Excel shows it.

        Raises:
            FileRefusedError: a cell longer than `LONGEST_CELL`, a quote that is never closed, too many columns.
        """
        with self._open() as handle:
            lines = _Lines(handle, self._path.name)
            reader = csv.reader(lines, delimiter=self.delimiter)
            if self._skip_first:
                next(reader, None)
            number = 0
            try:
                for number, cells in enumerate(reader, start=1):
                    if len(cells) > MOST_COLUMNS:
                        raise FileRefusedError(FileTrouble.TOO_MANY_CELLS, name=self._path.name, row=number)
                    yield number, list[Cell](map(unguarded, cells))
            except csv.Error as trouble:
                raise FileRefusedError(FileTrouble.QUOTE_OPEN, name=self._path.name, row=number + 1) from trouble

    def _open(self) -> IO[str]:
        return self._path.open(encoding=self._codec, newline="")

    def _first_lines(self) -> list[str]:
        with self._open() as handle:
            lines = _Lines(handle, self._path.name)
            return [line for line, _ in zip(lines, range(_GUESS_LINES), strict=False)]


class _Lines:
    """Lines of a file, none of them longer than a cell may be, without zero characters."""

    def __init__(self, handle: IO[str], name: str) -> None:
        self._handle = handle
        self._name = name
        self._number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._handle.readline(LONGEST_CELL)
        if not line:
            raise StopIteration
        self._number += 1
        if len(line) >= LONGEST_CELL:
            raise FileRefusedError(FileTrouble.CELL_TOO_LONG, name=self._name, row=self._number)
        return line.replace("\0", "") if "\0" in line else line


def _delimiter(lines: list[str]) -> str:
    """Return what the file names itself (`sep=;`), otherwise what cuts most lines into the same number of cells."""
    if lines and lines[0].lower().startswith(_NAMED):
        named = lines[0][len(_NAMED) :].strip("\r\n")
        if len(named) == 1:
            return named
    scores = {candidate: _score(lines, candidate) for candidate in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda candidate: scores[candidate])
    return best if scores[best] > 0 else ","


def _score(lines: list[str], delimiter: str) -> float:
    try:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=delimiter) if any(cells)]
    except csv.Error:
        return 0
    if not widths:
        return 0
    commonest = max(set(widths), key=lambda width: (widths.count(width), width))
    return widths.count(commonest) / len(widths) * (commonest - 1)
