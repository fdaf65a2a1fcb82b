"""Dialogs of a complaint's steps after the decision: tell, ask, corrective action."""

from typing import Any

from typing_extensions import override

from crmdesk.core.care import CallOutcome
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.names import address_form
from crmdesk.core.tickets import TellChannel, TicketState
from crmdesk.queries.complaint_case import ComplaintCase
from crmdesk.services import complaints
from crmdesk.services.complaints import Corrective, Satisfaction, Tell
from crmdesk.views.service.case import Case
from crmdesk.views.service.case_complaint_dialogs import moved
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.clipboard import copy_text
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.fields import ChoiceField, TextField
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row

_TEXT_LENGTH = 4000
_NOTE_LENGTH = 1000
_SAID = (CallOutcome.SATISFIED, CallOutcome.NEUTRAL, CallOutcome.DISSATISFIED)


class TellDecisionDialog(StepDialog):
    """How and in which words the customer is told; a satisfaction call is planned by itself."""

    def __init__(self, room: Room, case: Case, known: ComplaintCase) -> None:
        """Begin with the decision, addressed to the customer."""
        text = gettext("A satisfaction call is planned by itself.")
        if known.is_key or known.is_severe:
            first = gettext("Key member or severe complaint: call before you write.")
            text = f"{first} {text}"
        super().__init__(room, case, gettext("Tell the decision"), gettext("Customer is told"), text)
        channels = [(label(one), one) for one in TellChannel]
        self.channel = self.add("channel", ChoiceField(gettext("&How"), channels, required=True))
        self.channel.set_value(TellChannel.PHONE)
        self.words = self.add("words", TextField(gettext("&Words"), required=True, lines=4, max_length=_TEXT_LENGTH))
        self.words.set_value(_message(case, known))
        copy = Button(gettext("&Copy text"), "copy")
        copy.clicked.connect(self._copy)
        self.add_part(row(copy, None))

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


class CorrectiveDialog(StepDialog):
    """What is changed so that it does not happen again, who sees to it, until when."""

    def __init__(self, room: Room, case: Case, known: ComplaintCase) -> None:
        """Begin with what was agreed before."""
        text = gettext("So that it does not happen again.")
        super().__init__(room, case, gettext("Corrective action"), gettext("Save action"), text)
        self.action = self.add(
            "action", TextField(gettext("&What is changed"), required=True, lines=3, max_length=_TEXT_LENGTH)
        )
        people = [(name, key) for key, name in known.staff]
        self.owner = ChoiceField(gettext("Who &sees to it"), people, required=True, empty=gettext("choose"))
        self.due = DayField(gettext("&Until"), case.context.today)
        self.add_row(owner_id=self.owner, due=self.due)
        self.action.set_value(known.corrective_action)
        self.owner.set_value(known.corrective_owner_id)
        self.due.set_value(known.corrective_due)

    @override
    def send(self) -> None:
        """Write the action."""
        values: dict[str, Any] = self.fields.values()
        request = Corrective(self.ticket.id, self.ticket.version, values["action"], values["owner_id"], values["due"])
        self.submit(lambda session, context: complaints.set_corrective(session, request, context), self._said)

    def _said(self, _action: str) -> str:
        return gettext("{number}: corrective action saved").format(number=self.ticket.number)
