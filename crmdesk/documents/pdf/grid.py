"""A table with a heading line; goes on over pages with its heading repeated."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from typing_extensions import override

from crmdesk.documents.pdf.blocks import Block
from crmdesk.documents.pdf.fonts import Weight
from crmdesk.documents.pdf.styles import BODY, LABEL
from crmdesk.documents.pdf.text import Style, lines_of
from crmdesk.documents.pdf.units import FINE, HAIR, PALE, Pen, Sheet

_PAD = 1.1
_CELL_GAP = 3.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, share of the width, figures to the right, style, or a box left empty to write in."""

    title: str
    share: float = 1.0
    right: bool = False
    style: Style = BODY
    box: bool = False


@dataclass(frozen=True, slots=True)
class Grid(Block):
    """Rows of texts, as many in each as there are columns; ``strong_last`` sets the last row off as a total."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    most: int = 6
    strong_last: bool = False
    tallest_row: float = 0.0  # rows are at least this high, for writing by hand

    def _widths(self, width: float) -> list[float]:
        total = sum(column.share for column in self.columns)
        room = width - _CELL_GAP * (len(self.columns) - 1)
        return [room * column.share / total for column in self.columns]

    def _head_height(self, width: float) -> float:
        widths = self._widths(width)
        counts = [len(lines_of(c.title, LABEL, w, 2)) for c, w in zip(self.columns, widths, strict=True)]
        return max(counts) * LABEL.line_mm + _PAD * 1.4

    def _cells(self, row: Sequence[str], width: float) -> list[tuple[str, ...]]:
        pairs = zip(self.columns, row, self._widths(width), strict=True)
        return [lines_of(text, column.style, wide, self.most) for column, text, wide in pairs]

    def _row_height(self, row: Sequence[str], width: float) -> float:
        cells = self._cells(row, width)
        text = max(max(len(lines), 1) * column.style.line_mm for column, lines in zip(self.columns, cells, strict=True))
        return max(text + 2 * _PAD, self.tallest_row)

    @override
    def height(self, width: float) -> float:
        return self._head_height(width) + sum(self._row_height(row, width) for row in self.rows)

    @override
    def fits(self, width: float, room: float) -> bool:
        used = self._head_height(width)
        for row in self.rows:
            used += self._row_height(row, width)
            if used > room:
                return False
        return True

    @override
    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        used = self._head_height(width)
        for place, row in enumerate(self.rows):
            used += self._row_height(row, width)
            if used > room:
                if place == 0:
                    return None
                first = replace(self, rows=self.rows[:place], strong_last=False)
                return first, replace(self, rows=self.rows[place:])
        return None

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        head = self._head_height(width)
        self._draw_head(sheet, x, y, width)
        y += head
        sheet.line((x, y), (x + width, y), Pen(FINE))
        for place, row in enumerate(self.rows):
            high = self._row_height(row, width)
            last = place == len(self.rows) - 1
            if last and self.strong_last:
                sheet.line((x, y), (x + width, y), Pen(FINE))
            cells = self._cells(row, width)
            # In rows made high for writing, the text stands in the middle.
            text_high = max(max(len(lines), 1) * c.style.line_mm for c, lines in zip(self.columns, cells, strict=True))
            top = y + (high - text_high) / 2
            self._draw_row(sheet, (x, top), width, cells, strong=last and self.strong_last)
            self._draw_boxes(sheet, (x, y), width, high)
            y += high
            sheet.line((x, y), (x + width, y), Pen(FINE) if last else Pen(HAIR, PALE))

    def _draw_head(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        plain = Grid([replace(column, style=LABEL) for column in self.columns], ())
        plain._draw_row(sheet, (x, y), width, [lines_of(c.title, LABEL, w, 2) for c, w in self._headed(width)])

    def _headed(self, width: float) -> list[tuple[Column, float]]:
        return list(zip(self.columns, self._widths(width), strict=True))

    def _draw_row(
        self,
        sheet: Sheet,
        at: tuple[float, float],
        width: float,
        cells: Sequence[tuple[str, ...]],
        *,
        strong: bool = False,
    ) -> None:
        x, y = at
        for (column, wide), lines in zip(self._headed(width), cells, strict=True):
            style = replace(column.style, weight=Weight.BOLD) if strong else column.style
            for place, line in enumerate(lines):
                top = y + place * style.line_mm
                if column.right:
                    sheet.text_right(x + wide, top, line, style)
                else:
                    sheet.text(x, top, line, style)
            x += wide + _CELL_GAP

    def _draw_boxes(self, sheet: Sheet, at: tuple[float, float], width: float, high: float) -> None:
        x, y = at
        for column, wide in self._headed(width):
            if column.box:
                sheet.line((x, y + high - 1.6), (x + wide, y + high - 1.6), Pen(HAIR))
            x += wide + _CELL_GAP
