"""Dialogs of a complaint's steps after the decision: tell, carry out, ask."""

from typing import Any, Final

from typing_extensions import override

from crmdesk.core.care import CallOutcome
from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.names import address_form
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tickets import Compensation, TellChannel, TicketState
from crmdesk.core.tones import Tone
from crmdesk.queries.complaint_case import ComplaintCase
from crmdesk.queries.complaint_work import RemedyRow
from crmdesk.services import complaint_remedies, complaints
from crmdesk.services.complaint_remedies import CarriedOut, CarryOut
from crmdesk.services.complaints import Satisfaction, Tell
from crmdesk.views.service.case import Case
from crmdesk.views.service.case_complaint_dialogs import moved
from crmdesk.views.service.case_complaint_words import offer_words
from crmdesk.views.service.pay_dialog import METHODS
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.clipboard import copy_text
from crmdesk.views.support.fields import ChoiceField, LineField, TextField, TickField
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text, show_if

_TEXT_LENGTH = 4000
_LINE_LENGTH = 120
_SHOWS: Final = {
    Compensation.REFUND: mark("receipt or number of the payment"),
    Compensation.EXCHANGE: mark("what was handed over"),
    Compensation.REPAIR: mark("number of the repair order"),
    Compensation.VOUCHER: mark("number of the voucher"),
    Compensation.POINTS: mark("points are posted by themselves"),
    Compensation.GIFT: mark("what was given, to whom"),
    Compensation.APOLOGY: mark("who apologised, or the letter's number"),
}
_NOTE_LENGTH = 1000
_WRITTEN = frozenset({TellChannel.MESSAGE, TellChannel.EMAIL, TellChannel.LETTER})
_SAID = (CallOutcome.SATISFIED, CallOutcome.NEUTRAL, CallOutcome.DISSATISFIED)


class TellDecisionDialog(StepDialog):
    """How and in which words the customer is told; a satisfaction call is planned by itself."""

    def __init__(self, room: Room, case: Case, known: ComplaintCase) -> None:
        """Begin with the decision, addressed to the customer."""
        text = gettext("A satisfaction call is planned by itself.")
        self._known = known
        if known.told_first:
            others = gettext(", ").join(known.told_first)
            text = gettext("To be told first: {others}").format(others=others) + "\n" + text
        super().__init__(room, case, gettext("Tell the decision"), gettext("Customer is told"), text)
        channels = [(label(one), one) for one in TellChannel]
        self.channel = self.add("channel", ChoiceField(gettext("&How"), channels, required=True))
        self.channel.set_value(TellChannel.PHONE)
        self.words = self.add("words", TextField(gettext("&Words"), required=True, lines=4, max_length=_TEXT_LENGTH))
        self.words.set_value(_message(case, known))
        self._warning = Text("", "small", Tone.WARN, wrap=True)
        self.add_part(self._warning)
        self.channel.changed.connect(self._warn)
        self._warn()
        copy = Button(gettext("&Copy text"), "copy")
        copy.clicked.connect(self._copy)
        self.add_part(row(copy, None))

    def _warn(self) -> None:
        """Warn of writing alone to whom a call is due; no source forbids it, so it is not refused."""
        due = self._known.is_key or self._known.is_severe
        written = self.channel.value() in _WRITTEN
        self._warning.setText(gettext("Key member or severe complaint: call before you write."))
        show_if(self._warning, due and written)

    def _copy(self) -> None:
        copy_text(self.words.typed())
        self.room.say(gettext("Copied; paste it into WeChat or a text message."))

    @override
    def send(self) -> None:
        """Note that the customer was told."""
        values: dict[str, Any] = self.fields.values()
        request = Tell(self.ticket.id, self.ticket.version, values["channel"], values["words"])
        self.submit(
            lambda session, context: complaints.tell(session, request, context), lambda state: moved(self, state)
        )


def _message(case: Case, known: ComplaintCase) -> str:
    name = address_form(case.ticket.member_name, case.ticket.member_gender, case.context.language)
    return gettext("Hello {name}, this is {store}. About your complaint: {decision}").format(
        name=name, store=case.context.store.name, decision=known.decision
    )


class CarryOutDialog(StepDialog):
    """One remedy is carried out: what shows it; a repair may be taken in at once."""

    def __init__(self, room: Room, case: Case, known: ComplaintCase) -> None:
        """Offer the remedies that wait."""
        super().__init__(room, case, gettext("Carry out the remedy"), gettext("Remedy is carried out"))
        self._waiting = {one.id: one for one in known.work.remedies_of(known.round) if one.done_at is None}
        words = [(_remedy_words(case, one), one.id) for one in self._waiting.values()]
        self.remedy = ChoiceField(gettext("&Remedy"), words, required=bool(words), empty=gettext("choose"))
        self.add("remedy_id", self.remedy)
        self.remedy.set_value(next(iter(self._waiting), None))
        show_if(self.remedy, len(self._waiting) > 1)
        self.note = self.add("note", LineField(gettext("What &shows it"), max_length=_LINE_LENGTH))
        self.repair = self.add("repair", TickField(gettext("&Take the goods in for repair now")))
        methods = [(gettext(words), key) for key, words in METHODS.items()]
        self.method = self.add("method", ChoiceField[str](gettext("&Paid by"), methods))
        self.method.set_value("wechat")
        self.remedy.changed.connect(self._turn)
        self.repair.changed.connect(self._turn)
        self._turn()

    def _turn(self) -> None:
        row = self._waiting.get(self.remedy.value() or 0)
        self.say(gettext("Decided: {remedy}").format(remedy=_remedy_words(self.case, row)) if row else "")
        kind = row.compensation if row is not None else None
        show_if(self.repair, kind is Compensation.REPAIR and self.ticket.item_id is not None)
        show_if(self.method, kind is Compensation.REFUND)
        self.note.set_required(kind is not Compensation.POINTS and not self._takes_in())
        self.note.set_hint(gettext(_SHOWS[kind]) if kind is not None else "")

    def _takes_in(self) -> bool:
        row = self._waiting.get(self.remedy.value() or 0)
        return row is not None and row.compensation is Compensation.REPAIR and bool(self.repair.value())

    @override
    def send(self) -> None:
        """Write it."""
        key = self.remedy.value()
        request = CarryOut(
            self.ticket.id, self.ticket.version, self.note.typed(), key, self._takes_in(), self.method.value() or ""
        )
        self.room.desk.jobs.write(
            self,
            lambda session, context: complaint_remedies.carry_out(session, request, context),
            self._done,
            self.refused,
        )

    def _done(self, done: CarriedOut) -> None:
        self.accept()
        words = gettext("{number}: carried out, {evidence}").format(number=self.ticket.number, evidence=done.evidence)
        if done.left:
            left = ngettext("{count} more to carry out", "{count} more to carry out", done.left)
            words = f"{words} · {left.format(count=done.left)}"
        actions = []
        if done.repair_id is not None:
            ref = EntityRef(EntityKind.TICKET, done.repair_id)
            actions.append((gettext("Open the repair"), lambda: self.room.desk.navigator.open(ref)))
        self.room.say(words, actions)


def _remedy_words(case: Case, row: RemedyRow) -> str:
    return f"{offer_words(case, row.compensation, row.amount, row.points)} · {row.words}"


class SatisfactionDialog(StepDialog):
    """What the customer says now."""

    def __init__(self, room: Room, case: Case, _known: ComplaintCase) -> None:
        """Ask."""
        super().__init__(room, case, gettext("Ask the customer"), gettext("Save answer"))
        said = [(label(one), one) for one in _SAID]
        self.outcome = self.add(
            "outcome", ChoiceField(gettext("&The customer is"), said, required=True, empty=gettext("choose"))
        )
        self.note = self.add("note", TextField(gettext("In the customer's wo&rds"), lines=2, max_length=_NOTE_LENGTH))

    @override
    def send(self) -> None:
        """Write the answer."""
        values: dict[str, Any] = self.fields.values()
        request = Satisfaction(self.ticket.id, self.ticket.version, values["outcome"], values["note"] or "")
        self.submit(lambda session, context: complaints.ask_satisfaction(session, request, context), self._said)

    def _said(self, _state: TicketState) -> str:
        outcome = self.outcome.value()
        if outcome is CallOutcome.DISSATISFIED:
            return gettext("{number}: not satisfied; open it again or escalate it").format(number=self.ticket.number)
        answer = label(outcome) if outcome is not None else ""
        return gettext("{number}: {state}").format(number=self.ticket.number, state=answer)
