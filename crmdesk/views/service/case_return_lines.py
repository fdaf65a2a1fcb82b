"""Dialogs that put lines on a return and take them off."""

from typing import Any, ClassVar, Final

from typing_extensions import override

from crmdesk.core.errors import ReasonMissingError
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.return_errors import AlreadyReturnedError
from crmdesk.core.roles import Right
from crmdesk.core.tickets import ReturnReason
from crmdesk.queries.return_case import BoughtRow, ReturnCase
from crmdesk.services import return_lines
from crmdesk.services.approvals import Approved
from crmdesk.services.return_lines import AddLine, RemoveLine
from crmdesk.services.signin import Refused
from crmdesk.views.service.case import Case
from crmdesk.views.service.case_return_words import bought_words, line_name, yuan
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.approval_fields import ApprovalFields
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import Leaning
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, NumberField, TickField
from crmdesk.views.support.widgets.text import show_if

_LENGTH = 120
_MOST = 999
NO_RECEIPT: Final = 0  # stands for "without a receipt" among the keys of bought lines


class AddLineDialog(StepDialog):
    """Something that comes back: from the customer's purchases, or without a receipt with a manager's reason."""

    problem_fields: ClassVar = {AlreadyReturnedError: "quantity", ReasonMissingError: "no_receipt_reason"}

    def __init__(self, room: Room, case: Case, known: ReturnCase) -> None:
        """Offer what was bought and has not come back yet."""
        super().__init__(room, case, gettext("Add a line"), gettext("Add line"))
        self._bought = {row.id: row for row in known.bought}
        self._alone = case.context.may(Right.OVERRIDE)
        self._make_choice(case)
        self._make_no_receipt()
        self.approval = ApprovalFields(self, known.approvers)
        self.distance = self.add("distance", TickField(gettext("Sold at a &distance (phone, internet)")))
        self.arrived = self.add(
            "arrived_on", DayField(gettext("Arrived &on"), case.context.today, leaning=Leaning.PAST)
        )
        self.quantity.set_value(1)
        if len(known.bought) == 1:
            self.what.set_value(known.bought[0].id)
        self.what.changed.connect(self._turn)
        self.distance.changed.connect(self._turn)
        self._turn()

    def _make_choice(self, case: Case) -> None:
        choices = [(bought_words(row, case.context.today()), row.id) for row in self._bought.values()]
        choices.append((gettext("Without a receipt"), NO_RECEIPT))
        self.what = self.add(
            "what", ChoiceField(gettext("&What comes back"), choices, required=True, empty=gettext("choose"))
        )
        self.quantity = NumberField(gettext("&Pieces"), required=True, least=1, most=_MOST)
        reasons = [(label(one), one) for one in ReturnReason]
        self.reason = ChoiceField(gettext("&Reason"), reasons, required=True, empty=gettext("choose"))
        self.add_row(quantity=self.quantity, reason=self.reason)

    def _make_no_receipt(self) -> None:
        self.name = LineField(gettext("What &it is"), required=True, max_length=_LENGTH)
        self.price = MoneyField(gettext("Price p&aid"), required=True)
        self.add_row(name=self.name, price_paid=self.price)
        self.why = self.add(
            "no_receipt_reason",
            LineField(gettext("Why wit&hout a receipt"), required=True, max_length=_LENGTH),
        )

    def _turn(self) -> None:
        without = self.what.value() == NO_RECEIPT
        for field in (self.name, self.price, self.why):
            show_if(field, without)
        self.approval.show_if(without and not self._alone)
        show_if(self.distance, not without)
        show_if(self.arrived, not without and self.distance.value())
        chosen = self._chosen()
        self.quantity.most = chosen.left if chosen is not None else _MOST
        self.quantity.set_hint(gettext("{count} left").format(count=chosen.left) if chosen is not None else "")

    def _chosen(self) -> BoughtRow | None:
        return self._bought.get(self.what.value() or NO_RECEIPT)

    @override
    def send(self) -> None:
        """Write the line; without a receipt somebody who may approves it first."""
        if self.what.value() == NO_RECEIPT and not self._alone:
            request = self.approval.request(Right.OVERRIDE, self.ticket.number)
            self.room.desk.jobs.write(self, request, self._approved, self.refused)
        else:
            self._write(None)

    def _approved(self, answer: Approved | Refused) -> None:
        if isinstance(answer, Approved):
            self._write(answer.staff_id)
        else:
            self.save.setEnabled(True)
            self.approval.show_refused(answer)

    def _write(self, approver: int | None) -> None:
        values: dict[str, Any] = self.fields.values()
        without = values["what"] == NO_RECEIPT
        distance = not without and values["distance"]
        request = AddLine(
            self.ticket.id,
            self.ticket.version,
            values["reason"],
            purchase_line_id=None if without else values["what"],
            name=values["name"] or "",
            quantity=values["quantity"],
            price_paid=values["price_paid"] or Money(0),
            no_receipt_reason=values["no_receipt_reason"] or "",
            approved_by_id=approver,
            distance_sale=distance,
            arrived_on=values["arrived_on"] if distance else None,
        )
        self.submit(lambda session, context: return_lines.add_line(session, request, context), self._said)

    def _said(self, _line_id: int) -> str:
        chosen = self._chosen()
        name = chosen.name if chosen is not None else self.name.typed()
        return gettext("{number}: {name} added").format(number=self.ticket.number, name=name)


class RemoveLineDialog(StepDialog):
    """A line that does not come back after all."""

    def __init__(self, room: Room, case: Case, known: ReturnCase) -> None:
        """Offer the lines that are not carried out."""
        super().__init__(room, case, gettext("Remove a line"), gettext("Remove line"))
        lines = [(f"{line_name(line)} · {yuan(line.price_paid)}", line.id) for line in known.open_lines]
        self.line = self.add("line", ChoiceField(gettext("&Line"), lines, required=True, empty=gettext("choose")))

    @override
    def send(self) -> None:
        """Take it off."""
        request = RemoveLine(self.ticket.id, self.ticket.version, self.line.value() or 0)
        self.submit(lambda session, context: return_lines.remove_line(session, request, context), self._said)

    def _said(self, name: str) -> str:
        return gettext("{number}: {name} removed").format(number=self.ticket.number, name=name)
