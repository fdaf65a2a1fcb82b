"""The loaner screen: views with counts, the list, the detail of the chosen loaner."""

from typing import ClassVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QSplitter, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.queries.loaner_rows import LoanerFilter, LoanerTotals, LoanerView
from crmdesk.queries.loans import LoanerDetail, LoanOut
from crmdesk.views.loaners.actions import LoanerActions
from crmdesk.views.loaners.columns import loaner_columns
from crmdesk.views.loaners.detail_facts import MEMBER_LINK
from crmdesk.views.loaners.detail_panel import DetailPanel
from crmdesk.views.loaners.list_tools import ListTools, list_tools
from crmdesk.views.loaners.papers import show_label_sheet
from crmdesk.views.loaners.presenter import LoanerPresenter
from crmdesk.views.loaners.steps import Act, Step, more_steps, next_step, side_steps
from crmdesk.views.loaners.wording import amount
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.list_export import export_list, keep_looks
from crmdesk.views.support.row_table import RowTable
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.text import Text
from crmdesk.views.support.widgets.toolbar import Toolbar

VIEWS: tuple[tuple[LoanerView, str, Tone | None], ...] = (
    (LoanerView.ALL, mark("All"), None),
    (LoanerView.ON_SHELF, mark("On the shelf"), None),
    (LoanerView.OUT, mark("Out"), None),
    (LoanerView.DUE_TODAY, mark("Due today"), None),
    (LoanerView.OVERDUE, mark("Overdue"), Tone.LATE),
    (LoanerView.REPAIR_DONE, mark("Ready, still out"), Tone.WARN),
    (LoanerView.WAITING, mark("To check"), None),
    (LoanerView.DEPOSITS, mark("Deposits held"), None),
    (LoanerView.RESERVED, mark("Reserved"), None),
    (LoanerView.FEES, mark("Fees open"), Tone.WARN),
    (LoanerView.LOST, mark("Lost"), None),
)
_LIST_SHARE, _DETAIL_SHARE = 62, 38
_FILTER_LEAST, _FILTER_WIDTH = 110, 180


class LoanersScreen(Screen):
    """All loaners of the store."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.LOANERS, Topic.TICKETS})
    help_page: ClassVar[str] = "loaners"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build list and detail."""
        super().__init__(desk, parent)
        self._presenter = LoanerPresenter(desk, self)
        self._actions = LoanerActions(self, desk)
        self._known: LoanerDetail | None = None
        self._wanted_id: int | None = None
        self._first_time = True
        self.chips = ChipBar([Chip(view.value, gettext(words), tone=tone) for view, words, tone in VIEWS])
        self.chips.chosen.connect(lambda _name: self._show_list())
        self.filter = self._filter_box()
        self._sums = Text("", "muted", wrap=True)
        self.table = RowTable(loaner_columns(self._presenter.today), desk.jobs, self)
        self.view = self._list_view(desk)
        self.detail = DetailPanel(desk)
        self.detail.wanted.connect(self._run)
        self.detail.link_chosen.connect(self._follow)
        self._arrange()
        self._keys()

    def _filter_box(self) -> QLineEdit:
        box = QLineEdit()
        box.setPlaceholderText(gettext("Filter this list"))
        box.setAccessibleName(gettext("Filter this list"))
        box.setClearButtonEnabled(True)
        box.setMinimumWidth(_FILTER_LEAST)
        box.setMaximumWidth(_FILTER_WIDTH)
        box.textChanged.connect(lambda _text: self._show_list())
        return box

    def _list_view(self, desk: Desk) -> RowTableView:
        view = RowTableView(self.table, desk.settings, "loaners", self)
        keep_looks(self, desk, view, lambda one: (one.member_id,))
        view.setAccessibleName(gettext("Loaners"))
        view.current_changed.connect(self._chose)
        view.opened.connect(lambda _key: self._run_next())
        view.typed.connect(self._type_into_filter)
        view.set_actions(lambda: [self.detail.action(step, view) for step in self._all_steps()])
        self.table.loaded.connect(self._after_load)
        return view

    def _arrange(self) -> None:
        split = QSplitter()
        split.addWidget(self.view)
        split.addWidget(self.detail)
        split.setStretchFactor(0, _LIST_SHARE)
        split.setStretchFactor(1, _DETAIL_SHARE)
        split.setSizes([_LIST_SHARE * 10, _DETAIL_SHARE * 10])
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        wanted = ListTools(self.start_new, self.export_list, self._actions.count, self.print_labels)
        tools = Toolbar(self._sums, right=(self.filter, *list_tools(self, self.desk, wanted)))
        layout = page(self.chips, tools, split)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def print_labels(self) -> None:
        """Show the labels of the chosen lines, or of the whole list when only one is chosen."""
        chosen = self.view.selected_ids()
        if len(chosen) > 1:
            show_label_sheet(self.desk, self, chosen)
        else:
            self._presenter.read_ids(self._chosen_filter(), lambda keys: show_label_sheet(self.desk, self, keys))

    def count(self) -> None:
        """Count what is in the store."""
        self._actions.count()

    def _keys(self) -> None:
        for keys, act in (
            ("Ctrl+Return", self._run_next),
            ("Ctrl+Enter", self._run_next),
            ("Ctrl+F", self._focus_filter),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # -- the list ----------------------------------------------------------------------------

    def _chosen_filter(self) -> LoanerFilter:
        return LoanerFilter(LoanerView(self.chips.current or LoanerView.ALL.value), self.filter.text().strip())

    def _show_list(self) -> None:
        chosen = self._chosen_filter()
        self.table.set_source(self._presenter.source(chosen))
        if chosen.view is LoanerView.ALL and not chosen.text:
            self.view.set_empty(
                "luggage",
                gettext("No loaners yet"),
                gettext("A loaner stands in for the customer's own while it is repaired."),
                gettext("Register a loaner"),
                self.start_new,
            )
        else:
            self.view.set_empty("luggage", gettext("Nothing here"), gettext("No loaner fits this view."))

    def _after_load(self) -> None:
        if self._wanted_id is not None and self.view.select_id(self._wanted_id):
            self._wanted_id = None
        self.view.select_first()
        if not self.table.rowCount():
            self._chose(None)

    def _show_totals(self, totals: LoanerTotals) -> None:
        self.chips.set_counts({view.value: count for view, count in totals.counts.items()})
        words = gettext("out: worth {value} · deposits held {deposits}")
        out = totals.counts[LoanerView.OUT]
        shown = words.format(value=amount(totals.value_out), deposits=amount(totals.deposits_held))
        self._sums.setText(shown if out else "")

    def _type_into_filter(self, text: str) -> None:
        self.filter.setFocus()
        self.filter.insert(text)

    def _focus_filter(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    # -- the detail --------------------------------------------------------------------------

    def _chose(self, loaner_id: object) -> None:
        if isinstance(loaner_id, int):
            self._presenter.read_detail(loaner_id, self._show_detail)
        else:
            self._known = None
            self.detail.clear()

    def _show_detail(self, known: LoanerDetail) -> None:
        self._known = known
        self.detail.show_loaner(known, self._presenter.context())
        self.actions_changed.emit()

    def _all_steps(self) -> list[Step]:
        if self._known is None:
            return []
        context = self._presenter.context()
        first = next_step(self._known, context)
        return [*([first] if first else []), *side_steps(self._known, context), *more_steps(self._known, context)]

    def _run(self, act: Act) -> None:
        if self._known is not None:
            self._actions.run(act, self._known)

    def _run_next(self) -> None:
        step = next_step(self._known, self._presenter.context()) if self._known is not None else None
        if step is not None and not step.refusal:
            self._run(step.act)

    def _follow(self, link: str) -> None:
        loan = self._known.loan if self._known is not None else None
        if loan is None:
            return
        if link == MEMBER_LINK:
            self._open(EntityRef(EntityKind.MEMBER, loan.member_id))
        elif loan.ticket_id is not None:
            self._open(EntityRef(EntityKind.TICKET, loan.ticket_id))

    def _open(self, ref: EntityRef) -> None:
        if self.desk.navigator.can_open(ref.kind):
            self.desk.navigator.open(ref)

    # -- what the window asks ------------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("Loaners")

    @override
    def reload(self) -> None:
        self._presenter.read_totals(self._show_totals)
        if self._first_time:
            self._first_time = False
            self._show_list()
            self.view.setFocus()
            return
        self.table.refresh()
        self._chose(self.view.current_id())

    @override
    def open_ref(self, ref: EntityRef) -> None:
        if ref.kind is EntityKind.LOAN:
            self._presenter.read_loan(ref.id, self._open_loan)
        else:
            self._open_loaner(ref.id)

    def _open_loan(self, loan: LoanOut) -> None:
        self._open_loaner(loan.loaner_id)

    def _open_loaner(self, loaner_id: int) -> None:
        if not self.view.select_id(loaner_id):
            self._wanted_id = loaner_id
            self.filter.clear()
            self.chips.choose(LoanerView.ALL.value)
            self._show_list()

    def show_view(self, view: LoanerView) -> None:
        """Show one of the views, as when the today board leads here."""
        self.chips.choose(view.value)

    def lend(self, ticket_id: int | None = None) -> None:
        """Ctrl+L: lend to a ticket; on a free loaner that one first."""
        own = self._known.row.id if self._known is not None and ticket_id is None else None
        self._actions.lend(ticket_id=ticket_id, loaner_id=own)

    @override
    def start_new(self) -> None:
        self._actions.register()

    @override
    def edit(self) -> None:
        self._run(Act.EDIT)

    @override
    def can_print(self) -> bool:
        return self._known is not None and self._known.loan is not None

    @override
    def print_paper(self) -> None:
        self._run(Act.PRINT_AGREEMENT)

    @override
    def can_export(self) -> bool:
        return True

    @override
    def export_list(self) -> None:
        words = next(words for view, words, _tone in VIEWS if view.value == self.chips.current)
        filters = " · ".join(part for part in (gettext(words), self.filter.text().strip()) if part)
        export_list(self, self.desk, self.view, gettext("Loaners"), filters)

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("Ctrl+Enter", gettext("The next step of the loaner")),
            KeyHelp("Ctrl+L", gettext("Lend a loaner")),
            KeyHelp("Ctrl+F", gettext("Filter this list")),
        ]
