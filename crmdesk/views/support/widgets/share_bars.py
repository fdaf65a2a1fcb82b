"""A painted distribution: one line for each group with its bar, its number and its share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.views.support import fonts
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import SPACE, TEXT

_LINE: Final = 28
_BAR: Final = 14
_LEAST_BAR: Final = 2
_LEAST_ROOM: Final = 60
_GAP: Final = 2 * SPACE


@dataclass(frozen=True, slots=True)
class Share:
    """One group; `ref` is handed back when it is chosen, None cannot be chosen."""

    label: str
    count: int
    ref: object = None


class ShareBars(QWidget):
    """Bars from the left, all on one scale; up, down and Enter choose, as the mouse does."""

    chosen = Signal(object)

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self._shares: tuple[Share, ...] = ()
        self._at = 0
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_shares(())

    def set_shares(self, shares: Sequence[Share]) -> None:
        """Show other groups; the chosen line stays where it was."""
        self._shares = tuple(shares)
        self._at = min(self._at, max(len(self._shares) - 1, 0))
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(", ".join(f"{one.label}: {self.figure(one)}" for one in self._shares))
        self.updateGeometry()
        self.update()

    @property
    def shares(self) -> tuple[Share, ...]:
        """What is shown."""
        return self._shares

    def figure(self, share: Share) -> str:
        """Give number and share of the whole: 1,204 · 12 %."""
        whole = sum(one.count for one in self._shares)
        return f"{share.count:,} · {share.count / whole:.0%}" if whole else f"{share.count:,}"

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(fonts.text_font(TEXT))

    def _sides(self) -> tuple[int, int]:
        """Give the room that labels and figures need."""
        metrics = self._metrics()
        labels = max((metrics.horizontalAdvance(one.label) for one in self._shares), default=0)
        figures = max((metrics.horizontalAdvance(self.figure(one)) for one in self._shares), default=0)
        return labels + _GAP, figures + _GAP

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, max(len(self._shares), 1) * _LINE)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(sum(self._sides()) + _LEAST_ROOM, max(len(self._shares), 1) * _LINE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.text_font(TEXT))
        sides = self._sides()
        for number, share in enumerate(self._shares):
            self._paint(painter, number, share, sides)

    def _paint(self, painter: QPainter, number: int, share: Share, sides: tuple[int, int]) -> None:
        look = tokens()
        line = QRectF(0, number * _LINE, self.width(), _LINE)
        if self.hasFocus() and number == self._at:
            painter.setPen(QPen(look.accent, 1))
            painter.setBrush(look.selected)
            painter.drawRoundedRect(line.adjusted(0.5, 0.5, -0.5, -0.5), SPACE, SPACE)
        labels, figures = sides
        room = max(self.width() - labels - figures - 2 * SPACE, _LEAST_BAR)
        most = max((one.count for one in self._shares), default=0) or 1
        width = max(room * share.count / most, _LEAST_BAR if share.count else 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.accent)
        painter.drawRoundedRect(QRectF(labels + SPACE, line.center().y() - _BAR / 2, width, _BAR), 2, 2)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(look.text if share.count else look.muted)
        painter.drawText(line.adjusted(SPACE, 0, 0, 0), middle, share.label)
        painter.drawText(line.adjusted(0, 0, -SPACE, 0), middle | int(Qt.AlignmentFlag.AlignRight), self.figure(share))

    # -- choosing ----------------------------------------------------------------------------

    def _number_at(self, place: QPointF) -> int:
        number = int(place.y() // _LINE)
        return number if 0 <= number < len(self._shares) else -1

    def _choose(self, number: int) -> None:
        if 0 <= number < len(self._shares):
            self._at = number
            self.update()
            if self._shares[number].ref is not None:
                self.chosen.emit(self._shares[number].ref)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._choose(self._number_at(event.position()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps and self._shares:
            self._at = min(max(self._at + steps[key], 0), len(self._shares) - 1)
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
