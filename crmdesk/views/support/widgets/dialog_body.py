"""The middle of a dialog: as tall as what it holds, and scrolls where the screen has no room for that."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from typing_extensions import override

from crmdesk.views.support.widgets.scroll_column import ScrollColumn

_LEAST = 96


class DialogBody(ScrollColumn):
    """Asks for all it needs, but never for more than the screen leaves beside the rest of the dialog.

    Args:
        room: gives the most it may take.
        gap: between its parts, in steps of 4 px.
    """

    def __init__(self, room: Callable[[], QSize], gap: int = 3) -> None:
        super().__init__(gap)
        self._room = room
        self._room_then = QSize()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def look_again(self) -> None:
        """Ask for another size when the rest of the dialog leaves another room."""
        if self._room() != self._room_then:
            self.updateGeometry()

    def _asked(self, width: int, height: int) -> QSize:
        room = self._room_then = self._room()
        if self.body.hasHeightForWidth():
            height = self.inner.heightForWidth(max(self.viewport().width(), width))
        least = max(room.height(), _LEAST)
        if height > least:
            width += self.verticalScrollBar().sizeHint().width()
        return QSize(min(width, room.width()), min(height, least))

    @override
    def minimumSizeHint(self) -> QSize:
        needed = self.inner.minimumSizeHint()
        return self._asked(needed.width(), needed.height())

    @override
    def sizeHint(self) -> QSize:
        needed = self.inner.sizeHint()
        return self._asked(needed.width(), needed.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
