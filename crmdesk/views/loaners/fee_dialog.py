"""Money for a loan's open fees: what was asked, what is paid, how it is paid now."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.errors import ReasonMissingError
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.queries.loan_fees import FeePayment, FeeRow, LoanFees
from crmdesk.services.loan_fees import FeesPaid, PayFees, TakeBackFee
from crmdesk.views.loaners.presenter import LoanerPresenter
from crmdesk.views.loaners.wording import amount, paid_by_choices
from crmdesk.views.support.days import moment_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.widgets.facts_table import Fact, FactsTable

_NOTE_LENGTH = 120


class PayFeesDialog(FormDialog):
    """One payment; a part may be paid."""

    def __init__(
        self, parent: QWidget, desk: Desk, fees: LoanFees, first: FeeRow, saved: Callable[[FeesPaid], None]
    ) -> None:
        """Take money for the loan of `first`; `saved` gets the payment."""
        super().__init__(parent, gettext("Fees of {number}").format(number=first.loan_number), gettext("Take payment"))
        self._presenter = LoanerPresenter(desk, self)
        self._loan_id, self._saved = first.loan_id, saved
        owed = fees.open_of(first.loan_id)
        table = FactsTable()
        table.set_facts(_facts(fees, first.loan_id))
        self.add_part(table)
        self.amount = self.add("amount", MoneyField(gettext("&Amount"), required=True, most=owed))
        self.amount.set_value(owed)
        self.paid_by = self.add("paid_by", ChoiceField[str](gettext("&Paid by"), paid_by_choices(), required=True))
        self.paid_by.set_value(paid_by_choices()[0][1])

    @override
    def send(self) -> None:
        """Save."""
        money = self.amount.value()
        if money is not None:
            request = PayFees(self._loan_id, money, self.paid_by.value() or "")
            self._presenter.pay(request, self._done, self.refused)

    def _done(self, paid: FeesPaid) -> None:
        self.accept()
        self._saved(paid)


class UndoFeeDialog(FormDialog):
    """Which payment was wrong, and why."""

    problem_fields: ClassVar = {ReasonMissingError: "reason"}

    def __init__(self, parent: QWidget, desk: Desk, fees: LoanFees, saved: Callable[[Money], None]) -> None:
        """Begin with the newest payment; `saved` gets what is open then."""
        super().__init__(parent, gettext("Take a payment back"), gettext("Take payment back"))
        self._presenter = LoanerPresenter(desk, self)
        self._saved = saved
        zone = desk.signin.context().store.zone
        choices = [(_payment_words(one, zone), one.id) for one in fees.to_take_back()]
        self.payment = self.add("payment", ChoiceField[int](gettext("&Payment"), choices, required=True))
        self.payment.set_value(choices[0][1])
        self.reason = self.add("reason", LineField(gettext("&Reason"), required=True, max_length=_NOTE_LENGTH))

    @override
    def send(self) -> None:
        """Save."""
        payment = self.payment.value()
        if payment is not None:
            request = TakeBackFee(payment, self.reason.value() or "")
            self._presenter.take_fee_back(request, self._done, self.refused)

    def _done(self, still_open: Money) -> None:
        self.accept()
        self._saved(still_open)


def _payment_words(one: FeePayment, zone: str) -> str:
    parts = (amount(one.amount), one.method, moment_text(one.at, zone), one.receipt, one.loan_number)
    return " · ".join(part for part in parts if part)


def _facts(fees: LoanFees, loan_id: int) -> list[Fact]:
    asked = [Fact(label(one.kind), amount(one.amount)) for one in fees.fees if _counts(one, loan_id)]
    paid = fees.paid(loan_id)
    before = [Fact(gettext("Paid before"), f"−{amount(paid)}")] if paid else []
    return [*asked, *before, Fact(gettext("Still open"), amount(fees.open_of(loan_id)))]


def _counts(one: FeeRow, loan_id: int) -> bool:
    return one.loan_id == loan_id and one.waived_at is None
