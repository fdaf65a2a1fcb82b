"""The lines of a return on the panel: price, reason, condition, the period with its source, decision and money."""

from collections.abc import Callable
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
    hands_words,
    line_facts,
    line_name,
    policy_source,
    policy_words,
    refund_due_words,
    total_words,
    yuan,
)
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import Text, show_if

_MARGINS = (12, 10, 12, 10)


class LineCard(Card):
    """One line."""

    def __init__(self, line: ReturnRow, case: Case, open_ticket: Callable[[int], None]) -> None:
        """Show the line; amounts only to who may see money."""
        super().__init__()
        today, money = case.context.today(), case.context.may(Right.SEE_MONEY)
        paid = Text(yuan(line.price_paid) if money else "", "body")
        self.add(_line(Text(line_name(line), "heading", wrap=True), paid))
        self.add(Text(line_facts(line, today), "small", wrap=True))
        words, tone = policy_words(line, today)
        self.policy = Text(words, "small", tone, wrap=True)
        self.source = Text(policy_source(line), "muted", wrap=True)
        for part in (self.policy, self.source):
            self.add(part)
            show_if(part, line.executed_at is None and bool(part.text()))
        if line.decision is not None:
            self._show_decision(line, money=money)
        if line.repair_ticket_id is not None:
            repair = Button(gettext("Repair order {number}").format(number=line.repair_number), "wrench", "link")
            key = line.repair_ticket_id
            repair.clicked.connect(lambda: open_ticket(key))
            self.add(row(repair, None))
        self.body.setContentsMargins(*_MARGINS)
        self.body.setSpacing(4)

    def _show_decision(self, line: ReturnRow, *, money: bool) -> None:
        tone, icon = DECISION_LOOKS[line.decision] if line.decision is not None else (Tone.NEUTRAL, "")
        refund = f" {yuan(line.refund)}" if line.refund and money else ""
        pill = Pill(f"{label(line.decision)}{refund}" if line.decision is not None else "", tone, icon)
        done = Pill(gettext("carried out"), Tone.OK, "check") if line.executed_at is not None else None
        self.add(row(pill, *([done] if done is not None else []), None))
        more = decided_words(line)
        if more and money:
            self.add(Text(more, "small", wrap=True))


class ReturnPart(CasePart):
    """All lines with their sum."""

    def __init__(self, open_ticket: Callable[[int], None]) -> None:
        """Build; `show_case` fills it, `open_ticket` goes to a repair order."""
        super().__init__()
        self._open_ticket = open_ticket
        self.clock = Banner()
        self._heading = SubHeading(gettext("What comes back"))
        self.total = Text("", "field")
        self.hands = Text("", "small", wrap=True)
        self._empty = Text(gettext("No line yet: add what the customer brings back."), "muted", wrap=True)
        self.cards: list[LineCard] = []
        self._lines = column(gap=2)
        head = _line(self._heading, self.total)
        self.setLayout(column(head, self.hands, self.clock, self._empty, self._lines, gap=2))

    @override
    def show_case(self, case: Case) -> None:
        """Show this return."""
        known = case.extra
        if not isinstance(known, ReturnCase):
            return
        money = case.context.may(Right.SEE_MONEY)
        for card in self.cards:
            self._lines.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [LineCard(line, case, self._open_ticket) for line in known.lines]
        for card in self.cards:
            self._lines.addWidget(card)
        self.total.setText(total_words(known) if known.lines and money else "")
        self.hands.setText(hands_words(known) if money else "")
        show_if(self.hands, bool(self.hands.text()))
        show_if(self._empty, not known.lines)
        self._show_clock(known, case.context.today())

    def _show_clock(self, known: ReturnCase, today: date) -> None:
        """Show by when money has to be back, while a line is open whose law says so."""
        due = [
            (line.policy.refund_due, line)
            for line in known.open_lines
            if line.policy is not None and line.policy.refund_due is not None
        ]
        if not due:
            self.clock.set("")
            return
        day, line = min(due, key=lambda one: one[0])
        words, tone = refund_due_words(day, today)
        self.clock.set(words, policy_source(line), tone, "scale" if tone is not Tone.LATE else "")


def _line(left: Text, right: Text) -> QHBoxLayout:
    layout = row(left, right, gap=2)
    layout.setStretch(0, 1)
    return layout
