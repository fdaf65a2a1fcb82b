"""A workbook under construction: its sheets in order, their rows, the names that formulas use."""

from dataclasses import dataclass, field
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from crmdesk.core.workbook_facts import CellKind
from crmdesk.documents.sheets.cells import Formula
from crmdesk.documents.sheets.frame import sheet_title
from crmdesk.documents.sheets.look import Look
from crmdesk.documents.sheets.output import Output
from crmdesk.documents.sheets.package import write_package
from crmdesk.documents.sheets.rows import RowSpool, StyledCell

# Every sheet of the owner's workbook: title, caption, totals, header, then the data.
TITLE_ROW: Final = 1
TOTAL_ROW: Final = 3
HEADER_ROW: Final = 4
FIRST_ROW: Final = 5
TITLE_HEIGHT: Final = 32.0
HEADER_HEIGHT: Final = 34.0
# What a cell shows when there is nothing to divide by.
NOTHING: Final = "–"


@dataclass(slots=True)
class Book:
    """The workbook, its style numbers, and per sheet key: the sheet and its rows (a head and a body)."""

    output: Output
    caption: str
    workbook: Workbook = field(default_factory=Workbook)
    sheets: dict[str, Worksheet] = field(default_factory=dict)
    bodies: dict[str, tuple[RowSpool, ...]] = field(default_factory=dict)
    look: Look = field(init=False)

    def __post_init__(self) -> None:
        """Begin without any sheet."""
        self.workbook.remove(self.workbook.worksheets[0])
        self.look = Look(self.workbook)

    def add_sheet(self, key: str, title: str) -> None:
        """Add an empty sheet behind the others; ``title`` is what its tab shows."""
        self.sheets[key] = self.workbook.create_sheet(sheet_title(title, self.workbook.sheetnames))

    def spools(self, key: str, body_row: int) -> tuple[RowSpool, RowSpool]:
        """Give two spools of a sheet: for the rows above ``body_row``, which may be written last, and from it."""
        head, body = self.output.spool(), self.output.spool()
        body.next_row = body_row
        self.bodies[self.sheets[key].title] = (head, body)
        return head, body

    def title_rows(self, head: RowSpool, title: str) -> None:
        """Write title and caption."""
        head.add([(self.look.named("title"), title)], TITLE_HEIGHT)
        head.add([(self.look.named("caption"), self.caption)])

    def total_cell(self, kind: CellKind, value: Formula | str | None) -> StyledCell:
        """Give a cell of the line of totals."""
        return (self.look.total(kind if value is not None else CellKind.YES_NO), value)

    def name_column(self, key: str, column: str, place: int, last_row: int) -> None:
        """Give the cells below the header of column number ``place`` the name ``key_column`` for formulas."""
        letter = get_column_letter(place)
        area = f"${letter}${FIRST_ROW}:${letter}${max(last_row, FIRST_ROW)}"
        self.name(f"{key}_{column}", key, area)

    def name(self, name: str, key: str, area: str) -> None:
        """Give ``area`` (absolute) of a sheet a ``name`` for formulas."""
        self.workbook.defined_names[name] = DefinedName(
            name, attr_text=f"{quote_sheetname(self.sheets[key].title)}!{area}"
        )

    def write(self) -> None:
        """Write the package."""
        write_package(self.workbook, self.bodies, self.output.file)


def safe(formula: str) -> str:
    """Give ``formula`` showing a dash where it has no value."""
    return f'IFERROR({formula},"{NOTHING}")'


def valued(formula: str, value: float | None, *, array: bool = False) -> Formula:
    """Give a `safe` formula with the value that it has now."""
    return Formula(safe(formula), NOTHING if value is None else value, array)
