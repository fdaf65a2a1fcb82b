"""A sheet from outside as headers and numbered rows, whatever file it came from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from crmdesk.exchange.sheet_bounds import letters_of
from crmdesk.exchange.sniff import FileKind

Cell = str | int | float | bool | date | datetime | time | timedelta
Row = tuple[int, list[Cell]]
ReadRows = Callable[[], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a table comes from, for the preview and the report.

    Attributes:
        name: the file's name without folder.
        kind: by content.
        suffix_fits: false when the name says another kind.
        sheet: the sheet that is read; empty for text files.
        sheet_names: all visible sheets.
        encoding: of a text file (`utf-8`, `gb18030`, `utf-16-le`…), otherwise empty.
        delimiter: of a text file, otherwise empty.
    """

    name: str
    kind: FileKind
    suffix_fits: bool
    sheet: str = ""
    sheet_names: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Headers and a way to read the rows as often as needed.

    Attributes:
        origin: the file and sheet.
        headers: one text per column, empty where the header is empty.
        header_rows: the row numbers that make up the header; empty when the file has none.
        first_column: the column (counted from 1) of `headers[0]`.
        row_estimate: about how many data rows there are, for the progress bar.
        read_rows: yields all rows, also titles and blank ones, with the number a person sees in Excel.
    """

    origin: Origin
    headers: tuple[str, ...]
    header_rows: tuple[int, ...]
    first_column: int
    row_estimate: int
    read_rows: ReadRows

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the header that are not blank; blank ones keep their number."""
        last = self.header_rows[-1] if self.header_rows else 0
        for number, cells in self.read_rows():
            if number > last and not is_blank(cells):
                yield number, cells

    def sample(self, count: int) -> list[Row]:
        """Return the first rows for a preview or for guessing."""
        return list(islice(self.rows(), count))

    def letters(self, index: int) -> str:
        """Return the letters that Excel shows above a column of `headers`."""
        return letters_of(self.first_column + index)


def is_blank(cells: list[Cell]) -> bool:
    """Tell whether nothing is written in a row."""
    return not any(cell != "" and (not isinstance(cell, str) or cell.strip()) for cell in cells)
