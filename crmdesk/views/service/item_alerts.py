"""Alerts about goods: models with the same fault, each with the orders behind it, and things that came again."""

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.db.session import Session
from crmdesk.queries import item_alerts
from crmdesk.queries.item_alerts import Alerts, AlertTicket, BatchAlert
from crmdesk.views.service.item_words import after_words, batch_words, pieces_words, repeat_words, ticket_words
from crmdesk.views.support.days import day_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.screen import Screen
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.card_row import CardRow
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.empty_state import EmptyState
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.section_header import SectionHeader


class ItemAlertsPage(Screen):
    """Left the alerts, right what is behind the chosen one."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.TICKETS, Topic.SETTINGS})
    help_page: ClassVar[str] = "service"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build empty."""
        super().__init__(desk, parent)
        self._chosen: BatchAlert | None = None
        self.batches = Card(gettext("One model, the same fault"), "triangle-alert", Tone.LATE, ruled=True)
        self.repeats = Card(gettext("Came again with the same fault"), "rotate-ccw", Tone.WARN, ruled=True)
        self.behind = Card(gettext("Orders behind it"), "list", ruled=True)
        left, right = ScrollColumn(gap=3), ScrollColumn(gap=3)
        for part in (self.batches, self.repeats):
            left.add(part)
        right.add(self.behind)
        for column in (left, right):
            column.add_stretch()
        head = SectionHeader(gettext("Alerts about goods"), gettext("models over all stores, things of this store"))
        self.setLayout(page(head, Columns(left, right, shares=(50, 50))))

    @override
    def title(self) -> str:
        return gettext("Alerts about goods")

    @override
    def reload(self) -> None:
        self.desk.jobs.read(self, _read, self._show, key="alerts")

    def _show(self, answer: tuple[Alerts, Context]) -> None:
        found, context = answer
        today = context.today()
        rows = [self._batch(alert, pieces_words(alert, today)) for alert in found.batches]
        _fill(self.batches, rows, gettext("No model came with the same fault again and again."))
        again = [
            self._row(repeat_words(row), after_words(row), EntityRef(EntityKind.ITEM, row.item_id))
            for row in found.repeats
        ]
        _fill(self.repeats, again, gettext("Nothing came again with the fault it was repaired for."))
        self._choose(self._chosen if self._chosen in found.batches else next(iter(found.batches), None))

    def _batch(self, alert: BatchAlert, value: str) -> CardRow:
        row = CardRow(batch_words(alert), value, Tone.LATE, whole=True)
        row.chosen.connect(partial(self._choose, alert))
        return row

    def _row(self, words: str, value: str, ref: EntityRef) -> CardRow:
        row = CardRow(words, value, whole=True)
        row.chosen.connect(partial(self._open, ref))
        return row

    def _open(self, ref: EntityRef) -> None:
        if self.desk.navigator.can_open(ref.kind):
            self.desk.navigator.open(ref)

    def _choose(self, alert: BatchAlert | None) -> None:
        self._chosen = alert
        if alert is None:
            self.behind.set_title(gettext("Orders behind it"))
            _fill(self.behind, [], gettext("Choose an alert on the left"))
            return
        self.behind.set_title(batch_words(alert))
        self.desk.jobs.read(self, partial(_read_tickets, alert), self._show_tickets, key="behind")

    def _show_tickets(self, answer: tuple[tuple[AlertTicket, ...], Context]) -> None:
        found, context = answer
        rows = [
            self._row(ticket_words(one), day_text(one.received, context.today()), EntityRef(EntityKind.TICKET, one.id))
            for one in found
        ]
        _fill(self.behind, rows, gettext("Your role does not see whose goods these are."))


def _fill(card: Card, rows: list[CardRow], empty: str) -> None:
    while (old := card.body.takeAt(0)) is not None:
        widget = old.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    for row in rows:
        card.add(row)
    if not rows:
        card.add(EmptyState("check", empty))


def _read(session: Session, context: Context) -> tuple[Alerts, Context]:
    return item_alerts.alerts(session, context), context


def _read_tickets(alert: BatchAlert, session: Session, context: Context) -> tuple[tuple[AlertTicket, ...], Context]:
    return item_alerts.alert_tickets(session, alert.model, alert.fault, context), context
