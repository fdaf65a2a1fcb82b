"""Taking money on an order."""

from typing import Any

from typing_extensions import override

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.money import Money
from crmdesk.services.pickup import Pay, pay
from crmdesk.views.service.case import Case
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField

METHODS = {
    "wechat": mark("WeChat Pay"),
    "alipay": mark("Alipay"),
    "cash": mark("Cash"),
    "card": mark("Bank card"),
    "transfer": mark("Bank transfer"),
}
_NOTE_LENGTH = 120


class PayDialog(StepDialog):
    """Amount and how it was paid."""

    def __init__(self, room: Room, case: Case) -> None:
        """Begin with what is still open."""
        still_open = gettext("¥{amount} is still open.").format(amount=case.ticket.open_amount.short_text())
        super().__init__(room, case, gettext("Take payment"), gettext("Save payment"), still_open)
        self._amount = MoneyField(gettext("&Amount"), required=True, least=Money(1), most=case.ticket.open_amount)
        self._method = ChoiceField(
            gettext("&Paid by"),
            [(gettext(words), key) for key, words in METHODS.items()],
            required=True,
            empty=gettext("choose"),
        )
        self.add_row(amount=self._amount, method=self._method)
        self._note = self.add("note", LineField(gettext("&Note"), max_length=_NOTE_LENGTH))
        self._amount.set_value(case.ticket.open_amount)
        self._method.set_value("wechat")

    @override
    def send(self) -> None:
        """Write the payment."""
        values: dict[str, Any] = self.fields.values()
        request = Pay(
            self.ticket.id, self.ticket.version, values["amount"], values["method"] or "", values["note"] or ""
        )
        self.submit(lambda session, context: pay(session, request, context), self._said)

    def _said(self, still_open: Money) -> str:
        if still_open:
            words = gettext("{number}: paid, ¥{amount} still open")
            return words.format(number=self.ticket.number, amount=still_open.short_text())
        return gettext("{number}: paid in full").format(number=self.ticket.number)
