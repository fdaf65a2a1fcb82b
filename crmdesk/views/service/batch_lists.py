"""The lists of the page of batches, one of them shown: batches, goods that are out, what could be packed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone
from crmdesk.queries.batches_lines import LineRow
from crmdesk.views.service.batch_presenter import BatchLists
from crmdesk.views.service.batch_words import EMPTY, batch_columns, line_columns, packable_columns, tally_words
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.list_export import keep_looks
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.chip_bar import Chip
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmdesk.views.support.columns import Column

OPEN, WAITING, CHASE, PACK, CLOSED = LISTS = ("open", "waiting", "chase", "pack", "closed")
OF_BATCHES: Final = (OPEN, CLOSED)


class BatchListStack(QWidget):
    """Keeps every list; below them the sums over all open batches."""

    moved = Signal()  # another row is the current one
    opened = Signal()  # Enter on a row

    def __init__(self, desk: Desk, begin: Callable[[], None]) -> None:
        """Build the lists; ``begin`` begins a batch where there is none."""
        super().__init__()
        self.tables: dict[str, ListTable[Any]] = {}
        self.views: dict[str, RowTableView] = {}
        self.shown = OPEN
        self._stack = QStackedWidget()
        self._sums = Text("", "soft", wrap=True)
        context = desk.signin.context()
        today, zone = context.today(), context.store.zone
        kinds: dict[str, Sequence[Column[Any]]] = {
            OPEN: batch_columns(zone),
            WAITING: line_columns(today),
            CHASE: line_columns(today),
            PACK: packable_columns(today),
            CLOSED: batch_columns(zone),
        }
        for name, columns in kinds.items():
            self._add(desk, name, columns)
        title, detail = EMPTY[OPEN]
        self.views[OPEN].set_empty("package", gettext(title), gettext(detail), gettext("New batch"), begin)
        self.setLayout(column(self._stack, self._sums, gap=2))

    def _add(self, desk: Desk, name: str, columns: "Sequence[Column[Any]]") -> None:
        table: ListTable[Any] = ListTable(columns, self)
        view = RowTableView(table, desk.settings, f"service.batches.{name}", self)
        # A batch itself is about nobody; its lines are.
        keep_looks(self, desk, view, lambda one: (getattr(one, "member_id", None),), "batches")
        title, detail = EMPTY[name]
        view.set_empty("package", gettext(title), gettext(detail))
        view.setAccessibleName(chip_words(name))
        view.current_changed.connect(lambda _key: self.moved.emit())
        view.opened.connect(lambda _key: self.opened.emit())
        self.tables[name], self.views[name] = table, view
        self._stack.addWidget(view)

    @property
    def view(self) -> RowTableView:
        """Give the list that is shown."""
        return self.views[self.shown]

    def show_list(self, name: str, *, select: bool = True) -> None:
        """Show another list, its first row chosen unless one is."""
        self.shown = name
        self._stack.setCurrentWidget(self.view)
        self.setFocusProxy(self.view)
        if select and self.view.current_id() is None:
            self.view.select_first()

    def set_lists(self, lists: BatchLists) -> None:
        """Fill all lists."""
        for name, table in self.tables.items():
            table.set_rows(getattr(lists, name))
        tally = lists.tally
        words = gettext("All open batches: {counts}").format(counts=tally_words(tally)) if tally.sent else ""
        self._sums.setText(words)

    def row(self) -> Any:  # noqa: ANN401 - batches, lines or tickets, by the list
        """Give the current row of the list that is shown."""
        index = self.view.currentIndex()
        return self.tables[self.shown].row_at(index.row()) if index.isValid() else None

    def batch_id(self) -> int | None:
        """Give the batch that the current row is or belongs to."""
        row = self.row()
        if row is None or self.shown == PACK:
            return None
        return row.batch_id if isinstance(row, LineRow) else row.id

    def chosen_lines(self) -> list[LineRow]:
        """Give the selected lines to chase; all of them where at most one is selected."""
        rows: list[LineRow] = self.tables[CHASE].rows()
        chosen = set(self.views[CHASE].selected_ids())
        return [row for row in rows if row.id in chosen] if len(chosen) > 1 else rows

    def chosen_tickets(self) -> tuple[int, ...]:
        """Give the tickets to pack."""
        view = self.views[PACK]
        current = view.current_id()
        return tuple(view.selected_ids()) or (() if current is None else (current,))


def list_chips() -> list[Chip]:
    """Give the lists as chips."""
    return [Chip(name, chip_words(name), tone=Tone.LATE if name == CHASE else None) for name in LISTS]


def chip_words(name: str) -> str:
    """Say what a list holds."""
    return {
        OPEN: gettext("Open batches"),
        WAITING: gettext("Goods out"),
        CHASE: gettext("To chase"),
        PACK: gettext("To pack"),
        CLOSED: gettext("Closed batches"),
    }[name]
