"""Opens a file from outside as a table: the one way in."""

from itertools import islice
from pathlib import Path
from typing import Final

from crmdesk.exchange.csv_text import CsvSource
from crmdesk.exchange.header_rows import Header, find_header
from crmdesk.exchange.sniff import FileKind, sniff
from crmdesk.exchange.table import Row, Table, is_blank
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble
from crmdesk.exchange.workbook import WorkbookSource

_WIDTH_FROM: Final = 200


def open_table(path: Path, sheet: str | None = None, header_row: int | None = None) -> Table:
    """Return the table in a file.

    Args:
        path: an .xlsx, .xls or text file; what it really is counts, not its suffix.
        sheet: which sheet of a workbook; None takes the first one with something in it.
        header_row: the row of the header when the person has chosen it, 0 for a file without header; None looks
            for it.

    Raises:
        FileRefusedError: the file is not read, with the reason.
        EnvironmentTroubleError: the computer does not let it be read.
    """
    sniffed = sniff(path)
    source = CsvSource(sniffed) if sniffed.kind is FileKind.TEXT else WorkbookSource(sniffed, sheet)
    first = list(islice(source.rows(), _WIDTH_FROM))
    if all(is_blank(cells) for _, cells in first):
        raise FileRefusedError(FileTrouble.NO_ROWS, name=path.name)
    header = _header(first, header_row)
    return Table(
        origin=source.origin,
        headers=header.texts,
        header_rows=header.rows,
        first_column=source.first_column if isinstance(source, WorkbookSource) else 1,
        row_estimate=max(source.row_estimate - (header.rows[-1] if header.rows else 0), 0),
        read_rows=source.rows,
    )


def _header(first: list[Row], chosen: int | None) -> Header:
    if chosen is None:
        return find_header(first)
    width = max(len(cells) for _, cells in first)
    texts = next((cells for number, cells in first if number == chosen), [])
    labels = [str(cell) for cell in texts] + [""] * (width - len(texts))
    return Header(tuple(labels), (chosen,) if chosen else ())
