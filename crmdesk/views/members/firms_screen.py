"""Intermediate customers: which firms are to be visited, and all of them."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.queries.firm_visits import FirmRow, FirmView
from crmdesk.views.members.firm_visit_dialog import FirmVisitDialog
from crmdesk.views.members.people_presenter import PeoplePresenter
from crmdesk.views.members.wording import amount
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import day_text, due_text
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

PAGE = "members.firms"
VIEWS: tuple[tuple[FirmView, str, Tone | None], ...] = (
    (FirmView.DUE, mark("To be visited"), Tone.WARN),
    (FirmView.PLANNED, mark("Visit planned"), None),
    (FirmView.ALL, mark("All firms"), None),
)


class FirmsScreen(Screen):
    """Distributors and franchisees with their visits."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.MEMBERS})
    help_page: ClassVar[str] = "member"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the list."""
        super().__init__(desk, parent)
        self._presenter = PeoplePresenter(desk, self)
        self._first_time = True
        self.chips = ChipBar([Chip(view.value, gettext(words), tone=tone) for view, words, tone in VIEWS])
        self.chips.chosen.connect(lambda _name: self._show_list())
        self.table = RowTable(self._columns(), desk.jobs, self)
        self.view = RowTableView(self.table, desk.settings, "members.firms", self)
        keep_looks(self, desk, self.view, lambda one: (one.id,))
        self.view.setAccessibleName(gettext("Firms"))
        self.table.loaded.connect(self._after_load)
        self.view.opened.connect(self._open)
        self.view.set_actions(self._row_actions)
        self.view.selection_changed.connect(self._offer)
        self.note_button = Button(gettext("Note a visit"), "plus", "primary", "Ctrl+N")
        self.note_button.clicked.connect(lambda _checked=False: self.start_new())
        export = Button(gettext("Export Excel"), "table")
        export.clicked.connect(self.export_list)
        if not self._presenter.context().may(Right.EXPORT):
            export.refuse(gettext("Only a manager or the owner exports lists."))
        head = SectionHeader(gettext("Firms to visit"), gettext("distributors and franchisees"))
        layout = page(head, row(self.chips, None, self.note_button, export), self.view)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _columns(self) -> list[Column[FirmRow]]:
        today = self._presenter.context().today()

        def due(one: FirmRow) -> str:
            if one.next_on is None:
                return gettext("not planned")
            return due_text(one.next_on, today) if one.next_on <= today else day_text(one.next_on, today)

        def late(one: FirmRow) -> Tone:
            return Tone.WARN if one.next_on is not None and one.next_on <= today else Tone.NEUTRAL

        return [
            Column("number", mark("Member number"), lambda one: one.number, 120, sort_key="number"),
            Column("name", mark("Firm"), lambda one: one.name, 200, sort_key="name", stretch=True),
            Column(
                "next",
                mark("Next visit"),
                due,
                130,
                ColumnKind.STATUS,
                tone=late,
                icon=lambda _one: "calendar-clock",
                sort_key="next",
                value=lambda one: one.next_on,
            ),
            Column(
                "last",
                mark("Last visit"),
                lambda one: day_text(one.last_day, today) if one.last_day else "",
                110,
                ColumnKind.DAY,
                sort_key="last",
                value=lambda one: one.last_day,
            ),
            _money("stock", mark("Stock there"), lambda one: one.stock_value),
            _money("sales", mark("Sales"), lambda one: one.sales_value),
            Column("guide", mark("Guide"), lambda one: one.guide, 90),
        ]

    # -- the list ----------------------------------------------------------------------------

    def _view(self) -> FirmView:
        return FirmView(self.chips.current or FirmView.DUE.value)

    def show_view(self, view: FirmView) -> None:
        """Show one of the views."""
        self.chips.choose(view.value)

    def _show_list(self) -> None:
        self.table.set_source(self._presenter.firms(self._view()))
        if self._view() is FirmView.ALL:
            words = gettext("A member becomes a firm by its kind in the form: intermediate customer.")
            self.view.set_empty("store", gettext("No firms yet"), words)
        else:
            words = gettext("The day of the next visit is set when a visit is noted.")
            self.view.set_empty("store", gettext("No visit is due"), words)

    def _after_load(self) -> None:
        self.view.select_first()
        self._offer()

    def _show_counts(self, counts: dict[FirmView, int]) -> None:
        self.chips.set_counts({view.value: count for view, count in counts.items()})

    def _current(self) -> FirmRow | None:
        index = self.view.currentIndex()
        return self.table.row_at(index.row()) if index.isValid() else None

    def _offer(self) -> None:
        if not self._presenter.context().may(Right.EDIT_MEMBERS):
            self.note_button.refuse(gettext("Your role does not change members."))
        else:
            self.note_button.setEnabled(self._current() is not None)

    def _open(self, key: int) -> None:
        self.desk.navigator.open(EntityRef(EntityKind.MEMBER, key))

    def _row_actions(self) -> list[QAction]:
        one = self._current()
        if one is None:
            return []
        opens = QAction(icon("user-round"), gettext("Open the member"), self.view)
        opens.triggered.connect(lambda _checked=False: self._open(one.id))
        note = QAction(icon("plus"), gettext("Note a visit"), self.view)
        note.triggered.connect(lambda _checked=False: self.start_new())
        note.setEnabled(self._presenter.context().may(Right.EDIT_MEMBERS))
        return [opens, note]

    # -- what the window asks ------------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("Firms to visit")

    @override
    def reload(self) -> None:
        self._presenter.read_firm_counts(self._show_counts)
        if self._first_time:
            self._first_time = False
            self._show_list()
            self._offer()
            self.view.setFocus()
        else:
            self.table.refresh()

    @override
    def start_new(self) -> None:
        one = self._current()
        if one is not None and self._presenter.context().may(Right.EDIT_MEMBERS):
            FirmVisitDialog(self, self.desk, (one.id, one.name), self._saved).open()

    def _saved(self) -> None:
        self.desk.toasts.show(gettext("Visit saved"))

    @override
    def can_export(self) -> bool:
        return True  # whoever may not is told so

    @override
    def export_list(self) -> None:
        words = next(words for view, words, _tone in VIEWS if view is self._view())
        export_list(self, self.desk, self.view, gettext("Firms to visit"), gettext(words))

    @override
    def key_help(self) -> list[KeyHelp]:
        return [KeyHelp("Enter", gettext("Open the member")), KeyHelp("Ctrl+N", gettext("Note a visit"))]


def _money(key: str, title: str, value: Callable[[FirmRow], Money | None]) -> Column[FirmRow]:
    return Column(
        key,
        title,
        lambda one: amount(worth) if (worth := value(one)) is not None else "",
        110,
        ColumnKind.MONEY,
        value=value,
    )
