"""Service: the list of tickets by views with counts, and the selected ticket with its next step."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from crmdesk.core.errors import NotFoundError
from crmdesk.core.i18n import gettext
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.topics import Topic
from crmdesk.queries.ticket_board import STATES, BoardColumn
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from crmdesk.views.service import kinds
from crmdesk.views.service.board_view import BoardView
from crmdesk.views.service.bulk import MOST_AT_ONCE
from crmdesk.views.service.bulk_dialogs import bulk_actions
from crmdesk.views.service.case import Case
from crmdesk.views.service.chips import EMPTY
from crmdesk.views.service.columns import columns
from crmdesk.views.service.goods_menu import GoodsMenu
from crmdesk.views.service.list_head import ListHead, may_export
from crmdesk.views.service.panel import TicketPanel
from crmdesk.views.service.presenter import Presenter, source
from crmdesk.views.service.room import Room
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.list_export import export_list, keep_looks
from crmdesk.views.support.row_table import RowTable
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.page import page

_NEW = "service.new"
_MANY = 2
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
        self._export = Button(gettext("Export Excel"), "table", hint="Ctrl+E")
        self.goods = GoodsMenu(desk.navigator)
        self.turn = IconButton("layout-grid", gettext("Board or list (Ctrl+B)"))
        self.head = ListHead(self.room, self.turn, self.goods, self._export)
        self.chips, self.filter = self.head.chips, self.head.text
        self.table = RowTable(columns(desk.signin.context().store.zone), desk.jobs, self)
        self.view = RowTableView(self.table, desk.settings, "service")
        keep_looks(self, desk, self.view, lambda one: (one.member_id,))
        self.panel = TicketPanel(self.room, views)
        self.board = BoardView()
        self._ways = QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        if not may_export(self.room):
            self._export.refuse(gettext("Your role does not export lists."))
        self.view.setAccessibleName(gettext("Orders"))
        self.view.set_actions(self._row_actions)
        self._ways.addWidget(Columns(self.view, self.panel, shares=(_LIST_SHARE, _PANEL_SHARE)))
        self._ways.addWidget(self.board)
        layout = page(self.head, self._ways)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.head.changed.connect(self._apply_filter)
        self.head.down.connect(self._into_list)
        self._export.clicked.connect(self.export_list)
        self.turn.clicked.connect(self.turn_board)
        self.board.opened.connect(self._open_from_board)
        self.board.rest_wanted.connect(self._list_column)
        self.view.current_changed.connect(self._show_ticket)
        self.view.opened.connect(lambda _key: self.panel.steps.primary.setFocus())
        self.view.typed.connect(self._type)
        self.table.loaded.connect(self._list_came)
        for keys, act in (
            ("Ctrl+Return", self.panel.run_primary),
            ("Ctrl+Enter", self.panel.run_primary),
            ("Alt+M", self.panel.open_menu),
            ("Ctrl+B", self.turn_board),
            ("Ctrl+Shift+F", self.head.ask_narrowing),
        ):
            self._add_key(keys, act)
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
        self.head.show_view(view)

    def _apply_filter(self) -> None:
        self._chosen = self.head.wanted()
        self._say_empty(self._chosen.view)
        self.table.set_source(source(self._chosen), self.head.order)
        self._read_board()

    def _into_list(self) -> None:
        if self.on_board():
            self.board.setFocus()
            return
        self.view.setFocus()
        self.view.select_first()

    def _row_actions(self) -> list[QAction]:
        """Give what can be done with the chosen row, or with all chosen rows."""
        keys = self.view.selected_ids(MOST_AT_ONCE)
        if len(keys) < _MANY:
            return self.panel.row_actions()
        return bulk_actions(self.room, keys)

    # -- the board -------------------------------------------------------------------------

    def on_board(self) -> bool:
        """Tell whether the board is shown instead of the list."""
        return self._ways.currentWidget() is self.board

    def turn_board(self) -> None:
        """Show the board instead of the list, or the list again."""
        self._ways.setCurrentIndex(0 if self.on_board() else 1)
        self._read_board()
        self._into_list()

    def _read_board(self) -> None:
        if self.on_board():
            self._presenter.ask_board(self._chosen, self.board.show_board)

    def _open_from_board(self, ticket_id: int) -> None:
        self.turn_board()
        self.open_ref(EntityRef(EntityKind.TICKET, ticket_id))

    def _list_column(self, column: BoardColumn) -> None:
        self.turn_board()
        self.head.show_view(TicketView.OPEN, states=STATES[column])

    def _say_empty(self, view: TicketView) -> None:
        if self._chosen != TicketFilter(view=view):
            detail = gettext("Nothing in this view fits what narrows it.")
            if self._chosen.text:
                detail = gettext("Nothing in this view contains “{text}”.").format(text=self._chosen.text)
            words = gettext("Clear the filter")
            self.view.set_empty("search", gettext("Nothing found"), detail, words, self.head.clear)
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
        self._read_board()
        self._presenter.ask_counts(self._show_counts)
        self.head.kept.read()
        self.head.kept.ask_counts(self.head.set_counts)
        shown = self._wanted if self._wanted is not None else self.view.current_id()
        if shown is not None:
            self._ask(shown)

    def _show_counts(self, counts: dict[TicketView, int]) -> None:
        self.head.set_counts({view.value: count for view, count in counts.items()})

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
        return may_export(self.room)

    @override
    def export_list(self) -> None:
        export_list(self, self.desk, self.view, gettext("Orders"), self.head.title())

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("Ctrl+Enter", gettext("Next step of the order")),
            KeyHelp("Alt+M", gettext("All other steps")),
            KeyHelp("Enter", gettext("Go to the next step's button")),
            KeyHelp("Ctrl+B", gettext("Board or list")),
            KeyHelp("Ctrl+Shift+F", gettext("Narrow the list")),
            KeyHelp("A…Z", gettext("Type to filter the list")),
        ]
