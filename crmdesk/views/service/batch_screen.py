"""Batches: open ones, goods that are out, replies to chase, what could be packed; the chosen batch at the right."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from typing_extensions import override

from crmdesk.core.errors import NotFoundError
from crmdesk.core.i18n import gettext
from crmdesk.core.refs import EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.queries.batches_lines import LineRow
from crmdesk.services import batches
from crmdesk.services.batches import BatchMade, Packed, PackTickets
from crmdesk.views.service import batch_import_dialog, batch_steps
from crmdesk.views.service.action_bar import step_menu
from crmdesk.views.service.batch_dialogs import NewBatchDialog
from crmdesk.views.service.batch_lists import CHASE, OF_BATCHES, OPEN, PACK, BatchListStack, chip_words, list_chips
from crmdesk.views.service.batch_panel import BatchPanel
from crmdesk.views.service.batch_presenter import BatchCase, BatchLists, BatchPresenter
from crmdesk.views.service.batch_vendors_dialog import open_vendors
from crmdesk.views.service.case import CaseStep
from crmdesk.views.service.room import Room
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.list_export import export_list
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.chip_bar import ChipBar
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.toolbar import Toolbar

_LIST_SHARE, _PANEL_SHARE = 62, 38


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
        self.chips = ChipBar(list_chips())
        self.lists = BatchListStack(desk, self.start_new)
        self.panel = BatchPanel(self.room)
        self.new = Button(gettext("New batch"), "plus", hint="Ctrl+N")
        self.more = IconButton("ellipsis", gettext("More of batches"))
        self.act = Button("", "", kind="primary")
        self._build()
        self._connect()
        self._show_list()

    def _build(self) -> None:
        both = Columns(self.lists, self.panel, shares=(_LIST_SHARE, _PANEL_SHARE))
        layout = page(Toolbar(self.chips, right=[self.act, self.new, self.more]), both)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.lists)
        if not batch_steps.may_work(self.desk.signin.context()):
            self.new.refuse(gettext("not for your role"))

    def _connect(self) -> None:
        self.chips.chosen.connect(lambda _name: self._show_list())
        self.lists.moved.connect(self._show_row)
        self.lists.opened.connect(self._open_row)
        self.new.clicked.connect(lambda _checked=False: self.start_new())
        self.more.clicked.connect(lambda _checked=False: self._open_more())
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

    def _show_list(self) -> None:
        name = self.chips.current or OPEN
        self.lists.show_list(name, select=self._wanted is None)
        words = {CHASE: gettext("Ask for the replies"), PACK: gettext("Put into a batch")}.get(name, "")
        self.act.setVisible(bool(words))
        if words:
            self.act.set_text(words, icon="bell" if name == CHASE else "package")
        self._show_row()

    def _show_row(self) -> None:
        batch_id = self.lists.batch_id()
        if batch_id is not None:
            self._wanted = None
            self._ask(batch_id)
        elif self._wanted is None:
            self.panel.clear()
        self.actions_changed.emit()

    def _open_row(self) -> None:
        if self.lists.shown == PACK:
            self._act()
        else:
            self.panel.steps.primary.setFocus()

    def _ask(self, batch_id: int) -> None:
        self._presenter.ask_batch(batch_id, self._case_came, self._case_failed)

    def _case_came(self, case: BatchCase) -> None:
        self.panel.show_case(case)
        row = self.lists.row()
        if isinstance(row, LineRow):
            self.panel.select_line(row.id)
        self.actions_changed.emit()

    def _case_failed(self, error: Exception) -> None:
        if isinstance(error, NotFoundError):
            self.panel.clear()
        errors.show(self, error)

    def _lists_came(self, lists: BatchLists) -> None:
        self._lists = lists
        self.lists.set_lists(lists)
        self.chips.set_counts(lists.counts())
        if self._wanted is not None:
            self.lists.view.select_id(self._wanted)
        elif self.lists.view.current_id() is None:
            self.lists.view.select_first()
        self._show_row()

    # -- what can be done ------------------------------------------------------------------

    def _primary(self) -> None:
        if self.lists.shown in (CHASE, PACK):
            self._act()
        else:
            self.panel.run_primary()

    def _act(self) -> None:
        if self.lists.shown == CHASE and self._lists is not None:
            step = batch_steps.chase(self.room, self.lists.chosen_lines(), self.desk.signin.context())
            if not step.refusal:
                step.run()
        elif self.lists.shown == PACK:
            self._pack_chosen()

    def _pack_chosen(self) -> None:
        keys = self.lists.chosen_tickets()
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
        if self.new.isEnabled():
            batch_import_dialog.begin(self.room)

    def _open_more(self) -> None:
        why = "" if self.new.isEnabled() else gettext("not for your role")
        steps = [
            CaseStep(gettext("Take in replies"), "file-spreadsheet", self._take_replies, why, "Ctrl+R"),
            CaseStep(gettext("Repairers"), "hammer", partial(open_vendors, self.room), why),
        ]
        step_menu(self, steps, ()).popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _begun(self, made: BatchMade) -> None:
        self.room.say(gettext("{number} is begun").format(number=made.number))
        self._wanted = made.id
        self.chips.choose(OPEN)
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
        if self.lists.shown not in OF_BATCHES:
            self.chips.choose(OPEN)
        self.lists.view.select_id(ref.id)

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
        export_list(self, self.desk, self.lists.view, gettext("Batches"), chip_words(self.lists.shown))

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("Ctrl+N", gettext("New batch")),
            KeyHelp("Ctrl+Enter", gettext("Next step of the batch")),
            KeyHelp("Ctrl+R", gettext("Take in replies")),
            KeyHelp("Alt+M", gettext("All other steps")),
            KeyHelp("Ctrl+P", gettext("Print the packing list")),
        ]
