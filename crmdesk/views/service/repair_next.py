"""The one next step of a repair: what the state and what is known already ask of this person."""

from collections.abc import Callable
from typing import Final

from crmdesk.core.repair_rules import INSTEAD
from crmdesk.core.roles import Right
from crmdesk.core.tickets import Remedy, Route, TicketState
from crmdesk.views.service import common_steps
from crmdesk.views.service.batch_of_ticket import line_away
from crmdesk.views.service.case import Case, CaseStep
from crmdesk.views.service.repair_end_steps import EndSteps
from crmdesk.views.service.repair_steps import RepairSteps

_S = TicketState
# What comes next is done with the goods in hand.
_NEED_GOODS: Final = frozenset({_S.APPROVED, _S.DECLINED, _S.JUDGING, _S.IN_WORK})


def next_step(case: Case, steps: RepairSteps) -> CaseStep | None:
    """Give the primary step; None when the repair is over."""
    if case.ticket.state in _NEED_GOODS and line_away(case) is not None:
        return steps.receive_back()
    choose = _CHOICES.get(case.ticket.state)
    return choose(case, steps) if choose is not None else None


def _received(case: Case, steps: RepairSteps) -> CaseStep:
    if case.ticket.route is Route.HEAD_OFFICE:
        return steps.send_away()
    return _judging(case, steps)


def _judging(case: Case, steps: RepairSteps) -> CaseStep:
    judged = case.ticket.judgement
    if judged is not None and judged.remedy in INSTEAD:
        return EndSteps(steps.room, case).turn()
    if judged is not None and judged.remedy is Remedy.REFUSE:
        return steps.return_unrepaired()
    if judged is None and case.context.may(Right.JUDGE):
        return steps.judge()
    return steps.quote()


def _quoted(case: Case, steps: RepairSteps) -> CaseStep:
    known = case.ticket.quote
    expired = known is not None and known.valid_until < case.context.today()
    return steps.quote() if expired else steps.answer()


def _approved(case: Case, steps: RepairSteps) -> CaseStep:
    return steps.send_away() if case.ticket.route is Route.HEAD_OFFICE else steps.start()


def _received_back(case: Case, steps: RepairSteps) -> CaseStep:
    judged = case.ticket.judgement
    free = judged is not None and judged.remedy is Remedy.REPAIR_FREE
    return steps.finish() if free or steps.worked_out() else _judging(case, steps)


def _ready(case: Case, steps: RepairSteps) -> CaseStep:
    return common_steps.tell(steps.room, case)


def _ended(case: Case, steps: RepairSteps) -> CaseStep | None:
    return EndSteps(steps.room, case).after_end()


_CHOICES: Final[dict[TicketState, Callable[[Case, RepairSteps], CaseStep | None]]] = {
    _S.RECEIVED: _received,
    _S.JUDGING: _judging,
    _S.SENT: lambda _case, steps: steps.receive_back(),
    _S.AT_HEAD_OFFICE: lambda _case, steps: steps.receive_back(),
    _S.RECEIVED_BACK: _received_back,
    _S.QUOTED: _quoted,
    _S.DECLINED: lambda _case, steps: steps.return_unrepaired(),
    _S.EXPIRED: lambda _case, steps: steps.quote(),
    _S.APPROVED: _approved,
    _S.IN_WORK: lambda _case, steps: steps.finish(),
    _S.QUALITY_CHECK: lambda _case, steps: steps.quality(),
    _S.READY: _ready,
    _S.NOTIFIED: lambda _case, steps: steps.hand_back(),
    _S.POSTED_BACK: _ended,
    _S.CANCELLED: _ended,
    _S.CLOSED: _ended,
}
