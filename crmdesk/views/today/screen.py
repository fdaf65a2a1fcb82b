"""The today board: what is late, ready, lent, to be called; one key opens each row."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.db.session import Session
from crmdesk.queries.board import Board, WeekTurnaround, board
from crmdesk.queries.item_alerts import Alerts, alerts
from crmdesk.views.support.days import day_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.bar_chart import Bar, BarChart
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.card_row import CardRow
from crmdesk.views.support.widgets.empty_state import EmptyState
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.section_header import SectionHeader
from crmdesk.views.today.lines import (
    Line,
    all_collect_line,
    all_late_line,
    birthday_lines,
    call_lines,
    collect_lines,
    late_lines,
    loan_lines,
)
from crmdesk.views.today.walk_in_dialog import WalkInDialog

ALERTS = "items.alerts"
_KEYS = "1234567890"
_COLUMNS = 3
_LEAST_COLUMN = 300


def _ask_alerts(session: Session, context: Context) -> Alerts:
    return alerts(session, context)


def _ask(session: Session, context: Context) -> tuple[Board, Context]:
    return board(session, context), context


class TodayScreen(Screen):
    """Six cards over the store's day."""

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.TICKETS, Topic.LOANERS, Topic.CALLBACKS, Topic.MEMBERS, Topic.PURCHASES}
    )
    help_page: ClassVar[str] = "today"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the empty board; it fills when it is shown."""
        super().__init__(desk, parent)
        self._keys: dict[str, Line] = {}
        self._header = SectionHeader(gettext("Today"))
        self.walk_ins = Button(gettext("Count the walk-ins"), icon="users", hint="W")
        self.walk_ins.clicked.connect(self.count_walk_ins)
        self._header.add(self.walk_ins)
        self._late = Card(gettext("Late and due"), "alarm-clock", Tone.LATE, ruled=True)
        self._collect = Card(gettext("To be collected"), "package-check", Tone.OK, ruled=True)
        self._loans = Card(gettext("Loaners"), "luggage", Tone.INFO, ruled=True)
        self._calls = Card(gettext("Callbacks"), "phone-call", Tone.INFO, ruled=True)
        self._birthdays = Card(gettext("Birthdays"), "cake", Tone.WARN, ruled=True)
        self._speed = Card(gettext("Repair turnaround, 8 weeks (days, median)"), "chart-column")
        self._chart = BarChart((), gettext("Repair turnaround"))
        self._chart.setMinimumHeight(36 * SPACE)
        self._chart.chosen.connect(self._show_service)
        self._speed.add(self._chart, 1)
        self._alert = Banner(tone=Tone.LATE, icon="triangle-alert")
        self._alert.add_action(gettext("Look at them")).clicked.connect(self._show_alerts)
        self._alert.set("")
        self._grid = QGridLayout()
        self._cards = (self._late, self._collect, self._loans, self._calls, self._birthdays, self._speed)
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        self._grid.setSpacing(3 * SPACE)
        self._grid.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        holder.setLayout(self._grid)
        scroll = ScrollColumn()
        scroll.add(holder, 1)
        self.setLayout(page(self._header, self._alert, scroll))
        self._place(_COLUMNS)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        for place, card in enumerate(self._cards):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for row in range(len(self._cards)):
            self._grid.setRowStretch(row, 1 if row * columns < len(self._cards) else 0)
        self._columns = columns

    @override
    def title(self) -> str:
        return gettext("Today")

    @override
    def reload(self) -> None:
        self.desk.jobs.read(self, _ask, self._show, key="board")
        self.desk.jobs.read(self, _ask_alerts, self._tell_alerts, key="alerts", background=True)

    def _show(self, answer: tuple[Board, Context]) -> None:
        found, context = answer
        today = context.today()
        self._keys.clear()
        self._header.set(gettext("Today"), day_text(today))
        late = late_lines(found, today) + all_late_line(found, today)
        self._fill(self._late, late, gettext("Nothing is late."), numbered=True)
        self._late.set_figure(_count(found.late_count))
        waiting = collect_lines(found, today, context.store.zone) + all_collect_line(found)
        self._fill(self._collect, waiting, gettext("Nothing waits for its owner."), numbered=True)
        self._collect.set_figure(_count(found.collect_count))
        self._fill(self._loans, loan_lines(found, today), "")
        self._loans.set_figure(gettext("out {count}").format(count=found.loans_out))
        self._fill(self._calls, call_lines(found.calls), gettext("No calls today."))
        done, total = sum(one.done for one in found.calls), sum(one.total for one in found.calls)
        self._calls.set_figure(gettext("today {total} · done {done}").format(total=total, done=done))
        self._fill(self._birthdays, birthday_lines(found, today), "")
        self._birthdays.set_figure(gettext("this month {count}").format(count=found.birthdays_this_month))
        self._chart.set_bars([_bar(week) for week in found.turnaround], gettext("Repair turnaround"))

    def _fill(self, card: Card, lines: Sequence[Line], empty: str, *, numbered: bool = False) -> None:
        while (old := card.body.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.deleteLater()
        for line in lines:
            card.add(self._row(line, numbered=numbered))
        if not lines:
            card.add(EmptyState("check", empty))

    def _row(self, line: Line, *, numbered: bool) -> CardRow:
        key = _KEYS[len(self._keys)] if numbered and line.opens and len(self._keys) < len(_KEYS) else ""
        if key:
            self._keys[key] = line
        row = CardRow(line.text, line.value, line.tone, key)
        row.chosen.connect(partial(self._open, line))
        return row

    def _open(self, line: Line) -> None:
        if line.opens is not None:
            self.desk.navigator.open(line.opens)
        elif line.command:
            self.desk.navigator.run(line.command, view=line.view)
        elif line.section:
            self.desk.navigator.go(line.section)

    def _tell_alerts(self, found: Alerts) -> None:
        """Say above the cards that a model, or a thing of this store, came with the same fault again."""
        batches, repeats = len(found.batches), len(found.repeats)
        models = ngettext("{count} model with the same fault", "{count} models with the same fault", batches)
        things = ngettext(
            "{count} item came again with its fault", "{count} items came again with their fault", repeats
        )
        told = [words.format(count=count) for words, count in ((models, batches), (things, repeats)) if count]
        self._alert.set(
            gettext("; ").join(told), gettext("Alerts about goods") if told else "", Tone.LATE, "triangle-alert"
        )

    def _show_alerts(self) -> None:
        if any(command.name == ALERTS for command in self.desk.navigator.commands()):
            self.desk.navigator.run(ALERTS)

    def count_walk_ins(self) -> None:
        """Ask how many people came in."""
        context = self.desk.signin.context()
        if context.may(Right.SERVE):
            WalkInDialog(self, self.desk, context.today(), self._counted).open()
        else:
            self.desk.toasts.show(gettext("Your role does not work at the desk."))

    def _counted(self, people: int) -> None:
        self.desk.toasts.show(ngettext("{n} walk-in counted", "{n} walk-ins counted", people).format(n=people))

    @Slot(object)
    def _show_service(self, _week: object) -> None:
        self.desk.navigator.go("service")

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("1 … 0", gettext("Open the row with this number")),
            KeyHelp("W", gettext("Count the walk-ins")),
        ]

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._keys.get(event.text())
        if event.key() == Qt.Key.Key_W and not event.modifiers():
            self.count_walk_ins()
        elif line is None:
            super().keyPressEvent(event)
        else:
            self._open(line)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(max(1, min(_COLUMNS, self.width() // _LEAST_COLUMN)))


def _count(number: int) -> str:
    return ngettext("{n} item", "{n} items", number).format(n=number)


def _bar(week: WeekTurnaround) -> Bar:
    text = "–" if week.days is None else f"{week.days:.0f}"
    return Bar(f"W{week.week}", week.days or 0.0, text, week.first_day)
