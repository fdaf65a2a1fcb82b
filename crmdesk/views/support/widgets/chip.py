"""One round chip of a chip bar or choice; the bar decides which one is chosen."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from crmdesk.core.tones import Tone
from crmdesk.views.support import fonts
from crmdesk.views.support.theme import tokens

_HEIGHT: Final = 28
_SIDE: Final = 11
_GAP: Final = 6


class ChipButton(QAbstractButton):
    """A checkable chip with an optional count."""

    def __init__(self, text: str, count: int | None = None, tone: Tone | None = None) -> None:
        super().__init__()
        self._count = count
        self._tone = tone
        self.setText(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """Change the figure behind the word."""
        self._count = count
        self.setAccessibleName(f"{self.text()} {self._figure()}".strip())
        self.updateGeometry()
        self.update()

    def _figure(self) -> str:
        return "" if self._count is None else f"{self._count:,}"

    @override
    def sizeHint(self) -> QSize:
        width = QFontMetrics(fonts.text_font()).horizontalAdvance(self.text())
        if self._count is not None:
            width += _GAP + QFontMetrics(fonts.text_font(bold=True)).horizontalAdvance(self._figure())
        return QSize(width + 2 * _SIDE, _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = tokens()
        fill, edge, words = self._colours()
        focused = self.hasFocus()
        ring = look.text if self.isChecked() else look.accent_text
        painter.setPen(QPen(ring if focused else edge, 2 if focused else 1))
        painter.setBrush(fill)
        inset = 1.0 if focused else 0.5
        body = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
        painter.setPen(words)
        painter.setFont(fonts.text_font())
        place = QRectF(self.rect()).adjusted(_SIDE, 0, -_SIDE, 0)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.setFont(fonts.text_font(bold=True))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), self._figure())

    def _colours(self) -> tuple[QColor, QColor, QColor]:
        look = tokens()
        if self.isChecked():
            return look.accent, look.accent, look.on_accent
        words = look.tone(self._tone).text if self._tone else look.text
        return (look.hover if self.underMouse() else look.surface), look.edge, words
