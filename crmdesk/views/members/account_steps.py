"""What can be done with an account and a level: which steps there are, why one is not possible, how each is done."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.core.roles import Right
from crmdesk.queries import member_ledger
from crmdesk.queries.level_case import LevelCase, level_case
from crmdesk.queries.member_ledger import LedgerRow, LedgerStanding
from crmdesk.services import levels
from crmdesk.services.ledger_desk import Moved
from crmdesk.services.levels import ReleaseLevel
from crmdesk.views.members.account_dialogs import (
    Account,
    GiveDialog,
    MoveDialog,
    RefundDialog,
    SpendDialog,
    TakeBackDialog,
    TopUpDialog,
    stands_now,
)
from crmdesk.views.members.account_papers import print_receipt
from crmdesk.views.members.level_dialog import LevelDialog
from crmdesk.views.members.statement_dialog import StatementDialog
from crmdesk.views.support.desk import Desk

if TYPE_CHECKING:
    from crmdesk.db.session import Session

Member = tuple[int, str]


class AccountAct(StrEnum):
    """Names of the steps of an account."""

    TOP_UP = "top_up"
    SPEND = "spend"
    GIVE = "give"
    REFUND = "refund"
    STATEMENT = "statement"


ICONS = {
    AccountAct.TOP_UP: "wallet",
    AccountAct.SPEND: "hand-coins",
    AccountAct.GIVE: "gift",
    AccountAct.REFUND: "banknote",
    AccountAct.STATEMENT: "file-text",
}


def act_words(act: AccountAct) -> str:
    """Give what a step says."""
    return {
        AccountAct.TOP_UP: gettext("Top up…"),
        AccountAct.SPEND: gettext("Use…"),
        AccountAct.GIVE: gettext("Give points…"),
        AccountAct.REFUND: gettext("Refund…"),
        AccountAct.STATEMENT: gettext("Statement…"),
    }[act]


def refusal(act: AccountAct, found: LedgerStanding, context: Context) -> str:
    """Give why a step is not possible; nothing where it is."""
    if act is AccountAct.STATEMENT:
        return "" if found.has_lines else gettext("Nothing has moved yet.")
    if not context.may(Right.SERVE):
        return gettext("Your role does not work at the desk.")
    stored = (found.principal or Money(0)) + (found.bonus or Money(0))
    if act is AccountAct.SPEND and not found.points and not stored:
        return gettext("There is nothing to use.")
    if act is AccountAct.REFUND and not found.principal:
        return gettext("Nothing that was paid in is left.")
    return ""


class AccountSteps:
    """Carries out the steps over one page."""

    def __init__(self, page: QWidget, desk: Desk) -> None:
        """Open forms over ``page``."""
        self._page = page
        self._desk = desk

    def run(self, act: AccountAct, member: Member) -> None:
        """Begin a step: what stands there now is read first."""

        def opens(account: Account) -> None:
            if act is AccountAct.STATEMENT:
                StatementDialog(self._page, self._desk, member).open()
                return
            dialog = self._dialog(act, account)
            dialog.told = partial(self._told, act)
            dialog.open()

        self._read(member, opens)

    def take_back(self, member: Member, line: LedgerRow) -> None:
        """Take the movement of a line back."""

        def opens(account: Account) -> None:
            dialog = TakeBackDialog(self._page, self._desk, account, line)
            dialog.told = partial(self._told, None)
            dialog.open()

        self._read(member, opens)

    def set_level(self, member_id: int) -> None:
        """Set a level by hand."""

        def opens(case: LevelCase) -> None:
            LevelDialog(self._page, self._desk, case, self._level_set).open()

        self._desk.jobs.read(self._page, lambda session, context: level_case(session, member_id, context), opens)

    def release_level(self, case: LevelCase) -> None:
        """Let the rule decide again."""
        request = ReleaseLevel(case.member_id, case.version)
        self._desk.jobs.write(
            self._page, lambda session, context: levels.release(session, request, context), self._level_set
        )

    def _read(self, member: Member, opens: Callable[[Account], None]) -> None:
        member_id, name = member

        def work(session: "Session", context: Context) -> Account:
            now = member_ledger.standing(session, member_id, context)
            return Account(member_id, name, now, member_ledger.approvers(session, context))

        self._desk.jobs.read(self._page, work, opens)

    def _dialog(self, act: AccountAct, account: Account) -> MoveDialog:
        words = {
            AccountAct.TOP_UP: (
                gettext("Top up for {name}"),
                gettext("Top up"),
                gettext("What is paid in can be paid out again, what is given on top cannot."),
            ),
            AccountAct.SPEND: (
                gettext("{name} pays with points or stored value"),
                gettext("Use"),
                gettext("What was paid in goes first, then what was given on top; points that end soonest go first."),
            ),
            AccountAct.GIVE: (
                gettext("Points for {name}"),
                gettext("Give the points"),
                gettext("They end like points earned today."),
            ),
            AccountAct.REFUND: (
                gettext("Pay stored value out to {name}"),
                gettext("Refund"),
                gettext("Only what was paid in is paid out again."),
            ),
        }[act]
        made = {
            AccountAct.TOP_UP: TopUpDialog,
            AccountAct.SPEND: SpendDialog,
            AccountAct.GIVE: GiveDialog,
            AccountAct.REFUND: RefundDialog,
        }[act]
        title, verb, text = words
        return made(self._page, self._desk, account, (title.format(name=account.name), verb, text))

    def _told(self, act: AccountAct | None, moved: Moved) -> None:
        actions = []
        if act in (AccountAct.TOP_UP, AccountAct.REFUND):
            receipt = partial(print_receipt, self._desk, self._page, moved.member_id, moved.number)
            actions = [(gettext("Print the receipt"), receipt)]
        self._desk.toasts.show(f"{moved.number} · {stands_now(moved)}", actions)

    def _level_set(self, tier: CardTier) -> None:
        self._desk.toasts.show(gettext("The level is {level} now").format(level=label(tier)))
