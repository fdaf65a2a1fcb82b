"""Batches: open ones, goods that are out, replies to chase, what could be packed; the chosen batch at the right."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from crmdesk.core.errors import NotFoundError
from crmdesk.core.i18n import gettext
from crmdesk.core.refs import EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.queries.batches_lines import LineRow
from crmdesk.services import batches
from crmdesk.services.batches import BatchMade, Packed, PackTickets
from crmdesk.views.service import batch_import_dialog, batch_steps
from crmdesk.views.service.batch_dialogs import NewBatchDialog
from crmdesk.views.service.batch_panel import BatchPanel
from crmdesk.views.service.batch_presenter import BatchCase, BatchLists, BatchPresenter
from crmdesk.views.service.batch_vendors_dialog import open_vendors
from crmdesk.views.service.batch_words import EMPTY, batch_columns, line_columns, packable_columns, tally_words
from crmdesk.views.service.room import Room
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.list_export import export_list
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.text import Text
from crmdesk.views.support.widgets.toolbar import Toolbar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmdesk.views.support.columns import Column

_LISTS = ("open", "waiting", "chase", "pack", "closed")
_LIST_SHARE, _PANEL_SHARE = 58, 42


class BatchScreen(Screen):
    """One list of several at the left, the batch of its chosen row at the right."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.TICKETS})
    help_page: ClassVar[str] = "batches"

    def __init__(self, desk: Desk) -> None:
        """Build the page; its lists are read when it is shown."""
        super().__init__(desk)
        self.room = Room(desk, self, self.reload)
        self._presenter = BatchPresenter(self.room)
        self._wanted: int | None = None
        self._lists: BatchLists | None = None
        self.chips = ChipBar(_chips())
        self.tables: dict[str, ListTable[Any]] = {}
        self.views: dict[str, RowTableView] = {}
        self._stack = QStackedWidget()
        self.sums = Text("", "soft", wrap=True)
        self.panel = BatchPanel(self.room)
        self.new = Button(gettext("New batch"), "plus", hint="Ctrl+N")
        self.replies = Button(gettext("Take in replies"), "file-spreadsheet", hint="Ctrl+R")
        self.vendors = Button(gettext("Repairers"), "hammer")
        self.act = Button("", "", kind="primary")
        self._build()
        self._connect()
        self._show_list()

    def _build(self) -> None:
        context = self.desk.signin.context()
        today, zone = context.today(), context.store.zone
        kinds: dict[str, Sequence[Column[Any]]] = {
            "open": batch_columns(zone),
            "waiting": line_columns(today),
            "chase": line_columns(today),
            "pack": packable_columns(today),
            "closed": batch_columns(zone),
        }
        for name in _LISTS:
            table: ListTable[Any] = ListTable(kinds[name], self)
            view = RowTableView(table, self.desk.settings, f"service.batches.{name}", self)
            title, detail = EMPTY[name]
            if name == "open":
                view.set_empty("package", gettext(title), gettext(detail), gettext("New batch"), self.start_new)
            else:
                view.set_empty("package", gettext(title), gettext(detail))
            self.tables[name], self.views[name] = table, view
            self._stack.addWidget(view)
        left = QWidget()
        left.setLayout(column(self._stack, self.sums, gap=2))
        both = Columns(left, self.panel, shares=(_LIST_SHARE, _PANEL_SHARE))
        layout = page(Toolbar(self.chips, right=[self.act, self.new, self.replies, self.vendors]), both)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        if not batch_steps.may_work(context):
            for button in (self.new, self.replies, self.vendors):
                button.refuse(gettext("not for your role"))

    def _connect(self) -> None:
        self.chips.chosen.connect(lambda _name: self._show_list())
        for view in self.views.values():
            view.current_changed.connect(lambda _key: self._show_row())
            view.opened.connect(lambda _key: self._open_row())
        self.new.clicked.connect(lambda _checked=False: self.start_new())
        self.replies.clicked.connect(lambda _checked=False: self._take_replies())
        self.vendors.clicked.connect(lambda _checked=False: open_vendors(self.room))
        self.act.clicked.connect(lambda _checked=False: self._act())
        for keys, act in (
            ("Ctrl+Return", self._primary),
            ("Ctrl+Enter", self._primary),
            ("Alt+M", self.panel.open_menu),
            ("Ctrl+R", self._take_replies),
        ):
            self._add_key(keys, act)

    def _add_key(self, keys: str, act: Callable[[], None]) -> None:
        action = QAction(self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.addAction(action)

    # -- the lists -------------------------------------------------------------------------

    @property
    def shown_list(self) -> str:
        """Give the name of the list that is shown."""
        return self.chips.current or "open"

    @property
    def view(self) -> RowTableView:
        """Give the list that is shown."""
        return self.views[self.shown_list]

    def _show_list(self) -> None:
        name = self.shown_list
        self._stack.setCurrentWidget(self.views[name])
        self.setFocusProxy(self.views[name])
        words = {"chase": gettext("Ask for the replies"), "pack": gettext("Put into a batch")}.get(name, "")
        self.act.setVisible(bool(words))
        if words:
            self.act.set_text(words, icon="bell" if name == "chase" else "package")
        if self.view.current_id() is None and self._wanted is None:
            self.view.select_first()
        self._show_row()

    def _row(self) -> Any:  # noqa: ANN401 - batches, lines or tickets, by the list
        index = self.view.currentIndex()
        return self.tables[self.shown_list].row_at(index.row()) if index.isValid() else None

    def _batch_id(self) -> int | None:
        row = self._row()
        if row is None or self.shown_list == "pack":
            return None
        return row.batch_id if isinstance(row, LineRow) else row.id

    def _show_row(self) -> None:
        batch_id = self._batch_id()
        if batch_id is not None:
            self._wanted = None
            self._ask(batch_id)
        elif self._wanted is None:
            self.panel.clear()
        self.actions_changed.emit()

    def _open_row(self) -> None:
        if self.shown_list == "pack":
            self._act()
        else:
            self.panel.steps.primary.setFocus()

    def _ask(self, batch_id: int) -> None:
        self._presenter.ask_batch(batch_id, self._case_came, self._case_failed)

    def _case_came(self, case: BatchCase) -> None:
        self.panel.show_case(case)
        row = self._row()
        if isinstance(row, LineRow):
            self.panel.select_line(row.id)
        self.actions_changed.emit()

    def _case_failed(self, error: Exception) -> None:
        if isinstance(error, NotFoundError):
            self.panel.clear()
        errors.show(self, error)

    def _lists_came(self, lists: BatchLists) -> None:
        self._lists = lists
        for name, table in self.tables.items():
            table.set_rows(getattr(lists, name))
        self.chips.set_counts(lists.counts())
        tally = lists.tally
        self.sums.setText(gettext("All open batches: {counts}").format(counts=tally_words(tally)) if tally.sent else "")
        if self._wanted is not None:
            self.view.select_id(self._wanted)
        elif self.view.current_id() is None:
            self.view.select_first()
        self._show_row()

    # -- what can be done ------------------------------------------------------------------

    def _primary(self) -> None:
        if self.shown_list in ("chase", "pack"):
            self._act()
        else:
            self.panel.run_primary()

    def _act(self) -> None:
        if self.shown_list == "chase" and self._lists is not None:
            step = batch_steps.chase(self.room, self._chosen_lines(), self.desk.signin.context())
            if not step.refusal:
                step.run()
        elif self.shown_list == "pack":
            self._pack_chosen()

    def _chosen_lines(self) -> list[LineRow]:
        """Give the selected lines; all of the list where at most one is selected."""
        rows: list[LineRow] = self.tables["chase"].rows()
        chosen = set(self.views["chase"].selected_ids())
        return [row for row in rows if row.id in chosen] if len(chosen) > 1 else rows

    def _pack_chosen(self) -> None:
        current = self.views["pack"].current_id()
        keys = tuple(self.views["pack"].selected_ids()) or (() if current is None else (current,))
        open_ones = [one for one in (self._lists.open if self._lists else []) if not one.sent_at]
        if not keys:
            return
        if not open_ones:
            self._begin(lambda made: self._pack(made.id, made.number, keys))
            return
        self._pack(open_ones[0].id, open_ones[0].number, keys)

    def _pack(self, batch_id: int, number: str, keys: tuple[int, ...]) -> None:
        def said(packed: tuple[Packed, ...]) -> str:
            named = gettext(", ").join(one.number for one in packed)
            return gettext("Packed into {batch}: {orders}").format(batch=number, orders=named)

        self.room.write(
            lambda session, context: batches.pack(session, PackTickets(batch_id, keys), context),
            said,
        )

    def _begin(self, made: Callable[[BatchMade], None]) -> None:
        self._presenter.ask_vendors(lambda found: NewBatchDialog(self.room, found, made).open())

    def _take_replies(self) -> None:
        if self.replies.isEnabled():
            batch_import_dialog.begin(self.room)

    def _begun(self, made: BatchMade) -> None:
        self.room.say(gettext("{number} is begun").format(number=made.number))
        self._wanted = made.id
        self.chips.choose("open")
        self.reload()

    # -- what the window asks --------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("Batches")

    @override
    def reload(self) -> None:
        self._presenter.ask_lists(self._lists_came)
        if self._wanted is not None:
            self._ask(self._wanted)

    @override
    def start_new(self) -> None:
        if self.new.isEnabled():
            self._begin(self._begun)

    @override
    def open_ref(self, ref: EntityRef) -> None:
        """Show one batch, selected where the present list holds it."""
        self._wanted = ref.id
        self._ask(ref.id)
        if self.shown_list not in ("open", "closed"):
            self.chips.choose("open")
        self.view.select_id(ref.id)

    @override
    def primary_action(self) -> QAction | None:
        action = QAction(self.panel.steps.primary.text(), self)
        action.triggered.connect(lambda _checked=False: self._primary())
        return action if self.panel.case is not None else None

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
        export_list(self, self.desk, self.view, gettext("Batches"), _chip_words(self.shown_list))

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("Ctrl+N", gettext("New batch")),
            KeyHelp("Ctrl+Enter", gettext("Next step of the batch")),
            KeyHelp("Ctrl+R", gettext("Take in replies")),
            KeyHelp("Alt+M", gettext("All other steps")),
            KeyHelp("Ctrl+P", gettext("Print the packing list")),
        ]


def _chips() -> list[Chip]:
    return [Chip(name, _chip_words(name), tone=Tone.LATE if name == "chase" else None) for name in _LISTS]


def _chip_words(name: str) -> str:
    return {
        "open": gettext("Open batches"),
        "waiting": gettext("Goods out"),
        "chase": gettext("To chase"),
        "pack": gettext("To pack"),
        "closed": gettext("Closed batches"),
    }[name]
