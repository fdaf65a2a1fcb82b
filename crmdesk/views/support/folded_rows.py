"""Below each row of a table: the columns that have no room beside the others, each with its heading."""

from typing import Any, Final

from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QTableView

from crmdesk.views.support import fonts
from crmdesk.views.support.column_room import ColumnRoom
from crmdesk.views.support.columns import Column
from crmdesk.views.support.table import Table
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import ROW, TEXT_SMALL
from crmdesk.views.support.widgets.painting import paint_hairline, paint_line

_LINE: Final = 18
_SIDE: Final = 6
_APART: Final = 6  # between a heading and its value
_GAP: Final = 14  # between two values
_FOOT: Final = 5
_USUAL: Final = 0.7  # of a column's width, the part that its words mostly take


class FoldedRows(QObject):
    """Makes rows higher where columns went below them, and paints what stands there."""

    def __init__(self, view: QTableView, table: Table[Any], room: ColumnRoom) -> None:
        """Look after the rows of ``view``."""
        super().__init__(view)
        self._view, self._table, self._room = view, table, room
        self._lines = 0
        room.shared_out.connect(self._lay_out)
        self._lay_out()

    def _columns(self) -> list[Column[Any]]:
        return [self._table.columns[number] for number in self._room.folded]

    def _width(self) -> int:
        return self._view.viewport().width() - 2 * _SIDE

    def _lay_out(self) -> None:
        self._lines = self._needed_lines()
        height = ROW + (self._lines * _LINE + _FOOT if self._lines else 0)
        if height != self._view.verticalHeader().defaultSectionSize():
            self._view.verticalHeader().setDefaultSectionSize(height)

    def _needed_lines(self) -> int:
        """Give how many lines the columns need in most rows; a row with longer words ends in an ellipsis."""
        metrics = QFontMetrics(fonts.text_font(TEXT_SMALL))
        lines, left = 0, 0
        for number in self._room.folded:
            heading = metrics.horizontalAdvance(self._table.columns[number].heading())
            wide = heading + _APART + int(self._room.widths[number] * _USUAL) + _GAP
            if lines == 0 or left + wide > self._width() + _GAP:
                lines, left = lines + 1, 0
            left += wide
        return lines

    def paint(self) -> None:
        """Paint below every row in sight."""
        if not self._lines:
            return
        view = self._view
        painter = QPainter(view.viewport())
        painter.setFont(fonts.text_font(TEXT_SMALL))
        first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
        for row in range(max(first, 0), (last if last >= 0 else self._table.rowCount() - 1) + 1):
            self._paint_row(painter, row)
        painter.end()

    def _paint_row(self, painter: QPainter, number: int) -> None:
        view, look = self._view, tokens()
        top, height = view.rowViewportPosition(number), view.rowHeight(number)
        chosen = view.selectionModel().isSelected(self._table.index(number, 0))
        # From one line above: the rule under the cells goes below what belongs to them.
        lower = QRect(0, top + ROW - 1, view.viewport().width(), height - ROW + 1)
        painter.fillRect(lower, look.selected if chosen else look.surface)
        row = self._table.row_at(number)
        if row is not None:
            self._paint_values(painter, top + ROW, row)
        paint_hairline(painter, 0, view.viewport().width(), top + height)

    def _paint_values(self, painter: QPainter, top: int, row: object) -> None:
        """Set heading and value of each column one after the other, and on in the next line where one ends."""
        metrics, look, room = painter.fontMetrics(), tokens(), self._width()
        left, line = 0, 0
        for column in self._columns():
            words = column.text(row)
            if not words:
                continue
            heading = metrics.horizontalAdvance(column.heading()) + _APART
            wide = heading + metrics.horizontalAdvance(words) + 2
            if left and left + wide > room and line + 1 < self._lines:
                left, line = 0, line + 1
            box = QRectF(_SIDE + left, top + line * _LINE, max(room - left, 0), _LINE)
            painter.setPen(look.muted)
            paint_line(painter, box, column.heading())
            tone = column.tone(row) if column.tone is not None else None
            painter.setPen(look.tone(tone).text if tone is not None else look.text)
            paint_line(painter, box.adjusted(heading, 0, 0, 0), words)
            left += wide + _GAP
