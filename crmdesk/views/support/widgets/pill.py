"""A status as a rounded word with an icon: colour is never alone."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.core.tones import Tone
from crmdesk.views.support.widgets.painting import paint_pill, pill_size


class Pill(QWidget):
    """A status: tone, icon and word."""

    def __init__(self, text: str = "", tone: Tone = Tone.NEUTRAL, icon: str = "") -> None:
        super().__init__()
        self._text = text
        self._tone = tone
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def set_status(self, text: str, tone: Tone, icon: str = "") -> None:
        """Show another status."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return pill_size(self._text, self._icon)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_pill(QPainter(self), self.rect(), self._text, self._tone, self._icon)
