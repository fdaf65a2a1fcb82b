"""Beside the movements: what stands there, what ends when, why this level and what it was before."""

from PySide6.QtCore import Signal

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.roles import Right
from crmdesk.queries.level_case import LevelCase
from crmdesk.queries.member_ledger import LedgerStanding
from crmdesk.views.members.account_words import balance_facts, level_facts, move_words
from crmdesk.views.members.wording import tier_look
from crmdesk.views.support.days import day_text
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.facts_table import Fact, FactsTable
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.text import Text, show_if


class AccountSide(ScrollColumn):
    """Shows one account and level; the signals ask for a level by hand, its release, the cards."""

    level_wanted = Signal()
    release_wanted = Signal()
    card_wanted = Signal()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(gap=3)
        self._balances, self._ends, self._level = FactsTable(), FactsTable(), FactsTable()
        stands = Card(gettext("Stands now"), "coins")
        stands.add(self._balances)
        self._ends_card = Card(gettext("Points that end"), "hourglass")
        self._ends_card.add(self._ends)
        level = Card(gettext("Level"), "award")
        self._pill = Pill()
        self.set_level = Button(gettext("Set…"), "pencil")
        self.set_level.clicked.connect(self.level_wanted)
        self.release = Button(gettext("Release"), "lock")
        self.release.clicked.connect(self.release_wanted)
        self.card = Button(gettext("Replace the card"), "credit-card")
        self.card.clicked.connect(self.card_wanted)
        level.add(row(self._pill, None, self.set_level, self.release))
        level.add(self._level)
        level.add(row(self.card, None))
        self._moves_card = Card(gettext("Changes of level"), "history")
        self._moves = Text("", "small", wrap=True)
        self._moves_card.add(self._moves)
        for part in (stands, self._ends_card, level, self._moves_card):
            self.add(part)
        self.add_stretch()

    def show_account(self, now: LedgerStanding, case: LevelCase, context: Context) -> None:
        """Show what is known."""
        self._balances.set_facts(balance_facts(now, context))
        self._ends.set_facts([Fact(day_text(day, context.today()), f"{points:,}") for day, points in now.expiries])
        show_if(self._ends_card, bool(now.expiries))
        self._pill.set_status(label(case.tier), *tier_look(case.tier))
        self._level.set_facts(level_facts(case, context))
        show_if(self.release, case.fixed)
        show_if(self.card, bool(case.card))
        self._moves.setText("\n".join(move_words(move, context) for move in case.moves))
        show_if(self._moves_card, bool(case.moves))
        for button in (self.set_level, self.release):
            if context.may(Right.EDIT_MEMBERS):
                button.allow()
            else:
                button.refuse(gettext("Your role does not change members."))
