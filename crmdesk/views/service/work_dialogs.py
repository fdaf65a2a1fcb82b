"""Dialogs around the work: quality check, shelf, sending away, taking back, the expected date, notes, cancelling."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.errors import ReasonMissingError
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.tickets import TicketState
from crmdesk.services import repair, ticket_notes
from crmdesk.services.ticket_steps import Step
from crmdesk.views.service.case import Case
from crmdesk.views.service.room import Room
from crmdesk.views.service.shelf_offer import offer_freest
from crmdesk.views.service.shelf_put_dialog import put_action
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import day_text
from crmdesk.views.support.desk import ToastAction
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, TextField

if TYPE_CHECKING:
    from datetime import date

    from crmdesk.db.session import Session

_NOTE_LENGTH = 1000
_SHELF_LENGTH = 40
_PASS, _FAIL = "pass", "fail"

StepVerb = Callable[["Session", Step, Context], Outcome[TicketState]]


class QualityDialog(StepDialog):
    """Passed goods go to a shelf, failed ones back to work with the reason."""

    problem_fields: ClassVar = {ReasonMissingError: "note"}

    def __init__(self, room: Room, case: Case) -> None:
        """Begin with a pass."""
        super().__init__(room, case, gettext("Check quality"), gettext("Save check"))
        self._result = ChoiceField(
            gettext("&Result"),
            [(gettext("Passed, to the shelf"), _PASS), (gettext("Failed, back to work"), _FAIL)],
            required=True,
            empty=gettext("choose"),
        )
        self._shelf = _shelf_field(case)
        offer_freest(room.desk, self, self._shelf)
        self.add_row(result=self._result, shelf=self._shelf)
        self._note = self.add("note", TextField(gettext("&Note"), lines=2, max_length=_NOTE_LENGTH))
        self._result.changed.connect(self._turn)
        self._result.set_value(_PASS)
        self._turn()

    def _turn(self) -> None:
        passed = self._result.value() == _PASS
        self._shelf.setVisible(passed)
        self._note.set_label(gettext("&Note") if passed else gettext("&What is still wrong"))
        self._note.set_required(not passed)

    @override
    def send(self) -> None:
        """Write the result."""
        values: dict[str, Any] = self.fields.values()
        request, passed, shelf = self.step(values["note"] or ""), values["result"] == _PASS, values["shelf"] or ""

        def work(session: "Session", context: Context) -> Outcome[TicketState]:
            return repair.check_quality(session, request, context, passed=passed, shelf=shelf)

        self.submit(work, lambda state: _moved(self, state))


class ReadyDialog(StepDialog):
    """Goods that go back unrepaired are put on a shelf for the customer."""

    def __init__(self, room: Room, case: Case) -> None:
        """Ask where they lie."""
        text = gettext("The goods go back to the customer without repair.")
        super().__init__(room, case, gettext("Return unrepaired"), gettext("Make ready"), text)
        self._shelf = _shelf_field(case)
        offer_freest(room.desk, self, self._shelf)
        self._fee = MoneyField(gettext("&Examination fee"), hint=gettext("if the customer was told"))
        self.add_row(shelf=self._shelf, examination=self._fee)
        self._note = self.add("note", TextField(gettext("&Note"), lines=2, max_length=_NOTE_LENGTH))

    @override
    def send(self) -> None:
        """Write the step."""
        values: dict[str, Any] = self.fields.values()
        request, shelf, fee = self.step(values["note"] or ""), values["shelf"] or "", values["examination"] or Money(0)
        self.submit(
            lambda session, context: repair.make_ready(session, request, context, shelf=shelf, examination=fee),
            lambda state: _moved(self, state),
        )


class EstimateDialog(StepDialog):
    """A new expected date; what was promised stays as it was given."""

    def __init__(self, room: Room, case: Case) -> None:
        """Begin with the date expected so far."""
        super().__init__(room, case, gettext("Change the expected date"), gettext("Save date"), _promised(case))
        today = case.context.today
        self._day = self.add("estimated_on", DayField(gettext("&Expected on"), today, required=True))
        self._reason = self.add("note", LineField(gettext("&Why"), max_length=_NOTE_LENGTH))
        self._reason.suggest([gettext("Waiting for parts"), gettext("Head office asks for more time")])
        self._day.set_value(case.ticket.estimated_on)

    @override
    def send(self) -> None:
        """Write the date."""
        values: dict[str, Any] = self.fields.values()
        request, day = self.step(values["note"] or ""), values["estimated_on"]
        self.submit(
            lambda session, context: repair.change_estimate(session, request, context, estimated_on=day), self._said
        )

    def _said(self, day: "date") -> str:
        return gettext("{number} is expected on {day}").format(number=self.ticket.number, day=day_text(day))


class NoteDialog(StepDialog):
    """A step that takes one line of words: a courier's number, a note, a reason."""

    problem_fields: ClassVar = {ReasonMissingError: "note"}

    def __init__(self, room: Room, case: Case, words: "NoteWords", verb: StepVerb) -> None:
        """Ask with these words, write with this service."""
        super().__init__(room, case, words.title, words.button, words.text)
        self._verb, self._words = verb, words
        self._note = self.add("note", TextField(words.label, required=words.required, lines=2, max_length=_NOTE_LENGTH))

    @override
    def send(self) -> None:
        """Write the step."""
        request = self.step(self._note.typed())
        self.submit(lambda session, context: self._verb(session, request, context), lambda state: _moved(self, state))

    @override
    def afterwards(self) -> Sequence[ToastAction]:
        """Offer the shelf for goods that were just taken in."""
        return [put_action(self.room, self.ticket.number)] if self._words.taken_in else ()


class NoteWords:
    """What a `NoteDialog` says."""

    # After the step the goods are here and want a place.
    taken_in = False

    def __init__(self, title: str, button: str, label: str, text: str = "", *, required: bool = False) -> None:
        """Keep the words, already translated; ``required`` when nothing happens without a note."""
        self.title = title
        self.button = button
        self.label = label
        self.text = text
        self.required = required


class RemarkDialog(StepDialog):
    """A note on the time line; never printed."""

    def __init__(self, room: Room, case: Case) -> None:
        """Ask for the note."""
        text = gettext("For colleagues only; it is never printed.")
        super().__init__(room, case, gettext("Write a note"), gettext("Save note"), text)
        self._note = self.add("note", TextField(gettext("&Note"), required=True, max_length=_NOTE_LENGTH))

    @override
    def send(self) -> None:
        """Write the note."""
        request = self.step(self._note.typed())
        self.submit(
            lambda session, context: ticket_notes.add_note(session, request, context), lambda _none: gettext("Noted")
        )


def _shelf_field(case: Case) -> LineField:
    field = LineField(gettext("&Shelf"), max_length=_SHELF_LENGTH, hint=gettext("type or scan"), example="A3")
    field.set_value(case.ticket.shelf)
    return field


def _promised(case: Case) -> str:
    if case.ticket.promised_on is None:
        return gettext("Nothing was promised to the customer.")
    day = day_text(case.ticket.promised_on, case.context.today())
    return gettext("Promised to the customer: {day}. The promise stays; tell the customer.").format(day=day)


def _moved(dialog: StepDialog, state: TicketState) -> str:
    return gettext("{number}: {state}").format(number=dialog.ticket.number, state=label(state))
