"""A layout that breaks into lines like words in a paragraph."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.views.support.widgets.lines_layout import LinesLayout


class FlowLayout(LinesLayout):
    """Places parts from left to right and begins a new line where room ends.

    Args:
        parent: widget it arranges, or none when nested.
        gap: logical pixels between parts and lines.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__(parent)
        self.setSpacing(gap)

    @override
    def arrange(self, rect: QRect, *, place: bool) -> int:
        x, y, tallest = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x + size.width() > rect.right() + 1 and tallest:
                x, y, tallest = rect.x(), y + tallest + self.spacing(), 0
            if place:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            tallest = max(tallest, size.height())
        return y + tallest - rect.y()
