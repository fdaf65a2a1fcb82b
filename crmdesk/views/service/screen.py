"""Service: the list of tickets by views with counts, and the selected ticket with its next step."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from crmdesk.core.errors import NotFoundError
from crmdesk.core.i18n import gettext
from crmdesk.core.refs import EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from crmdesk.views.service import kinds
from crmdesk.views.service.case import Case
from crmdesk.views.service.chips import EMPTY, WORDS, chips
from crmdesk.views.service.columns import columns
from crmdesk.views.service.panel import TicketPanel
from crmdesk.views.service.presenter import Presenter, source
from crmdesk.views.service.room import Room
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.list_export import export_list
from crmdesk.views.support.row_table import RowTable
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.chip_bar import ChipBar
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.toolbar import Toolbar

_NEW = "service.new"
_BATCHES = "service.batches"
_TYPING_MS = 150
_FILTER_WIDTH = 190
_LIST_SHARE, _PANEL_SHARE = 64, 36


class ServiceScreen(Screen):
    """List at the left, the selected ticket at the right."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.TICKETS, Topic.LOANERS, Topic.MEMBERS})
    help_page: ClassVar[str] = "service"

    def __init__(self, desk: Desk) -> None:
        """Build the page; the first list is read when it is shown."""
        super().__init__(desk)
        self.room = Room(desk, self, self.reload)
        views = kinds.views_for(self.room)
        self._presenter = Presenter(self.room, views)
        self._wanted: int | None = None
        self._chosen = TicketFilter()
        self.chips = ChipBar(chips())
        self.filter = QLineEdit()
        self._export = Button(gettext("Export Excel"), "table", hint="Ctrl+E")
        self.batches = Button(gettext("Batches"), "truck", hint="Ctrl+Shift+B")
        self.table = RowTable(columns(desk.signin.context().store.zone), desk.jobs, self)
        self.view = RowTableView(self.table, desk.settings, "service")
        self.panel = TicketPanel(self.room, views)
        self._soon = QTimer(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.filter.setPlaceholderText(gettext("Filter this list"))
        self.filter.setAccessibleName(gettext("Filter this list"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(_FILTER_WIDTH)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TYPING_MS)
        if not self.desk.signin.context().may(Right.EXPORT):
            self._export.refuse(gettext("Your role does not export lists."))
        self.view.setAccessibleName(gettext("Orders"))
        self.view.set_actions(self.panel.row_actions)
        both = Columns(self.view, self.panel, shares=(_LIST_SHARE, _PANEL_SHARE))
        layout = page(Toolbar(self.chips, right=[self.filter, self.batches, self._export]), both)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.chips.chosen.connect(self._show_view)
        self.filter.textChanged.connect(lambda _text: self._soon.start())
        self.filter.installEventFilter(self)
        self._soon.timeout.connect(self._apply_filter)
        self._export.clicked.connect(self.export_list)
        self.batches.clicked.connect(lambda _checked=False: self.desk.navigator.run(_BATCHES))
        self.view.current_changed.connect(self._show_ticket)
        self.view.opened.connect(lambda _key: self.panel.steps.primary.setFocus())
        self.view.typed.connect(self._type)
        self.table.loaded.connect(self._list_came)
        self._add_key("Ctrl+Return", self.panel.run_primary)
        self._add_key("Ctrl+Enter", self.panel.run_primary)
        self._add_key("Alt+M", self.panel.open_menu)
        self._apply_filter()

    def _add_key(self, keys: str, act: Callable[[], None]) -> None:
        action = QAction(self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.addAction(action)

    # -- the list --------------------------------------------------------------------------

    def show_view(self, view: TicketView) -> None:
        """Show one of the views, as when the today board leads here."""
        self.filter.clear()
        self.chips.choose(view.value)

    def _show_view(self, _name: str) -> None:
        self._apply_filter()

    def _apply_filter(self) -> None:
        self._soon.stop()
        view = TicketView(self.chips.current or TicketView.OPEN)
        self._chosen = TicketFilter(view=view, text=self.filter.text().strip())
        self._say_empty(view)
        self.table.set_source(source(self._chosen))

    def _say_empty(self, view: TicketView) -> None:
        if self._chosen.text:
            detail = gettext("Nothing in this view contains “{text}”.").format(text=self._chosen.text)
            self.view.set_empty(
                "search", gettext("Nothing found"), detail, gettext("Clear the filter"), self.filter.clear
            )
            return
        title, detail = EMPTY[view]
        action = gettext("Take in an order") if self.room.can_run(_NEW) else ""
        self.view.set_empty("wrench", gettext(title), gettext(detail), action, self._take_in)

    def _take_in(self) -> None:
        self.desk.navigator.run(_NEW)

    def _list_came(self) -> None:
        if self._wanted is not None:
            self._select_wanted()
        else:
            self.view.select_first()
        if not self.table.rowCount() and self._wanted is None:
            self.panel.clear()

    def _type(self, text: str) -> None:
        self.filter.setFocus()
        self.filter.insert(text)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Down and Enter go from the filter into the list, Esc empty the filter."""
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
                self.view.setFocus()
                self.view.select_first()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.filter.clear()
                self.view.setFocus()
                return True
        return super().eventFilter(watched, event)

    # -- the ticket ------------------------------------------------------------------------

    def _show_ticket(self, ticket_id: int | None) -> None:
        if ticket_id is None:
            if self._wanted is None:
                self.panel.clear()
            return
        self._wanted = None
        self._ask(ticket_id)

    def _ask(self, ticket_id: int) -> None:
        self.panel.expect(ticket_id)
        self._presenter.ask_case(ticket_id, self._case_came, self._case_failed)

    def _case_came(self, case: Case) -> None:
        self.panel.show_case(case)
        self.actions_changed.emit()

    def _case_failed(self, error: Exception) -> None:
        if isinstance(error, NotFoundError):
            self.panel.clear()
        errors.show(self, error)

    def _select_wanted(self) -> None:
        if self._wanted is not None and self.view.select_id(self._wanted):
            self._wanted = None

    # -- what the window asks --------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("Service")

    @override
    def reload(self) -> None:
        self.table.refresh()
        self._presenter.ask_counts(self._show_counts)
        shown = self._wanted if self._wanted is not None else self.view.current_id()
        if shown is not None:
            self._ask(shown)

    def _show_counts(self, counts: dict[TicketView, int]) -> None:
        self.chips.set_counts({view.value: count for view, count in counts.items()})

    @override
    def open_ref(self, ref: EntityRef) -> None:
        """Show one ticket, selected where the present view holds it."""
        self._wanted = ref.id
        self._ask(ref.id)
        if not self.view.select_id(ref.id):
            self.view.clearSelection()
            self.view.setCurrentIndex(self.table.index(-1, -1))

    @override
    def primary_action(self) -> QAction | None:
        return self.panel.primary_action()

    @override
    def can_print(self) -> bool:
        return self.panel.can_print()

    @override
    def print_paper(self) -> None:
        self.panel.print_paper()

    @override
    def can_export(self) -> bool:
        return self.desk.signin.context().may(Right.EXPORT)

    @override
    def export_list(self) -> None:
        view = gettext(WORDS[self._chosen.view])
        filters = " · ".join(part for part in (view, self._chosen.text) if part)
        export_list(self, self.desk, self.view, gettext("Orders"), filters)

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("Ctrl+Enter", gettext("Next step of the order")),
            KeyHelp("Alt+M", gettext("All other steps")),
            KeyHelp("Enter", gettext("Go to the next step's button")),
            KeyHelp("A…Z", gettext("Type to filter the list")),
        ]
