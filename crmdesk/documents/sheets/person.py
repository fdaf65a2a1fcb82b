"""The copy of somebody's data as a workbook: one sheet for each kind of row."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from zoneinfo import ZoneInfo

from openpyxl import Workbook

from crmdesk.core.workbook_facts import TableFacts
from crmdesk.documents.sheets.frame import Frame, apply_frame, sheet_title
from crmdesk.documents.sheets.look import Look, column_width
from crmdesk.documents.sheets.output import opened
from crmdesk.documents.sheets.package import write_package
from crmdesk.documents.sheets.rows import makers_for

if TYPE_CHECKING:
    from crmdesk.documents.sheets.rows import RowSpool

_HEADER_HEIGHT = 34.0


def write_person_file(target: Path | BinaryIO, sheets: Sequence[TableFacts]) -> int:
    """Write the sheets in their order to an .xlsx file and give the number of rows on all of them.

    Texts are stored as texts: nothing that a person wrote can become a formula.

    Raises:
        EnvironmentTroubleError: the file could not be written; what was there before is untouched.
    """
    count = 0
    with opened(target) as output:
        workbook = Workbook()
        workbook.remove(workbook.worksheets[0])
        look = Look(workbook)
        bodies: dict[str, tuple[RowSpool, ...]] = {}
        for facts in sheets:
            sheet = workbook.create_sheet(sheet_title(facts.title, list(bodies)))
            spool = output.spool()
            spool.add([(look.header(column.kind), column.title) for column in facts.columns], _HEADER_HEIGHT)
            styles = [look.body(column.kind) for column in facts.columns]
            spool.add_all(facts.rows, makers_for(facts.columns, styles, ZoneInfo(facts.zone)))
            bodies[sheet.title] = (spool,)
            count += spool.next_row - 2
            widths = [column_width(column) for column in facts.columns]
            apply_frame(sheet, Frame(widths, 1, spool.next_row - 1, 0, landscape=True, caption=facts.title))
        write_package(workbook, bodies, output.file)
    return count
