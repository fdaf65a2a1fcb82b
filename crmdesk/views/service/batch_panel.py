"""The chosen batch: where it goes, what is next, what was sent and where it is now, its lines and its time line."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from crmdesk.core.batch_events import batch_act_label
from crmdesk.core.clock import local_time
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.tones import Tone
from crmdesk.queries.batches import BatchEventRow
from crmdesk.queries.batches_lines import LineRow
from crmdesk.views.service.action_bar import ActionBar, step_actions, step_menu
from crmdesk.views.service.batch_presenter import BatchCase
from crmdesk.views.service.batch_steps import BatchSteps, line_steps
from crmdesk.views.service.batch_words import (
    ACT_ICONS,
    BATCH_ICONS,
    BATCH_TONES,
    destination,
    line_columns,
    tally_words,
)
from crmdesk.views.service.case import CaseStep
from crmdesk.views.service.room import Room
from crmdesk.views.support.days import moment_text
from crmdesk.views.support.list_export import keep_looks
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import IconButton
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.empty_state import EmptyState
from crmdesk.views.support.widgets.facts_table import Fact, FactsTable
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import Text, show_if
from crmdesk.views.support.widgets.timeline import Event, TimeLine

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

_WIDTH, _LINES_HEIGHT = 400, 190


class BatchPanel(Card):
    """Detail of one batch; Enter on a line does the line's likely step."""

    def __init__(self, room: Room) -> None:
        """Build the parts; `show_case` fills them."""
        super().__init__()
        self._room = room
        self.case: BatchCase | None = None
        self._number = Text("", "title")
        self._pill = Pill()
        self._print = IconButton("printer", gettext("Print"))
        self._more = IconButton("ellipsis", gettext("More steps"))
        self.steps = ActionBar()
        self._facts = FactsTable()
        self.lines = ListTable(line_columns(room.desk.signin.context().today(), of_batch=True), self)
        self.view = RowTableView(self.lines, room.desk.settings, "service.batches.lines", self)
        keep_looks(self, room.desk, self.view, lambda one: (one.member_id,), "batches")
        self.line_steps = ActionBar()
        self._timeline = TimeLine()
        self._scroll = ScrollColumn(gap=3)
        self._empty = EmptyState("package", gettext("Choose a batch on the left"))
        self._build()
        self._print.clicked.connect(self.print_paper)
        self._more.clicked.connect(self.open_menu)
        self.view.current_changed.connect(lambda _key: self._show_line())
        self.view.opened.connect(lambda _key: self.line_steps.primary.setFocus())
        self.clear()

    def _build(self) -> None:
        name = QWidget()
        flow = FlowLayout(name, gap=8)
        flow.addWidget(self._number)
        state = QWidget()
        state.setLayout(row(self._pill))
        state.setMinimumHeight(self._number.sizeHint().height())
        flow.addWidget(state)
        head = row(name, self._print, self._more, gap=1)
        head.setStretch(0, 1)
        self.view.setAccessibleName(gettext("Goods in this batch"))
        self.view.setMinimumHeight(_LINES_HEIGHT)
        self.view.set_empty("package", gettext("Nothing is packed"), gettext("Scan the tags of the goods."))
        self.view.set_actions(self.row_actions)
        self._scroll.add(head)
        parts = (self.steps, self._facts, SubHeading(gettext("Goods in this batch")), self.view, self.line_steps)
        for part in (*parts, SubHeading(gettext("History of the batch")), self._timeline):
            self._scroll.add(part)
        self._scroll.add_stretch()
        self.add(self._scroll, 1)
        self.add(self._empty, 1)
        self.setMinimumWidth(_WIDTH)

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self.case = None
        show_if(self._scroll, False)
        show_if(self._empty, True)

    def show_case(self, case: BatchCase) -> None:
        """Show a batch."""
        self.case = case
        batch = case.batch
        self._number.setText(batch.number)
        self._pill.set_status(label(batch.state), BATCH_TONES[batch.state], BATCH_ICONS[batch.state])
        steps = self._steps(case)
        primary = steps.primary()
        beside = [one for one in steps.all() if not one.refusal and (primary is None or one.text != primary.text)]
        self.steps.show_steps(primary, beside)
        self._facts.set_facts(_facts(case))
        self.lines.set_rows(case.lines)
        if self.view.current_id() is None:
            self.view.select_first()
        self._show_line()
        self._timeline.set_events([_event(one, case.context) for one in case.events])
        show_if(self._empty, False)
        show_if(self._scroll, True)

    def _steps(self, case: BatchCase) -> BatchSteps:
        return BatchSteps(self._room, case.batch, case.lines, case.context)

    def line(self) -> LineRow | None:
        """Give the chosen line."""
        index = self.view.currentIndex()
        return self.lines.row_at(index.row()) if index.isValid() else None

    def select_line(self, line_id: int) -> None:
        """Choose a line, as when the list of waiting goods leads here."""
        self.view.select_id(line_id)

    def _line_steps(self) -> list[CaseStep]:
        line = self.line()
        return line_steps(self._room, line, self.case.context) if line is not None and self.case is not None else []

    def _show_line(self) -> None:
        possible = [one for one in self._line_steps() if not one.refusal]
        self.line_steps.show_steps(possible[0] if possible else None, possible[1:])

    def row_actions(self) -> list[QAction]:
        """Give the steps of the chosen line for its menu."""
        return step_actions(self, self._line_steps())

    def run_primary(self) -> None:
        """Do the next step of the batch."""
        self.steps.run()

    def open_menu(self) -> None:
        """Open the menu of all other steps and the papers."""
        if self.case is None:
            return
        steps = self._steps(self.case)
        primary = steps.primary()
        more = [one for one in steps.all() if primary is None or one.text != primary.text]
        menu: QMenu = step_menu(self, more, steps.papers())
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def can_print(self) -> bool:
        """Tell whether there is a packing list."""
        return self.case is not None and not self._steps(self.case).papers()[0].refusal

    def print_paper(self) -> None:
        """Print the packing list."""
        if self.case is not None and self.can_print():
            self._steps(self.case).papers()[0].run()


def _facts(case: BatchCase) -> list[Fact]:
    batch, zone = case.batch, case.context.store.zone
    sent = f"{moment_text(batch.sent_at, zone)}  {batch.courier} {batch.tracking}".strip() if batch.sent_at else ""
    tone = Tone.LATE if batch.tally.missing else None
    counts = (
        tally_words(batch.tally) if batch.tally.sent else gettext("packed {count}").format(count=batch.tally.packed)
    )
    return [
        Fact(gettext("To"), destination(batch)),
        Fact(gettext("Sent"), sent),
        Fact(gettext("Goods"), counts, tone),
        Fact(gettext("Note"), batch.note),
    ]


def _event(event: BatchEventRow, context: Context) -> Event:
    moment = local_time(event.at, context.store.zone)
    return Event(
        ACT_ICONS[event.act],
        batch_act_label(event.act),
        event.note,
        f"{moment_text(event.at, context.store.zone)} · {event.person}",
        exact=f"{moment:%Y-%m-%d %H:%M}",
    )
