"""Goods leave in a rare way: kept for good by consent, sent by courier, given back after cancelling."""

from typing import TYPE_CHECKING, Any, ClassVar

from typing_extensions import override

from crmdesk.core.desk_errors import GoodsMissingError, NotSignedError
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.tickets import Payer, TicketState
from crmdesk.services.pickup import HandBack
from crmdesk.services.repair_ends import PostBack, Scrap, hand_goods_out, post_back, scrap
from crmdesk.views.service.case import Case
from crmdesk.views.service.pay_dialog import METHODS
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, TextField, TickField
from crmdesk.views.support.form_dialog import WIDE
from crmdesk.views.support.signature_field import SignatureField
from crmdesk.views.support.widgets.section_header import SubHeading

if TYPE_CHECKING:
    from crmdesk.views.support.signature_field import Signed

_NAME_LENGTH, _CODE_LENGTH, _WORDS_LENGTH = 120, 40, 4000
_LAST_DIGIT = 9
COURIERS = ("顺丰", "京东物流", "中通", "圆通", "申通", "韵达", "EMS", "德邦")


class ScrapDialog(StepDialog):
    """The customer's written consent: who, in which words, signed."""

    problem_fields: ClassVar = {NotSignedError: "signed"}

    def __init__(self, room: Room, case: Case) -> None:
        """Begin with the usual words; the signature is the customer's."""
        text = gettext("The goods stay in the store for good. Only with the customer's written consent.")
        super().__init__(room, case, gettext("Keep for good"), gettext("Keep the goods"), text)
        self._person = self.add("person", LineField(gettext("&Who agrees"), required=True, max_length=_NAME_LENGTH))
        self._person.set_value(case.ticket.member_name)
        self._words = self.add(
            "words",
            TextField(gettext("What was a&greed"), required=True, lines=3, max_length=_WORDS_LENGTH),
        )
        self._words.set_value(gettext("I do not want the item back; the store may dispose of it."))
        paper = gettext("The customer has &signed the consent on paper")
        self._signed = self.add("signed", SignatureField(gettext("Signature"), paper_words=paper))

    @override
    def send(self) -> None:
        """Keep the goods."""
        values: dict[str, Any] = self.fields.values()
        signed: Signed = values["signed"]
        request = Scrap(
            self.ticket.id,
            self.ticket.version,
            values["person"],
            values["words"],
            on_paper=signed.on_paper,
            strokes=signed.strokes,
        )
        self.submit(lambda session, context: scrap(session, request, context), self._said)

    def _said(self, _state: TicketState) -> str:
        return gettext("{number}: the goods are kept").format(number=self.ticket.number)


class PostDialog(StepDialog):
    """Courier and number, to whom and where, what it costs and who bears it."""

    def __init__(self, room: Room, case: Case) -> None:
        """Begin with the customer; the fee is the store's unless somebody else is chosen."""
        super().__init__(room, case, gettext("Post back"), gettext("Parcel has left"), width=WIDE)
        self._recipient = LineField(gettext("&Recipient"), required=True, max_length=_NAME_LENGTH)
        self._phone = LineField(gettext("P&hone"), max_length=_CODE_LENGTH)
        self.add_row(recipient=self._recipient, phone=self._phone)
        self._address = self.add("address", LineField(gettext("&Address"), required=True, max_length=_NAME_LENGTH))
        self._courier = LineField(gettext("&Courier"), required=True, max_length=_CODE_LENGTH)
        self._courier.suggest(COURIERS)
        self._tracking = LineField(
            gettext("&Number"), required=True, max_length=_CODE_LENGTH, hint=gettext("type or scan")
        )
        self.add_row(courier=self._courier, tracking=self._tracking)
        self._fee = MoneyField(gettext("&Fee"))
        self._payer = ChoiceField(gettext("&Borne by"), [(label(one), one) for one in Payer], required=True)
        self._paid_by = ChoiceField(gettext("&Paid by"), [(gettext(words), key) for key, words in METHODS.items()])
        self.add_row(fee=self._fee, payer=self._payer, paid_by=self._paid_by)
        self._note = self.add("note", LineField(gettext("N&ote"), max_length=_NAME_LENGTH))
        self._recipient.set_value(case.ticket.member_name)
        if not case.ticket.phone_masked:
            self._phone.set_value(case.ticket.phone)
        self._payer.set_value(Payer.STORE)
        self.fields.changed.connect(self._turn)
        self._turn()

    def _turn(self) -> None:
        """Ask how the fee was paid when it is the customer's."""
        hers = self._payer.value() is Payer.CUSTOMER and bool(self._fee.value())
        self._paid_by.setEnabled(hers)
        self._paid_by.set_required(hers)

    @override
    def send(self) -> None:
        """Write the parcel."""
        values: dict[str, Any] = self.fields.values()
        request = PostBack(
            self.ticket.id,
            self.ticket.version,
            values["courier"],
            values["tracking"],
            values["recipient"],
            values["address"],
            values["phone"] or "",
            values["fee"] or Money(0),
            values["payer"],
            values["paid_by"] or "",
            values["note"] or "",
        )
        self.submit(lambda session, context: post_back(session, request, context), self._said)

    def _said(self, _state: TicketState) -> str:
        return gettext("{number}: sent by {courier} {tracking}").format(
            number=self.ticket.number, courier=self._courier.typed(), tracking=self._tracking.typed()
        )


class HandOutDialog(StepDialog):
    """Goods of an order that has ended go back to the customer: person, every piece, signature."""

    problem_fields: ClassVar = {GoodsMissingError: "item", NotSignedError: "signed"}

    def __init__(self, room: Room, case: Case) -> None:
        """Begin with the member's name; every tick is the clerk's."""
        ticket = case.ticket
        text = gettext("The order has ended, but its goods are still here. Shelf: {shelf}").format(
            shelf=ticket.shelf or "–"
        )
        super().__init__(room, case, gettext("Hand the goods back"), gettext("Goods are handed back"), text)
        self._person = self.add(
            "person", LineField(gettext("&Who takes the goods"), required=True, max_length=_NAME_LENGTH)
        )
        self._person.set_value(ticket.member_name)
        self.add_part(SubHeading(gettext("Given back")))
        self._item = self.add("item", TickField(f"{ticket.item or ticket.subject or ticket.number} (&1)"))
        left = [one for one in ticket.accessories if not one.handed_back]
        self._accessories = {
            one.id: self.add(f"accessory{one.id}", TickField(f"{one.name}{_key(place)}"))
            for place, one in enumerate(left, 2)
        }
        self._signed = self.add("signed", TickField(gettext("The customer has looked at the goods and &signed")))

    @override
    def send(self) -> None:
        """Write the hand-over."""
        request = HandBack(
            self.ticket.id,
            self.ticket.version,
            self._person.typed(),
            item_back=self._item.value(),
            signed=self._signed.value(),
            accessories=frozenset(key for key, field in self._accessories.items() if field.value()),
        )
        self.submit(lambda session, context: hand_goods_out(session, request, context), self._said)

    def _said(self, _state: TicketState) -> str:
        return gettext("{number}: handed back to {name}").format(number=self.ticket.number, name=self._person.typed())


def _key(place: int) -> str:
    return f" (&{place})" if place <= _LAST_DIGIT else ""
