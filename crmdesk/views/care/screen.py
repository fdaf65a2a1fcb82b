"""The list of callbacks: views with counts, and the button that starts the call run."""

from typing import ClassVar

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.queries.callbacks import CallFilter, CallView
from crmdesk.views.care.columns import call_columns
from crmdesk.views.care.give_dialog import open_give_dialog
from crmdesk.views.care.presenter import CarePresenter
from crmdesk.views.care.run_page import PAGE, CallRunPage
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.list_export import export_list, keep_looks
from crmdesk.views.support.row_table import RowTable
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.page import page

VIEWS: tuple[tuple[CallView, str, Tone | None], ...] = (
    (CallView.TODAY, mark("Today"), None),
    (CallView.OVERDUE, mark("Overdue"), Tone.LATE),
    (CallView.AFTER_PURCHASE, mark("After buying"), None),
    (CallView.AFTER_REPAIR, mark("After repairing"), None),
    (CallView.COMPLAINT, mark("Complaint answered"), None),
    (CallView.CADENCE, mark("Regular care"), None),
    (CallView.HELD, mark("Held back"), Tone.WAITING),
    (CallView.DONE, mark("Done"), Tone.OK),
)
_EMPTY: dict[CallView, tuple[str, str, str]] = {
    CallView.TODAY: (
        "phone-call",
        mark("No callbacks to make today"),
        mark(
            "They come by themselves: after a purchase, a repair, a complaint, and by the cadence of each care class."
        ),
    ),
    CallView.OVERDUE: ("check", mark("Nothing is late"), mark("Every callback was tried in its time.")),
    CallView.HELD: (
        "hourglass",
        mark("Nothing is held back"),
        mark("Callbacks wait here while a member was contacted often enough, or does not want to be called."),
    ),
    CallView.DONE: ("phone-call", mark("No callback made yet today"), mark("What is logged today appears here.")),
}
_FILTER_WIDTH = 180
_NO_RUN = (CallView.HELD, CallView.DONE)


class CareScreen(Screen):
    """Callbacks of the day."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.CALLBACKS, Topic.MEMBERS})
    help_page: ClassVar[str] = "care"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the list."""
        super().__init__(desk, parent)
        self.presenter = CarePresenter(desk, self)
        self._first_time = True
        self.chips = ChipBar([Chip(view.value, gettext(words), tone=tone) for view, words, tone in VIEWS])
        self.chips.chosen.connect(lambda _name: self._show_list())
        self.filter = self._filter_box()
        self.begin = Button(gettext("Start calling"), "phone-outgoing", "primary", "Ctrl+Enter")
        self.begin.clicked.connect(self.start_run)
        self.give = Button(gettext("Give to …"), "users", hint="Ctrl+G")
        self.give.clicked.connect(self.give_to_somebody)
        self.table = RowTable(call_columns(self.presenter), desk.jobs, self)
        self.view = self._list_view(desk)
        self._arrange()
        for keys, act in (
            ("Ctrl+Return", self.start_run),
            ("Ctrl+Enter", self.start_run),
            ("Ctrl+F", self._to_filter),
            ("Ctrl+G", self.give_to_somebody),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _filter_box(self) -> QLineEdit:
        box = QLineEdit()
        box.setPlaceholderText(gettext("Filter this list"))
        box.setAccessibleName(gettext("Filter this list"))
        box.setClearButtonEnabled(True)
        box.setFixedWidth(_FILTER_WIDTH)
        box.textChanged.connect(lambda _text: self._show_list())
        return box

    def _list_view(self, desk: Desk) -> RowTableView:
        view = RowTableView(self.table, desk.settings, "care", self)
        keep_looks(self, desk, view, lambda one: (one.member_id,))
        view.setAccessibleName(gettext("Callbacks"))
        view.opened.connect(self._call_one)
        view.typed.connect(self._type_into_filter)
        view.set_actions(lambda: self._row_actions(view))
        self.table.loaded.connect(view.select_first)
        return view

    def _arrange(self) -> None:
        export = Button(gettext("Export Excel"), "table")
        export.clicked.connect(self.export_list)
        layout = page(self.chips, row(self.begin, self.give, None, self.filter, export), self.view)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    # -- the list ----------------------------------------------------------------------------

    def chosen(self) -> CallFilter:
        """Give the view and filter that are shown."""
        return CallFilter(CallView(self.chips.current or CallView.TODAY.value), self.filter.text().strip())

    def _show_list(self) -> None:
        chosen = self.chosen()
        self.table.set_source(self.presenter.source(chosen))
        nothing = ("phone-call", mark("Nothing here"), mark("No callback fits this view."))
        icon, title, detail = nothing if chosen.text else _EMPTY.get(chosen.view, nothing)
        self.view.set_empty(icon, gettext(title), gettext(detail))
        if chosen.view in _NO_RUN:
            self.begin.refuse(gettext("What is held back or done is not called."))
        elif not self.presenter.context.may(Right.CALL_ASSIGNED):
            self.begin.refuse(gettext("Your role looks at callbacks, but does not make them."))
        else:
            self.begin.allow()
        if chosen.view is CallView.DONE:
            self.give.refuse(gettext("What is done is not given to anybody."))
        elif not self.presenter.context.may(Right.CALL_OWN):
            self.give.refuse(gettext("Your role does not give callbacks to others."))
        else:
            self.give.allow()

    def _show_counts(self, counts: dict[CallView, int]) -> None:
        self.chips.set_counts({view.value: count for view, count in counts.items()})

    def _type_into_filter(self, text: str) -> None:
        self.filter.setFocus()
        self.filter.insert(text)

    def _to_filter(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    def _row_actions(self, owner: QWidget) -> list[QAction]:
        shown = self.table.row_at(self.view.currentIndex().row())
        if shown is None:
            return []
        call = QAction(gettext("Call this one"), owner)
        call.triggered.connect(lambda: self._call_one(shown.id))
        opened = QAction(gettext("Open member"), owner)
        opened.triggered.connect(lambda: self._open(EntityRef(EntityKind.MEMBER, shown.member_id)))
        actions = [call, opened]
        if self.give.isEnabled():
            given = QAction(gettext("Give to somebody else …"), owner)
            given.triggered.connect(self.give_to_somebody)
            actions.append(given)
        if shown.ticket_id is not None:
            ticket_ref = EntityRef(EntityKind.TICKET, shown.ticket_id)
            ticket = QAction(gettext("Show the ticket"), owner)
            ticket.triggered.connect(lambda: self._open(ticket_ref))
            actions.append(ticket)
        return actions

    def _open(self, ref: EntityRef) -> None:
        if self.desk.navigator.can_open(ref.kind):
            self.desk.navigator.open(ref)

    def give_to_somebody(self) -> None:
        """Let the person choose who makes the selected calls from now on."""
        keys = self.view.selected_ids()
        if keys and self.give.isEnabled():
            open_give_dialog(self, self.desk, keys)

    # -- the run -------------------------------------------------------------------------------

    def start_run(self) -> None:
        """Call everybody of the shown view, one after the other."""
        if self.begin.isEnabled():
            self.presenter.read_run(self.chosen(), self._run)

    def _call_one(self, callback_id: object) -> None:
        shown = self.table.row_at(self.view.currentIndex().row())
        if not isinstance(callback_id, int) or shown is None:
            return
        if self.begin.isEnabled():
            self.presenter.read_run(self.chosen(), lambda keys: self._run_from(callback_id, keys))
        else:
            self._open(EntityRef(EntityKind.MEMBER, shown.member_id))

    def _run_from(self, callback_id: int, keys: list[int]) -> None:
        start = keys.index(callback_id) if callback_id in keys else 0
        self._run(keys[start:] + keys[:start])

    def _run(self, keys: list[int]) -> None:
        if not keys:
            self.desk.toasts.show(gettext("Nobody of this list is to be called now."))
            return
        self.desk.navigator.go(PAGE)
        shown = self.desk.navigator.screen(PAGE)
        if isinstance(shown, CallRunPage):
            shown.begin(keys)

    # -- what the window asks ------------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("Callbacks & care")

    @override
    def reload(self) -> None:
        self.presenter.read_counts(self._show_counts)
        if self._first_time:
            self._first_time = False
            self._show_list()
            self.view.setFocus()
            return
        self.table.refresh()

    @override
    def open_ref(self, ref: EntityRef) -> None:
        self._run([ref.id])

    @override
    def can_export(self) -> bool:
        return True

    @override
    def export_list(self) -> None:
        words = next(words for view, words, _tone in VIEWS if view.value == self.chips.current)
        filters = " · ".join(part for part in (gettext(words), self.filter.text().strip()) if part)
        export_list(self, self.desk, self.view, gettext("Callbacks"), filters)

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("Ctrl+Enter", gettext("Start calling")),
            KeyHelp("Enter", gettext("Call this one")),
            KeyHelp("Ctrl+G", gettext("Give to somebody else …")),
            KeyHelp("Ctrl+F", gettext("Filter this list")),
        ]
