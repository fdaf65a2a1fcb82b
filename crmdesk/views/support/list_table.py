"""A table over a short list that is in memory anyway."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QObject, Qt
from typing_extensions import override

from crmdesk.core.order import Order
from crmdesk.views.support.columns import Column, R, Seen
from crmdesk.views.support.table import _NO_INDEX, Index, Table


class ListTable(Table[R]):
    """Rows given as a whole; sorted here."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        parent: QObject | None = None,
        *,
        id_of: Callable[[R], int] = attrgetter("id"),
    ) -> None:
        """Show `columns` of rows that are told apart by `id_of`."""
        super().__init__(columns, parent)
        self._id_of = id_of
        self._given: list[R] = []
        self._rows: list[R] = []
        self._order: Order | None = None
        self._loaded = False

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows; in place when they are the same things as before."""
        same = [self._id_of(row) for row in rows] == [self._id_of(row) for row in self._given]
        self._given = list(rows)
        self._loaded = True
        if same and self._order is None and self._rows:
            self._rows = list(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))
        else:
            self._arrange()
        self.loaded.emit()
        self.counted.emit(len(rows))

    def rows(self) -> list[R]:
        """Give the rows as they are shown."""
        return list(self._rows)

    def _arrange(self) -> None:
        self.beginResetModel()
        self._rows = list(self._given)
        if self._order is not None:
            column = next(column for column in self.columns if column.sort_key == self._order.key)
            self._rows.sort(key=lambda row: _sortable(column.exported(row)), reverse=self._order.descending)
        self.endResetModel()

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column that has a sort key."""
        key = self.columns[column].sort_key if 0 <= column < len(self.columns) else ""
        if key:
            self._order = Order(key, order is Qt.SortOrder.DescendingOrder)
            self._arrange()

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def row_at(self, row: int) -> R | None:
        return self._rows[row] if 0 <= row < len(self._rows) else None

    @override
    def id_at(self, row: int) -> int | None:
        return self._id_of(self._rows[row]) if 0 <= row < len(self._rows) else None

    @override
    def place_of(self, entity_id: int) -> int | None:
        return next((place for place, row in enumerate(self._rows) if self._id_of(row) == entity_id), None)

    @override
    def is_loaded(self) -> bool:
        return self._loaded

    @override
    def order(self) -> Order | None:
        return self._order

    @override
    def read_seen(self, columns: Sequence[Column[R]], done: Callable[[Seen], None]) -> None:
        done(Seen.of(columns, self._rows, self.people_of))


def _sortable(value: object) -> tuple[bool, Any]:
    # What is absent comes last.
    return value is None or value == "", value if value is not None else ""
