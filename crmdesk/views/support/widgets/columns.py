"""Parts side by side that go below each other where the window is narrow."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.views.support.tokens import SPACE


class Columns(QWidget):
    """Columns of a page.

    Args:
        parts: from left to right.
        shares: their shares of the width; equal when left out.
        stack_below: narrower than this many logical pixels, or than they need, they stand below each other.
        last_on_top: below each other in reverse, where the main part is at the right.
    """

    def __init__(
        self, *parts: QWidget, shares: Sequence[int] = (), stack_below: int = 720, last_on_top: bool = False
    ) -> None:
        super().__init__()
        way = QBoxLayout.Direction
        self._stacked_way = way.BottomToTop if last_on_top else way.TopToBottom
        self._stack_below = stack_below
        self._parts = parts
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(3 * SPACE)
        for number, part in enumerate(parts):
            self._line.addWidget(part, shares[number] if shares else 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @property
    def stacked(self) -> bool:
        """Whether the parts stand below each other now."""
        return self._line.direction() is self._stacked_way

    def _sizes(self) -> list[QSize]:
        return [part.minimumSizeHint().expandedTo(part.minimumSize()) for part in self._parts if not part.isHidden()]

    def _gaps(self, sizes: Sequence[QSize]) -> int:
        return self._line.spacing() * max(len(sizes) - 1, 0)

    @override
    def minimumSizeHint(self) -> QSize:
        sizes = self._sizes()
        heights = [size.height() for size in sizes]
        height = sum(heights) + self._gaps(sizes) if self.stacked else max(heights, default=0)
        return QSize(max((size.width() for size in sizes), default=0), height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    @override
    def event(self, event: QEvent) -> bool:
        """Look again when a part needs another width, as when fields appear in it."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._turn()
        return super().event(event)

    def _turn(self) -> None:
        sizes = self._sizes()
        needed = sum(size.width() for size in sizes) + self._gaps(sizes)
        narrow = self.width() < max(self._stack_below, needed)
        wanted = self._stacked_way if narrow else QBoxLayout.Direction.LeftToRight
        if wanted is not self._line.direction():
            self._line.setDirection(wanted)
            self.updateGeometry()
