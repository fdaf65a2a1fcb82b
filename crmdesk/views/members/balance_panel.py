"""The balances on a member's page: what stands there, what ends, the level and why, and what can be done."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.queries import member_ledger
from crmdesk.queries.level_case import LevelCase, level_case
from crmdesk.queries.member_ledger import LedgerStanding
from crmdesk.views.members.account_steps import ICONS, AccountAct, AccountSteps, act_words, refusal
from crmdesk.views.members.account_words import balance_facts, level_facts
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.icons import icon
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.facts_table import FactsTable
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.section_header import SubHeading

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_BUTTONS = (AccountAct.TOP_UP, AccountAct.SPEND)
_MENU = (AccountAct.GIVE, AccountAct.REFUND, AccountAct.STATEMENT)


class BalancePanel(Card):
    """Reads for itself; ``all_wanted`` asks for the page of movements."""

    all_wanted = Signal()

    def __init__(self, desk: Desk, page: QWidget) -> None:
        """Open forms over ``page``."""
        super().__init__(gettext("Points and stored value"), "coins")
        self._desk, self._page = desk, page
        self._steps = AccountSteps(page, desk)
        self._member: tuple[int, str] | None = None
        self._facts, self._level_facts = FactsTable(), FactsTable()
        self._level = SubHeading("")
        everything = Button(gettext("Movements"), kind="link")
        everything.clicked.connect(self.all_wanted)
        self.add_to_head(everything)
        self.buttons = {act: Button(act_words(act), ICONS[act]) for act in _BUTTONS}
        for act, button in self.buttons.items():
            button.clicked.connect(partial(self.run, act))
        self.more = IconButton("ellipsis", gettext("More"))
        self.add(self._facts)
        self.add(row(*self.buttons.values(), self.more, None))
        self.add(self._level)
        self.add(self._level_facts)

    def show_member(self, member_id: int, name: str) -> None:
        """Read what stands there for a member."""
        self._member = (member_id, name)

        def work(session: "Session", context: Context) -> tuple[LedgerStanding, LevelCase]:
            return member_ledger.standing(session, member_id, context), level_case(session, member_id, context)

        self._desk.jobs.read(self._page, work, self._show, key="balances")

    def run(self, act: AccountAct) -> None:
        """Begin a step."""
        if self._member is not None:
            self._steps.run(act, self._member)

    def _show(self, found: tuple[LedgerStanding, LevelCase]) -> None:
        now, case = found
        context = self._desk.signin.context()
        self._facts.set_facts(balance_facts(now, context))
        self._level.setText(gettext("Why {level}").format(level=label(case.tier)))
        self._level_facts.set_facts(level_facts(case, context))
        for act, button in self.buttons.items():
            reason = refusal(act, now, context)
            if reason:
                button.refuse(reason)
            else:
                button.allow()
        self._show_menu(now, context)

    def _show_menu(self, now: LedgerStanding, context: Context) -> None:
        old, menu = self.more.menu(), QMenu(self.more)
        menu.setToolTipsVisible(True)
        for act in _MENU:
            action = QAction(icon(ICONS[act]), act_words(act), menu)
            reason = refusal(act, now, context)
            action.setEnabled(not reason)
            action.setToolTip(reason or act_words(act))
            action.triggered.connect(partial(self._run_from_menu, act))
            menu.addAction(action)
        self.more.setMenu(menu)
        if old is not None:
            old.deleteLater()

    def _run_from_menu(self, act: AccountAct, _checked: object = None) -> None:
        self.run(act)
