"""The register of letters: number, version, customer, how and when it went out, reprints, the exact document."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.order import Order
from crmdesk.core.papers import PaperKind
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.queries import paper_register
from crmdesk.queries.paper_register import PaperFilter, PaperRow
from crmdesk.views.service import case_letter_steps as steps
from crmdesk.views.service.case_paper_view import PaperView
from crmdesk.views.service.room import Room
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import moment_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.list_export import export_list, keep_looks
from crmdesk.views.support.row_source import RowSource
from crmdesk.views.support.row_table import RowTable
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.section_header import SectionHeader
from crmdesk.views.support.widgets.text import show_if
from crmdesk.views.support.widgets.toolbar import Toolbar

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_FILTER_WIDTH = 190
_LANGUAGES = {"zh_CN": mark("Chinese"), "en": mark("English"), "both": mark("Both")}


def columns(zone: str) -> tuple[Column[PaperRow], ...]:
    """Give the columns for a store in the IANA ``zone``."""
    return (
        Column("number", mark("Number"), lambda row: row.number, 104),
        Column("version", mark("Version"), lambda row: str(row.version), 62, ColumnKind.NUMBER,
               value=lambda row: row.version),
        Column("member", mark("Customer"), lambda row: row.member_name, 80),
        Column("title", mark("Complaint about"), lambda row: row.title, 100, stretch=True),
        Column("made", mark("Issued at"), lambda row: moment_text(row.made_at, zone), 92, ColumnKind.MOMENT,
               value=lambda row: row.made_at, sort_key="made"),
        Column("sent", mark("Sent"), partial(_sent, zone), 152, ColumnKind.STATUS, tone=_tone, icon=_icon),
        Column("reprints", mark("Reprints"), lambda row: str(max(row.prints - 1, 0) or ""), 66, ColumnKind.NUMBER,
               value=lambda row: max(row.prints - 1, 0)),
        Column("language", mark("Language"), lambda row: gettext(_LANGUAGES.get(row.language, row.language)), 80,
               shown=False),
        Column("made_by", mark("Issued by"), lambda row: row.made_by, 90, shown=False),
    )  # fmt: skip


def _sent(zone: str, row: PaperRow) -> str:
    if row.sent_at is None or row.sent_channel is None:
        return gettext("not sent yet")
    return f"{label(row.sent_channel)} {moment_text(row.sent_at, zone)}"


def _tone(row: PaperRow) -> Tone:
    return Tone.WAITING if row.sent_at is None else Tone.OK


def _icon(row: PaperRow) -> str:
    return "mail" if row.sent_at is None else "mail-check"


class LettersPage(Screen):
    """All letters; the chosen one stands at the right exactly as it was issued."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.PAPERS})
    help_page: ClassVar[str] = "letters"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build list and document."""
        super().__init__(desk, parent)
        self.room = Room(desk, self, self.reload)
        self._wanted: int | None = None
        self.filter = QLineEdit()
        self.table = RowTable(columns(desk.signin.context().store.zone), desk.jobs, self)
        self.view = RowTableView(self.table, desk.settings, "letters", self)
        keep_looks(self, desk, self.view, lambda one: (one.member_id,))
        self.paper = PaperView(desk.jobs)
        self.print_button = Button(gettext("Print"), "printer", kind="primary", hint="Ctrl+P")
        self.send_button = Button(gettext("Mark as sent"), "send")
        self.new_button = Button(gettext("New version"), "file-pen")
        self.open_button = Button(gettext("Open the complaint"), "arrow-right")
        self._detail = Card()
        self._arrange()
        self._connect()
        self._show_list()

    def _arrange(self) -> None:
        self.filter.setPlaceholderText(gettext("Filter this list"))
        self.filter.setAccessibleName(gettext("Filter this list"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(_FILTER_WIDTH)
        self.view.setAccessibleName(gettext("Letters"))
        detail = gettext("A letter is written from a decided complaint; every version is kept here as it was issued.")
        self.view.set_empty("mail", gettext("No letters yet"), detail)
        bar = QWidget()
        flow = FlowLayout(bar, gap=8)
        for button in (self.print_button, self.send_button, self.new_button, self.open_button):
            flow.addWidget(button)
        self._detail.add(bar)
        self._detail.add(self.paper, 1)
        show_if(self._detail, False)
        both = Columns(self.view, self._detail, shares=(60, 40))
        title = SectionHeader(gettext("Letters"), gettext("kept exactly as issued"))
        layout = page(Toolbar(title, right=[self.filter]), both)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _text: self._show_list())
        self.view.current_changed.connect(self._chose)
        self.view.typed.connect(self._type)
        self.view.opened.connect(lambda _key: self._open_case())
        self.table.loaded.connect(self._came)
        for button, act in (
            (self.print_button, self.print_paper),
            (self.send_button, self._mark_sent),
            (self.new_button, self._new_version),
            (self.open_button, self._open_case),
        ):
            button.clicked.connect(lambda _checked=False, act=act: act())

    # -- the list --------------------------------------------------------------------------

    def _show_list(self) -> None:
        chosen = PaperFilter(PaperKind.LETTER, text=self.filter.text().strip())
        self.table.set_source(RowSource(partial(_first, chosen), partial(_ids, chosen), _rows))

    def _came(self) -> None:
        if self._wanted is not None and self.view.select_id(self._wanted):
            self._wanted = None
        self.view.select_first()
        if not self.table.rowCount():
            self._chose(None)

    def _type(self, text: str) -> None:
        self.filter.setFocus()
        self.filter.insert(text)

    def _row(self) -> PaperRow | None:
        index = self.view.currentIndex()
        return self.table.row_at(index.row()) if index.isValid() else None

    def _chose(self, paper_id: object) -> None:
        show_if(self._detail, isinstance(paper_id, int))
        if not isinstance(paper_id, int):
            self.paper.clear()
        else:
            self.desk.jobs.read(self, partial(_content, paper_id), self.paper.show_pdf, key="content")
        self.actions_changed.emit()

    # -- what can be done ------------------------------------------------------------------

    def _mark_sent(self) -> None:
        row = self._row()
        if row is not None:
            steps.ask_sent(self.room, row.id)

    def _new_version(self) -> None:
        row = self._row()
        if row is not None and row.ticket_id is not None:
            steps.compose(self.room, row.ticket_id)

    def _open_case(self) -> None:
        row = self._row()
        if row is not None and row.ticket_id is not None and self.desk.navigator.can_open(EntityKind.TICKET):
            self.desk.navigator.open(EntityRef(EntityKind.TICKET, row.ticket_id))

    # -- what the window asks --------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("Letters")

    @override
    def reload(self) -> None:
        self.table.refresh()

    @override
    def open_ref(self, ref: EntityRef) -> None:
        """Show one letter."""
        self._wanted = ref.id
        if self.view.select_id(ref.id):
            self._wanted = None
        elif self.filter.text():
            self.filter.clear()

    @override
    def primary_action(self) -> QAction | None:
        action = QAction(gettext("Print"), self)
        action.triggered.connect(lambda _checked=False: self.print_paper())
        return action if self.can_print() else None

    @override
    def can_print(self) -> bool:
        return self._row() is not None

    @override
    def print_paper(self) -> None:
        row = self._row()
        if row is not None:
            steps.print_copy(self.room, row.id)

    @override
    def can_export(self) -> bool:
        return self.desk.signin.context().may(Right.EXPORT)

    @override
    def export_list(self) -> None:
        export_list(self, self.desk, self.view, gettext("Letters"), self.filter.text().strip())

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("Ctrl+P", gettext("Print the chosen letter")),
            KeyHelp("Enter", gettext("Open the complaint")),
            KeyHelp("A…Z", gettext("Type to filter the list")),
        ]


def _first(
    chosen: PaperFilter, session: "Session", context: Context, order: Order | None, limit: int
) -> Sequence[PaperRow]:
    return paper_register.first(session, chosen, context, order, limit)


def _ids(chosen: PaperFilter, session: "Session", context: Context, order: Order | None) -> Iterable[int]:
    return paper_register.ids(session, chosen, context, order)


def _rows(session: "Session", context: Context, wanted: Sequence[int]) -> Sequence[PaperRow]:
    return paper_register.rows(session, wanted, context)


def _content(paper_id: int, session: "Session", context: Context) -> bytes:
    del context
    return paper_register.content(session, paper_id)
