"""A pad to sign on with pen, finger or mouse."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.strokes import HIGH, WIDE, Strokes, scaled
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.widgets.painting import paint_frame

_LEAST = QSize(280, 96)
_USUAL = QSize(420, 136)
_INK: Final = 2.4
_BASE: Final = 0.78  # of the height: where one writes


class SignaturePad(QWidget):
    """Strokes are drawn while the pen is down; Backspace takes the last one back, Delete all of them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._strokes: list[tuple[tuple[int, int], ...]] = []
        self._line: list[tuple[float, float]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleDescription(gettext("Backspace takes back the last stroke, Delete clears the field."))

    @override
    def minimumSizeHint(self) -> QSize:
        return _LEAST

    @override
    def sizeHint(self) -> QSize:
        return _USUAL

    # -- what is written ---------------------------------------------------------------------

    @property
    def strokes(self) -> Strokes:
        """The strokes that are finished."""
        return tuple(self._strokes)

    def set_strokes(self, strokes: Strokes) -> None:
        """Show other strokes."""
        self._strokes = list(strokes)
        self._line = []
        self.update()

    def undo(self) -> None:
        """Take the last stroke back."""
        if self._strokes:
            del self._strokes[-1]
            self._tell()

    def clear(self) -> None:
        """Take everything back."""
        if self._strokes or self._line:
            self._strokes, self._line = [], []
            self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    def _area(self) -> QRectF:
        room = QRectF(self.rect())
        wide = min(room.width(), room.height() * WIDE / HIGH)
        return QRectF((room.width() - wide) / 2, (room.height() - wide * HIGH / WIDE) / 2, wide, wide * HIGH / WIDE)

    def _down(self, place: QPointF) -> None:
        area = self._area()
        self._line.append((place.x() - area.left(), place.y() - area.top()))
        self.update()

    def _up(self) -> None:
        stroke = scaled(self._line, max(self._area().width(), 1))
        self._line = []
        if stroke:
            self._strokes.append(stroke)
            self._tell()

    # -- hands -------------------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._down(event.position())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._line:
            self._down(event.position())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._line and event.button() is Qt.MouseButton.LeftButton:
            self._up()

    @override
    def tabletEvent(self, event: QTabletEvent) -> None:
        """Take a pen's points as they come: finer than the mouse events made of them."""
        kind = event.type()
        if kind is QEvent.Type.TabletRelease:
            self._up()
        elif kind is QEvent.Type.TabletPress or (kind is QEvent.Type.TabletMove and self._line):
            self._down(event.position())
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.undo()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
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
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        edge = colours.accent if self.hasFocus() else colours.edge
        paint_frame(painter, self.rect(), colours.surface, edge, 2 if self.hasFocus() else 1)
        area = self._area()
        base = area.top() + area.height() * _BASE
        painter.setPen(QPen(colours.line, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left() + 16, base), QPointF(area.right() - 16, base))
        painter.setPen(QPen(colours.text, _INK, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        scale = area.width() / WIDE
        for stroke in self._strokes:
            _draw(painter, [QPointF(area.left() + x * scale, area.top() + y * scale) for x, y in stroke])
        _draw(painter, [QPointF(area.left() + x, area.top() + y) for x, y in self._line])


def _draw(painter: QPainter, points: list[QPointF]) -> None:
    if len(points) == 1:
        painter.drawPoint(points[0])
    elif points:
        painter.drawPolyline(points)
