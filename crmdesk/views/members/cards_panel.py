"""The cards of a member: state, prints, and the next step of each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.core.clock import day_in_zone
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.members import CardState
from crmdesk.queries.cards import CardRow
from crmdesk.views.members.card_steps import CardAct, card_menu
from crmdesk.views.members.wording import amount, card_look
from crmdesk.views.support.days import day_text
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.text import ShortText, Text

_SHOWN = 4


class CardsPanel(Card):
    """Shows the cards; `wanted` carries (act, card), `issue_wanted` asks for the first one."""

    wanted = Signal(object, object)
    issue_wanted = Signal()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(gettext("VIP card"), "credit-card")
        self._rows = QWidget()
        self._column = column(gap=2)
        self._rows.setLayout(self._column)
        self.add(self._rows)

    def show_cards(self, cards: Sequence[CardRow], context: Context) -> None:
        """Show the newest cards, or the offer to issue one."""
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for card in cards[:_SHOWN]:
            self._column.addWidget(self._card(card, context))
        if not any(card.state in (CardState.ISSUED, CardState.LOST) for card in cards):
            self._column.addWidget(self._offer())

    def _offer(self) -> QWidget:
        part = QWidget()
        issue = Button(gettext("Issue a card"), "plus")
        issue.clicked.connect(self.issue_wanted)
        part.setLayout(row(Text(gettext("No card yet."), "soft"), None, issue))
        return part

    def _card(self, card: CardRow, context: Context) -> QWidget:
        part = QWidget()
        tone, icon = card_look(card.state)
        more = IconButton("ellipsis", gettext("Card {number}").format(number=card.number))
        more.setMenu(card_menu(card, context, more, lambda act: self.wanted.emit(act, card)))
        head = row(Text(card.number, "heading"), Pill(label(card.state), tone, icon), None, more)
        if card.state is CardState.ISSUED:
            prints = IconButton("printer", gettext("Print the card"))
            prints.clicked.connect(lambda: self.wanted.emit(CardAct.PRINT, card))
            head.insertWidget(3, prints)
        part.setLayout(column(head, ShortText(card_line(card, context), "small"), gap=0))
        return part


def card_line(card: CardRow, context: Context) -> str:
    """Give level, day, end, prints and reason of a card in one line."""
    day = day_text(day_in_zone(card.issued_at, context.store.zone), context.today())
    parts = [label(card.tier), day]
    if card.valid_until is not None:
        parts.append(gettext("valid until {day}").format(day=day_text(card.valid_until, context.today())))
    if card.state is CardState.ISSUED:
        times = ngettext("printed {count} time", "printed {count} times", card.prints)
        parts.append(times.format(count=card.prints) if card.prints else gettext("not printed yet"))
    if card.replaced_by:
        parts.append(gettext("now {number}").format(number=card.replaced_by))
    if card.state_reason:
        parts.append(card.state_reason)
    if card.fee:
        parts.append(gettext("fee {amount}").format(amount=amount(card.fee)))
    return " · ".join(parts)
