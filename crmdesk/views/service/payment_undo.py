"""Money of an order put right: a wrong payment is taken back by a counter entry; what is open is paid, either way."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.errors import ReasonMissingError
from crmdesk.core.i18n import gettext
from crmdesk.core.money import Money
from crmdesk.core.roles import Right
from crmdesk.core.ticket_events import TicketAct
from crmdesk.queries.ticket_payments import PaymentRow, payments_of
from crmdesk.services.payments import TakeBackPayment, take_back
from crmdesk.views.service.case import Case, CaseStep
from crmdesk.views.service.common_steps import opening
from crmdesk.views.service.pay_dialog import METHODS, PayDialog
from crmdesk.views.service.repair_charge_dialogs import PayBackDialog, open_words
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.days import moment_text
from crmdesk.views.support.fields import ChoiceField, LineField

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_NOTE_LENGTH = 120


class UndoPaymentDialog(StepDialog):
    """Which payment, and why it was wrong."""

    problem_fields: ClassVar = {ReasonMissingError: "reason"}

    def __init__(self, room: Room, case: Case, payments: Sequence[PaymentRow]) -> None:
        """Begin with the newest that may be taken back."""
        text = gettext("The payment stays on record; a second entry takes it back, with a receipt of its own.")
        super().__init__(room, case, gettext("Take a payment back"), gettext("Take payment back"), text)
        choices = [(_words(case, one), one.id) for one in reversed(payments) if not one.fixed]
        self._payment = self.add("payment", ChoiceField(gettext("&Payment"), choices, required=True))
        self._payment.set_value(choices[0][1] if choices else None)
        self._reason = self.add("reason", LineField(gettext("&Reason"), required=True, max_length=_NOTE_LENGTH))

    @override
    def send(self) -> None:
        """Take it back."""
        values: dict[str, Any] = self.fields.values()
        request = TakeBackPayment(self.ticket.id, self.ticket.version, values["payment"], values["reason"] or "")
        self.submit(lambda session, context: take_back(session, request, context), self._said)

    def _said(self, still_open: Money) -> str:
        return open_words(self.ticket.number, still_open)


def undo_payment(room: Room, case: Case) -> Sequence[CaseStep]:
    """Give the step that takes a wrong payment back; nothing where nobody paid."""
    if not any(event.act is TicketAct.PAID for event in case.ticket.events):
        return ()
    why = "" if case.context.may(Right.OVERRIDE) else gettext("manager only")

    def run() -> None:
        room.desk.jobs.read(room.page, partial(_read, case.ticket.id), show, key="payments")

    def show(payments: tuple[PaymentRow, ...]) -> None:
        UndoPaymentDialog(room, case, payments).open()

    return (CaseStep(gettext("Take a payment back"), "undo-2", run, why),)


def settling(room: Room, case: Case) -> Sequence[CaseStep]:
    """Give the steps that settle money of a complaint or return: what is open, either way, and what was wrong."""
    owed, why = case.ticket.open_amount.fen, "" if case.context.may(Right.SERVE) else gettext("not for your role")
    steps = list(undo_payment(room, case))
    if owed > 0:
        steps.append(CaseStep(gettext("Take payment"), "banknote", opening(room, case, PayDialog), why))
    elif owed < 0:
        steps.append(CaseStep(gettext("Pay back"), "hand-coins", opening(room, case, PayBackDialog), why))
    return steps


def _read(ticket_id: int, session: "Session", context: Context) -> tuple[PaymentRow, ...]:
    del context
    return payments_of(session, ticket_id)


def _words(case: Case, row: PaymentRow) -> str:
    method = gettext(METHODS[row.method]) if row.method in METHODS else row.method
    amount = f"¥{row.amount.short_text()}" if row.amount > Money(0) else f"−¥{(-row.amount).short_text()}"
    parts = (amount, method, moment_text(row.at, case.context.store.zone), row.receipt, row.note)
    return " · ".join(part for part in parts if part)
