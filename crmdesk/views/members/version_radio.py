"""One of two versions of a field, to be chosen: as much of it as there is room for."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy
from typing_extensions import override

from crmdesk.views.support.tokens import CONTROL

_LEAST, _BUTTON = 120, 30


class VersionRadio(QRadioButton):
    """One version of a field: as much of it as there is room for, the whole as its tool tip."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = " ".join(words.split())
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._show()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, CONTROL)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        room = self.width() - _BUTTON
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
