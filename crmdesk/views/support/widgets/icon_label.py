"""An icon on its own, tinted at paint time so that it follows the theme."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.core.tones import Tone
from crmdesk.views.support.icons import paint_icon
from crmdesk.views.support.theme import tokens
from crmdesk.views.support.tokens import ICON


class IconLabel(QWidget):
    """Shows one icon; decoration only, so always beside a word.

    Args:
        name: icon name.
        tone: colours it by meaning.
        colour: name of a token colour used when there is no tone.
        size: edge in logical pixels.
    """

    def __init__(self, name: str = "", tone: Tone | None = None, colour: str = "soft", size: int = ICON) -> None:
        super().__init__()
        self._name = name
        self._tone = tone
        self._colour = colour
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, tone: Tone | None = None) -> None:
        """Show another icon."""
        self._name = name
        self._tone = tone
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._name:
            paint_icon(QPainter(self), self._name, 0, (self.height() - self._size) / 2, self._tint(), self._size)

    def _tint(self) -> QColor:
        look = tokens()
        if self._tone is not None:
            return look.tone(self._tone).text
        return look.colours()[self._colour]
