"""The cards of the store: which are in use, not yet printed, lost, out of use."""

from typing import ClassVar

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.queries.cards import CardFilter, CardRow, CardView
from crmdesk.views.members.card_columns import card_columns
from crmdesk.views.members.card_papers import show_cards
from crmdesk.views.members.card_steps import CardSteps, card_actions
from crmdesk.views.members.presenter import MemberPresenter
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

PAGE = "cards"
VIEWS: tuple[tuple[CardView, str, Tone | None], ...] = (
    (CardView.IN_USE, mark("In use"), None),
    (CardView.NOT_PRINTED, mark("Not printed yet"), None),
    (CardView.LOST, mark("Reported lost"), Tone.LATE),
    (CardView.OUT_OF_USE, mark("Out of use"), None),
    (CardView.ALL, mark("All"), None),
)
_FILTER_WIDTH = 260
_MOST_CARDS = 500


class CardsScreen(Screen):
    """All VIP cards of the store."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.CARDS, Topic.MEMBERS})
    help_page: ClassVar[str] = "cards"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the list."""
        super().__init__(desk, parent)
        self._presenter = MemberPresenter(desk, self)
        self._steps = CardSteps(self, desk)
        self._first_time = True
        self.chips = ChipBar([Chip(view.value, gettext(words), tone=tone) for view, words, tone in VIEWS])
        self.chips.chosen.connect(lambda _name: self._show_list())
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(gettext("Filter: card number or member"))
        self.filter.setAccessibleName(gettext("Filter this list"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(_FILTER_WIDTH)
        self.filter.textChanged.connect(lambda _text: self._show_list())
        self.table = RowTable(card_columns(self._presenter.context().store.zone), desk.jobs, self)
        self.view = RowTableView(self.table, desk.settings, "cards", self)
        keep_looks(self, desk, self.view, lambda one: (one.member_id,))
        self.table.loaded.connect(self.view.select_first)
        self.view.setAccessibleName(gettext("Cards"))
        self.view.opened.connect(lambda _key: self._open_member())
        self.view.typed.connect(self._type_into_filter)
        self.view.set_actions(self._row_actions)
        self.view.selection_changed.connect(self._offer)
        self.view.selection_changed.connect(self.actions_changed)
        self._arrange()
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.filter.setFocus)

    def _arrange(self) -> None:
        self._print = Button(gettext("Print on A4"), "printer", "primary", "Ctrl+P")
        self._print.clicked.connect(self.print_paper)
        export = Button(gettext("Export Excel"), "table")
        export.clicked.connect(self.export_list)
        if not self._presenter.context().may(Right.EXPORT):
            export.refuse(gettext("Only a manager or the owner exports lists."))
        head = SectionHeader(gettext("VIP cards"))
        layout = page(head, row(self.chips), row(self.filter, None, self._print, export), self.view)
        layout.setStretch(3, 1)
        self.setLayout(layout)

    # -- the list ----------------------------------------------------------------------------

    def _show_list(self) -> None:
        chosen = CardFilter(CardView(self.chips.current or CardView.IN_USE.value), self.filter.text().strip())
        self.table.set_source(self._presenter.cards(chosen))
        self.view.set_empty(
            "credit-card", gettext("No cards here"), gettext("A card is issued on the page of its member.")
        )

    def show_view(self, view: CardView) -> None:
        """Show one of the views."""
        self.chips.choose(view.value)

    def _show_counts(self, counts: dict[CardView, int]) -> None:
        self.chips.set_counts({view.value: count for view, count in counts.items()})

    def _type_into_filter(self, text: str) -> None:
        self.filter.setFocus()
        self.filter.insert(text)

    def _current(self) -> CardRow | None:
        index = self.view.currentIndex()
        return self.table.row_at(index.row()) if index.isValid() else None

    def _offer(self) -> None:
        count = self.view.selected_count()
        words = ngettext("Print on A4", "Print {count} on A4", max(count, 1)).format(count=count)
        self._print.set_text(words)
        if not self._presenter.context().may(Right.SERVE):
            self._print.refuse(gettext("Your role does not work at the desk."))
        else:
            self._print.setEnabled(count > 0)

    # -- what one can do ---------------------------------------------------------------------

    def _open_member(self) -> None:
        card = self._current()
        if card is not None:
            self.desk.navigator.open(EntityRef(EntityKind.MEMBER, card.member_id))

    def _row_actions(self) -> list[QAction]:
        opens = QAction(icon("user-round"), gettext("Open the member"), self.view)
        opens.triggered.connect(self._open_member)
        card = self._current()
        if card is None or self.view.selected_count() > 1:
            return [opens]
        context = self._presenter.context()
        return [opens, *card_actions(card, context, self.view, lambda act: self._steps.run(act, card))]

    # -- what the window asks ------------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("VIP cards")

    @override
    def reload(self) -> None:
        self._presenter.read_card_counts(self._show_counts)
        if self._first_time:
            self._first_time = False
            self._show_list()
            self.view.setFocus()
        else:
            self.table.refresh()

    @override
    def open_ref(self, ref: EntityRef) -> None:
        self.filter.clear()
        self.chips.choose(CardView.ALL.value)
        self._show_list()

    @override
    def can_print(self) -> bool:
        return self.view.selected_count() > 0

    @override
    def print_paper(self) -> None:
        show_cards(self.desk, self, self.view.selected_ids(_MOST_CARDS), PaperFormat.A4)

    @override
    def can_export(self) -> bool:
        return True  # whoever may not is told so

    @override
    def export_list(self) -> None:
        words = next(words for view, words, _tone in VIEWS if view.value == self.chips.current)
        filters = " · ".join(part for part in (gettext(words), self.filter.text().strip()) if part)
        export_list(self, self.desk, self.view, gettext("VIP cards"), filters)

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("Enter", gettext("Open the member")),
            KeyHelp("Ctrl+P", gettext("Print the chosen cards on A4")),
            KeyHelp("Ctrl+F", gettext("Filter this list")),
        ]
