"""Facts as label and value: rows of a table, large cells, signature boxes."""

from collections.abc import Sequence
from dataclasses import dataclass

from typing_extensions import override

from crmdesk.documents.pdf.blocks import Block
from crmdesk.documents.pdf.styles import BIG, BODY, LABEL
from crmdesk.documents.pdf.text import Style, fitting, lines_of, one_line, width_mm
from crmdesk.documents.pdf.units import FINE, HAIR, PALE, Box, Pen, Sheet

_ROW_GAP = 0.9
_LABEL_GAP = 2.0
_LABEL_MOST = 30.0
_LABEL_LEAST = 5.0  # points
_SHORT_LIST = 30  # letters that stand well in half a row
_LONG_LIST_MOST = 10


@dataclass(frozen=True, slots=True)
class Field:
    """A label and what stands beside it; ``wide`` takes the whole row; empty values are left out by ``Fields``."""

    label: str
    value: str
    style: Style = BODY
    wide: bool = False
    most: int = 3


def list_field(label: str, value: str) -> Field:
    """Give a field for things that are counted at hand-over: a long list takes the whole row, nothing is left out."""
    return Field(label, value, wide=len(value) > _SHORT_LIST, most=_LONG_LIST_MOST)


@dataclass(frozen=True, slots=True)
class Fields(Block):
    """Label and value in columns; labels of one column share their width."""

    fields: Sequence[Field]
    columns: int = 2
    gap: float = 5.0

    def _rows(self) -> list[list[Field]]:
        rows: list[list[Field]] = []
        for field in self.fields:
            if not field.value.strip():
                continue
            if field.wide or not rows or rows[-1][0].wide or len(rows[-1]) == self.columns:
                rows.append([])
            rows[-1].append(field)
        return rows

    def _label_width(self) -> float:
        widest = max((width_mm(field.label, LABEL) for field in self.fields if field.value.strip()), default=0)
        return min(widest, _LABEL_MOST) + _LABEL_GAP

    def _column(self, width: float) -> float:
        return (width - self.gap * (self.columns - 1)) / self.columns

    def _value_lines(self, field: Field, width: float) -> tuple[str, ...]:
        room = (width if field.wide else self._column(width)) - self._label_width()
        return lines_of(field.value, field.style, room, field.most)

    def _row_height(self, row: list[Field], width: float) -> float:
        return max(len(self._value_lines(field, width)) * field.style.line_mm for field in row) + _ROW_GAP

    @override
    def height(self, width: float) -> float:
        return sum(self._row_height(row, width) for row in self._rows())

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        for row in self._rows():
            for place, field in enumerate(row):
                self._draw_field(sheet, x + place * (self._column(width) + self.gap), y, (field, width))
            y += self._row_height(row, width)

    def _draw_field(self, sheet: Sheet, x: float, y: float, what: tuple[Field, float]) -> None:
        field, width = what
        label_width = self._label_width()
        # Label and value stand on one baseline though their sizes differ.
        drop = field.style.rise_mm - LABEL.rise_mm
        sheet.text(x, y + drop, one_line(field.label, LABEL, label_width - _LABEL_GAP / 2), LABEL)
        for place, line in enumerate(self._value_lines(field, width)):
            sheet.text(x + label_width, y + place * field.style.line_mm, line, field.style)


@dataclass(frozen=True, slots=True)
class Cell:
    """A small label above a value that matters; the value shrinks to ``smallest`` points before it is cut."""

    label: str
    value: str
    style: Style = BIG
    share: float = 1.0
    smallest: float = 6.5


@dataclass(frozen=True, slots=True)
class Cells(Block):
    """What must be seen first, in one framed row."""

    cells: Sequence[Cell]
    inset: float = 2.2

    @override
    def height(self, width: float) -> float:
        return LABEL.line_mm + max(cell.style.line_mm for cell in self.cells) + 2 * self.inset - 0.8

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        height = self.height(width)
        sheet.frame(Box(x, y, width, height), Pen(FINE), 1.2)
        widths = self._widths(width)
        tallest = max(cell.style.line_mm for cell in self.cells)
        for place, (cell, wide) in enumerate(zip(self.cells, widths, strict=True)):
            if place:
                sheet.line((x, y + 1.6), (x, y + height - 1.6), Pen(HAIR, PALE))
            room = wide - 2 * self.inset
            label, small = fitting(cell.label, LABEL, room, _LABEL_LEAST)
            sheet.text(x + self.inset, y + self.inset - 0.6 + LABEL.line_mm - small.line_mm, label, small)
            value, style = fitting(cell.value, cell.style, room, cell.smallest)
            top = y + self.inset + LABEL.line_mm + (tallest - style.line_mm) / 2 - 0.4
            sheet.text(x + self.inset, top, value, style)
            x += wide

    def _widths(self, width: float) -> list[float]:
        """Give each cell its share; where one is too narrow for its value, room goes by what the values need."""
        total = sum(cell.share for cell in self.cells)
        shares = [width * cell.share / total for cell in self.cells]
        edges = 2 * self.inset
        needs = [max(width_mm(cell.value, cell.style), width_mm(cell.label, LABEL)) for cell in self.cells]
        if all(need + edges <= share for need, share in zip(needs, shares, strict=True)):
            return shares
        room = width - edges * len(needs)
        return [edges + room * need / sum(needs) for need in needs]


@dataclass(frozen=True, slots=True)
class Signatures(Block):
    """Lines to sign on, side by side, each with what it is for and room for the date."""

    labels: Sequence[str]
    room: float = 10.0
    gap: float = 8.0

    @override
    def height(self, width: float) -> float:
        return self.room + LABEL.line_mm + 0.6

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        wide = (width - self.gap * (len(self.labels) - 1)) / len(self.labels)
        for label in self.labels:
            sheet.line((x, y + self.room), (x + wide, y + self.room), Pen(HAIR))
            shown, style = fitting(label, LABEL, wide, _LABEL_LEAST)
            sheet.text(x, y + self.room + 0.6, shown, style)
            x += wide + self.gap
