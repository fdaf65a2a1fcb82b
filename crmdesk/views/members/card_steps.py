"""What can be done with a card in its state, and how it is done: forms, writes, words."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.members import CardState
from crmdesk.core.money import Money
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.roles import Right
from crmdesk.queries.cards import CardRow
from crmdesk.services.cards import CardMade
from crmdesk.views.members.card_dialogs import IssueDialog, ReplaceDialog
from crmdesk.views.members.card_papers import show_cards
from crmdesk.views.members.presenter import MemberPresenter
from crmdesk.views.members.wording import amount
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.icons import icon
from crmdesk.views.support.prompts import ask_reason


class CardAct(StrEnum):
    """Names of the steps of a card."""

    PRINT = "print"
    PRINT_SHEET = "print_sheet"
    LOST = "lost"
    FOUND = "found"
    REPLACE = "replace"
    HAND_IN = "hand_in"


_BY_STATE: dict[CardState, tuple[CardAct, ...]] = {
    CardState.ISSUED: (CardAct.PRINT, CardAct.PRINT_SHEET, CardAct.LOST, CardAct.REPLACE, CardAct.HAND_IN),
    CardState.LOST: (CardAct.REPLACE, CardAct.FOUND),
    CardState.REPLACED: (),
    CardState.RETURNED: (),
}
_ICONS = {
    CardAct.PRINT: "printer",
    CardAct.PRINT_SHEET: "layout-grid",
    CardAct.LOST: "ban",
    CardAct.FOUND: "search",
    CardAct.REPLACE: "rotate-ccw",
    CardAct.HAND_IN: "archive",
}


def act_words(act: CardAct) -> str:
    """Give what a step says."""
    return {
        CardAct.PRINT: gettext("Print on a card printer"),
        CardAct.PRINT_SHEET: gettext("Print on an A4 sheet"),
        CardAct.LOST: gettext("Report lost…"),
        CardAct.FOUND: gettext("Found again…"),
        CardAct.REPLACE: gettext("Replace…"),
        CardAct.HAND_IN: gettext("Hand in…"),
    }[act]


def card_acts(card: CardRow) -> tuple[CardAct, ...]:
    """Give the steps that a card's state allows."""
    return _BY_STATE[card.state]


def card_actions(card: CardRow, context: Context, parent: QWidget, run: Callable[[CardAct], None]) -> list[QAction]:
    """Give the steps of a card as actions; all of them are greyed where the person does not work at the desk."""
    made = []
    for act in card_acts(card):
        action = QAction(icon(_ICONS[act]), act_words(act), parent)
        go: Callable[[], None] = partial(run, act)
        action.triggered.connect(lambda _checked=False, go=go: go())
        if not context.may(Right.SERVE):
            action.setEnabled(False)
            action.setToolTip(gettext("Your role does not work at the desk."))
        made.append(action)
    return made


def card_menu(card: CardRow, context: Context, parent: QWidget, run: Callable[[CardAct], None]) -> QMenu:
    """Give the steps of a card as a menu; one that is out of use says so."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    menu.addActions(card_actions(card, context, menu, run))
    if menu.isEmpty():
        nothing = menu.addAction(gettext("This card is out of use."))
        nothing.setEnabled(False)
    return menu


class CardSteps:
    """Carries out the steps of cards over one page."""

    def __init__(self, page: QWidget, desk: Desk) -> None:
        """Open forms over `page`."""
        self._page = page
        self._desk = desk
        self._presenter = MemberPresenter(desk, page)

    def issue(self, member_id: int, name: str) -> None:
        """Give a member the first card."""
        IssueDialog(self._page, self._desk, (member_id, name), self._issued).open()

    def run(self, act: CardAct, card: CardRow) -> None:
        """Carry out one step."""
        if act is CardAct.PRINT:
            show_cards(self._desk, self._page, [card.id], PaperFormat.CR80)
        elif act is CardAct.PRINT_SHEET:
            show_cards(self._desk, self._page, [card.id], PaperFormat.A4)
        elif act is CardAct.REPLACE:
            ReplaceDialog(self._page, self._desk, card, self._replaced).open()
        else:
            self._ask(act, card)

    def _ask(self, act: CardAct, card: CardRow) -> None:
        wanted, title, verb, usual = {
            CardAct.LOST: (
                CardState.LOST,
                gettext("Card {number} is lost"),
                gettext("Report lost"),
                (gettext("Lost"), gettext("Stolen")),
            ),
            CardAct.FOUND: (
                CardState.ISSUED,
                gettext("Card {number} turned up"),
                gettext("Use it again"),
                (gettext("Found at home"), gettext("Found in the store")),
            ),
            CardAct.HAND_IN: (
                CardState.RETURNED,
                gettext("Card {number} is handed in for good"),
                gettext("Hand in"),
                (gettext("No longer wanted"), gettext("Moved away")),
            ),
        }[act]

        def go_on(reason: str) -> None:
            self._presenter.step(card, wanted, reason, lambda state: self._moved(card, state))

        text = gettext("The number still finds the member.")
        ask_reason(self._page, title.format(number=card.number), verb, go_on, text=text, usual=usual)

    def _moved(self, card: CardRow, state: CardState) -> None:
        self._desk.toasts.show(f"{card.number} · {label(state)}")

    def _issued(self, made: CardMade) -> None:
        self._say(gettext("Card {number} is issued").format(number=made.number), made)

    def _replaced(self, made: CardMade) -> None:
        words = gettext("Replaced by {number}").format(number=made.number)
        if made.fee > Money(0):
            words += " · " + gettext("fee {amount}").format(amount=amount(made.fee))
        self._say(words, made)

    def _say(self, words: str, made: CardMade) -> None:
        def prints() -> None:
            show_cards(self._desk, self._page, [made.id], PaperFormat.CR80)

        self._desk.toasts.show(words, [(gettext("Print"), prints)])
