"""What all tables have in common: cells from declared columns, rows by id."""

from collections.abc import Callable, Sequence
from typing import Any, Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush
from typing_extensions import override

from crmdesk.core.order import Order
from crmdesk.views.support.columns import RIGHT_SIDE, Column, ColumnKind, R, Seen
from crmdesk.views.support.theme import tokens

ID_ROLE = Qt.ItemDataRole.UserRole
TONE_ROLE = Qt.ItemDataRole.UserRole + 1
ICON_ROLE = Qt.ItemDataRole.UserRole + 2
KIND_ROLE = Qt.ItemDataRole.UserRole + 3
PLACEHOLDER = "…"

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class Table(QAbstractTableModel, Generic[R]):
    """Base of `RowTable` and `ListTable`."""

    loaded = Signal()  # rows are there (or it is certain that there are none)
    counted = Signal(int)  # how many rows there are in all

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        """Show `columns`."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self._roles: dict[int, Callable[[Column[R], R], object]] = {
            Qt.ItemDataRole.DisplayRole: _text,
            Qt.ItemDataRole.ToolTipRole: _tooltip,
            Qt.ItemDataRole.ForegroundRole: _foreground,
            TONE_ROLE: _tone,
            ICON_ROLE: _icon,
        }

    # -- what subclasses say ---------------------------------------------------------------------

    def row_at(self, row: int) -> R | None:
        """Give the row at a place; None while it is not loaded."""
        raise NotImplementedError

    def id_at(self, row: int) -> int | None:
        """Give the id at a place."""
        raise NotImplementedError

    def place_of(self, entity_id: int) -> int | None:
        """Give the place of an id."""
        raise NotImplementedError

    def is_loaded(self) -> bool:
        """Tell whether the list has been read."""
        raise NotImplementedError

    def order(self) -> Order | None:
        """Give the order in force."""
        raise NotImplementedError

    def read_seen(self, columns: Sequence[Column[R]], done: Callable[[Seen], None]) -> None:
        """Collect all rows in `columns` for export; `done` gets them on the GUI thread."""
        raise NotImplementedError

    # -- Qt ----------------------------------------------------------------------------------------

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.column() < len(self.columns):
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        if role == KIND_ROLE:
            return column.kind.value
        if role == ID_ROLE:
            return self.id_at(index.row())
        answer = self._roles.get(role)
        if answer is None:
            return None
        row = self.row_at(index.row())
        if row is None:
            return PLACEHOLDER if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
        return answer(column, row)


def _side(column: Column[R]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.kind in RIGHT_SIDE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _text(column: Column[R], row: R) -> str:
    return column.text(row)


def _tooltip(column: Column[R], row: R) -> str | None:
    return column.tooltip(row) if column.tooltip is not None else None


def _tone(column: Column[R], row: R) -> str | None:
    tone = column.tone(row) if column.tone is not None else None
    return tone.value if tone is not None else None


def _icon(column: Column[R], row: R) -> str | None:
    return column.icon(row) if column.icon is not None else None


def _foreground(column: Column[R], row: R) -> QBrush | None:
    if column.kind is ColumnKind.STATUS or column.tone is None:
        return None
    tone = column.tone(row)
    return QBrush(tokens().tone(tone).text) if tone is not None else None
