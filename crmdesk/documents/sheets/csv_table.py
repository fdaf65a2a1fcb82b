"""Any list on screen as a CSV file that Excel opens with the right characters and without evaluating anything."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, Final

from crmdesk.core.cell_guard import guarded
from crmdesk.core.clock import local_time
from crmdesk.core.i18n import gettext
from crmdesk.core.money import FEN_PER_YUAN, Money
from crmdesk.core.workbook_facts import Cell, CellKind, Column, TableFacts
from crmdesk.documents.sheets.output import opened

# Without it Excel takes the file for the code page of the computer.
_ENCODING: Final = "utf-8-sig"


def write_csv(target: Path | BinaryIO, facts: TableFacts) -> int:
    """Write a list to a CSV file (UTF-8 with BOM, CRLF) and give the number of its rows.

    Text that a spreadsheet could take for a formula is guarded as `crmdesk.core.cell_guard` says; `unguarded` gives it
    back. Numbers, dates (2026-11-21) and amounts (1280.50) are never guarded.

    Raises:
        EnvironmentTroubleError: the file could not be written; what was there before is untouched.
    """
    with opened(target) as output:
        text = io.TextIOWrapper(output.file, encoding=_ENCODING, errors="replace", newline="", write_through=True)
        writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL)
        writer.writerow([guarded(column.title) for column in facts.columns])
        count = 0
        for row in facts.rows:
            writer.writerow(_texts(row, facts.columns, facts.zone))
            count += 1
        text.detach()
    return count


def _texts(row: Sequence[Cell], columns: Sequence[Column], zone: str) -> list[str]:
    return [_text(value, column, zone) for value, column in zip(row, columns, strict=True)]


def _text(value: Cell, column: Column, zone: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{local_time(value, zone):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if column.kind is CellKind.YES_NO:
        return gettext("Yes") if value else gettext("No")
    if column.kind is CellKind.MONEY:
        return _yuan(value)
    if isinstance(value, str):
        return guarded(column.words.get(value, value) if column.words else str(value))
    return str(value)


def _yuan(value: Cell) -> str:
    fen = value.fen if isinstance(value, Money) else value
    if type(fen) is not int:
        msg = f"money must be whole fen, not {type(fen).__name__}"
        raise TypeError(msg)
    sign, whole = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{whole // FEN_PER_YUAN}.{whole % FEN_PER_YUAN:02d}"
