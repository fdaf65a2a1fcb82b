"""A drawing of the item on which damage is marked by mouse or keys."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.core import shapes
from crmdesk.core.i18n import gettext
from crmdesk.core.shapes import GENERIC, VIEW_NAMES, Point, Stroke
from crmdesk.core.tones import Tone
from crmdesk.views.support import fonts
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import TEXT_SMALL
from crmdesk.views.support.widgets.painting import paint_frame

_RING: Final = 15.0
_MARGIN: Final = 20
_STEP: Final = 0.02
_FINE_STEP: Final = 0.005
_NAME_HEIGHT: Final = 16
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One damage: x and y from 0 to 1 in the first view, counting on over the others; what it is, how bad."""

    x: float
    y: float
    label: str = ""
    tone: Tone = Tone.LATE


class ConditionDrawing(QWidget):
    """Click or D adds a mark, arrows move it (Shift for small steps), 1 … 9 choose, Delete removes, Enter edits.

    Args:
        read_only: shows marks without changing them.
    """

    marks_changed = Signal()
    mark_added = Signal(int)
    mark_chosen = Signal(int)

    def __init__(self, *, read_only: bool = False) -> None:
        super().__init__()
        self._shape = shapes.shape(GENERIC)
        self._marks: list[Mark] = []
        self._at = -1
        self._dragging = False
        self._read_only = read_only
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._describe()

    # -- what it shows ---------------------------------------------------------------------

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks in their order; the first is number 1."""
        return tuple(self._marks)

    @property
    def chosen(self) -> int:
        """Place of the chosen mark, -1 for none."""
        return self._at

    def set_shape(self, name: str) -> None:
        """Show another drawing; unknown names show the generic one."""
        self._shape = shapes.shape(name)
        self.update()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show other marks."""
        self._marks = list(marks)
        self._at = min(self._at, len(self._marks) - 1)
        self._describe()

    def describe_mark(self, number: int, label: str, tone: Tone) -> None:
        """Change what a mark says, after the page asked for it."""
        self._replace(number, replace(self._marks[number], label=label, tone=tone))

    def _describe(self) -> None:
        self.setAccessibleName(gettext("Drawing of the item"))
        words = [f"{number} {mark.label}".strip() for number, mark in enumerate(self._marks, 1)]
        self.setAccessibleDescription(", ".join(words))
        self.update()

    # -- changes ---------------------------------------------------------------------------

    def add_mark(self, x: float, y: float) -> None:
        """Add a mark and choose it."""
        self._marks.append(Mark(*self._inside(x, y)))
        self._at = len(self._marks) - 1
        self._describe()
        self.marks_changed.emit()
        self.mark_added.emit(self._at)

    def remove_mark(self, number: int) -> None:
        """Remove a mark; later ones move up by one."""
        if 0 <= number < len(self._marks):
            del self._marks[number]
            self._at = min(self._at, len(self._marks) - 1)
            self._describe()
            self.marks_changed.emit()

    def choose_mark(self, number: int) -> None:
        """Choose a mark, as when its line in a list is chosen."""
        if -1 <= number < len(self._marks):
            self._at = number
            self.update()

    def _replace(self, number: int, mark: Mark) -> None:
        if self._marks[number] != mark:
            self._marks[number] = mark
            self._describe()
            self.marks_changed.emit()

    def _move(self, number: int, x: float, y: float) -> None:
        x, y = self._inside(x, y)
        self._replace(number, replace(self._marks[number], x=x, y=y))

    def _inside(self, x: float, y: float) -> tuple[float, float]:
        columns, rows = self._shape.grid
        return min(max(x, 0.0), float(columns)), min(max(y, 0.0), float(rows))

    # -- places ----------------------------------------------------------------------------

    def _box(self) -> QRectF:
        """Give where all views together are drawn."""
        columns, rows = self._shape.grid
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        aspect = self._shape.aspect * columns / rows
        width = min(room.width(), room.height() * aspect)
        height = width / aspect
        return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)

    def _place(self, x: float, y: float) -> QPointF:
        box = self._box()
        columns, rows = self._shape.grid
        return QPointF(box.left() + x * box.width() / columns, box.top() + y * box.height() / rows)

    def _shares(self, place: QPointF) -> tuple[float, float]:
        box = self._box()
        columns, rows = self._shape.grid
        across, down = max(box.width() / columns, 1), max(box.height() / rows, 1)
        return (place.x() - box.left()) / across, (place.y() - box.top()) / down

    def _mark_at(self, place: QPointF) -> int:
        for number, mark in enumerate(self._marks):
            away = self._place(mark.x, mark.y) - place
            if away.x() ** 2 + away.y() ** 2 <= _RING**2:
                return number
        return -1

    @override
    def sizeHint(self) -> QSize:
        return QSize(260, 260)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, 160)

    # -- paint -----------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = tokens()
        if self.hasFocus():
            paint_frame(painter, self.rect(), look.surface, look.accent_text, 2)
        for place, view in enumerate(self._shape.views):
            corner = self._shape.corner(place)
            self._paint_name(painter, corner, view.name)
            for stroke in view.strokes:
                painter.setPen(QPen(look.drawing_faint if stroke.light else look.drawing, 1.5 if stroke.light else 2))
                painter.drawPath(self._path(stroke, corner))
        for number, mark in enumerate(self._marks):
            self._paint_mark(painter, number, mark)

    def _paint_name(self, painter: QPainter, corner: Point, name: str) -> None:
        if len(self._shape.views) == 1:
            return
        left, right = self._place(*corner), self._place(corner[0] + 1, corner[1])
        painter.setFont(fonts.text_font(TEXT_SMALL))
        painter.setPen(tokens().muted)
        words = QRectF(left.x(), left.y() - _NAME_HEIGHT, right.x() - left.x(), _NAME_HEIGHT)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), gettext(VIEW_NAMES[name]))

    def _path(self, stroke: Stroke, corner: Point) -> QPainterPath:
        def at(point: Point) -> QPointF:
            return self._place(corner[0] + point[0], corner[1] + point[1])

        path = QPainterPath(at(stroke.start))
        for first, second, end in stroke.curves:
            path.cubicTo(at(first), at(second), at(end))
        if stroke.closed:
            path.closeSubpath()
        return path

    def _paint_mark(self, painter: QPainter, number: int, mark: Mark) -> None:
        colours = tokens().tone(mark.tone)
        place = self._place(mark.x, mark.y)
        chosen = number == self._at and self.hasFocus()
        painter.setPen(QPen(colours.text, 3 if chosen else 2))
        painter.setBrush(colours.fill if chosen else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place, _RING, _RING)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(fonts.text_font(bold=True))
        painter.setPen(colours.text)
        outside = _RING + 8 if place.x() >= self._box().center().x() else -_RING - 8
        words = QRectF(place.x() + outside - 12, place.y() - 20, 24, 20)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), str(number + 1))

    # -- mouse and keys --------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = self._mark_at(event.position())
        if hit >= 0:
            self._at = hit
            self._dragging = not self._read_only
            self.update()
            self.mark_chosen.emit(hit)
        elif not self._read_only and self._box().adjusted(-8, -8, 8, 8).contains(event.position()):
            self.add_mark(*self._shares(event.position()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging and self._at >= 0:
            self._move(self._at, *self._shares(event.position()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._choose_by_key(key, event.text()) or (not self._read_only and self._change_by_key(key, event)):
            return
        super().keyPressEvent(event)

    def _choose_by_key(self, key: Qt.Key, text: str) -> bool:
        if text.isdigit() and 0 < int(text) <= len(self._marks):
            self.choose_mark(int(text) - 1)
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._at >= 0:
            self.mark_chosen.emit(self._at)
            return True
        return False

    def _change_by_key(self, key: Qt.Key, event: QKeyEvent) -> bool:
        if key is Qt.Key.Key_D and not event.modifiers():
            self.add_mark(0.5, 0.5)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self._at >= 0:
            self.remove_mark(self._at)
        elif key in _ARROWS and self._at >= 0:
            step = _FINE_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
            right, down = _ARROWS[key]
            mark = self._marks[self._at]
            self._move(self._at, mark.x + right * step, mark.y + down * step * self._shape.aspect)
        else:
            return False
        return True
