"""The short forms around a loaner: a new due day, an inspection, a loss."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.loaners import LoanerState
from crmdesk.core.money import Money
from crmdesk.queries.loaner_rows import LoanerRow
from crmdesk.queries.loans import LoanOut
from crmdesk.services.loan_returns import LoanEnded, LoseLoaner
from crmdesk.services.loaners import Inspect, LoanerMade
from crmdesk.services.loans import LoanMade, MoveDueDay
from crmdesk.views.loaners.presenter import LoanerPresenter
from crmdesk.views.loaners.settlement import SettlementSum, settle
from crmdesk.views.loaners.wording import amount, looks_words, paid_by_choices
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import day_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, NumberField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.segmented import SegmentedChoice

_REASON_LENGTH = 120


class DueDialog(FormDialog):
    """A later day for a loan: more time for the borrower, or a manager who answers for it."""

    def __init__(
        self, parent: QWidget | None, desk: Desk, loan: LoanOut, saved: Callable[[LoanMade], None], *, take_over: bool
    ) -> None:
        """Move the due day of `loan`; with `take_over` the ticket may close although the loaner is out."""
        title = gettext("Take the loan over") if take_over else gettext("Extend the loan")
        verb = gettext("Take over") if take_over else gettext("Extend")
        super().__init__(parent, title, verb)
        self._presenter = LoanerPresenter(desk, self)
        self._loan = loan
        self._saved = saved
        self._take_over = take_over
        day = day_text(loan.due_on, self._presenter.today())
        words = [f"{loan.number} · {loan.member_name} · " + gettext("due {day}").format(day=day)]
        if take_over:
            words.append(
                gettext("The customer may then collect the goods while the loaner is still out; you answer for it.")
            )
        self.say("\n".join(words))
        self.new_due = self.fields.add("new_due", DayField(gettext("New day"), self._presenter.today, required=True))
        self.reason = self.fields.add("reason", LineField(gettext("Reason"), required=True, max_length=_REASON_LENGTH))
        self.add_part(row(self.new_due))
        self.add_part(row(self.reason))
        self.new_due.setFocus()

    @override
    def send(self) -> None:
        """Save."""
        day = self.new_due.value() or self._loan.due_on
        request = MoveDueDay(self._loan.id, self.reason.typed(), day, self._loan.version)
        save = self._presenter.take_over if self._take_over else self._presenter.extend
        save(request, self._done, self.refused)

    def _done(self, made: LoanMade) -> None:
        self.accept()
        self._saved(made)


class InspectDialog(FormDialog):
    """What the inspection found and where the loaner goes."""

    def __init__(self, parent: QWidget, desk: Desk, row_: LoanerRow, saved: Callable[[LoanerMade], None]) -> None:
        """Inspect the loaner of `row_`."""
        super().__init__(parent, gettext("Inspect {code}").format(code=row_.code), gettext("Save"))
        self._presenter = LoanerPresenter(desk, self)
        self._row = row_
        self._saved = saved
        self.say(" · ".join(part for part in (row_.name, looks_words(row_.looks), row_.state_reason) if part))
        results = (
            (LoanerState.TO_CLEAN, gettext("To clean")),
            (LoanerState.ON_SHELF, gettext("Clean, on the shelf")),
            (LoanerState.IN_REPAIR, gettext("To repair")),
        )
        self.finding = SegmentedChoice(results, gettext("Result"))
        self.finding.choose(LoanerState.TO_CLEAN)
        self.finding.chosen.connect(self._chosen)
        self.looks = self.fields.add(
            "looks", NumberField(gettext("Looks, tenths of new"), required=True, least=1, most=10)
        )
        self.looks.set_value(row_.looks)
        self.reason = self.fields.add("reason", LineField(gettext("What is to be done"), max_length=_REASON_LENGTH))
        self.add_part(self.finding)
        self.add_part(row(self.looks))
        self.add_part(row(self.reason))
        self._chosen(LoanerState.TO_CLEAN)
        self.finding.setFocus()

    def _chosen(self, result: object) -> None:
        self.reason.set_required(result is LoanerState.IN_REPAIR)

    @override
    def send(self) -> None:
        """Save."""
        result = self.finding.current
        state = result if isinstance(result, LoanerState) else LoanerState.TO_CLEAN
        request = Inspect(self._row.id, self._row.version, state, self.looks.value() or 1, self.reason.typed())
        self._presenter.inspect(request, self._done, self.refused)

    def _done(self, made: LoanerMade) -> None:
        self.accept()
        self._saved(made)


class LoseDialog(FormDialog):
    """A lent loaner that will not come back: reason, what is charged, the deposit."""

    def __init__(
        self, parent: QWidget, desk: Desk, loan: LoanOut, value: Money, saved: Callable[[LoanEnded], None]
    ) -> None:
        """Give the loaner of `loan` up; `value` is what it is worth."""
        super().__init__(parent, gettext("Not coming back"), gettext("Record the loss"))
        self._presenter = LoanerPresenter(desk, self)
        self._loan = loan
        self._saved = saved
        worth = gettext("value {amount}").format(amount=amount(value))
        self.say(f"{loan.number} · {loan.member_name} · {worth}")
        self.reason = self.fields.add(
            "reason", LineField(gettext("What happened"), required=True, max_length=_REASON_LENGTH)
        )
        self.fee = self.fields.add("fee", MoneyField(gettext("Charged to the borrower"), required=True, hint=worth))
        self.fee.set_value(value)
        self.paid_by = self.fields.add(
            "paid_by", ChoiceField[str](gettext("Paid now by"), paid_by_choices(), empty=gettext("not yet"))
        )
        self.sum = SettlementSum()
        for part in (self.reason, self.fee, self.paid_by, self.sum):
            self.add_part(row(part))
        self.fields.changed.connect(self._settle)
        self._settle()
        self.reason.setFocus()

    def _settle(self) -> None:
        fee = self.fee.value() or Money(0)
        self.parts = settle(self._loan.deposit, fee, Money(0))
        self.sum.show_sum(self._loan.deposit, fee, self.parts)

    @override
    def send(self) -> None:
        """Save."""
        request = LoseLoaner(
            self._loan.id,
            self.reason.typed(),
            self.fee.value() or Money(0),
            self.parts.kept,
            self.parts.returned,
            self._loan.version,
            paid_now=bool(self.paid_by.value()),
            paid_by=self.paid_by.value() or "",
        )
        self._presenter.lose(request, self._done, self.refused)

    def _done(self, ended: LoanEnded) -> None:
        self.accept()
        self._saved(ended)
