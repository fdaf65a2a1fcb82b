"""The list on every screen: dense rows, keys, copy, menu, and words when it is empty."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.views.support.columns import Column, PeopleOf, Seen, people_in
from crmdesk.views.support.desk import DeskSettings
from crmdesk.views.support.folded_rows import FoldedRows
from crmdesk.views.support.table import Index, Table
from crmdesk.views.support.table_delegate import CellDelegate
from crmdesk.views.support.table_header import ColumnMemory
from crmdesk.views.support.tokens import ROW
from crmdesk.views.support.widgets.empty_state import EmptyState

KEPT_SELECTION = 1000  # rows that stay selected when the list is read anew
MOST_COPIED = 10_000  # rows on the clipboard


class RowTableView(QTableView):
    """Shows a `RowTable` or `ListTable`. Ids in signals are `object`: they have 63 bits."""

    opened = Signal(object)  # Enter or double click: the row's id
    current_changed = Signal(object)  # the current row's id, or None
    selection_changed = Signal()
    copied = Signal(object)  # keys of the members whose lines went to the clipboard
    typed = Signal(str)  # the person begins to type: for the filter box

    def __init__(self, table: Table[Any], settings: DeskSettings, name: str, parent: QWidget | None = None) -> None:
        """Show `table`; columns are remembered in `settings` under `name`."""
        super().__init__(parent)
        self._table = table
        self._kept_ids: tuple[int | None, list[int]] = (None, [])
        self._empty: EmptyState | None = None
        self._first_action: Callable[[], None] | None = None
        self._extra_actions: Callable[[], Sequence[QAction]] = list
        self._dress()
        self.setModel(table)
        # The header asks whether its columns are selected, which walks through every selected row; it need not know.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(table, self))
        self.columns = ColumnMemory(self, table.columns, settings, name)
        self._below = FoldedRows(self, table, self.columns.room)
        self._copy = self._action(gettext("Copy rows"), QKeySequence(QKeySequence.StandardKey.Copy), self.copy)
        table.modelAboutToBeReset.connect(self._keep_place)
        table.modelReset.connect(self._restore_place)
        table.loaded.connect(self._show_emptiness)
        table.rowsInserted.connect(self._show_emptiness)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(CellDelegate(self))
        self.setSortingEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._sort)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    def _action(self, text: str, keys: QKeySequence, act: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.addAction(action)
        return action

    def is_about(self, people_of: PeopleOf[Any]) -> None:
        """Say whom a row is about, so that copying and exporting it can be noted."""
        self._table.people_of = people_of

    # -- what is chosen ----------------------------------------------------------------------

    def current_id(self) -> int | None:
        """Give the id of the current row."""
        index = self.currentIndex()
        return self._table.id_at(index.row()) if index.isValid() else None

    def selected_ids(self, most: int | None = None) -> list[int]:
        """Give the ids of the selected rows in their order on screen; at most `most` of them."""
        keys = (self._table.id_at(place) for place in islice(self._selected_places(), most))
        return [key for key in keys if key is not None]

    def selected_count(self) -> int:
        """Tell how many rows are selected, at once also for a million."""
        return sum(len(span) for span in self._selected_spans())

    def _selected_spans(self) -> list[range]:
        # Ranges, not indexes: "select all" over a million rows is one range.
        chosen = self.selectionModel().selection()
        spans = {(chosen.at(number).top(), chosen.at(number).bottom()) for number in range(chosen.count())}
        return [range(top, bottom + 1) for top, bottom in sorted(spans)]

    def _selected_places(self) -> Iterator[int]:
        return chain.from_iterable(self._selected_spans())

    def select_id(self, entity_id: int) -> bool:
        """Make the row with this id current and show it; tell whether it is in the list."""
        place = self._table.place_of(entity_id)
        if place is None:
            return False
        self.selectRow(place)
        self.scrollTo(self._table.index(place, self._first_column()))
        return True

    def select_first(self) -> None:
        """Make the first row current, when nothing is."""
        if not self.currentIndex().isValid() and self._table.rowCount():
            self.selectRow(0)

    def _first_column(self) -> int:
        return next(place for place in range(len(self._table.columns)) if not self.isColumnHidden(place))

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is current."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.current_changed.emit(self._table.id_at(current.row()) if current.isValid() else None)

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that other rows are selected."""
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def _keep_place(self) -> None:
        self._kept_ids = (self.current_id(), self.selected_ids(KEPT_SELECTION))

    def _restore_place(self) -> None:
        current, selected = self._kept_ids
        model = self.selectionModel()
        rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for key in selected:
            place = self._table.place_of(key)
            if place is not None:
                model.select(self._table.index(place, 0), rows)
        place = self._table.place_of(current) if current is not None else None
        if place is not None:
            index = self._table.index(place, self._first_column())
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)
        elif current is not None:
            self.current_changed.emit(None)

    # -- what one can do ---------------------------------------------------------------------

    def set_actions(self, actions: Callable[[], Sequence[QAction]]) -> None:
        """Say what the context menu offers for the selected rows; asked each time it opens."""
        self._extra_actions = actions

    def set_empty(
        self, icon: str, title: str, detail: str = "", action: str = "", run: Callable[[], None] | None = None
    ) -> None:
        """Say what an empty list is for, and the first thing to do."""
        if self._empty is None:
            self._empty = EmptyState(icon, title, detail, action)
            self._empty.setParent(self.viewport())
            self._empty.acted.connect(self._run_first_action)
        self._empty.set(icon, title, detail, action)
        self._first_action = run
        self._show_emptiness()

    def _run_first_action(self) -> None:
        if self._first_action is not None:
            self._first_action()

    def _show_emptiness(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(self._table.is_loaded() and not self._table.rowCount())

    def copy(self) -> None:
        """Put the selected rows on the clipboard as they are seen, tab-separated."""
        columns = self.columns.seen()
        rows = [self._table.row_at(place) for place in islice(self._selected_places(), MOST_COPIED)]
        there = [row for row in rows if row is not None]
        lines = ["\t".join(_one_line(column.text(row)) for column in columns) for row in there]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))
            self.copied.emit(people_in(there, self._table.people_of))

    def read_seen(self, done: Callable[[Seen], None]) -> None:
        """Collect the whole list as it is seen (columns, order, filter) for export."""
        self._table.read_seen(self.columns.seen(), done)

    def seen_columns(self) -> list[Column[Any]]:
        """Give the visible columns from left to right."""
        return self.columns.seen()

    def _open(self, place: int) -> None:
        key = self._table.id_at(place)
        if key is not None:
            self.opened.emit(key)

    def _sort(self, section: int) -> None:
        column = self._table.columns[section]
        if not column.sort_key:
            return
        order = self._table.order()
        again = order is not None and order.key == column.sort_key and not order.descending
        direction = Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(section, direction)
        self._table.sort(section, direction)

    def menu(self) -> QMenu:
        """Build the menu of the selected rows."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        extra = list(self._extra_actions()) if self.selected_ids(1) else []
        menu.addActions(extra)
        if extra:
            menu.addSeparator()
        menu.addAction(self._copy)
        return menu

    def _menu(self, where: QPoint) -> None:
        self.menu().popup(self.viewport().mapToGlobal(where))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Home and End go to the ends, typing filters."""
        key, text = event.key(), event.text()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()  # before Qt's own, which copies one cell
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End} and not event.modifiers() and self._table.rowCount():
            self.selectRow(0 if key == Qt.Key.Key_Home else self._table.rowCount() - 1)
            self.scrollTo(self.currentIndex())
        elif plain and text.isprintable() and text.strip():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, then what has no room beside the other columns below each."""
        super().paintEvent(event)
        self._below.paint()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns; keep the words of an empty list in the middle."""
        super().resizeEvent(event)
        self.columns.share()
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())


def _one_line(text: str) -> str:
    return " ".join(text.split())
