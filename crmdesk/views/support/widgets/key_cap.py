"""A drawn key of the keyboard."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.views.support import fonts
from crmdesk.views.support.tokens import TEXT_SMALL
from crmdesk.views.support.widgets.painting import paint_key_cap

_HEIGHT = 18


class KeyCap(QWidget):
    """Shows one key or key combination."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        width = QFontMetrics(fonts.text_font(TEXT_SMALL - 1)).horizontalAdvance(self._text)
        return QSize(max(width + 12, 20), _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_key_cap(QPainter(self), self.rect(), self._text)
