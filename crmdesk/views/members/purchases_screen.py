"""The receipts of the store: what was bought and what came back, by day, guide and member."""

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from crmdesk.core.errors import NotFoundError
from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.queries.purchase_case import PurchaseCase
from crmdesk.queries.purchase_rows import PurchaseFilter, PurchaseView
from crmdesk.views.members.purchase_panel import PurchasePanel
from crmdesk.views.members.purchase_presenter import Guides, PurchasePresenter
from crmdesk.views.members.purchase_steps import PurchaseSteps
from crmdesk.views.members.purchase_words import purchase_columns
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField
from crmdesk.views.support.icons import icon
from crmdesk.views.support.list_export import export_list
from crmdesk.views.support.row_table import RowTable
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.section_header import SectionHeader
from crmdesk.views.support.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = "members.purchases"
VIEWS = (
    (PurchaseView.ALL, mark("All")),
    (PurchaseView.SALES, mark("Sales")),
    (PurchaseView.RETURNS, mark("Goods back")),
    (PurchaseView.NOBODY, mark("Without a member")),
    (PurchaseView.BY_HAND, mark("Typed in")),
)
_SHARES = (66, 34)


class Period(StrEnum):
    """How far back the list goes."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    EVER = "ever"


_PERIODS = (
    (Period.TODAY, mark("today")),
    (Period.WEEK, mark("7 days")),
    (Period.MONTH, mark("30 days")),
    (Period.YEAR, mark("365 days")),
    (Period.EVER, mark("ever")),
)
_BACK = {Period.TODAY: 0, Period.WEEK: 6, Period.MONTH: 29, Period.YEAR: 364}


def first_day(period: Period, today: date) -> date | None:
    """Give the first day of a period that ends today; None for ever."""
    return today - timedelta(days=_BACK[period]) if period in _BACK else None


class PurchasesScreen(Screen):
    """All receipts with the lines of the chosen one; `open_ref` takes a receipt."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.PURCHASES, Topic.MEMBERS})
    help_page: ClassVar[str] = "member"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the list."""
        super().__init__(desk, parent)
        self._presenter = PurchasePresenter(desk, self)
        self._steps = PurchaseSteps(self, desk)
        self._case: PurchaseCase | None = None
        self._first_time = True
        self.chips = ChipBar([Chip(view.value, gettext(words)) for view, words in VIEWS])
        self.chips.chosen.connect(lambda _name: self._show_list())
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(gettext("Filter: receipt or member"))
        self.filter.setAccessibleName(gettext("Filter this list"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _text: self._show_list())
        self.period = ChoiceField[Period](gettext("&Period"), [(gettext(words), one) for one, words in _PERIODS])
        self.period.set_value(Period.MONTH)
        self.period.changed.connect(self._show_list)
        self.guide = ChoiceField[int](gettext("&Guide"), [], empty=gettext("all guides"))
        self.guide.changed.connect(self._show_list)
        self._counted = Text("", "muted")
        self.table = RowTable(purchase_columns(lambda: self._presenter.context().today()), desk.jobs, self)
        self.table.counted.connect(self._say_count)
        self.view = RowTableView(self.table, desk.settings, PAGE, self)
        self.view.setAccessibleName(gettext("Purchases"))
        self.table.loaded.connect(self.view.select_first)
        self.view.current_changed.connect(self._read)
        self.view.opened.connect(lambda _key: self.take_back())
        self.view.typed.connect(self._type_into_filter)
        self.view.set_actions(self._row_actions)
        self.panel = PurchasePanel()
        self.panel.chosen.connect(self._steps.open)
        self.panel.back_wanted.connect(self.take_back)
        self.panel.right_wanted.connect(self.put_right)
        self._arrange()
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.filter.setFocus)

    def _arrange(self) -> None:
        self.new = Button(gettext("Enter a purchase"), "plus", hint="Ctrl+N")
        self.new.clicked.connect(lambda _checked=False: self.start_new())
        self.export = Button(gettext("Export Excel"), "table")
        self.export.clicked.connect(self.export_list)
        context = self._presenter.context()
        if not context.may(Right.EXPORT):
            self.export.refuse(gettext("Only a manager or the owner exports lists."))
        if not context.may(Right.SERVE):
            self.new.refuse(gettext("Your role does not work at the desk."))
        head = SectionHeader(gettext("Purchases"))
        head.add(self._counted)
        filters = row(self.filter, self.period, self.guide)
        filters.setStretch(0, 1)
        body = Columns(self.view, self.panel, shares=_SHARES)
        layout = page(head, row(self.chips, None, self.new, self.export), filters, body)
        layout.setStretch(3, 1)
        self.setLayout(layout)

    # -- the list ----------------------------------------------------------------------------

    def chosen_filter(self) -> PurchaseFilter:
        """Give what is shown."""
        period = self.period.value() or Period.EVER
        return PurchaseFilter(
            PurchaseView(self.chips.current or PurchaseView.ALL.value),
            first_day(period, self._presenter.context().today()),
            guide_id=self.guide.value(),
            text=self.filter.text().strip(),
        )

    def _show_list(self) -> None:
        self._show(None)
        self.table.set_source(self._presenter.purchases(self.chosen_filter()))
        self.view.set_empty(
            "receipt",
            gettext("No receipts here"),
            gettext("They come from the till, by an import, or are entered by hand. Perhaps the period is too short."),
            gettext("Enter a purchase"),
            self.start_new,
        )

    def _say_count(self, count: int) -> None:
        self._counted.setText(ngettext("{count:,} receipt", "{count:,} receipts", count).format(count=count))

    def _offer_guides(self, guides: Guides) -> None:
        self.guide.set_choices([(name, key) for key, name in guides])

    def _type_into_filter(self, text: str) -> None:
        self.filter.setFocus()
        self.filter.insert(text)

    # -- the chosen receipt ---------------------------------------------------------------------

    def _read(self, key: object) -> None:
        if isinstance(key, int):
            self._presenter.read_case(key, self._show, self._gone)
        else:
            self._show(None)

    def _gone(self, error: Exception) -> None:
        self._show(None)
        if not isinstance(error, NotFoundError):
            errors.show(self, error)

    def _show(self, case: PurchaseCase | None) -> None:
        self._case = case
        self.panel.show_case(case, self._presenter.context())

    def take_back(self) -> None:
        """Take goods of the chosen receipt back, or say why not."""
        if self._case is not None:
            self._steps.take_back(self._case)

    def put_right(self) -> None:
        """Put the chosen receipt right, or say why not."""
        if self._case is not None:
            self._steps.put_right(self._case)

    def _row_actions(self) -> list[QAction]:
        case = self._case
        if case is None:
            return []
        acts: list[tuple[str, str, Callable[[], None]]] = [
            ("undo-2", gettext("Take goods back…"), self.take_back),
            ("pencil", gettext("Put right…"), self.put_right),
        ]
        if case.member_id is not None:
            ref = EntityRef(EntityKind.MEMBER, case.member_id)
            acts.append(("user-round", gettext("Open the member"), lambda: self._steps.open(ref)))
        made = []
        for name, words, act in acts:
            action = QAction(icon(name), words, self.view)
            action.triggered.connect(lambda _checked=False, act=act: act())
            made.append(action)
        return made

    # -- what the window asks ------------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("Purchases")

    @override
    def reload(self) -> None:
        self._presenter.read_guides(self._offer_guides)
        if self._first_time:
            self._first_time = False
            self._show_list()
            self.view.setFocus()
        else:
            self.table.refresh()
            self._read(self.view.current_id())

    @override
    def open_ref(self, ref: EntityRef) -> None:
        self._presenter.read_case(ref.id, self._show_only)

    def _show_only(self, case: PurchaseCase) -> None:
        self._first_time = False
        for part in (self.filter, self.period, self.guide, self.chips):
            part.blockSignals(True)
        self.filter.setText(case.number)
        self.period.set_value(Period.EVER)
        self.guide.set_value(None)
        self.chips.choose(PurchaseView.ALL.value)
        for part in (self.filter, self.period, self.guide, self.chips):
            part.blockSignals(False)
        self._show_list()
        self.view.setFocus()

    @override
    def start_new(self) -> None:
        self._steps.enter()

    @override
    def can_export(self) -> bool:
        return True  # whoever may not is told so

    @override
    def export_list(self) -> None:
        view = next(words for one, words in VIEWS if one.value == self.chips.current)
        period = next((words for one, words in _PERIODS if one is self.period.value()), mark("ever"))
        parts = (gettext(view), gettext(period), self.filter.text().strip())
        export_list(self, self.desk, self.view, gettext("Purchases"), " · ".join(part for part in parts if part))

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("Enter", gettext("Take goods back…")),
            KeyHelp("Ctrl+N", gettext("Enter a purchase")),
            KeyHelp("Ctrl+F", gettext("Filter this list")),
        ]
