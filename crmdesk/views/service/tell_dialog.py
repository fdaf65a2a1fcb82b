"""Telling the customer: the words are ready to be read out or pasted, the channel is noted."""

from typing import TYPE_CHECKING, Any

from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.names import address_form
from crmdesk.core.outcome import Outcome
from crmdesk.core.tickets import TellChannel, TicketKind, TicketState
from crmdesk.services import pickup, ticket_notes
from crmdesk.views.service.case import Case
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.clipboard import copy_text
from crmdesk.views.support.days import day_text
from crmdesk.views.support.fields import ChoiceField, LineField, TextField
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_NOTE_LENGTH = 500
_READY = (TicketState.READY, TicketState.NOTIFIED)
_WORKED = (TicketState.APPROVED, TicketState.IN_WORK, TicketState.QUALITY_CHECK)


class TellDialog(StepDialog):
    """Call or message; the text can be changed before it is copied."""

    def __init__(self, room: Room, case: Case) -> None:
        """Begin with the words that fit where the order stands."""
        super().__init__(room, case, gettext("Tell the customer"), gettext("Customer is told"))
        self._channel = self.add(
            "channel", ChoiceField(gettext("&How"), [(label(one), one) for one in TellChannel], required=True)
        )
        self._channel.set_value(TellChannel.PHONE)
        self._words = self.add("words", TextField(gettext("&Words to say or send"), lines=4))
        self._words.set_value(message(case))
        self._copy = Button(gettext("&Copy text"), "copy")
        self._copy.clicked.connect(self._copy_words)
        self.add_part(row(self._copy, None))
        self._note = self.add("note", LineField(gettext("What the customer &answered"), max_length=_NOTE_LENGTH))

    def _copy_words(self) -> None:
        copy_text(self._words.typed())
        self.room.say(gettext("Copied; paste it into WeChat or a text message."))

    @override
    def send(self) -> None:
        """Note that the customer was told."""
        values: dict[str, Any] = self.fields.values()
        request, channel = self.step(values["note"] or ""), values["channel"]
        if self.ticket.state in _READY and self.ticket.kind is TicketKind.REPAIR:
            self.submit(lambda session, context: pickup.tell(session, request, context, channel=channel), self._said)
            return

        def work(session: "Session", context: Context) -> Outcome[None]:
            return ticket_notes.note_contact(session, request, context, channel=channel)

        self.submit(work, self._said)

    def _said(self, _value: object) -> str:
        return gettext("{number}: customer told").format(number=self.ticket.number)


def message(case: Case) -> str:
    """Give the words for where the order stands now, with the customer's surname."""
    ticket, context = case.ticket, case.context
    name = address_form(ticket.member_name, ticket.member_gender, context.language)
    facts = {
        "name": name,
        "item": ticket.item or ticket.subject,
        "number": ticket.number,
        "store": context.store.name,
    }
    hello = gettext("Hello {name}, this is {store}.").format(**facts)
    return _joined(hello, _news(case).format(**facts))


def _news(case: Case) -> str:
    ticket = case.ticket
    if ticket.state in _READY:
        ready = gettext("Your {item} is ready to be collected; please bring the slip {number}.")
        if ticket.open_amount > Money(0):
            pay = gettext("There are ¥{amount} to pay.").format(amount=ticket.open_amount.short_text())
            return _joined(ready, pay)
        return ready
    if ticket.state is TicketState.QUOTED and ticket.quote is not None:
        return gettext("The repair of your {item} costs ¥{amount}. May we go ahead? (order {number})").replace(
            "{amount}", ticket.quote.total.short_text()
        )
    if ticket.state in _WORKED:
        return _expected(case, gettext("Your {item} is being repaired (order {number})."))
    return _expected(case, gettext("Your order {number} for {item} is on its way."))


def _expected(case: Case, words: str) -> str:
    day = case.ticket.estimated_on or case.ticket.promised_on
    if day is None or day < case.context.today():
        return words
    expected = gettext("We expect it to be ready on {day}.").replace("{day}", day_text(day, case.context.today()))
    return _joined(words, expected)


def _joined(first: str, second: str) -> str:
    return gettext("{first} {second}").replace("{first}", first).replace("{second}", second)
