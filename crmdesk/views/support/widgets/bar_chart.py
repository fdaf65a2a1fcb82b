"""A few labelled bars; each leads to the list behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from crmdesk.views.support import fonts
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import TEXT_SMALL

_WIDEST_BAR: Final = 26
_LABEL: Final = 18
_FIGURE: Final = 18
_LEAST_BAR: Final = 2
_LEAST_SLOT: Final = 32


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `text` is shown above it (the value by default), `ref` is handed back when it is chosen."""

    label: str
    value: float
    text: str = ""
    ref: object = None

    def figure(self) -> str:
        """What stands above the bar."""
        return self.text or f"{self.value:,.0f}"


class BarChart(QWidget):
    """Bars from zero, the last one in the accent (now), the others pale (before)."""

    chosen = Signal(object)

    def __init__(self, bars: Sequence[Bar] = (), name: str = "") -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self._at = -1
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_bars(bars)

    def set_bars(self, bars: Sequence[Bar], name: str | None = None) -> None:
        """Show other bars; `name` is read out by screen readers."""
        self._bars = tuple(bars)
        self._at = len(self._bars) - 1
        self._name = self._name if name is None else name
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(", ".join(f"{bar.label}: {bar.figure()}" for bar in self._bars))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, 130)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(max(160, len(self._bars) * _LEAST_SLOT), 120)

    def _slot(self, number: int) -> QRectF:
        width = self.width() / max(len(self._bars), 1)
        return QRectF(number * width, 0, width, self.height())

    def _body(self, number: int) -> QRectF:
        slot = self._slot(number)
        room = max(self.height() - _LABEL - _FIGURE, 1)
        tallest = max((bar.value for bar in self._bars), default=0) or 1
        height = max(room * self._bars[number].value / tallest, _LEAST_BAR)
        width = min(_WIDEST_BAR, slot.width() * 0.66)
        return QRectF(slot.center().x() - width / 2, self.height() - _LABEL - height, width, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(len(self._bars)):
            self._paint_bar(painter, number)

    def _paint_bar(self, painter: QPainter, number: int) -> None:
        look = tokens()
        body = self._body(number)
        slot = self._slot(number)
        painter.setPen(QPen(look.text, 2) if self.hasFocus() and number == self._at else Qt.PenStyle.NoPen)
        painter.setBrush(look.accent if number == len(self._bars) - 1 else look.accent_pale)
        painter.drawRoundedRect(body, 2, 2)
        painter.setFont(fonts.text_font(TEXT_SMALL - 1))
        middle = int(Qt.AlignmentFlag.AlignCenter)
        painter.setPen(look.soft)
        painter.drawText(
            QRectF(slot.left(), body.top() - _FIGURE, slot.width(), _FIGURE), middle, self._bars[number].figure()
        )
        painter.setPen(look.muted)
        painter.drawText(
            QRectF(slot.left(), self.height() - _LABEL, slot.width(), _LABEL), middle, self._bars[number].label
        )

    def _number_at(self, place: QPointF) -> int:
        return next((number for number in range(len(self._bars)) if self._slot(number).contains(place)), -1)

    def _choose(self, number: int) -> None:
        if 0 <= number < len(self._bars):
            self._at = number
            self.update()
            self.chosen.emit(self._bars[number].ref)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._choose(self._number_at(event.position()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps and self._bars:
            self._at = min(max(self._at + steps[key], 0), len(self._bars) - 1)
            self.update()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self._number_at(QPointF(event.pos()))
            if number >= 0:
                bar = self._bars[number]
                QToolTip.showText(event.globalPos(), f"{bar.label}: {bar.figure()}", self)
            return True
        return super().event(event)
