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
from crmdesk.services import complaint_proposals, complaint_rounds, complaint_tasks, complaints
from crmdesk.services.ticket_steps import Step
from crmdesk.views.service.case import Case, CaseStep
from crmdesk.views.service.case_complaint_after import CarryOutDialog, SatisfactionDialog, TellDecisionDialog
from crmdesk.views.service.case_complaint_decide import AnswerDialog, DecideDialog, PinDialog
from crmdesk.views.service.case_complaint_dialogs import AssessDialog, InvestigateDialog, ProposeDialog
from crmdesk.views.service.case_complaint_tasks import (
    CorrectiveDialog,
    EscalateDialog,
    FinishTaskDialog,
    GiveTaskDialog,
)
from crmdesk.views.service.case_complaint_words import amount_words, missing_words
from crmdesk.views.service.common_steps import may_move, refusal
from crmdesk.views.service.room import Room
from crmdesk.views.service.work_dialogs import NoteDialog, NoteWords, StepVerb

_S = TicketState
_SETTLED = frozenset({_S.DECIDED, _S.COMMUNICATED, _S.SATISFACTION_CALL})
_TOLD = frozenset({_S.COMMUNICATED, _S.SATISFACTION_CALL})
_UNDECIDED = frozenset({_S.ASSESSED, _S.INVESTIGATING, _S.PROPOSED, _S.PROPOSAL_APPROVED, _S.REOPENED, _S.ESCALATED})
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
            self.give_task(),
            self.finish_task(),
            self.propose(),
            self.approve(),
            self.approve_by_pin(),
            self.refuse(),
            self.withdraw(),
            self.decide(),
            self.tell(),
            self.carry_out(),
            self.ask(),
            self.close(),
            self.corrective(),
            self.corrected(),
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
        legal = may_move(self.case, _S.ASSESSED) or (self.case.ticket.state in _UNDECIDED)
        return self._dialog(gettext("Assess"), "list-checks", AssessDialog, self._why(legal=legal))

    def investigate(self) -> CaseStep:
        """Find the cause."""
        state = self.case.ticket.state
        legal = state is _S.INVESTIGATING or may_move(self.case, _S.INVESTIGATING)
        words = gettext("Add findings") if self.known.findings else gettext("Investigate")
        return self._dialog(words, "search", InvestigateDialog, self._why(legal=legal))

    def propose(self) -> CaseStep:
        """Propose a remedy, also beside others."""
        legal = may_move(self.case, _S.PROPOSED) or self.case.ticket.state is _S.PROPOSED
        words = gettext("Another proposal") if self.known.work.open_proposals() else gettext("Propose a remedy")
        return self._dialog(words, "file-pen", ProposeDialog, self._why(legal=legal))

    def give_task(self) -> CaseStep:
        """Let somebody find something out."""
        why = "" if self._may_help() and self.case.ticket.is_open else self._why(legal=self.case.ticket.is_open)
        return self._dialog(gettext("Give a task"), "list-checks", GiveTaskDialog, why)

    def finish_task(self) -> CaseStep:
        """Keep the result of a task."""
        waits = any(one.done_at is None for one in self.known.work.tasks)
        why = "" if self._may_help() else self._why(legal=True)
        if not waits:
            why = why or gettext("no open task")
        return self._dialog(gettext("Finish a task"), "list-checks", FinishTaskDialog, why)

    def approve(self) -> CaseStep:
        """Approve the amount, within one's limit; with several proposals, of one of them."""
        legal = may_move(self.case, _S.PROPOSAL_APPROVED)
        why = self._why(legal=legal, right=Right.JUDGE)
        if len(self.known.work.open_proposals()) > 1:
            why = why or self._all_above_limit()
            words = gettext("Approve a proposal")
            return self._answer(words, "thumbs-up", complaint_proposals.approve, gettext("Approve"), why)
        why = why or self._above_limit()
        offered = amount_words(self.case, self.known)
        words = gettext("Approve {remedy}").format(remedy=offered) if offered and legal else gettext("Approve")
        return self._direct(words, "thumbs-up", complaint_proposals.approve, why)

    def approve_by_pin(self) -> CaseStep:
        """Let somebody else approve at this desk."""
        legal = may_move(self.case, _S.PROPOSAL_APPROVED) and bool(self.known.work.open_proposals())
        return self._dialog(gettext("Approve with PIN"), "shield-check", PinDialog, self._why(legal=legal))

    def refuse(self) -> CaseStep:
        """Say no to a proposal."""
        why = self._why(legal=self.case.ticket.state is _S.PROPOSED, right=Right.JUDGE)
        words = gettext("Refuse a proposal")
        return self._answer(words, "thumbs-down", complaint_proposals.refuse, gettext("Refuse"), why)

    def withdraw(self) -> CaseStep:
        """Take a proposal off the table."""
        why = self._why(legal=self.case.ticket.state is _S.PROPOSED)
        words = gettext("Withdraw a proposal")
        return self._answer(words, "undo-2", complaint_proposals.withdraw, gettext("Withdraw"), why)

    def decide(self) -> CaseStep:
        """Make a proposal the decision."""
        why = self._why(legal=may_move(self.case, _S.DECIDED), right=Right.JUDGE)
        if not why and not self.known.work.open_proposals():
            why = gettext("propose a remedy first")
        if not why and not any(one.approval for one in self.known.work.open_proposals()):
            why = self._all_above_limit()
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
        return self._dialog(gettext("Carry out the remedy"), "hand-coins", CarryOutDialog, why)

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

    def corrected(self) -> CaseStep:
        """Note that what led to it is changed."""
        known = self.known
        why = "" if self._may_help() else self._why(legal=True)
        if not known.corrective_action or known.corrective_done_at is not None:
            why = why or gettext("nothing waits")
        words = NoteWords(
            gettext("Corrective action is done"),
            gettext("Action is done"),
            gettext("&What was done"),
            known.corrective_action,
        )
        return self._noted(words, "shield-check", complaint_tasks.finish_corrective, why)

    def escalate(self) -> CaseStep:
        """Hand it up."""
        why = self._why(legal=may_move(self.case, _S.ESCALATED))
        return self._dialog(gettext("Escalate"), "flag", EscalateDialog, why)

    def reopen(self) -> CaseStep:
        """Begin a second round."""
        words = NoteWords(
            gettext("Open it again"),
            gettext("Open complaint again"),
            gettext("&Reason"),
            gettext("The second round needs its own decision, telling and remedy; the first stays on the time line."),
            required=True,
        )
        return self._noted(
            words, "rotate-ccw", complaint_rounds.reopen, self._why(legal=may_move(self.case, _S.REOPENED))
        )

    # -- kinds of steps --------------------------------------------------------------------

    def _why(self, *, legal: bool, right: Right = Right.SERVE) -> str:
        return refusal(self.case, right, legal=legal)

    def _above_limit(self) -> str:
        if self.case.context.may_approve(self.known.amount):
            return ""
        limit = self.case.context.actor.approve_limit or Money(0)
        return gettext("above your limit of ¥{limit}").format(limit=limit.short_text())

    def _all_above_limit(self) -> str:
        within = any(self.case.context.may_approve(one.amount) for one in self.known.work.open_proposals())
        return "" if within else self._above_limit()

    def _may_help(self) -> bool:
        """Tell whether the person may give and finish tasks: whoever serves or decides."""
        return self.case.context.may(Right.JUDGE) or self.case.context.may(Right.SERVE)

    def _answer(self, text: str, icon: str, verb: StepVerb, button: str, why: str) -> CaseStep:
        def run() -> None:
            AnswerDialog(self.room, self.case, self.known, verb, (text, button)).open()

        return CaseStep(text, icon, run, why)

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
