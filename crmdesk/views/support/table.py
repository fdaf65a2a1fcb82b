"""What all tables have in common: cells from declared columns, rows by id."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush
from typing_extensions import override

from crmdesk.core.order import Order
from crmdesk.views.support.columns import RIGHT_SIDE, Column, ColumnKind, R, Seen
from crmdesk.views.support.theme import tokens

if TYPE_CHECKING:
    from crmdesk.views.support.columns import PeopleOf

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
        self._sides = tuple(_side(column) for column in self.columns)
        # Whom a row is about; set where a list is about members, so that taking it away is noted.
        self.people_of: PeopleOf[R] | None = None

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
            return self._sides[section]
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        # Asked some nine times for every cell that is painted; most roles have no answer.
        answer = _ANSWERS.get(role)
        if answer is None and role not in _WITHOUT_ROW:
            return None
        place = index.column()
        if not 0 <= place < len(self.columns) or not index.isValid():
            return None
        if answer is None:
            return self._without_row(role, index.row(), place)
        row = self.row_at(index.row())
        if row is None:
            return PLACEHOLDER if role == _DISPLAY and place == 0 else None
        return answer(self.columns[place], row)

    def _without_row(self, role: int, row: int, column: int) -> object:
        if role == _SIDE:
            return self._sides[column]
        return self.id_at(row) if role == ID_ROLE else self.columns[column].kind.value


def _side(column: Column[Any]) -> Qt.AlignmentFlag:
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


# By plain numbers, as Qt asks: the names of its roles are slow to look up.
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_SIDE: Final = int(Qt.ItemDataRole.TextAlignmentRole)
_WITHOUT_ROW: Final = frozenset({_SIDE, int(KIND_ROLE), int(ID_ROLE)})
_ANSWERS: Final[dict[int, Callable[[Column[Any], Any], object]]] = {
    _DISPLAY: _text,
    int(Qt.ItemDataRole.ToolTipRole): _tooltip,
    int(Qt.ItemDataRole.ForegroundRole): _foreground,
    int(TONE_ROLE): _tone,
    int(ICON_ROLE): _icon,
}
