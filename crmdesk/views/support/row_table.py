"""A table over a list of any length: the first page at once, then ids only, rows by window."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer
from typing_extensions import override

from crmdesk.core.order import Order
from crmdesk.views.support.columns import Column, R, Seen
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.row_source import RowSource
from crmdesk.views.support.table import _NO_INDEX, Index, Table
from crmdesk.views.support.windows import WINDOW, Windows

# The first page is painted before anything else is asked: reading a million keys slows down whatever goes on beside it.
PAINT_FIRST_MS = 50
_FIRST, _IDS, _ROWS, _EXPORT = "first", "ids", "rows", "export"


class RowTable(Table[R]):
    """Shows a `RowSource`; asks for rows only when they are looked at."""

    def __init__(self, columns: Sequence[Column[R]], jobs: JobRunner, parent: QObject | None = None) -> None:
        """Show `columns`; nothing is read before `set_source`."""
        super().__init__(columns, parent)
        self._jobs = jobs
        self._source: RowSource[R] | None = None
        self._order: Order | None = None
        self._ids: array[int] = array("q")
        self._windows: Windows[R] = Windows()
        self._loaded = False
        self._complete = False
        self._fetching = False
        self._fetch_soon = self._timer(0, self._fetch)
        self._ids_soon = self._timer(PAINT_FIRST_MS, self._ask_ids)

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    # -- asking ------------------------------------------------------------------------------

    def set_source(self, source: RowSource[R], order: Order | None = None) -> None:
        """Show another list (another filter); what is shown stays until the first page is there."""
        self._source = source
        self._order = order or self._order
        self._loaded = False
        self._ask_first()

    def refresh(self) -> None:
        """Read the same list again: what is looked at first, then whether rows came or went."""
        if self._source is None:
            return
        if len(self._ids) <= WINDOW or not self._complete:
            self._ask_first()
        else:
            numbers = self._windows.recent()
            self._ask_rows(numbers, self._refreshed)

    def _ask_first(self) -> None:
        source, order = self._source, self._order
        if source is None:
            return
        self._fetch_soon.stop()
        self._ids_soon.stop()
        self._fetching = False
        self._jobs.read(
            self,
            lambda session, context: list(source.first(session, context, order, WINDOW)),
            self._first_arrived,
            key=_FIRST,
        )

    def _ask_ids(self) -> None:
        source, order = self._source, self._order
        if source is not None:
            self._jobs.read(
                self,
                lambda session, context: source.id_array(session, context, order),
                self._ids_arrived,
                key=_IDS,
                background=True,
            )

    def _ask_rows(self, numbers: list[int], done: Callable[[Mapping[int, R]], None]) -> None:
        source = self._source
        wanted = [key for number in numbers for key in self._keys(number)]
        if source is not None:
            self._fetching = True
            self._jobs.read(
                self,
                lambda session, context: source.by_id(session, context, wanted),
                partial(self._rows_arrived, numbers, done),
                self._rows_failed,
                key=_ROWS,
            )

    def _keys(self, number: int) -> "array[int]":
        return self._ids[number * WINDOW : (number + 1) * WINDOW]

    # -- arriving ----------------------------------------------------------------------------

    def _first_arrived(self, rows: list[R]) -> None:
        source = self._source
        if source is None:
            return
        found = {source.id_of(row): row for row in rows}
        self._loaded = True
        self._complete = len(rows) < WINDOW
        self._show(array("q", found), found)
        self.loaded.emit()
        if self._complete:
            self.counted.emit(len(rows))
        else:
            self._ids_soon.start()

    def _ids_arrived(self, ids: "array[int]") -> None:
        self._complete = True
        shown = len(self._ids)
        if len(ids) > shown and ids[:shown] == self._ids:
            self.beginInsertRows(_NO_INDEX, shown, len(ids) - 1)
            self._ids = ids
            self.endInsertRows()
        else:
            self._show(ids, self._loaded_rows())
        self.counted.emit(len(ids))

    def _loaded_rows(self) -> dict[int, R]:
        source = self._source
        return {source.id_of(row): row for row in self._windows.rows()} if source is not None else {}

    def _show(self, ids: "array[int]", found: Mapping[int, R]) -> None:
        """Put `ids` in place; in place when they are the same, so that selection and place stay."""
        same = ids == self._ids
        if not same:
            self.beginResetModel()
            self._ids = ids
            self._windows.clear()
        known = {place // WINDOW for place, key in enumerate(ids[: 4 * WINDOW]) if key in found}
        filled = [number for number in sorted(known) if all(key in found for key in self._keys(number))]
        for number in filled:
            self._windows.fill(number, self._keys(number), found)
        if not same:
            self.endResetModel()
            return
        for number in filled:  # never the whole list at once: with all rows selected Qt looks at each of them
            self._tell_changed(number * WINDOW, (number + 1) * WINDOW)

    def _tell_changed(self, first: int, end: int) -> None:
        last = min(end, len(self._ids)) - 1
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _rows_arrived(
        self, numbers: list[int], done: Callable[[Mapping[int, R]], None], found: Mapping[int, R]
    ) -> None:
        self._fetching = False
        for number in numbers:
            self._windows.fill(number, self._keys(number), found)
            self._tell_changed(number * WINDOW, (number + 1) * WINDOW)
        done(found)
        if self._windows.has_wanted():
            self._fetch_soon.start()

    def _rows_failed(self, _error: Exception) -> None:
        # The list itself reports a broken database when it is asked again; a window must not open a dialog
        # at every turn of the wheel.
        self._fetching = False

    def _refreshed(self, _found: Mapping[int, R]) -> None:
        # Windows that nobody looks at now hold old rows: they go, and come back when looked at.
        keep = self._windows.recent()
        rows = self._loaded_rows()
        self._windows.clear()
        for number in keep:
            self._windows.fill(number, self._keys(number), rows)
        self._ask_ids()

    def _fetch(self) -> None:
        numbers = [number for number in self._windows.take_wanted() if self._keys(number)]
        if numbers and not self._fetching:
            self._ask_rows(numbers, lambda _found: None)

    # -- what a table says -------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def row_at(self, row: int) -> R | None:
        if not 0 <= row < len(self._ids):
            return None
        found = self._windows.row(row)
        if found is None and self._windows.has_wanted() and not self._fetching and not self._fetch_soon.isActive():
            self._fetch_soon.start()
        return found

    @override
    def id_at(self, row: int) -> int | None:
        return self._ids[row] if 0 <= row < len(self._ids) else None

    @override
    def place_of(self, entity_id: int) -> int | None:
        try:
            return self._ids.index(entity_id)
        except ValueError:
            return None

    @override
    def is_loaded(self) -> bool:
        return self._loaded

    @override
    def order(self) -> Order | None:
        return self._order

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; the list itself is read anew."""
        key = self.columns[column].sort_key if 0 <= column < len(self.columns) else ""
        wanted = Order(key, order is Qt.SortOrder.DescendingOrder) if key else None
        if wanted is not None and wanted != self._order:
            self._order = wanted
            self._ask_first()

    @override
    def read_seen(self, columns: Sequence[Column[R]], done: Callable[[Seen], None]) -> None:
        source, order, people_of = self._source, self._order, self.people_of
        if source is not None:
            self._jobs.read(
                self,
                lambda session, context: source.seen(session, context, order, columns, people_of),
                done,
                key=_EXPORT,
                background=True,
            )

    def windows_in_memory(self) -> int:
        """Give how many windows of rows are kept; bounded whatever the length of the list."""
        return self._windows.count()
