"""The owner's data sheets: title, totals that follow the filter, header, one line per fact."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from openpyxl.utils import get_column_letter

from crmdesk.core.i18n import gettext
from crmdesk.core.money import FEN_PER_YUAN
from crmdesk.core.workbook_facts import Cell, CellKind
from crmdesk.documents.sheets.book import FIRST_ROW, HEADER_HEIGHT, HEADER_ROW, Book
from crmdesk.documents.sheets.cells import Formula
from crmdesk.documents.sheets.frame import Frame, apply_frame
from crmdesk.documents.sheets.look import column_width
from crmdesk.documents.sheets.owner_fields import Field
from crmdesk.documents.sheets.rows import StyledCell, makers_for

# SUBTOTAL's functions that pass over filtered lines.
_COUNT_ALL: Final = 103
_SUM: Final = 109
# Whole numbers whose sum says nothing.
_NOT_SUMMED: Final = frozenset({"days", "head_office_days", "uncollected_days", "recency", "r", "f", "m"})


@dataclass(frozen=True, slots=True)
class DataSheet:
    """One sheet of facts: ``key`` begins its names in formulas, ``title`` is shown."""

    key: str
    title: str
    fields: Sequence[Field]
    zone: str
    words: Mapping[str, Mapping[str, str]]


def add_data(book: Book, sheet: DataSheet, rows: Iterable[Sequence[Cell]]) -> int:
    """Write the rows of one data sheet, name its columns for formulas, and give the number of rows."""
    head, body = book.spools(sheet.key, FIRST_ROW)
    columns = [field.column(sheet.words) for field in sheet.fields]
    styles = [book.look.body(field.kind) for field in sheet.fields]
    summed = [place for place, field in enumerate(sheet.fields) if _is_summed(field)]
    sums = dict.fromkeys(summed, 0)
    body.add_all(_summing(rows, sums), makers_for(columns, styles, ZoneInfo(sheet.zone)))
    last_row = body.next_row - 1
    count = body.next_row - FIRST_ROW
    book.title_rows(head, sheet.title)
    head.add(_totals(book, sheet, sums, last_row, count))
    head.add([(book.look.header(column.kind), column.title) for column in columns], HEADER_HEIGHT)
    for place, field in enumerate(sheet.fields, 1):
        book.name_column(sheet.key, field.name, place, last_row)
    widths = [column_width(column) for column in columns]
    apply_frame(book.sheets[sheet.key], Frame(widths, HEADER_ROW, last_row, 1, caption=book.caption))
    return count


def _is_summed(field: Field) -> bool:
    return field.kind in {CellKind.INTEGER, CellKind.MONEY} and field.name not in _NOT_SUMMED


def _summing(rows: Iterable[Sequence[Cell]], sums: dict[int, int]) -> Iterator[Sequence[Cell]]:
    places = list(sums)
    for row in rows:
        for place in places:
            value = row[place]
            if type(value) is int:
                sums[place] += value
        yield row


def _totals(
    book: Book, sheet: DataSheet, sums: Mapping[int, int], last_row: int, count: int
) -> list[StyledCell | None]:
    """Totals of what the filter leaves. The first cell counts lines; the word "Total" is part of its number format."""
    last = max(last_row, FIRST_ROW)
    cells: list[StyledCell | None] = []
    for place, field in enumerate(sheet.fields):
        letter = get_column_letter(place + 1)
        area = f"{letter}{FIRST_ROW}:{letter}{last}"
        if place == 0:
            style = book.look.counted(gettext("{count} lines"))
            cells.append((style, Formula(f"SUBTOTAL({_COUNT_ALL},{area})", count)))
        elif place in sums:
            value = sums[place] / FEN_PER_YUAN if field.kind is CellKind.MONEY else sums[place]
            cells.append(book.total_cell(field.kind, Formula(f"SUBTOTAL({_SUM},{area})", value)))
        else:
            cells.append(book.total_cell(CellKind.YES_NO, None))
    return cells
