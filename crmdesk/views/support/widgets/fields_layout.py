"""Fields side by side by shares; what has no room any more goes to the next line."""

import math

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLayoutItem, QWidget
from typing_extensions import override

from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.lines_layout import LinesLayout


class FieldsLayout(LinesLayout):
    """A line of fields, aligned at the top, that breaks before a field would be narrower than its words.

    Args:
        parts: fields with their shares of the width.
        gap: between fields and lines, in steps of 4 px.
    """

    def __init__(self, *parts: tuple[QWidget, int], gap: int = 2) -> None:
        super().__init__()
        self._shares: list[int] = []
        self.setSpacing(gap * SPACE)
        for part, share in parts:
            self.add(part, share)

    def add(self, part: QWidget, share: int = 1) -> None:
        """Append a field."""
        self.addWidget(part)
        self._shares[-1] = share

    @override
    def addItem(self, item: QLayoutItem) -> None:
        super().addItem(item)
        self._shares.append(1)

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        if 0 <= index < len(self._shares):
            self._shares.pop(index)
        return super().takeAt(index)

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def _needed(self, line: list[int]) -> int:
        return sum(self._items[place].minimumSize().width() for place in line) + self.spacing() * (len(line) - 1)

    def _lines(self, width: int) -> list[list[int]]:
        """Give the places of the shown fields, line by line; the lines are as even as they can be."""
        shown = [place for place, item in enumerate(self._items) if not item.isEmpty()]
        for count in range(1, len(shown) + 1):
            most = math.ceil(len(shown) / count)
            lines = [shown[start : start + most] for start in range(0, len(shown), most)]
            if all(self._needed(line) <= width for line in lines):
                return lines
        return [[place] for place in shown]

    def _widths(self, line: list[int], width: int) -> dict[int, int]:
        """Share out a line's width; nobody gets less than it needs."""
        left = width - self.spacing() * (len(line) - 1)
        given: dict[int, int] = {}
        free = list(line)
        while free:
            total = sum(self._shares[place] for place in free)
            needs = {place: self._items[place].minimumSize().width() for place in free}
            short = {place: need for place, need in needs.items() if need * total > left * self._shares[place]}
            if not short or len(short) == len(free):
                given |= {place: left * self._shares[place] // total for place in free}
                return given
            given |= short
            left -= sum(short.values())
            free = [place for place in free if place not in short]
        return given

    @override
    def arrange(self, rect: QRect, *, place: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            y += self.spacing() if y > rect.y() else 0
            x, tallest = rect.x(), 0
            for number, width in sorted(self._widths(line, rect.width()).items()):
                item = self._items[number]
                height = item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
                if place:
                    item.setGeometry(QRect(x, y, width, height))
                x += width + self.spacing()
                tallest = max(tallest, height)
            y += tallest
        return y - rect.y()
