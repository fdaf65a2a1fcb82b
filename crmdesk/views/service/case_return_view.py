"""A return on the service screen: its next step, its other steps, its lines and its note (S7)."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.papers import PaperKind
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.tickets import TicketState
from crmdesk.queries import return_case
from crmdesk.queries.return_case import ReturnCase
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.views.service import common_steps
from crmdesk.views.service.case import Case, CasePart, CaseStep, CaseView
from crmdesk.views.service.case_return_decide import DecideReturnDialog
from crmdesk.views.service.case_return_dialogs import CarryOutDialog, CheckDialog
from crmdesk.views.service.case_return_lines import AddLineDialog, RemoveLineDialog
from crmdesk.views.service.case_return_part import ReturnPart
from crmdesk.views.service.payment_undo import settling

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_S = TicketState
_UNDECIDED = frozenset({_S.RECEIVED, _S.CHECKED})
_CHECKABLE = frozenset({_S.RECEIVED, _S.CHECKED, _S.DECIDED})
_DECIDED = frozenset({_S.DECIDED, _S.EXECUTED, _S.CLOSED})
MakeDialog = Callable[..., QDialog]


class ReturnView(CaseView):
    """Returns and exchanges."""

    @override
    def read(self, session: "Session", ticket: TicketDetail, context: Context) -> ReturnCase:
        """Read the lines and what else was bought."""
        return return_case.case(session, ticket.id, context)

    @override
    def primary(self, case: Case) -> CaseStep | None:
        """Give the next step."""
        known, state = _known(case), case.ticket.state
        if state is _S.RECEIVED:
            return self._check(case) if known.lines else self._add(case)
        if state is _S.CHECKED:
            unseen = any(line.condition is None for line in known.lines) or not known.lines
            return self._check(case) if unseen else self._decide(case)
        return self._carry_out(case) if state is _S.DECIDED else None

    @override
    def beside(self, case: Case) -> Sequence[CaseStep]:
        """Give another line while it may be added, and the customer."""
        if not case.ticket.is_open:
            return ()
        steps = [self._add(case), common_steps.tell(self.room, case)]
        primary = self.primary(case)
        return [step for step in steps if not step.refusal and (primary is None or step.text != primary.text)]

    @override
    def more(self, case: Case) -> Sequence[CaseStep]:
        """Give every other step."""
        shown = {step.text for step in (self.primary(case), *self.beside(case)) if step is not None}
        steps = [
            self._add(case),
            self._remove(case),
            self._check(case),
            self._decide(case),
            self._carry_out(case),
            *settling(self.room, case),
            common_steps.estimate(self.room, case),
            common_steps.shelf(self.room, case),
            common_steps.note(self.room, case),
            self._cancel(case),
        ]
        return [step for step in steps if step.text not in shown]

    @override
    def papers(self, case: Case) -> Sequence[CaseStep]:
        """Give the return note once it is decided, and the slip."""
        decided = case.ticket.state in _DECIDED and any(line.decision for line in _known(case).lines)
        make = partial(common_steps.paper, self.room, case)
        slip = make(PaperKind.SERVICE_SLIP)
        note = make(PaperKind.RETURN_NOTE, "" if decided else gettext("not decided yet"))
        report = common_steps.condition_report(self.room, case)
        return (note, slip, *report) if decided else (slip, note, *report)

    @override
    def part(self) -> CasePart:
        """Build the lines."""
        return ReturnPart(self._open_ticket)

    def _open_ticket(self, ticket_id: int) -> None:
        self.room.desk.navigator.open(EntityRef(EntityKind.TICKET, ticket_id))

    # -- steps -----------------------------------------------------------------------------

    def _add(self, case: Case) -> CaseStep:
        return self._dialog(case, gettext("Add a line"), "plus", AddLineDialog, _UNDECIDED)

    def _remove(self, case: Case) -> CaseStep:
        step = self._dialog(case, gettext("Remove a line"), "x", RemoveLineDialog, _UNDECIDED)
        return step if _known(case).lines or step.refusal else _refused(step, gettext("no line yet"))

    def _check(self, case: Case) -> CaseStep:
        again = any(line.condition is not None for line in _known(case).lines)
        words = gettext("Check again") if again and case.ticket.state is not _S.RECEIVED else gettext("Check the goods")
        step = self._dialog(case, words, "list-checks", CheckDialog, _CHECKABLE)
        return step if _known(case).lines or step.refusal else _refused(step, gettext("no line yet"))

    def _decide(self, case: Case) -> CaseStep:
        states = frozenset({_S.CHECKED})
        return self._dialog(case, gettext("Decide"), "scale", DecideReturnDialog, states, Right.JUDGE)

    def _carry_out(self, case: Case) -> CaseStep:
        return self._dialog(case, gettext("Carry out"), "hand-coins", CarryOutDialog, frozenset({_S.DECIDED}))

    def _cancel(self, case: Case) -> CaseStep:
        step = common_steps.cancel(self.room, case)
        done = any(line.executed_at is not None for line in _known(case).lines)
        return _refused(step, gettext("carried out in part")) if done and not step.refusal else step

    def _dialog(
        self,
        case: Case,
        text: str,
        icon: str,
        make: MakeDialog,
        states: frozenset[TicketState],
        right: Right = Right.SERVE,
    ) -> CaseStep:
        def run() -> None:
            make(self.room, case, _known(case)).open()

        return CaseStep(text, icon, run, common_steps.refusal(case, right, legal=case.ticket.state in states))


def _known(case: Case) -> ReturnCase:
    if not isinstance(case.extra, ReturnCase):
        raise TypeError(case.extra)
    return case.extra


def _refused(step: CaseStep, why: str) -> CaseStep:
    return CaseStep(step.text, step.icon, step.run, why)
