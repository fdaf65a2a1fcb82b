"""Lookalikes: pairs of files that may be one person; a key merges, tells them apart, or makes them a household."""

from typing import ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.duplicates import SweepStage
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.member_words import PairState
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.queries.duplicates import PairRow, PairView, SearchStanding
from crmdesk.services.merges import Merged
from crmdesk.views.members.duplicate_columns import pair_columns
from crmdesk.views.members.duplicate_search import DuplicateSearch
from crmdesk.views.members.merge_dialog import open_merge
from crmdesk.views.members.merge_presenter import MergePresenter
from crmdesk.views.members.merge_undone import say_merged, show_merges
from crmdesk.views.support.days import moment_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.icons import icon
from crmdesk.views.support.list_export import export_list, keep_looks
from crmdesk.views.support.row_table import RowTable
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.section_header import SectionHeader
from crmdesk.views.support.widgets.text import Text

PAGE = "members.duplicates"
VIEWS: tuple[tuple[PairView, str, Tone | None], ...] = (
    (PairView.ALL, mark("All"), None),
    (PairView.PHONE, mark("Phone"), None),
    (PairView.NAME_BIRTHDAY, mark("Name and birthday"), None),
    (PairView.NAME_ADDRESS, mark("Name and address"), None),
    (PairView.CARD, mark("Card"), None),
    (PairView.PINYIN, mark("Sound alike"), None),
    (PairView.DECIDED, mark("Decided"), None),
)
MERGE, DIFFERENT, HOUSEHOLD = "m", "d", "h"
_SAID = {DIFFERENT: PairState.DIFFERENT, HOUSEHOLD: PairState.HOUSEHOLD}
_STAGES = {
    SweepStage.PHONES: mark("Looking through phones …"),
    SweepStage.BIRTHDAYS: mark("Looking through birthdays …"),
    SweepStage.ADDRESSES: mark("Looking through addresses …"),
    SweepStage.CARDS: mark("Looking through cards …"),
}


class DuplicatesScreen(Screen):
    """Pairs of files to be decided."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.MEMBERS})
    help_page: ClassVar[str] = "members"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the list."""
        super().__init__(desk, parent)
        self._presenter = MergePresenter(desk, self)
        self._first_time = True
        self.search = DuplicateSearch(desk.jobs, self)
        self.search.moved.connect(self._say_stage)
        self.search.ended.connect(self._ended)
        self.chips = ChipBar([Chip(view.value, gettext(words), tone=tone) for view, words, tone in VIEWS])
        self.chips.chosen.connect(lambda _name: self._show_list())
        self.table = RowTable(pair_columns(self._presenter.context().store.zone), desk.jobs, self)
        self.view = RowTableView(self.table, desk.settings, "duplicates", self)
        keep_looks(self, desk, self.view, lambda one: (one.first.id, one.second.id))
        self.table.loaded.connect(self.view.select_first)
        self.view.setAccessibleName(gettext("Lookalikes"))
        self.view.opened.connect(lambda _key: self.run(MERGE))
        self.view.typed.connect(lambda text: self.run(text.casefold()))
        self.view.set_actions(self._row_actions)
        self.view.selection_changed.connect(self._offer)
        self._standing = Text("", "muted")
        self._arrange()

    def _arrange(self) -> None:
        self.merge = self._button(gettext("Merge …"), "users-round", "primary", "M", MERGE)
        self.different = self._button(gettext("Different people"), "user-x", "plain", "D", DIFFERENT)
        self.household = self._button(gettext("One household"), "house", "plain", "H", HOUSEHOLD)
        self.again = Button(gettext("Search now"), "refresh-cw")
        self.again.clicked.connect(self.search.start)
        self.lately = Button(gettext("Merged lately …"), "history")
        self.lately.clicked.connect(lambda: show_merges(self, self.desk))
        may = self._presenter.context().may(Right.MERGE)
        if not may:
            for button in (self.again, self.lately):
                button.refuse(gettext("Only a manager or the owner merges files."))
        steps = QWidget()
        flow = FlowLayout(steps, gap=8)
        for button in (self.again, self.lately, self.household, self.different, self.merge):
            flow.addWidget(button)
        head = SectionHeader(gettext("Lookalikes"), gettext("Files that may be one person"))
        layout = page(head, row(self.chips), steps, self._standing, self.view)
        layout.setStretch(4, 1)
        self.setLayout(layout)

    def _button(self, words: str, icon_name: str, kind: str, hint: str, act: str) -> Button:
        button = Button(words, icon_name, kind, hint)
        button.clicked.connect(lambda: self.run(act))
        return button

    # -- the list ----------------------------------------------------------------------------

    def _view(self) -> PairView:
        return PairView(self.chips.current or PairView.ALL.value)

    def _show_list(self) -> None:
        self.table.set_source(self._presenter.pairs(self._view()))
        if self._view() is PairView.DECIDED:
            words = gettext("What you say about two files stands here and never comes back.")
            self.view.set_empty("users", gettext("Nothing decided yet"), words)
            return
        self.view.set_empty(
            "circle-check",
            gettext("No lookalikes"),
            gettext("The store is searched every night. Look again after an import."),
            gettext("Search now"),
            self.search.start,
        )

    def _show_counts(self, counts: dict[PairView, int]) -> None:
        self.chips.set_counts({view.value: count for view, count in counts.items()})

    def _current(self) -> PairRow | None:
        index = self.view.currentIndex()
        return self.table.row_at(index.row()) if index.isValid() else None

    def _offer(self) -> None:
        pair, context = self._current(), self._presenter.context()
        open_still = pair is not None and pair.state is PairState.OPEN
        for button, right in (
            (self.merge, Right.MERGE),
            (self.different, Right.EDIT_MEMBERS),
            (self.household, Right.EDIT_MEMBERS),
        ):
            if not context.may(right):
                button.refuse(gettext("Only a manager or the owner merges files."))
            elif pair is None:
                button.refuse(gettext("Choose a pair first."))
            elif not open_still and button is not self.merge:
                button.refuse(gettext("This pair is decided."))
            else:
                button.allow()
        self.actions_changed.emit()

    def _say_stage(self, stage: SweepStage) -> None:
        if stage in _STAGES:
            self._standing.setText(gettext(_STAGES[stage]))

    def _ended(self) -> None:
        self.reload()

    def _show_standing(self, standing: SearchStanding) -> None:
        if self.search.running:
            return
        if standing.finished_at is None:
            self._standing.setText(gettext("The store was not searched yet."))
            return
        when = moment_text(standing.finished_at, self._presenter.context().store.zone)
        self._standing.setText(gettext("Searched {when}").format(when=when))

    # -- what one can do ---------------------------------------------------------------------

    def run(self, act: str) -> None:
        """Carry out a step for the pair that is chosen: merge, different people, one household."""
        pair = self._current()
        button = {MERGE: self.merge, DIFFERENT: self.different, HOUSEHOLD: self.household}.get(act)
        if pair is None or button is None:
            return
        if not button.isEnabled():
            self.desk.toasts.show(button.toolTip())
        elif act in _SAID:
            self._decide(pair, _SAID[act])
        else:
            self._merge(pair)

    def _merge(self, pair: PairRow) -> None:
        def done(made: Merged) -> None:
            say_merged(self, self.desk, made)

        open_merge(self, self.desk, pair.first.id, pair.second.id, done)

    def _decide(self, pair: PairRow, state: PairState) -> None:
        names = {"first": pair.first.name, "second": pair.second.name}

        def done(said: PairState) -> None:
            words = (
                gettext("{first} and {second} are one household")
                if said is PairState.HOUSEHOLD
                else gettext("{first} and {second} are different people")
            )
            self.desk.toasts.show(words.format(**names))
            self.view.setFocus()

        self._presenter.decide(pair, state, done)

    def _open(self, member_id: int) -> None:
        self.desk.navigator.open(EntityRef(EntityKind.MEMBER, member_id))

    def _row_actions(self) -> list[QAction]:
        pair = self._current()
        if pair is None:
            return []
        actions = []
        for button, act in ((self.merge, MERGE), (self.different, DIFFERENT), (self.household, HOUSEHOLD)):
            action = QAction(button.text(), self.view)
            action.setEnabled(button.isEnabled())
            action.triggered.connect(lambda _checked=False, act=act: self.run(act))
            actions.append(action)
        for side in (pair.first, pair.second):
            words = gettext("Open {name} {number}").format(name=side.name, number=side.number)
            action = QAction(icon("user-round"), words, self.view)
            action.triggered.connect(lambda _checked=False, key=side.id: self._open(key))
            actions.append(action)
        return actions

    # -- what the window asks ------------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("Lookalikes")

    @override
    def reload(self) -> None:
        self._presenter.read_counts(self._show_counts)
        self._presenter.read_standing(self._show_standing)
        self._offer()
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
        words = next(words for view, words, _tone in VIEWS if view.value == self.chips.current)
        export_list(self, self.desk, self.view, gettext("Lookalikes"), gettext(words))

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("M / Enter", gettext("Show both files side by side and merge")),
            KeyHelp("D", gettext("They are different people")),
            KeyHelp("H", gettext("They are one household")),
        ]
