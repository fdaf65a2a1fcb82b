"""Goods that wait to be collected: days, reminders with their dates, and the one next step of each (S10)."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.core.uncollected import UncollectedStep
from crmdesk.queries.reminders import ReminderRow, WaitingRow
from crmdesk.services import reminders
from crmdesk.services.ticket_steps import Step
from crmdesk.views.service.goods_pages import PICK_UP
from crmdesk.views.service.reminder_dialogs import DecideDialog, LetterDialog, RemindDialog
from crmdesk.views.service.reminder_presenter import Draft, ReminderPresenter, print_letter
from crmdesk.views.service.reminder_words import columns, events, facts, step_words
from crmdesk.views.service.room import Room
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.list_export import export_list, keep_looks
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.facts_table import FactsTable
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.timeline import TimeLine
from crmdesk.views.support.widgets.toolbar import Toolbar

_DUE = frozenset({UncollectedStep.TELL, UncollectedStep.REMIND, UncollectedStep.WRITE, UncollectedStep.DECIDE})
_SHARES = (64, 36)


class ReminderPage(Screen):
    """List at the left, the chosen goods with their next step at the right."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.TICKETS, Topic.SETTINGS})
    help_page: ClassVar[str] = "uncollected"

    def __init__(self, desk: Desk) -> None:
        """Build; the list is read when the page is shown."""
        super().__init__(desk)
        self.room = Room(desk, self, self.reload)
        self._presenter = ReminderPresenter(self.room)
        self._zone = desk.signin.context().store.zone
        self._rows: list[WaitingRow] = []
        self.chips = ChipBar([Chip("due", gettext("To do")), Chip("all", gettext("All that wait"))])
        self.table = ListTable(columns(self._zone, desk.signin.context().today()), self)
        self.view = RowTableView(self.table, desk.settings, "service.uncollected", self)
        keep_looks(self, desk, self.view, lambda one: (one.member_id,))
        self.primary = Button("", "bell", "primary", "Ctrl+Enter")
        self.fee = Button(gettext("Charge &fee"), "banknote")
        self.again = Button(gettext("Print &letter"), "printer")
        self.pick_up = Button(gettext("Pick &up"), "hand")
        self.order = Button(gettext("Open &order"), "wrench")
        self._card = Card(gettext("Waiting to be collected"), "package-open")
        self._facts = FactsTable()
        self._line = TimeLine()
        self._arrange()
        self._connect()
        self._show(None)

    def _arrange(self) -> None:
        self.view.setAccessibleName(gettext("Waiting to be collected"))
        buttons = FlowLayout()
        for button in (self.primary, self.pick_up, self.fee, self.again, self.order):
            buttons.addWidget(button)
        self._card.add(self._facts)
        self._card.add(buttons)
        self._card.add(self._line)
        self._card.body.addStretch(1)
        body = Columns(self.view, self._card, shares=_SHARES)
        layout = page(Toolbar(self.chips), body)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.chips.chosen.connect(lambda _name: self._fill())
        self.view.current_changed.connect(lambda _key: self._show(self._chosen()))
        self.view.opened.connect(lambda _key: self.primary.setFocus())
        for button, act in (
            (self.primary, self._go_on),
            (self.fee, self._charge),
            (self.again, self._print_letter),
            (self.pick_up, self._pick_up),
            (self.order, self._open_order),
        ):
            button.clicked.connect(partial(self._run, act))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False: self._run(self._go_on))
            self.addAction(action)

    def _run(self, act: Callable[[WaitingRow], None], _checked: object = None) -> None:
        row = self._chosen()
        if row is not None:
            act(row)

    @override
    def title(self) -> str:
        return gettext("Waiting to be collected")

    @override
    def key_help(self) -> list[KeyHelp]:
        return [KeyHelp("Ctrl+Enter", gettext("The next step of the chosen goods"))]

    @override
    def can_export(self) -> bool:
        return self.desk.signin.context().may(Right.EXPORT)

    @override
    def export_list(self) -> None:
        if self.can_export():
            export_list(self, self.desk, self.view, self.title())

    @override
    def reload(self) -> None:
        self._presenter.read(self._came)

    def _came(self, rows: list[WaitingRow]) -> None:
        self._rows = rows
        due = sum(one.next.step in _DUE for one in rows)
        self.chips.set_counts({"due": due, "all": len(rows)})
        self._fill()

    def _fill(self) -> None:
        only_due = (self.chips.current or "due") == "due"
        if only_due:
            detail = gettext("Nobody has to be told, reminded or written to today.")
            self.view.set_empty("circle-check", gettext("Nothing to do"), detail)
        else:
            self.view.set_empty("package-check", gettext("Everything is collected"))
        self.table.set_rows([one for one in self._rows if one.next.step in _DUE or not only_due])
        if self.view.current_id() is None:
            self.view.select_first()
        self._show(self._chosen())

    def _chosen(self) -> WaitingRow | None:
        key = self.view.current_id()
        return next((one for one in self._rows if one.id == key), None)

    # -- the chosen goods ------------------------------------------------------------------------------

    def _show(self, row: WaitingRow | None) -> None:
        self._card.setVisible(row is not None)
        if row is None:
            return
        self._card.set_title(row.number)
        self._facts.set_facts(facts(row, self._zone))
        self.primary.set_text(self._verb(row))
        why = self._refusal(row)
        if why:
            self.primary.refuse(why)
        else:
            self.primary.allow()
        self.fee.setVisible(bool(row.fee_due))
        self.again.setVisible(row.waiting.letter_at is not None)
        self._presenter.read_sent(row.id, self._show_sent)

    def _show_sent(self, sent: list[ReminderRow]) -> None:
        self._line.set_events(events(sent, self._zone))

    def _verb(self, row: WaitingRow) -> str:
        return {
            UncollectedStep.TELL: gettext("Tell customer"),
            UncollectedStep.REMIND: gettext("Remind to collect"),
            UncollectedStep.WRITE: gettext("Write letter"),
            UncollectedStep.DECIDE: gettext("Decide about the goods"),
        }.get(row.next.step, gettext("Remind to collect"))

    def _refusal(self, row: WaitingRow) -> str:
        context = self.desk.signin.context()
        if row.next.step is UncollectedStep.DECIDE:
            return "" if context.may(Right.DELETE) else gettext("Only the owner decides.")
        if not context.may(Right.SERVE):
            return gettext("not for your role")
        return step_words(row, context.today()) if row.next.step is UncollectedStep.WAIT else ""

    def _go_on(self, row: WaitingRow) -> None:
        if not self.primary.isEnabled():
            return
        step = row.next.step
        if step is UncollectedStep.TELL:
            self._open_order(row)
        elif step is UncollectedStep.DECIDE:
            DecideDialog(self.room, row).open()
        else:
            self._presenter.make_draft(row, self._write, letter=step is UncollectedStep.WRITE)

    def _write(self, draft: Draft) -> None:
        if draft.row.next.step is UncollectedStep.WRITE:
            LetterDialog(self.room, draft, self.desk.signin.context().language).open()
        else:
            RemindDialog(self.room, draft).open()

    def _charge(self, row: WaitingRow) -> None:
        request = Step(row.id, row.version)
        said = gettext("¥{amount} storage fee charged")
        self.room.write(
            lambda session, context: reminders.charge_fee(session, request, context),
            lambda amount: said.format(amount=amount.short_text()),
        )

    def _print_letter(self, row: WaitingRow) -> None:
        print_letter(self.room, row.id, row.number, self.desk.signin.context().language)

    def _pick_up(self, row: WaitingRow) -> None:
        self.desk.navigator.run(PICK_UP, ticket_id=row.id)

    def _open_order(self, row: WaitingRow) -> None:
        self.desk.navigator.open(EntityRef(EntityKind.TICKET, row.id))
