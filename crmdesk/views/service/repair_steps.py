"""The steps of a repair as verbs, each with the reason why it is not possible now."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.quotes import QuoteState
from crmdesk.core.repair_rules import INSTEAD
from crmdesk.core.roles import Right
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import TicketState
from crmdesk.services import quotes, repair
from crmdesk.services.ticket_steps import Step
from crmdesk.views.service import batch_of_ticket
from crmdesk.views.service.batch_dialogs import BackDialog
from crmdesk.views.service.case import Case, CaseStep
from crmdesk.views.service.common_steps import may_move, opening, refusal
from crmdesk.views.service.goods_pages import PICK_UP
from crmdesk.views.service.judge_dialog import JudgeDialog
from crmdesk.views.service.pay_dialog import PayDialog
from crmdesk.views.service.quote_dialogs import AnswerDialog, QuoteDialog
from crmdesk.views.service.room import Room
from crmdesk.views.service.work_dialogs import NoteDialog, NoteWords, QualityDialog, ReadyDialog, StepVerb

_S = TicketState


class RepairSteps:
    """Builds the steps for one repair as it stands."""

    def __init__(self, room: Room, case: Case, quote_days: int) -> None:
        """Keep the case; a new quote holds ``quote_days`` days unless typed otherwise."""
        self.room = room
        self.case = case
        self._quote_days = quote_days

    def all(self) -> list[CaseStep]:
        """Give every step in the order of a repair."""
        return [
            self.judge(),
            self.send_away(),
            self.receive_back(),
            self.quote(),
            self.answer(),
            self.expire(),
            self.start(),
            self.finish(),
            self.quality(),
            self.return_unrepaired(),
            self.pay(),
            self.hand_back(),
        ]

    def judge(self) -> CaseStep:
        """Say who or what caused it."""
        legal = self.case.ticket.state is _S.JUDGING or may_move(self.case, _S.JUDGING)
        return self._dialog(gettext("Judge"), "scale", JudgeDialog, self._why(legal=legal, right=Right.JUDGE))

    def quote(self) -> CaseStep:
        """Tell the price."""
        state = self.case.ticket.state
        legal = state is _S.QUOTED or state is _S.RECEIVED or may_move(self.case, _S.QUOTED)
        words = gettext("Quote again") if self.case.ticket.quote is not None else gettext("Quote")

        def make(room: Room, case: Case) -> QDialog:
            return QuoteDialog(room, case, self._quote_days)

        return self._dialog(words, "receipt", make, self._why(legal=legal))

    def answer(self) -> CaseStep:
        """Keep the customer's yes or no."""
        legal = self.case.ticket.state is _S.QUOTED
        return self._dialog(gettext("Record the answer"), "phone-incoming", AnswerDialog, self._why(legal=legal))

    def expire(self) -> CaseStep:
        """Let an unanswered quote run out."""
        known = self.case.ticket.quote
        over = known is not None and known.valid_until < self.case.context.today()
        why = self._why(legal=self.case.ticket.state is _S.QUOTED) or ("" if over else gettext("still valid"))
        return self._direct(gettext("Let the quote expire"), "hourglass", quotes.expire_quote, why)

    def send_away(self) -> CaseStep:
        """Send the goods to head office."""
        return batch_of_ticket.send_away(self.room, self.case, self._why(legal=may_move(self.case, _S.SENT)))

    def receive_back(self) -> CaseStep:
        """Take the goods in again from head office."""
        line = batch_of_ticket.line_away(self.case)
        if line is not None:

            def make(room: Room, _case: Case) -> QDialog:
                return BackDialog(room, line)

            return self._dialog(gettext("Record arrival"), "package-check", make, self._why(legal=True))
        words = NoteWords(gettext("Record arrival"), gettext("Goods are back"), gettext("&What head office says"))
        words.taken_in = True
        legal = may_move(self.case, _S.RECEIVED_BACK)
        return self._noted(words, "package-check", repair.receive_back, self._why(legal=legal))

    def start(self) -> CaseStep:
        """Begin the work, or go on with it after the customer agreed to more."""
        legal = may_move(self.case, _S.IN_WORK) and self.case.ticket.state is _S.APPROVED
        begun = any(one.act is TicketAct.WORK_STARTED for one in self.case.ticket.events)
        words = gettext("Go on with the work") if begun else gettext("Start work")
        return self._direct(words, "wrench", repair.start_work, self._why_here(legal=legal))

    def finish(self) -> CaseStep:
        """Hand the repaired goods to the check."""
        legal = may_move(self.case, _S.QUALITY_CHECK)
        return self._direct(gettext("Work is done"), "hammer", repair.finish_work, self._why(legal=legal))

    def quality(self) -> CaseStep:
        """Pass or fail the repaired goods."""
        legal = self.case.ticket.state is _S.QUALITY_CHECK
        return self._dialog(gettext("Check quality"), "list-checks", QualityDialog, self._why(legal=legal))

    def return_unrepaired(self) -> CaseStep:
        """Make goods ready that go back as they came."""
        judged = self.case.ticket.judgement
        owed = self.case.ticket.state is _S.JUDGING and judged is not None and judged.remedy in INSTEAD
        legal = may_move(self.case, _S.READY) and self.case.ticket.state is not _S.QUALITY_CHECK and not owed
        return self._dialog(gettext("Return unrepaired"), "undo-2", ReadyDialog, self._why_here(legal=legal))

    def pay(self) -> CaseStep:
        """Take the customer's money."""
        owed = self.case.ticket.open_amount.fen > 0
        why = self._why(legal=True) or ("" if owed else gettext("nothing to pay"))
        return self._dialog(gettext("Take payment"), "banknote", PayDialog, why)

    def hand_back(self) -> CaseStep:
        """Give the goods to the customer, on the page for that."""
        legal = may_move(self.case, _S.COLLECTED)
        ticket_id, navigator = self.case.ticket.id, self.room.desk.navigator

        def run() -> None:
            navigator.run(PICK_UP, ticket_id=ticket_id)

        return CaseStep(gettext("Hand back"), "hand", run, self._why(legal=legal))

    def worked_out(self) -> bool:
        """Tell whether the repair may go on: free of charge, or the customer agreed."""
        known = self.case.ticket.quote
        return known is not None and known.state is QuoteState.APPROVED

    # -- kinds of steps --------------------------------------------------------------------

    def _why(self, *, legal: bool, right: Right = Right.SERVE) -> str:
        return refusal(self.case, right, legal=legal)

    def _why_here(self, *, legal: bool) -> str:
        """Say why a step is not possible that needs the goods in the shop."""
        why = self._why(legal=legal)
        return why or (gettext("the goods are not here") if batch_of_ticket.is_away(self.case) else "")

    def _dialog(self, text: str, icon: str, make: Callable[[Room, Case], QDialog], why: str) -> CaseStep:
        return CaseStep(text, icon, opening(self.room, self.case, make), why)

    def _noted(self, words: NoteWords, icon: str, verb: StepVerb, why: str) -> CaseStep:
        def make(room: Room, case: Case) -> QDialog:
            return NoteDialog(room, case, words, verb)

        return self._dialog(words.title, icon, make, why)

    def _direct(self, text: str, icon: str, verb: StepVerb, why: str) -> CaseStep:
        ticket = self.case.ticket
        request = Step(ticket.id, ticket.version)

        def said(state: TicketState) -> str:
            return gettext("{number}: {state}").format(number=ticket.number, state=label(state))

        def run() -> None:
            self.room.write(lambda session, context: verb(session, request, context), said)

        return CaseStep(text, icon, run, why)
