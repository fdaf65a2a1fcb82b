"""Rows of a sheet as XML, spooled to a temporary file: as many as there are, in little memory."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Final
from zoneinfo import ZoneInfo

from openpyxl.utils import get_column_letter

from crmdesk.core.workbook_facts import Cell, Column
from crmdesk.documents.sheets.cells import CellMaker, Formula, cell_maker, value_cell

# Excel's limit.
ROW_LIMIT: Final = 1_048_576
_ROWS_AT_ONCE: Final = 512
_KEPT_IN_MEMORY: Final = 4_000_000
_COPIED_AT_ONCE: Final = 1 << 18

StyledCell = tuple[int, Cell | Formula]


class RowSpool:
    """The rows of one sheet, written from top to bottom; ``next_row`` is the number of the next one."""

    def __init__(self, folder: Path | None = None) -> None:
        """Spool beside the file that will be written, so that a full disk is found and named there."""
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - closed by chunks()
            max_size=_KEPT_IN_MEMORY, dir=None if folder is None else str(folder)
        )
        self.next_row = 1

    def add(self, cells: Sequence[StyledCell | None], height: float | None = None) -> int:
        """Write a hand-made row of ``(style, value)``, None leaving a cell out; give its number."""
        row = self.next_row
        size = f' ht="{height}" customHeight="1"' if height else ""
        body = "".join(
            value_cell(f"{get_column_letter(place)}{row}", cell[0], cell[1])
            for place, cell in enumerate(cells, 1)
            if cell is not None
        )
        self._file.write(f'<row r="{row}"{size}>{body}</row>'.encode())
        self.next_row += 1
        return row

    def skip(self, count: int = 1) -> None:
        """Leave ``count`` rows empty."""
        self.next_row += count

    def add_all(self, rows: Iterable[Sequence[Cell]], makers: Sequence[CellMaker]) -> None:
        """Write data rows by the ``makers`` of their columns, until they end or the sheet is full."""
        buffer: list[str] = []
        row = self.next_row
        for cells in rows:
            body = "".join([make(value, row) for make, value in zip(makers, cells, strict=True)])
            buffer.append(f'<row r="{row}">{body}</row>')
            row += 1
            if len(buffer) == _ROWS_AT_ONCE:
                self._file.write("".join(buffer).encode())
                buffer.clear()
        self._file.write("".join(buffer).encode())
        self.next_row = row

    def chunks(self) -> Iterator[bytes]:
        """Give everything written so far, then let the temporary file go."""
        with self._file as file:
            file.seek(0)
            while chunk := file.read(_COPIED_AT_ONCE):
                yield chunk

    def close(self) -> None:
        """Let the temporary file go without reading it."""
        self._file.close()


def makers_for(columns: Sequence[Column], styles: Sequence[int], zone: ZoneInfo) -> list[CellMaker]:
    """Give the cell makers of ``columns``, from column A on."""
    return [
        cell_maker(get_column_letter(place), style, column, zone)
        for place, (column, style) in enumerate(zip(columns, styles, strict=True), 1)
    ]
