"""How much the loaners are used over a period: each by itself, or by kind and size; for the manager's purchases."""

from datetime import date
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.topics import Topic
from crmdesk.queries.loaner_use import UseRow, use_of_classes
from crmdesk.queries.report_span import year_to
from crmdesk.views.loaners.presenter import LoanerPresenter
from crmdesk.views.loaners.wording import amount, state_status
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import Leaning
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.list_export import export_list
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.screen import Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.section_header import SectionHeader
from crmdesk.views.support.widgets.segmented import SegmentedChoice
from crmdesk.views.support.widgets.text import Text
from crmdesk.views.support.widgets.toolbar import Toolbar

_ITEMS, _CLASSES = "items", "classes"


def percent(share: float | None) -> str:
    """Say a share; nothing when there was no day to share."""
    return "" if share is None else f"{share:.0%}"


def _name(row: UseRow) -> str:
    return row.name or f"{label(row.category)} · {label(row.size_class)}"


def _number(key: str, title: str, of: str, width: int = 90) -> Column[UseRow]:
    return Column(
        key,
        title,
        lambda row: str(getattr(row, of)),
        width,
        ColumnKind.NUMBER,
        sort_key=key,
        value=lambda row: getattr(row, of),
    )


COLUMNS: list[Column[UseRow]] = [
    Column("code", mark("Code"), lambda row: row.code, 90, sort_key="code"),
    Column("name", mark("Item"), _name, 170, sort_key="name", stretch=True),
    Column("kind", mark("Category"), lambda row: label(row.category), 90, sort_key="kind"),
    Column("state", mark("State"), lambda row: state_status(row.state)[0] if row.state else "", 120, sort_key="state"),
    _number("count", mark("Pieces"), "count", 70),
    _number("times", mark("Times lent"), "times"),
    _number("lent", mark("Days lent"), "lent"),
    _number("shelf", mark("Days on the shelf"), "shelf", 120),
    Column(
        "share",
        mark("Utilisation"),
        lambda row: percent(row.share),
        100,
        ColumnKind.NUMBER,
        sort_key="share",
        value=lambda row: round(row.share * 100) if row.share is not None else None,
    ),
    Column("value", mark("Value"), lambda row: amount(row.value), 100, ColumnKind.MONEY, value=lambda row: row.value),
]


class UseScreen(Screen):
    """Utilisation of the loaners."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.LOANERS})
    help_page: ClassVar[str] = "loaners"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Begin with the twelve months up to today."""
        super().__init__(desk, parent)
        self._presenter = LoanerPresenter(desk, self)
        self._rows: tuple[UseRow, ...] = ()
        first, last = year_to(self._presenter.today())
        self.first = self._day_field(gettext("&From"), first)
        self.last = self._day_field(gettext("Up &to"), last)
        self.by = SegmentedChoice([(_ITEMS, gettext("Each loaner")), (_CLASSES, gettext("Kind and size"))])
        self.by.choose(_ITEMS)
        self.by.chosen.connect(lambda _by: self._show())
        self.figures = Text("", "muted")
        self.table = ListTable(COLUMNS, self)
        self.view = RowTableView(self.table, desk.settings, "loaners.use", self)
        self.view.setAccessibleName(gettext("Use of the loaners"))
        self.view.opened.connect(self._open)
        self.view.set_empty("luggage", gettext("No loaners yet"), gettext("Register the first spare item."))
        days = QWidget()
        days.setLayout(row(self.first, self.last, None, gap=3))
        heading = SectionHeader(gettext("Use of the loaners"))
        layout = page(heading, days, self._tools(), self.figures, self.view)
        layout.setStretch(4, 1)
        self.setLayout(layout)

    def _day_field(self, words: str, day: date) -> DayField:
        field = DayField(words, self._presenter.today, leaning=Leaning.PAST)
        field.set_value(day)
        field.left.connect(self.reload)
        return field

    def _tools(self) -> Toolbar:
        export = Button(gettext("Export Excel"), "table")
        export.clicked.connect(self.export_list)
        back = Button(gettext("&List"), "list")
        back.clicked.connect(lambda: self.desk.navigator.run("loaners.show"))
        return Toolbar(self.by, right=(back, export))

    @override
    def title(self) -> str:
        return gettext("Use of the loaners")

    @override
    def reload(self) -> None:
        first, last = self.first.value(), self.last.value()
        if first is not None and last is not None and first <= last:
            self._presenter.read_use((first, last), self._read)
        elif first is not None and last is not None:
            self.last.show_problem(gettext("The end lies before the beginning."))

    def _read(self, rows: tuple[UseRow, ...]) -> None:
        self._rows = rows
        self._show()

    def _show(self) -> None:
        lent, shelf = sum(row.lent for row in self._rows), sum(row.shelf for row in self._rows)
        share = percent(lent / (lent + shelf) if lent + shelf else None)
        words = ngettext("{count} loaner", "{count} loaners", len(self._rows)).format(count=len(self._rows))
        days = gettext("{lent} days lent, {shelf} days on the shelf").format(lent=lent, shelf=shelf)
        self.figures.setText(" · ".join(part for part in (words, days, share) if part))
        self.table.set_rows(use_of_classes(self._rows) if self.by.current == _CLASSES else self._rows)

    def _open(self, key: object) -> None:
        if isinstance(key, int) and self.by.current == _ITEMS:
            self.desk.navigator.open(EntityRef(EntityKind.LOANER, key))

    @override
    def can_export(self) -> bool:
        return True

    @override
    def export_list(self) -> None:
        period = f"{self.first.value()} – {self.last.value()}"
        export_list(self, self.desk, self.view, gettext("Use of the loaners"), period)
