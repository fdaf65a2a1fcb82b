"""How the columns of a table share its width: one takes what is left, none is squeezed until it says nothing."""

import math
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHeaderView, QTableView

from crmdesk.views.support.columns import Column, ColumnKind

LEAST: Final = 92  # what the column that stretches keeps: some six Chinese characters or twelve letters
_GIVES_WAY: Final = 0.72  # how narrow another column becomes where there is no room, of the width it wants
_WHOLE: Final = frozenset({ColumnKind.STATUS, ColumnKind.MONEY, ColumnKind.NUMBER, ColumnKind.PHONE})


def shared(wanted: Sequence[int], least: Sequence[int], stretch: int | None, room: int) -> list[int]:
    """Give the widths of columns in ``room``.

    Args:
        wanted: how wide each would be.
        least: how narrow each may become.
        stretch: the column that takes what is left, and at least its least; None when it is not seen.
        room: how much there is; where even the least widths need more, the table scrolls sideways.
    """
    if stretch is None:
        return list(wanted)
    widths = list(wanted)
    widths[stretch] = least[stretch]
    missing = sum(widths) - room
    spare = [width - narrow for width, narrow in zip(widths, least, strict=True)]
    at_most = sum(spare)
    if missing > 0 and at_most > 0:
        share = min(missing / at_most, 1.0)
        widths = [width - math.ceil(part * share) for width, part in zip(widths, spare, strict=True)]
    widths[stretch] += max(room - sum(widths), 0)
    return widths


class ColumnRoom(QObject):
    """Shares the width of a table among its columns whenever it changes.

    Qt's own stretching leaves the column what the others do not take, down to nothing.
    """

    def __init__(self, view: QTableView, columns: Sequence[Column[Any]]) -> None:
        """Look after the columns of ``view``."""
        super().__init__(view)
        self.widths = [column.width for column in columns]
        self._columns = columns
        self._chosen: set[int] = set()
        self._header = view.horizontalHeader()
        self._view = view
        self._sharing = False
        for place, column in enumerate(columns):
            if column.stretch:  # it follows the others and cannot be drawn
                self._header.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
        self._header.sectionResized.connect(self._resized)

    def set_widths(self, widths: Sequence[int]) -> None:
        """Say how wide the columns would be, the one that stretches too."""
        self.widths = list(widths)
        self._chosen.clear()
        self.share()

    def share(self) -> None:
        """Give each column that is seen its part."""
        seen = [place for place in range(len(self._columns)) if not self._header.isSectionHidden(place)]
        stretch = next((place for place in seen if self._columns[place].stretch), None)
        least = [self._least(place, stretch) for place in seen]
        middle = seen.index(stretch) if stretch is not None else None
        widths = shared([self._wanted(place) for place in seen], least, middle, self._view.viewport().width())
        self._sharing = True
        for place, width in zip(seen, widths, strict=True):
            self._header.resizeSection(place, width)
        self._sharing = False

    def _least(self, place: int, stretch: int | None) -> int:
        column, wanted = self._columns[place], self._wanted(place)
        if place == stretch:
            return max(min(LEAST, column.width), self._heading(place))
        whole = column.whole or column.kind in _WHOLE or place in self._chosen
        return wanted if whole else max(int(wanted * _GIVES_WAY), self._heading(place))

    def _wanted(self, place: int) -> int:
        return max(self.widths[place], self._heading(place))

    def _heading(self, place: int) -> int:
        """Give the room for the words above a column; a column that the person drew may be narrower."""
        return 0 if place in self._chosen else self._header.sectionSizeHint(place)

    def _resized(self, place: int, before: int, now: int) -> None:
        """Keep what the person drew, and give the rest to the column that stretches."""
        if self._sharing or not before or not now:  # shared out, or shown and hidden
            return
        self.widths[place] = now
        self._chosen.add(place)
        self.share()
