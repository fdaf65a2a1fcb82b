"""The detail of the chosen loaner: what it is, the one next step, warnings, facts, past loans."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.queries.loans import LoanerDetail
from crmdesk.views.loaners import detail_facts
from crmdesk.views.loaners.photo_part import LoanerPhotos
from crmdesk.views.loaners.steps import Act, Step, more_steps, next_step, side_steps
from crmdesk.views.loaners.time_line import events
from crmdesk.views.loaners.wording import status, what_it_is
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.icons import icon
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.facts_table import FactsTable
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import ShortText, Text
from crmdesk.views.support.widgets.timeline import TimeLine


class DetailPanel(QFrame):
    """Shows one `LoanerDetail`; `wanted` carries the step that was pressed."""

    wanted = Signal(object)
    link_chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Begin empty; photos are kept where ``desk`` says."""
        super().__init__()
        self.setProperty("role", "card")
        self._title = Text("", "title")
        self._pill = Pill()
        self._menu = IconButton("ellipsis", gettext("More"))
        self._print = IconButton("printer", gettext("Print loan agreement"))
        self._print.clicked.connect(lambda: self.wanted.emit(Act.PRINT_AGREEMENT))
        self._what = ShortText("", "soft")
        self._banner = Banner()
        self._buttons = FlowLayout(gap=8)
        self._facts = FactsTable()
        self._facts.link_chosen.connect(self.link_chosen)
        self.photos = LoanerPhotos(desk)
        self._history = SubHeading(gettext("Time line"))
        self._events = TimeLine()
        scroll = ScrollColumn(gap=3)
        for part in (self._banner, self._buttons, self._facts, self.photos, self._history, self._events):
            scroll.add(part)
        scroll.add_stretch()
        head = row(self._title, self._pill, None, self._print, self._menu)
        self.setLayout(column(head, self._what, scroll, gap=2, margin=4))
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.setVisible(False)

    def show_loaner(self, known: LoanerDetail, context: Context) -> None:
        """Show `known` with the steps that the person may take."""
        self._title.setText(f"{known.row.code} · {known.row.name}")
        self._pill.set_status(*status(known.row))
        self._what.setText(what_it_is(known.row))
        notice = detail_facts.warning(known)
        self._banner.set(notice.title, notice.source, notice.tone)
        self._show_buttons(next_step(known, context), side_steps(known, context))
        self._show_menu(more_steps(known, context))
        self._print.setVisible(known.loan is not None)
        self._facts.set_facts(detail_facts.facts(known, context.today()))
        self.photos.show_photos(known.row.id, known.photos)
        past = events(known.lines, context.store.zone)
        self._history.setVisible(bool(past))
        self._events.set_events(past)
        self.setVisible(True)

    def _show_buttons(self, first: Step | None, others: Sequence[Step]) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if first is not None:
            self._buttons.addWidget(self._button(first, "primary"))
        for step in others:
            self._buttons.addWidget(self._button(step, "plain"))

    def _button(self, step: Step, kind: str) -> Button:
        button = Button(step.label, step.icon, kind, step.keys if kind == "primary" else "")
        button.clicked.connect(self._tell(step.act))
        if step.refusal:
            button.refuse(step.refusal)
        return button

    def _show_menu(self, steps: Sequence[Step]) -> None:
        old = self._menu.menu()
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addActions([self.action(step, menu) for step in steps])
        self._menu.setMenu(menu)
        if old is not None:
            old.deleteLater()

    def action(self, step: Step, parent: QWidget) -> QAction:
        """Give a step as an action; an impossible one says why when pointed at."""
        action = QAction(icon(step.icon), step.label, parent) if step.icon else QAction(step.label, parent)
        action.setEnabled(not step.refusal)
        action.setToolTip(step.refusal or step.label)
        action.triggered.connect(self._tell(step.act))
        return action

    def _tell(self, act: Act) -> Callable[[], None]:
        return lambda: self.wanted.emit(act)
