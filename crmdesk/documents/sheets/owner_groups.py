"""The owner's sheets by store, guide, level, cause, category, week and month: formulas over the data sheets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from openpyxl.utils import get_column_letter

from crmdesk.core.i18n import gettext
from crmdesk.core.workbook_facts import CellKind, Column
from crmdesk.core.workbook_tally import Group
from crmdesk.documents.sheets.book import FIRST_ROW, HEADER_HEIGHT, HEADER_ROW, Book, safe, valued
from crmdesk.documents.sheets.cells import Formula
from crmdesk.documents.sheets.frame import Frame, apply_frame
from crmdesk.documents.sheets.look import column_width
from crmdesk.documents.sheets.rows import StyledCell

Value = Callable[[Sequence[Group], int], float | None]
_KEY_WIDTH: Final = 16
_ONE_PAGE: Final = 60
_PORTRAIT_COLUMNS: Final = 9


@dataclass(frozen=True, slots=True)
class GroupColumn:
    """One computed column.

    ``formula`` may use ``{key}`` (the cell or text that names the line), ``{row}``, ``{column}`` (its own letter),
    ``{first}``, ``{last}`` (rows of the block) and ``{yes}``; ``value`` gives the same from all groups and a place.
    ``total`` is the formula of the line of totals, with ``{area}`` for the cells below; empty: none.
    ``plain`` columns are values without a formula.
    """

    name: str
    title: str
    kind: CellKind
    formula: str
    value: Value
    total: str = "SUM({area})"
    total_value: Callable[[Sequence[Group]], float | None] | None = None
    array: bool = False
    width: float = 12


@dataclass(frozen=True, slots=True)
class GroupSheet:
    """One sheet: ``lines`` are the name shown and the group, in order; a key of "" stands for lines without a name."""

    key: str
    title: str
    key_title: str
    key_kind: CellKind
    columns: Sequence[GroupColumn]
    lines: Sequence[tuple[str | date, Group]]
    key_format: str = ""
    key_width: float = _KEY_WIDTH

    @property
    def last_row(self) -> int:
        """Give the row of the last line."""
        return FIRST_ROW + max(len(self.lines), 1) - 1


def own(read: Callable[[Group], float | None]) -> Value:
    """Give the value that depends on the line's own group only."""
    return lambda groups, place: read(groups[place])


def add_groups(book: Book, sheet: GroupSheet) -> None:
    """Write one sheet of groups and name its columns for formulas."""
    head, body = book.spools(sheet.key, FIRST_ROW)
    groups = [group for _name, group in sheet.lines]
    columns = [Column(gettext(sheet.key_title), sheet.key_kind, sheet.key_width), *map(_column, sheet.columns)]
    for place, (name, _group) in enumerate(sheet.lines):
        body.add([_key_cell(book, sheet, name), *_computed(book, sheet, groups, place, name)])
    book.title_rows(head, sheet.title)
    head.add([book.total_cell(CellKind.TEXT, gettext("Total")), *_totals(book, sheet, groups)])
    head.add([(book.look.header(column.kind), column.title) for column in columns], HEADER_HEIGHT)
    for place, column in enumerate(sheet.columns, 2):
        book.name_column(sheet.key, column.name, place, sheet.last_row)
    widths = [column_width(column) for column in columns]
    wide = len(columns) > _PORTRAIT_COLUMNS
    frame = Frame(widths, HEADER_ROW, sheet.last_row, 1, landscape=wide, caption=book.caption)
    apply_frame(book.sheets[sheet.key], frame)
    if len(sheet.lines) <= _ONE_PAGE:
        book.sheets[sheet.key].page_setup.fitToHeight = 1


def _column(column: GroupColumn) -> Column:
    return Column(gettext(column.title), column.kind, column.width)


def _key_cell(book: Book, sheet: GroupSheet, name: str | date) -> StyledCell:
    style = book.look.formatted(sheet.key_format) if sheet.key_format else book.look.body(sheet.key_kind)
    return (style, name or gettext("(none)"))


def _computed(
    book: Book, sheet: GroupSheet, groups: Sequence[Group], place: int, name: str | date
) -> list[StyledCell | None]:
    row = FIRST_ROW + place
    cells: list[StyledCell | None] = []
    for number, column in enumerate(sheet.columns, 2):
        value = column.value(groups, place)
        style = book.look.body(column.kind)
        if not column.formula:
            cells.append((style, value))
            continue
        text = column.formula.format(
            key=f"$A{row}" if name else '""',
            row=row,
            column=get_column_letter(number),
            first=FIRST_ROW,
            last=sheet.last_row,
            yes=quoted(gettext("Yes")),
        )
        cells.append((style, valued(text, value, array=column.array)))
    return cells


def _totals(book: Book, sheet: GroupSheet, groups: Sequence[Group]) -> list[StyledCell | None]:
    cells: list[StyledCell | None] = []
    for number, column in enumerate(sheet.columns, 2):
        letter = get_column_letter(number)
        if not column.total:
            cells.append(book.total_cell(CellKind.YES_NO, None))
            continue
        text = column.total.format(area=f"{letter}{FIRST_ROW}:{letter}{sheet.last_row}", yes=quoted(gettext("Yes")))
        value = column.total_value(groups) if column.total_value else _sum(column, groups)
        cells.append(book.total_cell(column.kind, Formula(safe(text), "–" if value is None else value)))
    return cells


def _sum(column: GroupColumn, groups: Sequence[Group]) -> float:
    return sum(column.value(groups, place) or 0 for place in range(len(groups)))


def quoted(text: str) -> str:
    """Give ``text`` as a literal inside a formula."""
    return '"' + text.replace('"', '""') + '"'
