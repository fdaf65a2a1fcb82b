"""Any list on screen as a workbook: real dates and numbers, one header line, ready to filter, print, import again."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from openpyxl import Workbook

from crmdesk.core.clock import local_time
from crmdesk.core.i18n import gettext
from crmdesk.core.workbook_facts import Cell, TableFacts
from crmdesk.documents.sheets.frame import Frame, apply_frame, sheet_title
from crmdesk.documents.sheets.look import Look, column_width
from crmdesk.documents.sheets.output import opened
from crmdesk.documents.sheets.package import write_package
from crmdesk.documents.sheets.rows import ROW_LIMIT, RowSpool, makers_for

_HEADER_HEIGHT = 34.0


def write_table(target: Path | BinaryIO, facts: TableFacts, *, rows_per_sheet: int = ROW_LIMIT - 1) -> int:
    """Write a list to an .xlsx file and give the number of its rows.

    The header is line 1 and the data begin in line 2, on as many sheets as needed. What was filtered, when and by whom
    stands on the last sheet and in the printed header.

    Raises:
        EnvironmentTroubleError: the file could not be written; what was there before is untouched.
        TypeError: an amount of money that is not whole fen.
    """
    with opened(target) as output:
        workbook = Workbook()
        look = Look(workbook)
        bodies: dict[str, tuple[RowSpool, ...]] = {}
        count = 0
        for part in _parts(iter(facts.rows), rows_per_sheet):
            spool = output.spool()
            _write_part(spool, facts, part, look)
            sheet = workbook.worksheets[0] if not bodies else workbook.create_sheet()
            sheet.title = sheet_title(facts.title, list(bodies))
            bodies[sheet.title] = (spool,)
            count += spool.next_row - 2
            widths = [column_width(column) for column in facts.columns]
            frame = Frame(widths, 1, spool.next_row - 1, 1, landscape=True, caption=facts.filters)
            apply_frame(sheet, frame)
        about = workbook.create_sheet(sheet_title(gettext("About this list"), list(bodies)))
        bodies[about.title] = (output.spool(),)
        _write_about(bodies[about.title][0], facts, look, count)
        apply_frame(about, Frame([16, 70], landscape=False))
        write_package(workbook, bodies, output.file)
    return count


def _parts(rows: Iterator[Sequence[Cell]], size: int) -> Iterator[Iterator[Sequence[Cell]]]:
    """Cut ``rows`` into runs of at most ``size``; at least one, even when there are no rows."""
    yield islice(rows, size)
    while (following := next(rows, None)) is not None:
        yield chain([following], islice(rows, size - 1))


def _write_part(spool: RowSpool, facts: TableFacts, rows: Iterator[Sequence[Cell]], look: Look) -> None:
    spool.add([(look.header(column.kind), column.title) for column in facts.columns], _HEADER_HEIGHT)
    styles = [look.body(column.kind) for column in facts.columns]
    spool.add_all(rows, makers_for(facts.columns, styles, ZoneInfo(facts.zone)))


def _write_about(spool: RowSpool, facts: TableFacts, look: Look, count: int) -> None:
    made = f"{local_time(facts.made_at, facts.zone):%Y-%m-%d %H:%M}"
    spool.add([(look.named("title"), facts.title)], 30.0)
    for label, text in (
        (gettext("Filter"), facts.filters or gettext("none")),
        (gettext("Rows"), f"{count:,}"),
        (gettext("Created on"), made),
        (gettext("Created by"), facts.made_by),
    ):
        if text:
            spool.add([(look.named("label"), label), (look.named("words"), text)])
