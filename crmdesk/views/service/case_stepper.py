"""Where a case stands: the steps as dots on a line, done, present and to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from crmdesk.core.tones import Tone
from crmdesk.views.support import fonts
from crmdesk.views.support.icons import paint_icon
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import SPACE, TEXT_SMALL

_DOT: Final = 16
_LINE: Final = 2
_TICK: Final = 10
_HEIGHT: Final = _DOT + 2 * SPACE + 18


class Standing(Enum):
    """Where a step is."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class StepDot:
    """One step: its short word, where it is, and what is shown when pointed at."""

    label: str
    standing: Standing
    tip: str = ""


class Stepper(QWidget):
    """Dots with words below them; where room is short only the present step and its neighbours keep their words."""

    def __init__(self) -> None:
        """Begin without steps."""
        super().__init__()
        self._dots: tuple[StepDot, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_steps(self, dots: Sequence[StepDot]) -> None:
        """Show other steps."""
        self._dots = tuple(dots)
        now = next((place for place, dot in enumerate(dots, 1) if dot.standing is Standing.NOW), len(dots))
        said = dots[now - 1].label if dots else ""
        self.setAccessibleName(f"{now}/{len(dots)} {said}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(len(self._dots) * 34, _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(len(self._dots) * (_DOT + SPACE), _HEIGHT)

    def _slot(self, place: int) -> QRectF:
        width = self.width() / max(len(self._dots), 1)
        return QRectF(place * width, 0, width, self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.text_font(TEXT_SMALL))
        for place in range(1, len(self._dots)):
            self._paint_line(painter, place)
        for place in range(len(self._dots)):
            self._paint_dot(painter, place)
        for place in self._labelled(QFontMetrics(painter.font())):
            self._paint_label(painter, place)

    def _paint_line(self, painter: QPainter, place: int) -> None:
        reached = self._dots[place].standing is not Standing.AHEAD
        colour = tokens().tone(Tone.OK).text if reached else tokens().line
        painter.setPen(QPen(colour, _LINE))
        y = _DOT / 2 + 1
        first, last = self._slot(place - 1).center().x(), self._slot(place).center().x()
        painter.drawLine(QPointF(first + _DOT / 2 + 1, y), QPointF(last - _DOT / 2 - 1, y))

    def _paint_dot(self, painter: QPainter, place: int) -> None:
        look, standing = tokens(), self._dots[place].standing
        middle = QPointF(self._slot(place).center().x(), _DOT / 2 + 1)
        edge = {Standing.DONE: look.tone(Tone.OK).text, Standing.NOW: look.accent_text, Standing.AHEAD: look.edge}
        painter.setPen(QPen(edge[standing], 1.5))
        painter.setBrush(look.tone(Tone.OK).fill if standing is Standing.DONE else look.surface)
        painter.drawEllipse(middle, _DOT / 2 - 1, _DOT / 2 - 1)
        if standing is Standing.DONE:
            corner = middle - QPointF(_TICK / 2, _TICK / 2)
            paint_icon(painter, "check", corner.x(), corner.y(), look.tone(Tone.OK).text, _TICK)
        elif standing is Standing.NOW:
            painter.setBrush(look.accent_text)
            painter.drawEllipse(middle, _DOT / 4 - 0.5, _DOT / 4 - 0.5)

    def _labelled(self, metrics: QFontMetrics) -> list[int]:
        """Give the places whose words fit: all of them, or the present one."""
        if all(metrics.horizontalAdvance(dot.label) <= self._slot(0).width() for dot in self._dots):
            return list(range(len(self._dots)))
        return [place for place, dot in enumerate(self._dots) if dot.standing is Standing.NOW]

    def _paint_label(self, painter: QPainter, place: int) -> None:
        look, dot = tokens(), self._dots[place]
        painter.setPen(look.accent_text if dot.standing is Standing.NOW else look.muted)
        width = painter.fontMetrics().horizontalAdvance(dot.label) + 2
        middle = self._slot(place).center().x()
        left = min(max(middle - width / 2, 0), max(self.width() - width, 0))
        area = QRectF(left, _DOT + SPACE + 2, width, 18)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), dot.label)

    @override
    def event(self, event: QEvent) -> bool:
        """Say when and by whom a step was taken."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._dots:
            place = min(int(event.pos().x() / max(self._slot(0).width(), 1)), len(self._dots) - 1)
            dot = self._dots[place]
            QToolTip.showText(event.globalPos(), "\n".join(part for part in (dot.label, dot.tip) if part), self)
            return True
        return super().event(event)
