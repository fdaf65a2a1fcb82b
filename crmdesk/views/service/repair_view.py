"""A repair on the service screen: its next step, its other steps, its facts and papers (domain rule 1, Repair)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.papers import PaperKind
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tickets import GoodsPlace, TicketState
from crmdesk.queries.repair_case import RepairCase, repair_case
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.views.service import batch_of_ticket, common_steps, repair_facts, repair_more_facts
from crmdesk.views.service.batch_of_ticket import TicketBatch
from crmdesk.views.service.case import Case, CaseStep, CaseView
from crmdesk.views.service.payment_undo import undo_payment
from crmdesk.views.service.repair_end_steps import EndSteps
from crmdesk.views.service.repair_known import known_of
from crmdesk.views.service.repair_next import next_step
from crmdesk.views.service.repair_steps import RepairSteps
from crmdesk.views.support.widgets.facts_table import Fact

if TYPE_CHECKING:
    from crmdesk.db.session import Session


@dataclass(frozen=True, slots=True)
class RepairExtra:
    """What a repair needs besides the ticket."""

    repair: RepairCase
    batch: TicketBatch


def _wants_place(case: Case) -> bool:
    """Tell whether the goods just came back, or wait for the customer, without a place of their own."""
    waits = case.ticket.state in (TicketState.RECEIVED_BACK, TicketState.READY, TicketState.NOTIFIED)
    return waits and case.ticket.goods_place is GoodsPlace.COUNTER


class RepairView(CaseView):
    """Repairs."""

    @override
    def read(self, session: "Session", ticket: TicketDetail, context: Context) -> RepairExtra:
        """Read money, links and what judging needs, and the batch that the goods are in."""
        return RepairExtra(repair_case(session, ticket.id, context), batch_of_ticket.read(session, ticket.id, context))

    def _steps(self, case: Case) -> RepairSteps:
        return RepairSteps(self.room, case, known_of(case).quote_days)

    @override
    def primary(self, case: Case) -> CaseStep | None:
        """Give the next legal step for this person."""
        return next_step(case, self._steps(case))

    @override
    def beside(self, case: Case) -> Sequence[CaseStep]:
        """Give what is always at hand: tell the customer, another date."""
        if not case.ticket.is_open:
            return ()
        second = common_steps.shelf if _wants_place(case) else common_steps.estimate
        steps = [common_steps.tell(self.room, case), second(self.room, case)]
        primary = self.primary(case)
        return [step for step in steps if primary is None or step.text != primary.text]

    @override
    def more(self, case: Case) -> Sequence[CaseStep]:
        """Give every other step."""
        ends = EndSteps(self.room, case)
        primary = self.primary(case)
        if not case.ticket.is_open:
            steps = [*ends.of_ended(), *undo_payment(self.room, case), common_steps.note(self.room, case)]
            return [step for step in steps if primary is None or step.text != primary.text]
        shown = {step.text for step in (primary, *self.beside(case)) if step is not None}
        steps = [
            *self._steps(case).all(),
            *ends.of_open(),
            *undo_payment(self.room, case),
            common_steps.shelf(self.room, case),
            common_steps.estimate(self.room, case),
            common_steps.note(self.room, case),
            common_steps.cancel(self.room, case),
        ]
        return [step for step in steps if step.text not in shown]

    @override
    def papers(self, case: Case) -> Sequence[CaseStep]:
        """Give slip, tag, quote, pick-up note."""
        no_quote = "" if case.ticket.quote else gettext("nothing is quoted")
        early = case.ticket.state not in repair_facts.HANDED_BACK
        not_back = gettext("not handed back yet") if early else ""
        make = partial(common_steps.paper, self.room, case)
        return (
            make(PaperKind.SERVICE_SLIP, keys="Ctrl+P"),
            make(PaperKind.BAG_TAG),
            make(PaperKind.CONDITION_REPORT),
            make(PaperKind.QUOTE, no_quote),
            make(PaperKind.PICKUP_NOTE, not_back),
            *([make(PaperKind.POSTING_NOTE)] if known_of(case).parcel is not None else []),
        )

    @override
    def facts(self, case: Case) -> Sequence[Fact]:
        """Give judgement, quote, where the goods are."""
        return [*repair_facts.facts(case), *batch_of_ticket.facts(case)]

    @override
    def follow(self, case: Case, link: str) -> None:
        """Open a linked ticket, or the batch."""
        if link == batch_of_ticket.LINK:
            batch_of_ticket.follow(self.room, case)
        linked = repair_more_facts.ticket_of(link)
        if linked is not None:
            self.room.desk.navigator.open(EntityRef(EntityKind.TICKET, linked))
