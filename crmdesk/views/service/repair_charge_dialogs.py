"""Charges of a repair: made, waived by a manager; and money that goes back to the customer."""

from typing import Any, ClassVar

from typing_extensions import override

from crmdesk.core.charges import ChargeKind
from crmdesk.core.errors import ReasonMissingError
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.queries.ticket_money import ChargeRow
from crmdesk.services.charges import MakeCharge, WaiveCharge, charge, waive
from crmdesk.services.pickup import Pay, pay
from crmdesk.views.service.case import Case
from crmdesk.views.service.pay_dialog import METHODS
from crmdesk.views.service.repair_known import known_of
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField

_NOTE_LENGTH = 120
# What is charged at the desk; fees of loans are charged when the loaner comes back.
_KINDS = (ChargeKind.EXAMINATION, ChargeKind.COURIER, ChargeKind.STORAGE, ChargeKind.OTHER)


class ChargeDialog(StepDialog):
    """What is charged, how much, what for."""

    def __init__(self, room: Room, case: Case) -> None:
        """Begin with an examination."""
        text = gettext("Besides the quote. Only what the customer was told before.")
        super().__init__(room, case, gettext("Charge"), gettext("Save charge"), text)
        self._kind = ChoiceField(gettext("&Kind of charge"), [(label(one), one) for one in _KINDS], required=True)
        self._amount = MoneyField(gettext("&Amount"), required=True, least=Money(1))
        self.add_row(kind=self._kind, amount=self._amount)
        self._note = self.add("note", LineField(gettext("What &for"), max_length=_NOTE_LENGTH, hint=gettext("prints")))
        self._kind.set_value(ChargeKind.EXAMINATION)

    @override
    def send(self) -> None:
        """Write the charge."""
        values: dict[str, Any] = self.fields.values()
        request = MakeCharge(
            self.ticket.id, self.ticket.version, values["kind"], values["amount"], values["note"] or ""
        )
        self.submit(lambda session, context: charge(session, request, context), self._said)

    def _said(self, still_open: Money) -> str:
        return open_words(self.ticket.number, still_open)


class WaiveDialog(StepDialog):
    """Which charge is let off, and why."""

    problem_fields: ClassVar = {ReasonMissingError: "reason"}

    def __init__(self, room: Room, case: Case) -> None:
        """Begin with the newest charge."""
        text = gettext("The charge stays on record with the reason; nobody owes it.")
        super().__init__(room, case, gettext("Waive a charge"), gettext("Waive charge"), text)
        charges = [one for one in known_of(case).charges if not one.waived]
        self._charge = self.add(
            "charge", ChoiceField(gettext("&Charge"), [(charge_words(one), one) for one in charges], required=True)
        )
        self._charge.set_value(charges[-1] if charges else None)
        self._reason = self.add("reason", LineField(gettext("&Reason"), required=True, max_length=_NOTE_LENGTH))

    @override
    def send(self) -> None:
        """Let the charge off."""
        values: dict[str, Any] = self.fields.values()
        chosen: ChargeRow = values["charge"]
        request = WaiveCharge(chosen.id, chosen.version, values["reason"] or "")
        self.submit(lambda session, context: waive(session, request, context), self._said)

    def _said(self, still_open: Money) -> str:
        return open_words(self.ticket.number, still_open)


class PayBackDialog(StepDialog):
    """What the customer paid too much goes back."""

    def __init__(self, room: Room, case: Case) -> None:
        """Begin with all of it."""
        too_much = -case.ticket.open_amount
        text = gettext("¥{amount} was paid too much.").format(amount=too_much.short_text())
        super().__init__(room, case, gettext("Pay back"), gettext("Money is paid back"), text)
        self._amount = MoneyField(gettext("&Amount"), required=True, least=Money(1), most=too_much)
        self._method = ChoiceField(
            gettext("&Paid by"), [(gettext(words), key) for key, words in METHODS.items()], required=True
        )
        self.add_row(amount=self._amount, method=self._method)
        self._note = self.add("note", LineField(gettext("&Note"), max_length=_NOTE_LENGTH))
        self._amount.set_value(too_much)
        self._method.set_value("wechat")

    @override
    def send(self) -> None:
        """Write the money that went back."""
        values: dict[str, Any] = self.fields.values()
        request = Pay(self.ticket.id, self.ticket.version, -values["amount"], values["method"], values["note"] or "")
        self.submit(lambda session, context: pay(session, request, context), self._said)

    def _said(self, still_open: Money) -> str:
        return open_words(self.ticket.number, still_open)


def charge_words(row: ChargeRow) -> str:
    """Say a charge in one line."""
    return " · ".join(part for part in (label(row.kind), f"¥{row.amount.short_text()}", row.note) if part)


def open_words(number: str, still_open: Money) -> str:
    """Say what is open now."""
    if still_open > Money(0):
        return gettext("{number}: ¥{amount} open").format(number=number, amount=still_open.short_text())
    if still_open < Money(0):
        return gettext("{number}: ¥{amount} to be paid back").format(number=number, amount=(-still_open).short_text())
    return gettext("{number}: nothing to pay").format(number=number)
