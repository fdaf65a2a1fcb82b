"""A painted table of two scores: how many are in each cell, the fuller the deeper its colour."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from crmdesk.views.support import fonts
from crmdesk.views.support.contrast import contrast, mixed
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import SPACE, TEXT, TEXT_SMALL

Cell = tuple[int, int]
_SIDE: Final = 5
_HEAD: Final = 22
_LEFT: Final = 30
_LEAST_CELL: Final = 44
_CELL_HEIGHT: Final = 38
_FAINT: Final = 0.12


class ScoreMatrix(QWidget):
    """Rows are one score from 5 down to 1, columns the other from 1 to 5; arrows move, Enter chooses."""

    chosen = Signal(object)

    def __init__(self, name: str, rows: str, columns: str) -> None:
        """Build; `rows` and `columns` say what the scores are, in a word or a letter."""
        super().__init__()
        self._names = name, rows, columns
        self._counts: Mapping[Cell, int] = {}
        self._at: Cell = (_SIDE, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)

    def set_counts(self, counts: Mapping[Cell, int]) -> None:
        """Show other counts, by row score and column score."""
        self._counts = dict(counts)
        self.setAccessibleDescription(", ".join(self.words(cell) for cell in self._cells()))
        self.update()

    @property
    def at(self) -> Cell:
        """The cell that the keyboard is on."""
        return self._at

    def words(self, cell: Cell) -> str:
        """Say a cell: R5 F1: 120."""
        _name, rows, columns = self._names
        return f"{rows}{cell[0]} {columns}{cell[1]}: {self._counts.get(cell, 0):,}"

    def _cells(self) -> list[Cell]:
        return [(row, column) for row in range(_SIDE, 0, -1) for column in range(1, _SIDE + 1)]

    @override
    def sizeHint(self) -> QSize:
        return QSize(_LEFT + _SIDE * 70, _HEAD + _SIDE * _CELL_HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_LEFT + _SIDE * _LEAST_CELL, _HEAD + _SIDE * _CELL_HEIGHT)

    def _place(self, cell: Cell) -> QRectF:
        width = (self.width() - _LEFT) / _SIDE
        return QRectF(
            _LEFT + (cell[1] - 1) * width, _HEAD + (_SIDE - cell[0]) * _CELL_HEIGHT, width, _CELL_HEIGHT
        ).adjusted(1, 1, -1, -1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_heads(painter)
        painter.setFont(fonts.text_font(TEXT))
        most = max(self._counts.values(), default=0) or 1
        for cell in self._cells():
            self._paint_cell(painter, cell, self._counts.get(cell, 0) / most)

    def _paint_heads(self, painter: QPainter) -> None:
        _name, rows, columns = self._names
        painter.setFont(fonts.text_font(TEXT_SMALL))
        painter.setPen(tokens().soft)
        middle = int(Qt.AlignmentFlag.AlignCenter)
        for score in range(1, _SIDE + 1):
            top = self._place((_SIDE, score))
            painter.drawText(QRectF(top.left(), 0, top.width(), _HEAD), middle, f"{columns}{score}")
            left = self._place((score, 1))
            painter.drawText(QRectF(0, left.top(), _LEFT, left.height()), middle, f"{rows}{score}")

    def _paint_cell(self, painter: QPainter, cell: Cell, share: float) -> None:
        look, place = tokens(), self._place(cell)
        fill = mixed(look.surface, look.accent, _FAINT + (1 - _FAINT) * share) if share else look.sunken
        focused = self.hasFocus() and cell == self._at
        painter.setPen(QPen(look.text, 2) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(place, SPACE, SPACE)
        inks = (look.text, look.on_accent)
        painter.setPen(max(inks, key=lambda ink: contrast(ink, fill)) if share else look.muted)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), f"{self._counts.get(cell, 0):,}")

    # -- choosing ----------------------------------------------------------------------------

    def _cell_at(self, place: QPointF) -> Cell | None:
        return next((cell for cell in self._cells() if self._place(cell).contains(place)), None)

    def _choose(self, cell: Cell | None) -> None:
        if cell is not None:
            self._at = cell
            self.update()
            self.chosen.emit(cell)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._choose(self._cell_at(event.position()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (1, 0),
            Qt.Key.Key_Down: (-1, 0),
        }
        key = Qt.Key(event.key())
        if key in moves:
            row, column = (old + step for old, step in zip(self._at, moves[key], strict=True))
            self._at = min(max(row, 1), _SIDE), min(max(column, 1), _SIDE)
            self.update()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._cell_at(QPointF(event.pos()))
            if cell is not None:
                QToolTip.showText(event.globalPos(), self.words(cell), self)
            return True
        return super().event(event)
