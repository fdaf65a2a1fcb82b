"""The steps of a complaint as verbs (ISO 10002), each with the reason why it is not possible now."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog

from crmdesk.core.complaint_rules import missing_for_closing, needs_carrying_out
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.roles import Right
from crmdesk.core.tickets import TicketState
from crmdesk.queries.complaint_case import ComplaintCase
from crmdesk.services import complaints
from crmdesk.services.ticket_steps import Step
from crmdesk.views.service.case import Case, CaseStep
from crmdesk.views.service.case_complaint_after import CorrectiveDialog, SatisfactionDialog, TellDecisionDialog
from crmdesk.views.service.case_complaint_dialogs import (
    AssessDialog,
    DecideDialog,
    InvestigateDialog,
    ProposeDialog,
)
from crmdesk.views.service.case_complaint_words import amount_words, missing_words
from crmdesk.views.service.common_steps import may_move, refusal
from crmdesk.views.service.room import Room
from crmdesk.views.service.work_dialogs import NoteDialog, NoteWords, StepVerb

_S = TicketState
_SETTLED = frozenset({_S.DECIDED, _S.COMMUNICATED, _S.SATISFACTION_CALL})
_TOLD = frozenset({_S.COMMUNICATED, _S.SATISFACTION_CALL})
MakeDialog = Callable[[Room, Case, ComplaintCase], QDialog]


class ComplaintSteps:
    """Builds the steps for one complaint as it stands."""

    def __init__(self, room: Room, case: Case, known: ComplaintCase) -> None:
        """Keep the case."""
        self.room = room
        self.case = case
        self.known = known

    def all(self) -> list[CaseStep]:
        """Give every step in the order of a complaint."""
        return [
            self.acknowledge(),
            self.assess(),
            self.investigate(),
            self.propose(),
            self.approve(),
            self.decide(),
            self.tell(),
            self.carry_out(),
            self.ask(),
            self.close(),
            self.corrective(),
            self.escalate(),
            self.reopen(),
        ]

    def acknowledge(self) -> CaseStep:
        """Say that it is being dealt with."""
        legal = may_move(self.case, _S.ACKNOWLEDGED)
        words = NoteWords(
            gettext("Acknowledge"),
            gettext("Customer knows"),
            gettext("&What was said"),
            gettext("Tell the customer today that the complaint is received and being dealt with."),
        )
        return self._noted(words, "mail-check", complaints.acknowledge, self._why(legal=legal))

    def assess(self) -> CaseStep:
        """Rate it."""
        return self._dialog(
            gettext("Assess"), "list-checks", AssessDialog, self._why(legal=may_move(self.case, _S.ASSESSED))
        )

    def investigate(self) -> CaseStep:
        """Find the cause."""
        state = self.case.ticket.state
        legal = state is _S.INVESTIGATING or may_move(self.case, _S.INVESTIGATING)
        words = gettext("Add findings") if self.known.findings else gettext("Investigate")
        return self._dialog(words, "search", InvestigateDialog, self._why(legal=legal))

    def propose(self) -> CaseStep:
        """Propose a remedy."""
        return self._dialog(
            gettext("Propose a remedy"), "file-pen", ProposeDialog, self._why(legal=may_move(self.case, _S.PROPOSED))
        )

    def approve(self) -> CaseStep:
        """Approve the amount, within one's limit."""
        legal = may_move(self.case, _S.PROPOSAL_APPROVED)
        why = self._why(legal=legal, right=Right.JUDGE) or self._above_limit()
        offered = amount_words(self.case, self.known)
        words = gettext("Approve {remedy}").format(remedy=offered) if offered and legal else gettext("Approve")
        return self._direct(words, "thumbs-up", complaints.approve, why)

    def decide(self) -> CaseStep:
        """Make the proposal the decision."""
        why = self._why(legal=may_move(self.case, _S.DECIDED), right=Right.JUDGE)
        if not why and not self.known.approved_by:
            why = self._above_limit()
        return self._dialog(gettext("Decide"), "scale", DecideDialog, why)

    def tell(self) -> CaseStep:
        """Tell the decision."""
        why = self._why(legal=may_move(self.case, _S.COMMUNICATED))
        return self._dialog(gettext("Tell the decision"), "phone-outgoing", TellDecisionDialog, why)

    def carry_out(self) -> CaseStep:
        """Pay, exchange, give."""
        why = self._why(legal=self.case.ticket.state in _SETTLED)
        if not why and not needs_carrying_out(self.known):
            why = gettext("nothing left to carry out")
        offered = amount_words(self.case, self.known)
        words = NoteWords(
            gettext("Carry out the remedy"),
            gettext("Remedy is carried out"),
            gettext("&How it was done"),
            gettext("Decided: {remedy}").format(remedy=offered) if offered else "",
        )
        return self._noted(words, "hand-coins", complaints.carry_out, why)

    def ask(self) -> CaseStep:
        """Ask whether the customer is satisfied."""
        why = self._why(legal=self.case.ticket.state in _TOLD)
        return self._dialog(gettext("Ask for satisfaction"), "smile", SatisfactionDialog, why)

    def close(self) -> CaseStep:
        """End it."""
        why = self._why(legal=may_move(self.case, _S.CLOSED))
        missing = missing_for_closing(self.known)
        if missing and self.case.ticket.is_open:
            why = missing_words(missing)
        return self._direct(gettext("Close the complaint"), "circle-check", complaints.close, why)

    def corrective(self) -> CaseStep:
        """Change what led to it."""
        why = self._why(legal=self.case.ticket.state is not _S.CANCELLED)
        return self._dialog(gettext("Corrective action"), "shield-check", CorrectiveDialog, why)

    def escalate(self) -> CaseStep:
        """Hand it up."""
        words = NoteWords(
            gettext("Escalate"),
            gettext("Escalate complaint"),
            gettext("&Reason"),
            gettext("Somebody with more authority takes the complaint over."),
            required=True,
        )
        return self._noted(words, "flag", complaints.escalate, self._why(legal=may_move(self.case, _S.ESCALATED)))

    def reopen(self) -> CaseStep:
        """Begin a second round."""
        words = NoteWords(
            gettext("Open it again"),
            gettext("Open complaint again"),
            gettext("&Reason"),
            gettext("The second round needs its own decision, telling and remedy; the first stays on the time line."),
            required=True,
        )
        return self._noted(words, "rotate-ccw", complaints.reopen, self._why(legal=may_move(self.case, _S.REOPENED)))

    # -- kinds of steps --------------------------------------------------------------------

    def _why(self, *, legal: bool, right: Right = Right.SERVE) -> str:
        return refusal(self.case, right, legal=legal)

    def _above_limit(self) -> str:
        if self.case.context.may_approve(self.known.amount):
            return ""
        limit = self.case.context.actor.approve_limit or Money(0)
        return gettext("above your limit of ¥{limit}").format(limit=limit.short_text())

    def _dialog(self, text: str, icon: str, make: MakeDialog, why: str) -> CaseStep:
        def run() -> None:
            make(self.room, self.case, self.known).open()

        return CaseStep(text, icon, run, why)

    def _noted(self, words: NoteWords, icon: str, verb: StepVerb, why: str) -> CaseStep:
        def run() -> None:
            NoteDialog(self.room, self.case, words, verb).open()

        return CaseStep(words.title, icon, run, why)

    def _direct(self, text: str, icon: str, verb: StepVerb, why: str) -> CaseStep:
        request = Step(self.case.ticket.id, self.case.ticket.version)
        number = self.case.ticket.number

        def said(state: TicketState) -> str:
            return gettext("{number}: {state}").format(number=number, state=label(state))

        def run() -> None:
            self.room.write(lambda session, context: verb(session, request, context), said)

        return CaseStep(text, icon, run, why)
