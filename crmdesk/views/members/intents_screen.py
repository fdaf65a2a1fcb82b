"""Wanted, not bought: what members looked at and left, with its age."""

from functools import partial
from typing import ClassVar

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.member_words import IntentState
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.queries.intents import IntentRow, IntentView
from crmdesk.views.members.intent_panel import age_words, ask_bought, step_words, steps_of
from crmdesk.views.members.intent_presenter import IntentPresenter
from crmdesk.views.members.wording import amount
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import day_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.icons import icon
from crmdesk.views.support.list_export import export_list, keep_looks
from crmdesk.views.support.row_table import RowTable
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.section_header import SectionHeader

PAGE = "members.intents"
VIEWS: tuple[tuple[IntentView, str, Tone | None], ...] = (
    (IntentView.OPEN, mark("Still wanted"), None),
    (IntentView.ASKED, mark("Bought something like it?"), Tone.INFO),
    (IntentView.OLD, mark("To be asked about"), Tone.WARN),
    (IntentView.BOUGHT, mark("Bought since"), None),
    (IntentView.DROPPED, mark("No longer wanted"), None),
)
_LOOKS = {
    IntentState.OPEN: (Tone.WAITING, "shopping-bag"),
    IntentState.BOUGHT: (Tone.OK, "circle-check"),
    IntentState.DROPPED: (Tone.NEUTRAL, "circle-slash"),
}


class IntentsScreen(Screen):
    """All wishes of the store."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.MEMBERS, Topic.PURCHASES})
    help_page: ClassVar[str] = "members"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the list."""
        super().__init__(desk, parent)
        self._presenter = IntentPresenter(desk, self)
        self._first_time = True
        self.chips = ChipBar([Chip(view.value, gettext(words), tone=tone) for view, words, tone in VIEWS])
        self.chips.chosen.connect(lambda _name: self._show_list())
        self.table = RowTable(self._columns(), desk.jobs, self)
        self.table.loaded.connect(self._after_load)
        self.view = RowTableView(self.table, desk.settings, PAGE, self)
        self.view.setAccessibleName(gettext("Wanted, not bought"))
        keep_looks(self, desk, self.view, lambda one: (one.member_id,), "intents")
        self.view.opened.connect(lambda _key: self.open_member())
        self.view.set_actions(self._row_actions)
        self.view.selection_changed.connect(self._offer)
        self.answer = Button(gettext("Answer"), "check", "primary", "Ctrl+Enter")
        self.answer.clicked.connect(lambda _checked=False: self.ask())
        export = Button(gettext("Export Excel"), "table")
        export.clicked.connect(self.export_list)
        if not self._presenter.context().may(Right.EXPORT):
            export.refuse(gettext("Only a manager or the owner exports lists."))
        head = SectionHeader(gettext("Wanted, not bought"), gettext("closes by itself when the same article is bought"))
        layout = page(head, row(self.chips, None, self.answer, export), self.view)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.ask)

    def _columns(self) -> list[Column[IntentRow]]:
        context = self._presenter.context
        return [
            Column("name", mark("Member"), lambda one: one.name, 120, sort_key="name"),
            Column("what", mark("Wanted goods"), lambda one: one.what, 200, sort_key="what", stretch=True),
            Column("style", mark("Style"), lambda one: one.style, 96),
            Column("category", mark("Kind of goods"), lambda one: label(one.category) if one.category else "", 96),
            Column(
                "price",
                mark("Offered price"),
                lambda one: amount(one.price) if one.price is not None else "",
                88,
                ColumnKind.MONEY,
                sort_key="price",
                value=lambda one: one.price,
            ),
            Column(
                "day",
                mark("Open for"),
                lambda one: age_words(one, context()) if one.state is IntentState.OPEN else day_text(one.day),
                96,
                ColumnKind.DAY,
                sort_key="day",
                value=lambda one: one.day,
                tooltip=lambda one: day_text(one.day),
            ),
            Column(
                "state",
                mark("State"),
                lambda one: gettext("Was it this?") if one.asked else label(one.state),
                132,
                ColumnKind.STATUS,
                tone=lambda one: Tone.INFO if one.asked else _LOOKS[one.state][0],
                icon=lambda one: "circle-help" if one.asked else _LOOKS[one.state][1],
            ),
            Column("receipt", mark("Till receipt"), lambda one: one.receipt, 110),
            Column("by", mark("Noted by"), lambda one: one.by, 80),
        ]

    # -- the list ----------------------------------------------------------------------------

    def _view(self) -> IntentView:
        return IntentView(self.chips.current or IntentView.OPEN.value)

    def show_view(self, view: IntentView) -> None:
        """Show one of the views."""
        self.chips.choose(view.value)

    def _show_list(self) -> None:
        self.table.set_source(self._presenter.rows(self._view()))
        words = gettext("On a member's page, “Note a wish” keeps what somebody looked at and left.")
        self.view.set_empty("shopping-bag", gettext("Nothing here"), words)

    def _after_load(self) -> None:
        self.view.select_first()
        self._offer()

    def _current(self) -> IntentRow | None:
        index = self.view.currentIndex()
        return self.table.row_at(index.row()) if index.isValid() else None

    def _offer(self) -> None:
        one = self._current()
        may = self._presenter.context().may(Right.EDIT_MEMBERS)
        if not may:
            self.answer.refuse(gettext("Your role does not change members."))
            return
        self.answer.setEnabled(one is not None)
        if one is not None:
            self.answer.set_text(gettext("Was it this?") if one.asked else step_words(steps_of(one)[0]))

    def _row_actions(self) -> list[QAction]:
        one = self._current()
        if one is None:
            return []
        opens = QAction(icon("user-round"), gettext("Open the member"), self.view)
        opens.triggered.connect(lambda _checked=False: self.open_member())
        actions = [opens]
        for state in steps_of(one):
            action = QAction(icon(_LOOKS[state][1]), step_words(state), self.view)
            action.triggered.connect(partial(self._end, one, state))
            action.setEnabled(self._presenter.context().may(Right.EDIT_MEMBERS))
            actions.append(action)
        return actions

    def _end(self, one: IntentRow, state: IntentState, _checked: object = None) -> None:
        self._presenter.end(one, state, self._said)

    def _said(self, state: IntentState) -> None:
        self.desk.toasts.show(label(state))

    def ask(self) -> None:
        """Carry out the usual step of the chosen wish."""
        one = self._current()
        if one is None or not self._presenter.context().may(Right.EDIT_MEMBERS):
            return
        if one.asked:
            ask_bought(self, self._presenter, one, self._said)
        else:
            self._end(one, steps_of(one)[0])

    def open_member(self) -> None:
        """Open the member of the chosen wish."""
        one = self._current()
        if one is not None:
            self.desk.navigator.open(EntityRef(EntityKind.MEMBER, one.member_id))

    # -- what the window asks ------------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("Wanted, not bought")

    @override
    def reload(self) -> None:
        self._presenter.read_counts(
            lambda counts: self.chips.set_counts({view.value: count for view, count in counts.items()})
        )
        if self._first_time:
            self._first_time = False
            self._show_list()
            self.view.setFocus()
        else:
            self.table.refresh()

    @override
    def can_export(self) -> bool:
        return True  # whoever may not is told so

    @override
    def export_list(self) -> None:
        words = next(words for view, words, _tone in VIEWS if view is self._view())
        export_list(self, self.desk, self.view, gettext("Wanted, not bought"), gettext(words))

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("Enter", gettext("Open the member")),
            KeyHelp("Ctrl+Enter", gettext("Say whether it was bought")),
        ]
