"""The answer of a call as one key: key cap, icon, word."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from crmdesk.core.tones import Tone
from crmdesk.views.support import fonts
from crmdesk.views.support.icons import paint_icon
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import ICON
from crmdesk.views.support.widgets.painting import paint_frame, paint_key_cap, paint_line

_HEIGHT: Final = 36
_SIDE: Final = 15


class OutcomeButton(QAbstractButton):
    """A wide button that names its key; the page handles the key and calls `click()`.

    Args:
        key: the key, as "1".
        text: the outcome.
        icon: icon name; empty for a narrow one without.
        tone: colours icon and word.
    """

    def __init__(self, key: str, text: str, icon: str, tone: Tone | None = None) -> None:
        super().__init__()
        self._key = key
        self._icon_name = icon
        self._tone = tone
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(f"{key} {text}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text()) + self._left() + _SIDE
        return QSize(max(words, 180) if self._icon_name else words, _HEIGHT)

    def _left(self) -> int:
        return _SIDE + (56 if self._icon_name else 28)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = tokens()
        marked = self.isChecked() or self.hasFocus()
        fill = look.selected if self.isChecked() or self.isDown() else look.surface
        if self.underMouse() and not self.isChecked():
            fill = look.hover
        paint_frame(painter, self.rect(), fill, look.accent_text if marked else look.edge, 2 if marked else 1)
        middle = self.height() / 2
        paint_key_cap(painter, QRect(_SIDE, round(middle - 9), 20, 18), self._key)
        words = look.tone(self._tone).text if self._tone else look.soft
        if not self.isEnabled():
            words = look.muted
        if self._icon_name:
            paint_icon(painter, self._icon_name, _SIDE + 30, middle - ICON / 2, words)
        painter.setFont(fonts.text_font())
        painter.setPen(words)
        left = self._left()
        paint_line(painter, QRectF(left, 0, self.width() - left - 8, self.height()), self.text())
