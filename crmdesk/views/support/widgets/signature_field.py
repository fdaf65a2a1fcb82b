"""A field to sign in with pen, finger or mouse, and the tick for a signature on paper."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.strokes import HIGH, WIDE, Strokes, from_text, is_signature, scaled, to_text
from crmdesk.views.support.field import Field
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.painting import paint_frame

_LEAST = QSize(280, 96)
_USUAL = QSize(420, 136)
_INK: Final = 2.4
_BASE: Final = 0.78  # of the height: where one writes


@dataclass(frozen=True, slots=True)
class Signed:
    """How somebody signed: on paper, or with these strokes (`core.strokes.to_text`)."""

    on_paper: bool = False
    strokes: str = ""


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


class SignatureField(Field[Signed]):
    """Signed on screen, or ticked as signed on paper; `value` is None until one of both is true."""

    def __init__(self, label: str, *, required: bool = True, paper_words: str = "") -> None:
        """Build empty; ``paper_words`` are those of the tick, with their mnemonic."""
        self.pad = SignaturePad()
        super().__init__(label, self.pad, required=required)
        self.paper = QCheckBox(paper_words or gettext("Signed on &paper"))
        self._undo = Button(gettext("Undo stroke"), "undo-2")
        self._clear = Button(gettext("Clear"), "x")
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addLayout(row(self.paper, None, self._undo, self._clear))
        self._undo.clicked.connect(lambda _checked=False: self.pad.undo())
        self._clear.clicked.connect(lambda _checked=False: self.pad.clear())
        self.pad.changed.connect(self._written)
        self.paper.toggled.connect(self._written)
        self._show_buttons()

    def _written(self, *_args: object) -> None:
        self._show_buttons()
        self._typed()

    def _show_buttons(self) -> None:
        some = bool(self.pad.strokes)
        self._undo.setEnabled(some)
        self._clear.setEnabled(some)

    @override
    def value(self) -> Signed | None:
        if is_signature(self.pad.strokes):
            return Signed(self.paper.isChecked(), to_text(self.pad.strokes))
        return Signed(on_paper=True) if self.paper.isChecked() else None

    @override
    def set_value(self, value: Signed | None) -> None:
        self.paper.setChecked(value is not None and value.on_paper)
        self.pad.set_strokes(from_text(value.strokes) if value is not None and value.strokes else ())
        self._show_buttons()

    @override
    def is_empty(self) -> bool:
        return not self.pad.strokes and not self.paper.isChecked()

    @override
    def problem(self) -> str:
        if self.pad.strokes and self.value() is None:
            return gettext("This is too little for a signature.")
        return ""

    @override
    def draft(self) -> object:
        return [self.paper.isChecked(), len(self.pad.strokes)]  # what a hand wrote is never kept in a draft

    @override
    def restore(self, state: object) -> None:
        self.set_value(Signed(on_paper=isinstance(state, list) and state[:1] == [True]))
