"""How the columns of a table share its width: one takes what is left, and what has no room goes below the row."""

import math
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from crmdesk.views.support.columns import Column, ColumnKind

LEAST: Final = 92  # what the column that stretches keeps: some six Chinese characters or twelve letters
_MODEST: Final = 130  # what it asks for before others go below the row
_GIVES_WAY: Final = 0.72  # how narrow another column becomes where there is no room, of the width it wants
_WHOLE: Final = frozenset({ColumnKind.STATUS, ColumnKind.MONEY, ColumnKind.NUMBER, ColumnKind.PHONE})


def shared(wanted: Sequence[int], least: Sequence[int], stretch: int | None, room: int) -> list[int]:
    """Give the widths of columns in ``room``.

    Args:
        wanted: how wide each would be.
        least: how narrow each may become.
        stretch: the column that takes what is left, and at least its least; None when it is not seen.
        room: how much there is; where even the least widths need more, that much is given.
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


def kept(wanted: Sequence[int], least: Sequence[int], first_to_go: Sequence[int], room: int) -> list[int]:
    """Give which columns stand side by side, as places in ``wanted``; the others go below the row.

    Where all find room by giving way, all stay. Where they do not, so many go that the others are whole.

    Args:
        wanted: how wide each would be.
        least: how narrow each may become.
        first_to_go: the columns that may go, in the order in which they go.
        room: how much there is.
    """
    places = list(range(len(wanted)))
    if sum(least) <= room:
        return places
    for place in first_to_go:
        if sum(wanted[one] for one in places) <= room:
            break
        places.remove(place)
    return places


class ColumnRoom(QObject):
    """Shares the width of a table among its columns whenever it changes.

    Qt's own stretching leaves the column what the others do not take, down to nothing.
    """

    shared_out = Signal()

    def __init__(self, view: QTableView, columns: Sequence[Column[Any]]) -> None:
        """Look after the columns of ``view``."""
        super().__init__(view)
        self.widths = [column.width for column in columns]
        self._columns = columns
        self._chosen: set[int] = set()
        self._folded: list[int] = []
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

    @property
    def folded(self) -> tuple[int, ...]:
        """The columns that stand below the row, from left to right."""
        return tuple(self._folded)

    def is_seen(self, place: int) -> bool:
        """Tell whether a column is seen, beside the others or below them."""
        return place in self._folded or not self._header.isSectionHidden(place)

    def set_seen(self, place: int, *, seen: bool) -> None:
        """Show or hide a column; `share` gives it its part."""
        if place in self._folded:
            self._folded.remove(place)
        self._header.setSectionHidden(place, not seen)

    def in_order(self) -> list[int]:
        """Give the columns that are seen, from left to right."""
        return sorted(filter(self.is_seen, range(len(self._columns))), key=self._header.visualIndex)

    def share(self) -> None:
        """Give each column that is seen its part."""
        self._sharing = True
        seen = self._fold(self.in_order())
        stretch = self._stretch(seen)
        least = [self._least(place, stretch) for place in seen]
        middle = seen.index(stretch) if stretch is not None else None
        widths = shared([self._wanted(place) for place in seen], least, middle, self._view.viewport().width())
        for place, width in zip(seen, widths, strict=True):
            self._header.resizeSection(place, width)
        self._sharing = False
        self.shared_out.emit()

    def _stretch(self, seen: Sequence[int]) -> int | None:
        return next((place for place in seen if self._columns[place].stretch), None)

    def _fold(self, seen: Sequence[int]) -> list[int]:
        """Let go below the row what has no room beside the others; give what stays."""
        stretch = self._stretch(seen)
        # Where others go below the row, the one that takes what is left asks for little.
        wanted = [min(self._wanted(one), _MODEST) if one == stretch else self._wanted(one) for one in seen]
        # Where no column gives way, all want their whole width.
        least = [self._least(place, stretch) for place in seen] if stretch is not None else wanted
        stays = [seen[one] for one in kept(wanted, least, self._first_to_go(seen), self._view.viewport().width())]
        folded = [place for place in seen if place not in stays]
        if folded != self._folded:
            for place in {*folded, *self._folded}:
                self._header.setSectionHidden(place, place in folded)
            self._folded = folded
        return stays

    def _first_to_go(self, seen: Sequence[int]) -> list[int]:
        """Give places in ``seen``: from the right, states last; what a row is called by stays."""
        may = [one for one in range(len(seen) - 1, 0, -1) if not self._columns[seen[one]].stretch]
        return sorted(may, key=lambda one: self._columns[seen[one]].kind is ColumnKind.STATUS)

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
