"""Handing the goods back: where they lie, what must come along, and the hard stop while a loaner is out (S9, L3)."""

from dataclasses import replace
from typing import ClassVar

from typing_extensions import override

from crmdesk.core.desk_errors import GoodsMissingError, NotSignedError
from crmdesk.core.i18n import gettext
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.tickets import TicketState
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.queries.ticket_facts import TicketDetail, TicketLoanRow
from crmdesk.services.pickup import HandBack, hand_back
from crmdesk.views.service.case import Case
from crmdesk.views.service.pay_dialog import PayDialog
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.days import day_text
from crmdesk.views.support.fields import LineField, TickField
from crmdesk.views.support.form_dialog import WIDE
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.big_number import BigNumber
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.section_header import SubHeading

_NAME_LENGTH = 120
_LAST_DIGIT = 9
_TAKE_BACK, _TAKE_OVER = "loaners.take_back", "loaners.take_over"


class HandBackDialog(StepDialog):
    """Shelf, person, item, accessories, loaner, money, signature: everything before anything leaves the shop."""

    problem_fields: ClassVar = {GoodsMissingError: "item", NotSignedError: "signed"}

    def __init__(self, room: Room, case: Case) -> None:
        """Begin with the member's name; every tick is the clerk's."""
        super().__init__(room, case, gettext("Hand back"), gettext("Hand back and close"), width=WIDE)
        ticket = case.ticket
        self._loaner = Banner(tone=Tone.LATE, icon="luggage")
        self._back_button = self._loaner.add_action(gettext("Take &back"))
        self._over_button = self._loaner.add_action(gettext("Manager takes &over"))
        self._money = Banner(tone=Tone.WARN, icon="banknote")
        self._pay_button = self._money.add_action(gettext("Take &payment"))
        self._shelf = BigNumber(ticket.shelf or "–", gettext("Shelf"))
        stops = column(self._loaner, self._money, None)
        head = row(self._shelf, stops, gap=4)
        head.setStretch(1, 1)
        self.add_part(head)
        self._person = self.add(
            "person", LineField(gettext("&Who takes the goods"), required=True, max_length=_NAME_LENGTH)
        )
        self._person.set_value(ticket.member_name)
        self.add_part(SubHeading(gettext("Given back")))
        self._item = self.add("item", TickField(f"{ticket.item or ticket.subject} (&1)"))
        self._accessories = {
            one.id: self.add(f"accessory{one.id}", TickField(f"{one.name}{_key(place)}"))
            for place, one in enumerate(ticket.accessories, 2)
        }
        self._signed = self.add("signed", TickField(gettext("The customer has looked at the goods and &signed")))
        self._back_button.clicked.connect(self._take_loaner_back)
        self._over_button.clicked.connect(self._take_loan_over)
        self._pay_button.clicked.connect(self._take_payment)
        room.desk.bus.changed.connect(self._data_changed)
        self.renewed()

    # -- what stops ------------------------------------------------------------------------

    @override
    def renewed(self) -> None:
        """Show whether loaner and money stand in the way."""
        loan, owed = self.ticket.loan_out, self.ticket.open_amount
        self._shelf.set(self.ticket.shelf or "–", gettext("Shelf"))
        self._show_loan(loan)
        if owed > Money(0):
            words = gettext("¥{amount} is still open").format(amount=owed.short_text())
            self._money.set(words, gettext("Take the payment first."), Tone.WARN, "banknote")
        else:
            paid = self.ticket.paid
            words = gettext("Paid ¥{amount}").format(amount=paid.short_text()) if paid else gettext("Nothing to pay")
            self._money.set(words, "", Tone.OK, "circle-check")
        self._pay_button.setVisible(owed > Money(0))
        if loan is not None:
            self.save.refuse(gettext("The loaner is not back yet."))
        elif owed > Money(0):
            self.save.refuse(gettext("Money is still open."))
        else:
            self.save.allow()

    def _show_loan(self, loan: TicketLoanRow | None) -> None:
        self._back_button.setVisible(loan is not None)
        self._over_button.setVisible(loan is not None)
        if loan is None:
            over = next((one for one in self.ticket.loans if one.taken_over), None)
            words = (
                gettext("The manager has taken the loan of {code} over").format(code=over.loaner_code) if over else ""
            )
            self._loaner.set(words, "", Tone.WARN, "luggage")
            return
        words = gettext("Loaner {code} {name} is not back").format(code=loan.loaner_code, name=loan.loaner_name)
        day = day_text(loan.due_on, self.case.context.today())
        due = gettext("Due back {day}. The goods stay here until it is back.").format(day=day)
        self._loaner.set(words, due, Tone.LATE, "luggage")
        if not self.case.context.may(Right.OVERRIDE):
            self._over_button.refuse(gettext("Only a manager takes a loan over."))

    def _take_loaner_back(self) -> None:
        self._run_for_loan(_TAKE_BACK)

    def _take_loan_over(self) -> None:
        self._run_for_loan(_TAKE_OVER)

    def _run_for_loan(self, command: str) -> None:
        loan = self.ticket.loan_out
        if loan is None:
            return
        navigator = self.room.desk.navigator
        if self.room.can_run(command):
            navigator.run(command, loan_id=loan.id)
        elif navigator.can_open(EntityKind.LOANER):
            navigator.open(EntityRef(EntityKind.LOANER, loan.loaner_id))

    def _take_payment(self) -> None:
        here = Room(self.room.desk, self, self.room.reload)
        PayDialog(here, replace(self.case, ticket=self.ticket)).open()

    def _data_changed(self, topics: frozenset[Topic]) -> None:
        if topics & {Topic.TICKETS, Topic.LOANERS}:
            self.read_again(self._came)

    def _came(self, ticket: TicketDetail) -> None:
        self.ticket = ticket
        self.renewed()

    # -- saving ----------------------------------------------------------------------------

    @override
    def send(self) -> None:
        """Write the hand-back."""
        request = HandBack(
            self.ticket.id,
            self.ticket.version,
            self._person.typed(),
            item_back=self._item.value(),
            signed=self._signed.value(),
            accessories=frozenset(key for key, field in self._accessories.items() if field.value()),
        )
        self.submit(lambda session, context: hand_back(session, request, context), self._said)

    def _said(self, _state: TicketState) -> str:
        return gettext("{number}: handed back to {name}").format(number=self.ticket.number, name=self._person.typed())


def _key(place: int) -> str:
    return f" (&{place})" if place <= _LAST_DIGIT else ""
