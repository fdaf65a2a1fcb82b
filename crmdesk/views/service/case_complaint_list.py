"""The complaint list: key members and severe cases on top, and what waits for whom."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.care import CareClass
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.order import Order
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.queries import complaint_lists
from crmdesk.queries.complaint_lists import ComplaintRow, ComplaintView
from crmdesk.views.service.case_complaint_words import SEVERITY_LOOKS
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import due_text, moment_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.list_export import export_list, keep_looks
from crmdesk.views.support.row_source import RowSource
from crmdesk.views.support.row_table import RowTable
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.section_header import SectionHeader
from crmdesk.views.support.widgets.toolbar import Toolbar

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_CHIPS: Final = {
    ComplaintView.OPEN: mark("Open complaints"),
    ComplaintView.MY_APPROVAL: mark("Waits for my approval"),
    ComplaintView.TO_TELL: mark("To be told"),
    ComplaintView.TO_CARRY_OUT: mark("Remedy to carry out"),
    ComplaintView.MY_TASKS: mark("My tasks"),
    ComplaintView.CORRECTIVE: mark("Corrective actions"),
    ComplaintView.ESCALATED: mark("Handed up"),
}


def columns(context: Context) -> tuple[Column[ComplaintRow], ...]:
    """Give the columns as the context's person may see them."""
    today, zone, money = context.today(), context.store.zone, context.may(Right.SEE_MONEY)
    return (
        Column("number", mark("Number"), lambda row: row.number, 140, sort_key="number"),
        Column("severity", mark("Severity"), lambda row: label(row.severity) if row.severity else "", 92,
               ColumnKind.STATUS, tone=_tone, icon=_icon),
        Column("member", mark("Customer"), lambda row: row.member_name, 96),
        Column("class", mark("Care class"), lambda row: label(row.care_class), 84,
               tone=lambda row: Tone.WARN if row.care_class is CareClass.KEY else Tone.NEUTRAL),
        Column("subject", mark("Complaint about"), lambda row: row.subject, 160, stretch=True),
        Column("state", mark("State"), lambda row: label(row.state), 110),
        Column("amount", mark("Amount"), lambda row: f"¥{row.amount.short_text()}" if row.amount and money else "", 84,
               ColumnKind.MONEY, value=lambda row: row.amount if money else None, sort_key="amount"),
        Column("due", mark("Task"), lambda row: due_text(row.due, today) if row.due else "", 96,
               tone=lambda row: Tone.LATE if row.due and row.due < today else Tone.INFO, value=lambda row: row.due,
               sort_key="due"),
        Column("owner", mark("In charge"), lambda row: row.owner, 84),
        Column("round", mark("Round"), lambda row: str(row.round) if row.round > 1 else "", 60, ColumnKind.NUMBER,
               value=lambda row: row.round),
        Column("received", mark("Complained at"), lambda row: moment_text(row.received_at, zone), 104,
               ColumnKind.MOMENT, value=lambda row: row.received_at, sort_key="received"),
    )  # fmt: skip


def _tone(row: ComplaintRow) -> Tone:
    return SEVERITY_LOOKS[row.severity][0] if row.severity is not None else Tone.NEUTRAL


def _icon(row: ComplaintRow) -> str:
    return SEVERITY_LOOKS[row.severity][1] if row.severity is not None else ""


class ComplaintsPage(Screen):
    """All complaints that still need somebody; Enter opens one at the service desk."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.TICKETS})
    help_page: ClassVar[str] = "complaints"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build chips and list."""
        super().__init__(desk, parent)
        self.chips = ChipBar()
        self.chips.set_chips([Chip(view.value, gettext(words)) for view, words in _CHIPS.items()])
        self.table = RowTable(columns(desk.signin.context()), desk.jobs, self)
        self.view = RowTableView(self.table, desk.settings, "complaints", self)
        keep_looks(self, desk, self.view, lambda one: (one.member_id,))
        self.view.setAccessibleName(gettext("Complaints"))
        detail = gettext("Key members and severe cases come first.")
        self.view.set_empty("circle-check", gettext("Nothing waits here"), detail)
        title = SectionHeader(gettext("Complaints"), gettext("Key members and severe cases come first."))
        layout = page(title, Toolbar(self.chips), self.view)
        layout.setStretch(layout.count() - 1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.view)
        self.chips.chosen.connect(lambda _name: self._show_list())
        self.view.opened.connect(self._open)
        self.table.loaded.connect(self.view.select_first)
        self.show_view(ComplaintView.OPEN)

    def show_view(self, view: ComplaintView) -> None:
        """Show one of the views."""
        self.chips.choose(view.value)
        self._show_list()

    def _show_list(self) -> None:
        view = ComplaintView(self.chips.current)
        self.table.set_source(RowSource(partial(_first, view), partial(_ids, view), _rows))
        self._count()

    def _count(self) -> None:
        self.desk.jobs.read(self, complaint_lists.counts, self._counted, key="counts", background=True)

    def _counted(self, counts: dict[ComplaintView, int]) -> None:
        self.chips.set_counts({view.value: count for view, count in counts.items()})

    def _open(self, key: object) -> None:
        if isinstance(key, int):
            self.desk.navigator.open(EntityRef(EntityKind.TICKET, key))

    @override
    def title(self) -> str:
        return gettext("Complaints")

    @override
    def reload(self) -> None:
        self.table.refresh()
        self._count()

    @override
    def primary_action(self) -> QAction | None:
        action = QAction(gettext("Open the complaint"), self)
        action.triggered.connect(lambda _checked=False: self._open(self.view.current_id()))
        return action

    @override
    def can_export(self) -> bool:
        return self.desk.signin.context().may(Right.EXPORT)

    @override
    def export_list(self) -> None:
        export_list(self, self.desk, self.view, gettext("Complaints"), self.chips.current)

    @override
    def key_help(self) -> list[KeyHelp]:
        return [KeyHelp("Enter", gettext("Open the complaint")), KeyHelp("← →", gettext("Another list"))]


def _first(
    view: ComplaintView, session: "Session", context: Context, order: Order | None, limit: int
) -> Sequence[ComplaintRow]:
    return complaint_lists.first(session, view, context, order, limit)


def _ids(view: ComplaintView, session: "Session", context: Context, order: Order | None) -> Iterable[int]:
    return complaint_lists.ids(session, view, context, order)


def _rows(session: "Session", context: Context, wanted: Sequence[int]) -> Sequence[ComplaintRow]:
    return complaint_lists.rows(session, wanted, context)
