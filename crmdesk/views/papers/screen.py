"""Papers: the register of what was given out, exactly as it was; cards, letters, calibration beside it."""

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.order import Order
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.papers import PaperKind
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.topics import Topic
from crmdesk.db.session import Session
from crmdesk.documents.pdf import calibration
from crmdesk.queries import paper_register as register
from crmdesk.queries.paper_register import PaperFilter, PaperRow
from crmdesk.views.papers.columns import paper_columns
from crmdesk.views.papers.prints import PrintsCard
from crmdesk.views.support import keeping
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.list_export import export_list, keep_looks
from crmdesk.views.support.paper_words import paper_word
from crmdesk.views.support.row_source import RowSource
from crmdesk.views.support.row_table import RowTable
from crmdesk.views.support.screen import Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.text import Text
from crmdesk.views.support.widgets.toolbar import Toolbar

_ALL = "all"
_SHOWN = (PaperKind.SERVICE_SLIP, PaperKind.LOAN_AGREEMENT, PaperKind.LETTER, PaperKind.QUOTE, PaperKind.RETURN_NOTE)
_SIDE_WIDTH = 300
_FILTER_WIDTH = 200
_PAGES = (
    (PaperFormat.A4, "A4"),
    (PaperFormat.A5, "A5"),
    (PaperFormat.ROLL80, mark("80 mm roll")),
    (PaperFormat.FORM241, mark("241 × 140 mm form")),
    (PaperFormat.CR80, mark("VIP card")),
)


def _content(paper_id: int, session: Session, _context: Context) -> bytes:
    return register.content(session, paper_id)


class PapersScreen(Screen):
    """The register with what else can be printed."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.PAPERS, Topic.TICKETS, Topic.CARDS})
    help_page: ClassVar[str] = "papers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build list and side cards."""
        super().__init__(desk, parent)
        chips = [Chip(_ALL, gettext("All"))] + [Chip(kind.value, paper_word(kind)) for kind in _SHOWN]
        self.chips = ChipBar(chips)
        self.chips.chosen.connect(lambda _name: self._show_list())
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(gettext("Filter this list"))
        self.filter.setAccessibleName(gettext("Filter this list"))
        self.filter.setFixedWidth(_FILTER_WIDTH)
        self.filter.textChanged.connect(lambda _text: self._show_list())
        self.table = RowTable(paper_columns(desk.signin.context().store.zone), desk.jobs, self)
        self.view = RowTableView(self.table, desk.settings, "papers", self)
        keep_looks(self, desk, self.view, lambda one: (one.member_id,))
        self.view.opened.connect(self._open)
        self.view.current_changed.connect(self._chose)
        self.prints = PrintsCard(desk)
        self.view.set_empty(
            "printer",
            gettext("No paper was given out yet"),
            gettext("Slips, agreements and letters appear here, exactly as they were printed or sent."),
        )
        self._arrange()

    def _arrange(self) -> None:
        open_button = Button(gettext("Open"), "eye", "primary", "Enter")
        open_button.clicked.connect(lambda: self._open(self.view.current_id()))
        again = Button(gettext("Print again"), "printer", hint="Ctrl+P")
        again.clicked.connect(self.print_paper)
        side = QWidget()
        side.setFixedWidth(_SIDE_WIDTH)
        layout = column(self.prints, self._cards(), self._calibration(), None, gap=3)
        layout.setContentsMargins(0, 0, 0, 0)
        side.setLayout(layout)
        body = row(self.view, side, gap=3)
        body.setStretch(0, 1)
        outer = page(Toolbar(self.chips, right=(self.filter, again, open_button)), body)
        outer.setStretch(1, 1)
        self.setLayout(outer)
        self.setFocusProxy(self.view)

    def _cards(self) -> Card:
        card = Card(gettext("Cards and letters"), "credit-card")
        for words, icon, command in (
            (gettext("VIP cards: issue, print, replace"), "credit-card", "members.cards"),
            (gettext("Complaint letters"), "mail", "papers.letters"),
        ):
            button = Button(words, icon)
            button.clicked.connect(partial(self.desk.navigator.run, command))
            card.add(button)
        return card

    def _calibration(self) -> Card:
        card = Card(gettext("Calibrate a printer"), "ruler")
        card.add(
            Text(gettext("Print the page, measure the cross, type the shift into the preview."), "soft", wrap=True)
        )
        for paper, words in _PAGES:
            button = Button(gettext(words), "printer", "quiet")
            button.clicked.connect(partial(self._calibrate, paper))
            card.add(button)
        return card

    def _calibrate(self, paper: PaperFormat) -> None:
        language = self.desk.signin.context().language
        self.desk.papers.preview(
            gettext("Calibration page"), partial(calibration.render, paper, language), f"calibration_{paper.value}"
        )

    @override
    def title(self) -> str:
        return gettext("Print")

    @override
    def reload(self) -> None:
        self._show_list()
        self._chose(self.view.current_id())

    @override
    def open_ref(self, ref: EntityRef) -> None:
        if ref.kind is EntityKind.PAPER:
            self._open(ref.id)

    def _show_list(self) -> None:
        kind = None if self.chips.current in (None, "", _ALL) else PaperKind(self.chips.current)
        chosen = PaperFilter(kind, text=self.filter.text().strip())
        self.table.set_source(_source(chosen))

    def _open(self, paper_id: object) -> None:
        if isinstance(paper_id, int):
            self.desk.jobs.read(self, partial(_content, paper_id), self._preview)

    def _preview(self, content: bytes) -> None:
        self.desk.papers.look(gettext("As it was given out"), lambda: content)

    def _chose(self, paper_id: object) -> None:
        self.prints.show_paper(paper_id if isinstance(paper_id, int) else None)

    @override
    def can_print(self) -> bool:
        return self.view.current_id() is not None

    @override
    def print_paper(self) -> None:
        paper_id = self.view.current_id()
        if paper_id is not None:
            keeping.reprint(self.desk, self, paper_id)

    @override
    def can_export(self) -> bool:
        return True

    @override
    def export_list(self) -> None:
        export_list(self, self.desk, self.view, gettext("Papers given out"))


def _source(chosen: PaperFilter) -> RowSource[PaperRow]:
    def first(session: Session, context: Context, order: Order | None, limit: int) -> list[PaperRow]:
        return register.first(session, chosen, context, order, limit)

    return RowSource(
        first=first,
        ids=lambda session, context, order: register.ids(session, chosen, context, order),
        rows=lambda session, context, wanted: register.rows(session, wanted, context),
    )
