"""Forms of points and stored value: top up, use, give, refund, take back; above a limit somebody approves."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.desk_errors import AboveLimitError
from crmdesk.core.errors import NotAllowedError, ReasonMissingError
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.members import LedgerKind
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.queries.member_ledger import LedgerRow, LedgerStanding
from crmdesk.services import ledger_corrections, ledger_desk
from crmdesk.services.approvals import Approved
from crmdesk.services.ledger import BalanceTooLowError
from crmdesk.services.ledger_corrections import TakeBack
from crmdesk.services.ledger_desk import GivePoints, Moved, Refund, Spend, TopUp
from crmdesk.services.signin import Refused
from crmdesk.views.members.account_words import moved_words
from crmdesk.views.members.wording import amount
from crmdesk.views.support.approval_fields import ApprovalFields
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import LineField, MoneyField, NumberField
from crmdesk.views.support.form_dialog import FormDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmdesk.db.session import Session

_TEXT, _NUMBER = 120, 40
_MOST_POINTS = 9_999_999


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account it is, what stands there, and who may approve at this desk (key, name)."""

    member_id: int
    name: str
    standing: LedgerStanding
    approvers: tuple[tuple[int, str], ...] = ()


class MoveDialog(FormDialog):
    """One movement; where it needs somebody's approval, her fields appear and it is sent again."""

    problem_fields: ClassVar[Mapping[type[Exception], str]] = {
        ReasonMissingError: "reason",
        BalanceTooLowError: "amount",
    }

    def __init__(self, parent: QWidget, desk: Desk, account: Account, words: tuple[str, str, str]) -> None:
        """Take title, verb and what it means."""
        super().__init__(parent, *words)
        self._desk = desk
        self.account = account
        self.told: Callable[[Moved], None] = lambda _moved: None
        self.build()
        self.approval = ApprovalFields(self, account.approvers)
        self._needed = False
        self.approval.show_if(wanted=False)

    def build(self) -> None:
        """Add the fields of the movement."""
        raise NotImplementedError

    def write(self, approver: int | None, session: "Session", context: Context) -> Outcome[Moved]:
        """Carry it out."""
        raise NotImplementedError

    @override
    def send(self) -> None:
        """Write it; when approval is needed it is asked for and checked first."""
        self.values: dict[str, Any] = self.fields.values()
        if self._needed:
            check = self.approval.request(Right.JUDGE, "ledger")
            self._desk.jobs.write(self, check, self._approved, self.refused)
        else:
            self._write(None)

    def _write(self, approver: int | None) -> None:
        self._desk.jobs.write(self, partial(self.write, approver), self._written, self._not_written)

    def _approved(self, answer: Approved | Refused) -> None:
        if isinstance(answer, Approved):
            self._write(answer.staff_id)
        else:
            self.save.setEnabled(True)
            self.approval.show_refused(answer)

    def _written(self, moved: Moved) -> None:
        self.accept()
        self.told(moved)

    def _not_written(self, error: Exception) -> None:
        needs = isinstance(error, NotAllowedError | AboveLimitError) and not self._needed
        if needs and self.account.approvers:
            self._needed = True
            self.approval.show_if(wanted=True)
            self.save.setEnabled(True)
            self.say(gettext("Somebody who may approve this types the PIN below."))
            self.approval.who.setFocus()
        else:
            self.refused(error)


class TopUpDialog(MoveDialog):
    """Money comes in as stored value."""

    @override
    def build(self) -> None:
        self.principal = MoneyField(gettext("&Paid in"), required=True)
        self.bonus = MoneyField(gettext("&Given on top"), hint=gettext("empty: nothing"))
        self.add_row(principal=self.principal, bonus=self.bonus)
        self.note = self.add("note", LineField(gettext("Paid &how"), max_length=_TEXT))
        self.note.suggest([gettext("Cash"), gettext("WeChat"), gettext("Alipay"), gettext("Card")])

    @override
    def write(self, approver: int | None, session: "Session", context: Context) -> Outcome[Moved]:
        said = self.values
        request = TopUp(
            self.account.member_id, said["principal"], said["bonus"] or Money(0), said["note"] or "", approver
        )
        return ledger_desk.top_up(session, request, context)


class SpendDialog(MoveDialog):
    """Stored value, points, or both are used."""

    @override
    def build(self) -> None:
        now = self.account.standing
        stored = (now.principal or Money(0)) + (now.bonus or Money(0))
        self.amount = MoneyField(
            gettext("&Stored value"), hint=gettext("{amount} there").format(amount=amount(stored) or "¥0")
        )
        self.points = NumberField(
            gettext("&Points"), hint=gettext("{points} there").format(points=f"{now.points:,}"), most=_MOST_POINTS
        )
        self.add_row(amount=self.amount, points=self.points)
        self.receipt = LineField(
            gettext("&Receipt that was paid"), max_length=_NUMBER, hint=gettext("empty: a number is taken")
        )
        self.note = LineField(gettext("&Note"), max_length=_TEXT)
        self.add_row(receipt=self.receipt, note=self.note)

    @override
    def write(self, approver: int | None, session: "Session", context: Context) -> Outcome[Moved]:
        said = self.values
        request = Spend(
            self.account.member_id,
            said["amount"] or Money(0),
            said["points"] or 0,
            said["receipt"] or "",
            said["note"] or "",
            approver,
        )
        return ledger_desk.spend(session, request, context)


class GiveDialog(MoveDialog):
    """Points are given by hand."""

    @override
    def build(self) -> None:
        self.points = self.add("points", NumberField(gettext("&Points"), required=True, least=1, most=_MOST_POINTS))
        self.reason = self.add("reason", LineField(gettext("&Reason"), required=True, max_length=_TEXT))
        self.reason.suggest([gettext("Birthday"), gettext("Brought a friend"), gettext("Event")])

    @override
    def write(self, approver: int | None, session: "Session", context: Context) -> Outcome[Moved]:
        request = GivePoints(self.account.member_id, self.values["points"], self.values["reason"], approver)
        return ledger_desk.give_points(session, request, context)


class RefundDialog(MoveDialog):
    """Stored value is paid out again."""

    @override
    def build(self) -> None:
        there = self.account.standing.principal or Money(0)
        hint = gettext("{amount} was paid in and is there").format(amount=amount(there) or "¥0")
        self.amount = self.add("amount", MoneyField(gettext("&Amount"), required=True, hint=hint))
        self.reason = self.add("reason", LineField(gettext("&Reason"), required=True, max_length=_TEXT))
        self.reason.suggest([gettext("Moves away"), gettext("No longer wanted")])

    @override
    def write(self, approver: int | None, session: "Session", context: Context) -> Outcome[Moved]:
        request = Refund(self.account.member_id, self.values["amount"], self.values["reason"], approver)
        return ledger_desk.refund(session, request, context)


class TakeBackDialog(MoveDialog):
    """A movement is taken back by counter entries."""

    def __init__(self, parent: QWidget, desk: Desk, account: Account, line: LedgerRow) -> None:
        """Take back the movement of ``line``."""
        self._line = line
        what = f"{label(line.kind)} {moved_words(line.kind, line.amount)} · {label(line.reason)} · {line.paper_number}"
        words = (gettext("Take a movement back"), gettext("Take back"), what.rstrip(" ·"))
        super().__init__(parent, desk, account, words)

    @override
    def build(self) -> None:
        self.reason = self.add("reason", LineField(gettext("&Reason"), required=True, max_length=_TEXT))
        self.reason.suggest([gettext("Wrong member"), gettext("Wrong amount"), gettext("Entered twice")])

    @override
    def write(self, approver: int | None, session: "Session", context: Context) -> Outcome[Moved]:
        request = TakeBack(self._line.id, self.values["reason"], approver)
        return ledger_corrections.take_back(session, request, context)


def stands_now(moved: Moved) -> str:
    """Give what stands in the account after a movement."""
    parts = [f"{label(LedgerKind.POINTS)} {moved.points:,}"]
    if moved.principal or moved.bonus:
        parts.append(f"{label(LedgerKind.PRINCIPAL)} {amount(moved.principal)}")
        parts.append(f"{label(LedgerKind.BONUS)} {amount(moved.bonus)}")
    return " · ".join(parts)
