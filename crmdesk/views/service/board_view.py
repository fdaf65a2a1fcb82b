"""The board: open tickets in columns by how far they are; arrows move between cards and columns."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QListView, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext, mark
from crmdesk.queries.ticket_board import BoardColumn, BoardPile
from crmdesk.queries.ticket_rows import TicketRow
from crmdesk.views.service.board_card import ROW_ROLE, CardDelegate
from crmdesk.views.service.columns import due_of, problem
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text, show_if

TITLES: Final = {
    BoardColumn.NEW: mark("New"),
    BoardColumn.DECIDING: mark("To decide"),
    BoardColumn.CUSTOMER: mark("Customer to answer"),
    BoardColumn.WORK: mark("To do or in work"),
    BoardColumn.AWAY: mark("Away for repair"),
    BoardColumn.READY: mark("Ready, not told"),
    BoardColumn.TOLD: mark("Customer told"),
}
_LEAST: Final = 128
_COMFORT: Final = 140  # a name and a deadline beside each other
_LEAST_HIGH: Final = 196  # title and two cards
_HALF: Final = 4
_GAP: Final = 10
_NO_INDEX: Final = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class CardTable(QAbstractListModel):
    """The cards of one column."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without cards."""
        super().__init__(parent)
        self._cards: tuple[TicketRow, ...] = ()

    def set_cards(self, cards: Sequence[TicketRow]) -> None:
        """Show other cards."""
        self.beginResetModel()
        self._cards = tuple(cards)
        self.endResetModel()

    def place_of(self, ticket_id: int | None) -> int:
        """Give where a ticket's card is; -1 when it is not here."""
        return next((place for place, card in enumerate(self._cards) if card.id == ticket_id), -1)

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Count the cards."""
        return 0 if parent.isValid() else len(self._cards)

    @override
    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give the row, or what a screen reader says."""
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role == ROW_ROLE:
            return card
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)}:
            return " · ".join(filter(None, (card.number, card.member_name, card.item, problem(card), due_of(card)[0])))
        return None


class CardList(QListView):
    """One column's cards; Left and Right leave it."""

    opened = Signal(object)
    left = Signal(int)

    def __init__(self, title: str) -> None:
        """Build an empty column."""
        super().__init__()
        self.table = CardTable(self)
        self.setModel(self.table)
        self.setItemDelegate(CardDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "cards")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setAccessibleName(title)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(lambda _index: self._open())

    def current_id(self) -> int | None:
        """Give the chosen ticket."""
        card = self.currentIndex().data(ROW_ROLE)
        return card.id if isinstance(card, TicketRow) else None

    def choose(self, place: int) -> None:
        """Choose a card, or the nearest there is."""
        last = self.table.rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self.table.index(max(0, min(place, last)), 0))

    def _open(self) -> None:
        if self.current_id() is not None:
            self.opened.emit(self.current_id())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and not event.modifiers():
            self.left.emit(steps[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._open()
        else:
            super().keyPressEvent(event)


class _Column(QWidget):
    """Title, count, cards, and what leads to the rest."""

    def __init__(self, column: BoardColumn) -> None:
        super().__init__()
        title = gettext(TITLES[column])
        self.count = Text("", "muted")
        self.cards = CardList(title)
        self.rest = Button("", kind="link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        head = Text(title, "strong")
        head.setMinimumWidth(1)
        layout.addLayout(row(head, None, self.count, gap=1))
        layout.addWidget(self.cards, 1)
        layout.addWidget(self.rest)
        self.setMinimumWidth(_LEAST)

    def show_pile(self, pile: BoardPile) -> None:
        """Show the cards; the one that was chosen stays chosen where it is still here."""
        kept, place = self.cards.current_id(), self.cards.currentIndex().row()
        self.count.setText(f"{pile.count:,}")
        self.cards.table.set_cards(pile.cards)
        if kept is not None:
            found = self.cards.table.place_of(kept)
            self.cards.choose(found if found >= 0 else place)
        left = pile.count - len(pile.cards)
        self.rest.set_text(gettext("{count} more in the list").format(count=f"{left:,}"))
        show_if(self.rest, left > 0)


class BoardView(QWidget):
    """Seven columns, in two lines where the window is narrow; `opened` gives the ticket.

    `rest_wanted` gives the column whose tickets do not all fit.
    """

    opened = Signal(object)
    rest_wanted = Signal(object)

    def __init__(self) -> None:
        """Build empty columns."""
        super().__init__()
        self._columns = {column: _Column(column) for column in BoardColumn}
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        for name, column in self._columns.items():
            column.cards.opened.connect(self.opened)
            column.cards.left.connect(lambda step, name=name: self._step(name, step))
            column.rest.clicked.connect(lambda _checked=False, name=name: self.rest_wanted.emit(name))
        self._set_across(len(self._columns))
        self._need_width(needed=False)

    def _set_across(self, count: int) -> None:
        """Stand ``count`` columns side by side, the others in a line below them."""
        if count == self._across:
            return
        self._across = count
        several = count < len(self._columns)
        for number, column in enumerate(self._columns.values()):
            self._grid.removeWidget(column)
            self._grid.addWidget(column, *divmod(number, count))
            column.setMinimumHeight(_LEAST_HIGH if several else 0)
        for number in range(len(self._columns)):
            self._grid.setColumnStretch(number, int(number < count))
            self._grid.setRowStretch(number, int(number == 0 or (several and number == 1)))
        self.updateGeometry()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_HALF * _LEAST + (_HALF - 1) * _GAP, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        whole = len(self._columns)
        self._set_across(whole if self.width() >= whole * _COMFORT + (whole - 1) * _GAP else _HALF)

    def _need_width(self, *, needed: bool) -> None:
        """Ask for the columns' width only while they are seen: the list in its place needs less."""
        across = QSizePolicy.Policy.Preferred if needed else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._need_width(needed=True)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._need_width(needed=False)

    def show_board(self, piles: Sequence[BoardPile]) -> None:
        """Show what was read; begins at the first card when none was chosen."""
        for pile in piles:
            self._columns[pile.column].show_pile(pile)
        if self.current_id() is None:
            first = next((one.cards for one in self._columns.values() if one.cards.table.rowCount()), None)
            if first is not None:
                first.choose(0)
                self.setFocusProxy(first)

    def current_id(self) -> int | None:
        """Give the chosen ticket of the column that has the focus, else of the first that has one."""
        lists = [column.cards for column in self._columns.values()]
        lists.sort(key=lambda one: not one.hasFocus())
        return next((one.current_id() for one in lists if one.current_id() is not None), None)

    def _step(self, name: BoardColumn, step: int) -> None:
        """Go to the next column that has cards, at the same height."""
        names = list(BoardColumn)
        place = self._columns[name].cards.currentIndex().row()
        at = names.index(name) + step
        while 0 <= at < len(names):
            cards = self._columns[names[at]].cards
            if cards.table.rowCount():
                cards.choose(place)
                cards.setFocus(Qt.FocusReason.TabFocusReason)
                return
            at += step
