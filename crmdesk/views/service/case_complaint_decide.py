"""Dialogs around the decision: yes or no to a proposal, approval with a PIN at this desk, the decision itself."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from crmdesk.core.complaint_errors import NoProposalError, ProposalClosedError, RemediesTooHighError
from crmdesk.core.desk_errors import AboveLimitError
from crmdesk.core.errors import NotAllowedError, ReasonMissingError
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.tickets import Compensation
from crmdesk.queries.complaint_case import ComplaintCase
from crmdesk.queries.complaint_work import ProposalRow
from crmdesk.services import complaint_proposals
from crmdesk.services.complaint_proposals import ByPin, Decide, OnProposal, RemedyPlan
from crmdesk.services.signin import Refused
from crmdesk.views.service.case import Case
from crmdesk.views.service.case_complaint_dialogs import moved
from crmdesk.views.service.case_complaint_words import approver_words, person_words, proposal_words
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.service.work_dialogs import StepVerb
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField, TextField
from crmdesk.views.support.form_dialog import WIDE
from crmdesk.views.support.prompts import PIN_LENGTH
from crmdesk.views.support.widgets.text import Text, show_if

if TYPE_CHECKING:
    from crmdesk.core.tickets import TicketState

_TEXT_LENGTH: Final = 4000
_LINE_LENGTH: Final = 120
_NOTE_LENGTH: Final = 1000
_FURTHER: Final = (1, 2)


class ProposalChoice(ChoiceField[int]):
    """Which of the open proposals; where there is only one it is chosen and not asked for."""

    def __init__(self, case: Case, known: ComplaintCase) -> None:
        """Begin with the approved one, else with the newest."""
        self.rows: dict[int, ProposalRow] = {one.id: one for one in known.work.open_proposals()}
        words = [(f"{one.ordinal}. {proposal_words(case, one)}", one.id) for one in self.rows.values()]
        super().__init__(gettext("&Proposal"), words, required=True, empty=gettext("choose"))
        approved = [one for one in self.rows.values() if one.approval is not None and known.approved_by]
        if self.rows:
            self.set_value((approved or list(self.rows.values()))[-1].id)

    def row(self) -> ProposalRow | None:
        """Give the chosen one."""
        return self.rows.get(self.value() or 0)


class AnswerDialog(StepDialog):
    """A yes or a no to one proposal, with words."""

    problem_fields: ClassVar = {
        ReasonMissingError: "note",
        AboveLimitError: "proposal_id",
        NoProposalError: "proposal_id",
        ProposalClosedError: "proposal_id",
    }

    def __init__(self, room: Room, case: Case, known: ComplaintCase, verb: StepVerb, words: tuple[str, str]) -> None:
        """Ask for the words; ``words`` are heading and button."""
        super().__init__(room, case, *words)
        self._known, self._verb = known, verb
        self.proposal = self.add("proposal_id", ProposalChoice(case, known))
        show_if(self.proposal, len(self.proposal.rows) > 1)
        self._what = Text("", "soft", wrap=True)
        self.add_part(self._what)
        needed = verb is complaint_proposals.refuse
        self.note = self.add("note", TextField(gettext("&Words"), required=needed, lines=2, max_length=_NOTE_LENGTH))
        self.proposal.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        row = self.proposal.row()
        if row is not None:
            self._what.setText("\n".join((row.words, approver_words(self._known, row.amount))))

    @override
    def send(self) -> None:
        """Write the answer."""
        request = OnProposal(self.ticket.id, self.ticket.version, self.note.typed(), self.proposal.value())
        self.submit(lambda session, context: self._verb(session, request, context), lambda state: moved(self, state))


class PinDialog(StepDialog):
    """Somebody who may approve the amount does so at this desk, with her PIN."""

    problem_fields: ClassVar = {
        AboveLimitError: "staff_id",
        NotAllowedError: "staff_id",
        NoProposalError: "proposal_id",
    }

    def __init__(self, room: Room, case: Case, known: ComplaintCase) -> None:
        """Offer the people whose limit suffices, the next in the chain first."""
        text = gettext("The PIN is kept nowhere; the approval stands under that person's name.")
        super().__init__(room, case, gettext("Approve with PIN"), gettext("Approve"), text)
        self._known = known
        self.proposal = self.add("proposal_id", ProposalChoice(case, known))
        show_if(self.proposal, len(self.proposal.rows) > 1)
        self.person: ChoiceField[int] = ChoiceField(gettext("Who &approves"), required=True, empty=gettext("choose"))
        self.pin = LineField(gettext("P&IN"), required=True, max_length=PIN_LENGTH)
        self.pin.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        self.add_row(staff_id=self.person, pin=self.pin)
        self.note = self.add("note", TextField(gettext("&Words"), lines=2, max_length=_NOTE_LENGTH))
        self.proposal.changed.connect(self._offer)
        self._offer()

    def _offer(self) -> None:
        row = self.proposal.row()
        amount = row.amount if row is not None else Money(0)
        fitting = [one for one in self._known.work.approvers if one.limit is None or amount <= one.limit]
        self.person.set_choices([(person_words(one), one.id) for one in fitting])
        following = self._known.work.next_approvers(amount)
        if self.person.value() is None and following:
            self.person.set_value(following[0].id)

    @override
    def send(self) -> None:
        """Check the PIN and write the approval in one go."""
        wanted = OnProposal(self.ticket.id, self.ticket.version, self.note.typed(), self.proposal.value())
        request = ByPin(wanted, self.person.value() or 0, self.pin.line.text())
        self.room.desk.jobs.write(
            self,
            lambda session, context: complaint_proposals.approve_by_pin(session, request, context),
            self._answered,
            self.refused,
        )

    def _answered(self, answer: "TicketState | Refused") -> None:
        self.pin.line.clear()
        if isinstance(answer, Refused):
            self.save.setEnabled(True)
            waits = gettext("Too many wrong PINs; wait a moment.")
            wrong = gettext("This PIN is wrong.")
            self.fields.show_problems({"pin": waits if answer.wait_until is not None else wrong})
            self.pin.setFocus()
            return
        self.accept()
        self.room.say(moved(self, answer))


class DecideDialog(StepDialog):
    """The decision in the words that go to the customer, and the remedies it is carried out by."""

    problem_fields: ClassVar = {
        ReasonMissingError: "decision",
        AboveLimitError: "decision",
        NoProposalError: "decision",
        ProposalClosedError: "proposal_id",
        RemediesTooHighError: "amount_1",
    }

    def __init__(self, room: Room, case: Case, known: ComplaintCase) -> None:
        """Begin with the proposal's words."""
        super().__init__(room, case, gettext("Decide"), gettext("Save decision"), width=WIDE)
        hint = gettext("goes into the letter")
        self.proposal = self.add("proposal_id", ProposalChoice(case, known))
        self.decision = self.add(
            "decision", TextField(gettext("&Decision"), required=True, lines=4, max_length=_TEXT_LENGTH, hint=hint)
        )
        self.add_part(Text(gettext("Further remedies within the proposed amount"), "field"))
        self._further = [self._row(number) for number in _FURTHER]
        self._first = Text("", "soft", wrap=True)
        self.add_part(self._first)
        self.proposal.changed.connect(self._take_words)
        self.fields.changed.connect(self._split)
        self._take_words()
        self._split()
        show_if(self.notice, False)
        show_if(self.proposal, len(self.proposal.rows) > 1)

    def _row(self, number: int) -> tuple[ChoiceField[Compensation], MoneyField, LineField]:
        kinds: list[tuple[str, Compensation]] = [
            (label(one), one) for one in Compensation if one is not Compensation.POINTS
        ]
        kind: ChoiceField[Compensation] = ChoiceField(gettext("And also"), kinds)
        amount = MoneyField(gettext("Amount"))
        words = LineField(gettext("In words"), max_length=_LINE_LENGTH)
        fields: dict[str, Any] = {f"kind_{number}": kind, f"amount_{number}": amount, f"words_{number}": words}
        self.add_row(**fields)
        return kind, amount, words

    def _take_words(self) -> None:
        row = self.proposal.row()
        if row is not None:
            self.decision.set_value(row.words)

    def _more(self) -> list[RemedyPlan]:
        plans = []
        for kind, amount, words in self._further:
            chosen = kind.value()
            if chosen is not None:
                plans.append(RemedyPlan(chosen, words.typed() or label(chosen), amount.value() or Money(0)))
        return plans

    def _split(self) -> None:
        """Say what is left for the proposed remedy."""
        row = self.proposal.row()
        if row is None:
            self._first.setText("")
            return
        left = row.amount - Money.total(one.amount for one in self._more())
        words = proposal_words(self.case, row)
        if self._more():
            words = gettext("{remedy}, of which ¥{left} for it").format(remedy=words, left=left.short_text())
        self._first.setText(gettext("To be carried out: {remedy}").format(remedy=words))

    @override
    def send(self) -> None:
        """Write the decision."""
        row, more = self.proposal.row(), self._more()
        plans: tuple[RemedyPlan, ...] = ()
        if row is not None and more:
            left = max(row.amount - Money.total(one.amount for one in more), Money(0))
            plans = (RemedyPlan(row.compensation, row.words, left, row.points), *more)
        request = Decide(self.ticket.id, self.ticket.version, self.decision.typed(), self.proposal.value(), plans)
        self.submit(
            lambda session, context: complaint_proposals.decide(session, request, context),
            lambda state: moved(self, state),
        )
