"""The rows that an import refused, as a workbook to mend and import again."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.workbook_facts import Cell, CellKind, Column, ImportErrorsFacts, RejectedRow, TableFacts
from crmdesk.documents.sheets.table import write_table

# The two columns that are ours; an import passes over columns with these titles, in either language.
ROW_NUMBER_TITLE = mark("Original row")
REASON_TITLE = mark("What is wrong")
_REASON_WIDTH = 46.0


def write_import_errors(target: Path | BinaryIO, facts: ImportErrorsFacts) -> int:
    """Write the rejected rows and give their number.

    Columns: the row's number in the original file, the original columns with their titles and cells unchanged (all as
    text; cells beyond the last title keep their places under empty titles), the reasons. The titles are in line 1 of
    the first sheet, so the mended file goes through the same import.

    Raises:
        EnvironmentTroubleError: the file could not be written; what was there before is untouched.
    """
    rows = list(facts.rows)
    width = max([len(facts.header), *(len(row.cells) for row in rows)])
    titles = [*facts.header, *[""] * (width - len(facts.header))]
    table = TableFacts(
        title=gettext("Rows to mend"),
        columns=[
            Column(gettext(ROW_NUMBER_TITLE), CellKind.INTEGER),
            *(Column(title) for title in titles),
            Column(gettext(REASON_TITLE), width=_REASON_WIDTH),
        ],
        rows=_cells(rows, width),
        made_at=facts.made_at,
        filters=facts.source,
    )
    return write_table(target, table)


def _cells(rows: Sequence[RejectedRow], width: int) -> Iterator[Sequence[Cell]]:
    for row in rows:
        gap = [""] * (width - len(row.cells))
        yield [row.number, *row.cells, *gap, gettext("; ").join(row.reasons)]
