"""The lines of a return on the panel: name and price, reason and condition, decision and refund, the legal clock."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.queries.return_case import ReturnCase, ReturnRow
from crmdesk.views.service.case import Case, CasePart
from crmdesk.views.service.case_return_words import (
    DECISION_LOOKS,
    decided_words,
    line_facts,
    line_name,
    total_words,
    window_source,
    window_words,
    yuan,
)
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import Text, show_if


class LineCard(Card):
    """One line."""

    def __init__(self, line: ReturnRow, today: date, *, money: bool) -> None:
        """Show the line; amounts only to who may see ``money``."""
        super().__init__()
        paid = Text(yuan(line.price_paid) if money else "", "body")
        self.add(_line(Text(line_name(line), "heading", wrap=True), paid))
        self.add(Text(line_facts(line, today), "small", wrap=True))
        if line.decision is not None:
            tone, icon = DECISION_LOOKS[line.decision]
            refund = f" {yuan(line.refund)}" if line.refund and money else ""
            pill = Pill(f"{label(line.decision)}{refund}", tone, icon)
            self.add(row(pill, None))
            more = decided_words(line)
            if more:
                self.add(Text(more, "small", wrap=True))
        self.body.setContentsMargins(12, 10, 12, 10)
        self.body.setSpacing(4)


class ReturnPart(CasePart):
    """All lines with their sum."""

    def __init__(self) -> None:
        """Build; `show_case` fills it."""
        super().__init__()
        self.clock = Banner()
        self._heading = SubHeading(gettext("What comes back"))
        self.total = Text("", "field")
        self._empty = Text(gettext("No line yet: add what the customer brings back."), "muted", wrap=True)
        self._cards: list[LineCard] = []
        self._lines = column(gap=2)
        self.setLayout(column(_line(self._heading, self.total), self.clock, self._empty, self._lines, gap=2))

    @override
    def show_case(self, case: Case) -> None:
        """Show this return."""
        known = case.extra
        if not isinstance(known, ReturnCase):
            return
        today, money = case.context.today(), case.context.may(Right.SEE_MONEY)
        for card in self._cards:
            self._lines.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [LineCard(line, today, money=money) for line in known.lines]
        for card in self._cards:
            self._lines.addWidget(card)
        self.total.setText(total_words(known) if known.lines and money else "")
        show_if(self._empty, not known.lines)
        self._show_clock(case, known, today)

    def _show_clock(self, case: Case, known: ReturnCase, today: date) -> None:
        """Show the tightest window of the lines, while something is to be decided."""
        readings = [line.window for line in known.lines if line.window is not None]
        if not readings or not case.ticket.is_open:
            self.clock.set("")
            return
        oldest = max(readings, key=lambda reading: reading.days_old)
        words, tone = window_words(oldest, today)
        self.clock.set(words, window_source(), tone, "scale" if tone is not Tone.WARN else "")


def _line(left: Text, right: Text) -> QHBoxLayout:
    layout = row(left, right, gap=2)
    layout.setStretch(0, 1)
    return layout
