"""The selected ticket: what it is, why it is urgent, what is next, facts, photos, condition, time line."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import state_label
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tickets import TicketKind
from crmdesk.views.service.action_bar import ActionBar, step_actions, step_menu
from crmdesk.views.service.case import Case, CaseView
from crmdesk.views.service.clock_words import banner_source, banner_title, urgent
from crmdesk.views.service.clocks_part import ClocksPart
from crmdesk.views.service.common_facts import ITEM_LINK, common_facts
from crmdesk.views.service.condition_part import ConditionPart
from crmdesk.views.service.history import timeline
from crmdesk.views.service.person_line import PersonLine
from crmdesk.views.service.photo_part import PhotoPart
from crmdesk.views.service.room import Room
from crmdesk.views.support.ticket_looks import state_icon, state_tone
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import IconButton
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.empty_state import EmptyState
from crmdesk.views.support.widgets.facts_table import FactsTable
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.text import Text, show_if
from crmdesk.views.support.widgets.timeline import TimeLine

_WIDTH = 400


class TicketPanel(Card):
    """Detail of one ticket of any kind; the kind's view fills in steps, facts and papers."""

    def __init__(self, room: Room, views: Mapping[TicketKind, CaseView]) -> None:
        """Build the parts; `show_case` fills them."""
        super().__init__()
        self._room = room
        self._views = views
        self._case: Case | None = None
        self._number = Text("", "title")
        self._pill = Pill()
        self._print = IconButton("printer", gettext("Print"))
        self._more = IconButton("ellipsis", gettext("More steps"))
        self.person = PersonLine(room)
        self.banner = Banner()
        self.clocks = ClocksPart()
        self.steps = ActionBar()
        self._facts = FactsTable()
        self._parts = {kind: part for kind, part in ((kind, view.part()) for kind, view in views.items()) if part}
        self._heads = {kind: part for kind, part in ((kind, view.head()) for kind, view in views.items()) if part}
        self._photos = PhotoPart(room)
        self._condition = ConditionPart(room)
        self._timeline = TimeLine()
        self._scroll = ScrollColumn(gap=3)
        self._empty = EmptyState("wrench", gettext("Choose an order on the left"))
        self._build()
        self._print.clicked.connect(self.print_paper)
        self._more.clicked.connect(self.open_menu)
        self._facts.link_chosen.connect(self._follow)
        self.clear()

    def _build(self) -> None:
        name = QWidget()
        flow = FlowLayout(name, gap=8)
        state = QWidget()
        state.setLayout(row(self._pill))
        state.setMinimumHeight(self._number.sizeHint().height())
        flow.addWidget(self._number)
        flow.addWidget(state)
        head = row(name, self._print, self._more, gap=1)
        head.setStretch(0, 1)
        self._scroll.add(head)
        heads = self._heads.values()
        parts = (self.person, *heads, self.banner, self.steps, self.clocks, self._facts, *self._parts.values())
        for part in (*parts, self._photos, self._condition, self._timeline):
            self._scroll.add(part)
        self._scroll.add_stretch()
        self.add(self._scroll, 1)
        self.add(self._empty, 1)
        self.setMinimumWidth(_WIDTH)

    # -- what is shown ---------------------------------------------------------------------

    @property
    def case(self) -> Case | None:
        """The case that is shown."""
        return self._case

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self._case = None
        show_if(self._scroll, False)
        show_if(self._empty, True)

    def expect(self, ticket_id: int) -> None:
        """Let no step reach the ticket that is still shown while another one is being read."""
        if self._case is not None and self._case.ticket.id != ticket_id:
            self._case = None
            self.steps.hold()

    def show_case(self, case: Case) -> None:
        """Show a ticket."""
        other = self._case is None or self._case.ticket.id != case.ticket.id
        self._case = case
        ticket, view, today = case.ticket, self._views[case.ticket.kind], case.context.today()
        clock = urgent(ticket)
        self._number.setText(ticket.number)
        self._pill.set_status(
            state_label(ticket.state, ticket.route), state_tone(ticket.state, clock), state_icon(ticket.state)
        )
        self.person.show_case(case)
        if clock is None:
            self.banner.set("")
        else:
            self.banner.set(banner_title(clock, today), banner_source(clock), clock.tone)
        self.clocks.show_case(case)
        self.steps.show_steps(view.primary(case), view.beside(case))
        self._facts.set_facts([*common_facts(case, view.facts(case))])
        for parts in (self._heads, self._parts):
            for kind, part in parts.items():
                show_if(part, kind is ticket.kind)
            if ticket.kind in parts:
                parts[ticket.kind].show_case(case)
        self._photos.show_photos(ticket.id, ticket.photos, ticket.captions)
        self._condition.show_case(case)
        self._timeline.set_events(timeline(ticket.events, case.context))
        show_if(self._empty, False)
        show_if(self._scroll, True)
        if other:
            self._scroll.verticalScrollBar().setValue(0)

    # -- what can be done ------------------------------------------------------------------

    def _of(self, ask: Callable[[CaseView, Case], None]) -> None:
        if self._case is not None:
            ask(self._views[self._case.ticket.kind], self._case)

    def _follow(self, link: str) -> None:
        if link == ITEM_LINK:
            self._of(lambda _view, case: self._open_item(case))
            return
        self._of(lambda view, case: view.follow(case, link))

    def _open_item(self, case: Case) -> None:
        navigator = self._room.desk.navigator
        if case.ticket.item_id is not None and navigator.can_open(EntityKind.ITEM):
            navigator.open(EntityRef(EntityKind.ITEM, case.ticket.item_id))

    def can_print(self) -> bool:
        """Tell whether the ticket has a paper."""
        return self._case is not None and bool(self._views[self._case.ticket.kind].papers(self._case))

    def print_paper(self) -> None:
        """Print the ticket's first paper."""

        def first(view: CaseView, case: Case) -> None:
            papers = view.papers(case)
            if papers and not papers[0].refusal:
                papers[0].run()

        self._of(first)

    def run_primary(self) -> None:
        """Do the next step."""
        if self._case is not None:
            self.steps.run()

    def primary_action(self) -> QAction | None:
        """Give the next step as an action."""
        if self._case is None:
            return None
        step = self._views[self._case.ticket.kind].primary(self._case)
        return step_actions(self, [step])[0] if step is not None else None

    def row_actions(self) -> list[QAction]:
        """Give everything that can be done with the ticket, for the context menu of its row."""
        if self._case is None:
            return []
        view, case = self._views[self._case.ticket.kind], self._case
        primary = view.primary(case)
        steps = [*([primary] if primary is not None else []), *view.beside(case), *view.papers(case)]
        return step_actions(self, [step for step in steps if not step.refusal])

    def menu(self) -> QMenu | None:
        """Build the menu of all other steps."""
        if self._case is None:
            return None
        view = self._views[self._case.ticket.kind]
        return step_menu(self, view.more(self._case), view.papers(self._case))

    def open_menu(self) -> None:
        """Open the menu below its button."""
        menu = self.menu()
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))
