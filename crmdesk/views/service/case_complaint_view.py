"""A complaint on the service screen: its next step, its other steps, its facts and letters (S6)."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from crmdesk.core.care import CallOutcome
from crmdesk.core.complaint_rules import needs_carrying_out
from crmdesk.core.context import Context
from crmdesk.core.papers import PaperKind
from crmdesk.core.roles import Right
from crmdesk.core.tickets import TicketState
from crmdesk.queries import complaint_case
from crmdesk.queries.complaint_case import ComplaintCase
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.views.service import case_letter_steps, common_steps
from crmdesk.views.service.case import Case, CasePart, CaseStep, CaseView
from crmdesk.views.service.case_complaint_part import ComplaintPart
from crmdesk.views.service.case_complaint_steps import ComplaintSteps
from crmdesk.views.service.case_complaint_words import LETTERS_LINK, facts
from crmdesk.views.service.case_complaint_work import ComplaintWorkPart
from crmdesk.views.service.payment_undo import settling
from crmdesk.views.support.widgets.facts_table import Fact

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_S = TicketState


class ComplaintView(CaseView):
    """Complaints."""

    @override
    def read(self, session: "Session", ticket: TicketDetail, context: Context) -> ComplaintCase:
        """Read the case beside the ticket."""
        return complaint_case.case(session, ticket.id, context)

    @override
    def primary(self, case: Case) -> CaseStep | None:
        """Give the next step."""
        choose = _CHOICES.get(case.ticket.state)
        return choose(case, _steps(self, case)) if choose is not None else None

    @override
    def beside(self, case: Case) -> Sequence[CaseStep]:
        """Give the letter once something is decided; the approval with a PIN and one's own task while it waits."""
        steps = _steps(self, case)
        if case.ticket.state is _S.PROPOSED and steps.approve().refusal:
            return (steps.approve_by_pin(),)
        letter = case_letter_steps.write(self.room, case)
        if not letter.refusal:
            return (letter,)
        mine = case.context.actor.staff_id
        waits = any(one.done_at is None and one.owner_id == mine for one in _known(case).work.tasks)
        return (steps.finish_task(),) if waits else ()

    @override
    def more(self, case: Case) -> Sequence[CaseStep]:
        """Give every other step."""
        primary = self.primary(case)
        shown = {step.text for step in (primary, *self.beside(case)) if step is not None}
        steps = [
            *_steps(self, case).all(),
            *settling(self.room, case),
            common_steps.estimate(self.room, case),
            common_steps.note(self.room, case),
            common_steps.cancel(self.room, case),
        ]
        return [step for step in steps if step.text not in shown]

    @override
    def papers(self, case: Case) -> Sequence[CaseStep]:
        """Give the letters, and the slip the customer gets at the counter."""
        known = _known(case)
        slip = common_steps.paper(self.room, case, PaperKind.SERVICE_SLIP)
        report = common_steps.condition_report(self.room, case)
        if not known.letters:
            return (slip, case_letter_steps.write(self.room, case), *report)
        return (*case_letter_steps.papers(self.room, case, known.letters), slip, *report)

    @override
    def facts(self, case: Case) -> Sequence[Fact]:
        """Give cause, proposal, decision, telling, follow-up."""
        return facts(case, _known(case))

    @override
    def follow(self, case: Case, link: str) -> None:
        """Open the register of letters at this one."""
        known = _known(case)
        if link == LETTERS_LINK and known.letters:
            case_letter_steps.open_register(self.room, known.letters[0].id)

    @override
    def head(self) -> CasePart:
        """Build severity and steps."""
        return ComplaintPart()

    @override
    def part(self) -> CasePart:
        """Build proposals, remedies, tasks and earlier rounds."""
        return ComplaintWorkPart()


def _known(case: Case) -> ComplaintCase:
    if not isinstance(case.extra, ComplaintCase):
        raise TypeError(case.extra)
    return case.extra


def _steps(view: ComplaintView, case: Case) -> ComplaintSteps:
    return ComplaintSteps(view.room, case, _known(case))


def _proposed(case: Case, steps: ComplaintSteps) -> CaseStep:
    del case
    return steps.approve()


def _escalated(case: Case, steps: ComplaintSteps) -> CaseStep:
    ready = case.context.may(Right.JUDGE) and _known(case).work.open_proposals()
    return steps.decide() if ready else steps.propose()


def _told(case: Case, steps: ComplaintSteps) -> CaseStep:
    known = _known(case)
    if needs_carrying_out(known):
        return steps.carry_out()
    if known.satisfaction is None:
        return steps.ask()
    return steps.reopen() if known.satisfaction is CallOutcome.DISSATISFIED else steps.close()


def _plain(verb: Callable[[ComplaintSteps], CaseStep], _case: Case, steps: ComplaintSteps) -> CaseStep:
    return verb(steps)


_CHOICES: Final[dict[TicketState, Callable[[Case, ComplaintSteps], CaseStep]]] = {
    _S.RECEIVED: partial(_plain, ComplaintSteps.acknowledge),
    _S.ACKNOWLEDGED: partial(_plain, ComplaintSteps.assess),
    _S.ASSESSED: partial(_plain, ComplaintSteps.investigate),
    _S.REOPENED: partial(_plain, ComplaintSteps.investigate),
    _S.INVESTIGATING: partial(_plain, ComplaintSteps.propose),
    _S.PROPOSED: _proposed,
    _S.PROPOSAL_APPROVED: partial(_plain, ComplaintSteps.decide),
    _S.ESCALATED: _escalated,
    _S.DECIDED: partial(_plain, ComplaintSteps.tell),
    _S.COMMUNICATED: _told,
    _S.SATISFACTION_CALL: _told,
}
