"""The quote and the customer's answer to it, kept as evidence."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from typing_extensions import override

from crmdesk.core.desk_errors import AmountChangedError, NoQuoteError, QuoteExpiredError
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.quotes import QuoteState
from crmdesk.core.tickets import ApprovalChannel, Payer, TicketState
from crmdesk.services.quotes import MakeQuote, RecordAnswer, quote, record_answer
from crmdesk.views.service.case import Case
from crmdesk.views.service.repair_known import known_of
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import day_text
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, NumberField, TextField
from crmdesk.views.support.form_dialog import WIDE
from crmdesk.views.support.signature_field import SignatureField
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text, show_if

if TYPE_CHECKING:
    from crmdesk.views.support.signature_field import Signed

_WORK_LENGTH = 4000
_LONGEST_DAYS = 365
_NAME_LENGTH = 120


class QuoteDialog(StepDialog):
    """Work, parts, labour, fee; the total follows the typing."""

    def __init__(self, room: Room, case: Case, valid_days: int) -> None:
        """Begin with the quote in force, when there is one; valid for ``valid_days`` unless typed otherwise."""
        super().__init__(room, case, gettext("Quote"), gettext("Save quote"), width=WIDE)
        self._work = self.add(
            "work",
            TextField(
                gettext("&Work and parts"), required=True, lines=3, max_length=_WORK_LENGTH, hint=gettext("prints")
            ),
        )
        self._amounts = {
            "parts": MoneyField(gettext("&Parts")),
            "labour": MoneyField(gettext("&Labour")),
            "fee": MoneyField(gettext("&Other fees")),
        }
        self.add_row(**self._amounts)
        self._total = Text("", "large")
        self.add_part(row(Text(gettext("Customer pays in all"), "field"), None, self._total))
        self._days = NumberField(gettext("&Days needed after approval"), most=_LONGEST_DAYS)
        self._valid = DayField(gettext("&Valid until"), case.context.today)
        self._payer = ChoiceField(gettext("&Borne by"), [(label(one), one) for one in Payer], required=True)
        self.add_row(days=self._days, valid_until=self._valid, payer=self._payer)
        self._agreed = Text("", "soft", wrap=True)
        self.add_part(self._agreed)
        self.fields.changed.connect(self._add_up)
        self._payer.set_value(known_of(case).quote_payer)
        self._valid.set_value(case.context.today() + timedelta(days=valid_days))
        self._fill()
        self._add_up()

    def _fill(self) -> None:
        known = self.ticket.quote
        if known is None:
            self._fill_from_judgement()
            return
        self._work.set_value(known.work)
        self._days.set_value(known.days)
        for name, amount in (("parts", known.parts), ("labour", known.labour), ("fee", known.fee)):
            self._amounts[name].set_value(amount or None)

    def _fill_from_judgement(self) -> None:
        """Begin with what the judgement lets the customer bear."""
        judged = self.ticket.judgement
        shares = dict(judged.shares) if judged is not None else {}
        self._amounts["labour"].set_value(shares.get(Payer.CUSTOMER) or None)

    def total(self) -> Money:
        """Give the sum of what is typed."""
        return Money.total(field.value() or Money(0) for field in self._amounts.values())

    def _add_up(self) -> None:
        self._total.setText(f"¥{self.total().yuan_text()}")
        holds = self._holds()
        self._agreed.setText(holds)
        show_if(self._agreed, bool(holds))

    def _holds(self) -> str:
        """Say what becomes of an agreement that is there."""
        known = self.ticket.quote
        if known is None or known.state is not QuoteState.APPROVED:
            return ""
        agreed = gettext("The customer agreed to ¥{amount}.").format(amount=known.total.short_text())
        grows = gettext("It grows: the work stops until the customer agrees again.")
        holds = gettext("It does not grow: the agreement holds.")
        return f"{agreed} {grows if self.total() > known.total else holds}"

    @override
    def send(self) -> None:
        """Write the quote."""
        values: dict[str, Any] = self.fields.values()
        request = MakeQuote(
            self.ticket.id,
            self.ticket.version,
            values["work"],
            parts=self._amounts["parts"].value() or Money(0),
            labour=self._amounts["labour"].value() or Money(0),
            fee=self._amounts["fee"].value() or Money(0),
            days=values["days"],
            valid_until=values["valid_until"],
            payer=values["payer"],
        )
        self.submit(lambda session, context: quote(session, request, context), self._said)

    def _said(self, total: Money) -> str:
        return gettext("{number}: quoted ¥{amount}").format(number=self.ticket.number, amount=total.short_text())


class AnswerDialog(StepDialog):
    """The customer's yes or no: who said it, how, to which amount, in which words."""

    problem_fields: ClassVar = {AmountChangedError: "amount", NoQuoteError: "amount", QuoteExpiredError: "amount"}

    def __init__(self, room: Room, case: Case) -> None:
        """Begin with a yes of the customer to the open quote."""
        super().__init__(room, case, gettext("Record the answer"), gettext("Save answer"), _quoted(case))
        self._agreed = ChoiceField(
            gettext("&Answer"),
            [(gettext("Agrees, please repair"), "yes"), (gettext("Declines, no repair"), "no")],
            required=True,
            empty=gettext("choose"),
        )
        self._channel = ChoiceField(
            gettext("&How"), [(label(one), one) for one in ApprovalChannel], required=True, empty=gettext("choose")
        )
        self.add_row(agreed=self._agreed, channel=self._channel)
        self._person = LineField(gettext("&Who answered"), required=True, max_length=_NAME_LENGTH)
        self._amount = MoneyField(gettext("A&mount told"), required=True)
        self.add_row(person=self._person, amount=self._amount)
        self._words = self.add(
            "words", TextField(gettext("In the customer's wo&rds"), lines=2, example=gettext("“Yes, please go ahead.”"))
        )
        self._signed = self.add("signed", SignatureField(gettext("Signature"), required=False))
        self._channel.changed.connect(self._turn)
        self._agreed.set_value("yes")
        self._channel.set_value(ApprovalChannel.PHONE)
        self._person.set_value(case.ticket.member_name)
        self._amount.set_value(case.ticket.quote.total if case.ticket.quote else None)
        self._turn()

    def _turn(self) -> None:
        """Offer to sign when the customer stands at the desk."""
        show_if(self._signed, self._channel.value() is ApprovalChannel.IN_PERSON)

    @override
    def send(self) -> None:
        """Write the answer."""
        values: dict[str, Any] = self.fields.values()
        signed: Signed | None = values["signed"]
        here = values["channel"] is ApprovalChannel.IN_PERSON
        request = RecordAnswer(
            self.ticket.id,
            self.ticket.version,
            values["agreed"] == "yes",
            values["channel"],
            values["person"],
            values["amount"],
            words=values["words"] or "",
            strokes=signed.strokes if signed is not None and here else "",
        )
        self.submit(lambda session, context: record_answer(session, request, context), self._said)

    def _said(self, state: TicketState) -> str:
        return gettext("{number}: {state}").format(number=self.ticket.number, state=label(state))


def _quoted(case: Case) -> str:
    known = case.ticket.quote
    if known is None:
        return ""
    until = _until(known.valid_until, case.context.today())
    return gettext("Quoted ¥{amount}, {until}. Asked by {name} now; the time is kept.").format(
        amount=known.total.short_text(), until=until, name=case.context.actor.name
    )


def _until(day: date, today: date) -> str:
    words = gettext("valid until {day}") if day >= today else gettext("expired on {day}")
    return words.format(day=day_text(day, today))
