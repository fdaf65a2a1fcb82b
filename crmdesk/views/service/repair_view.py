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
from crmdesk.core.settings_service import QUOTE_VALID_DAYS
from crmdesk.queries.settings import store_settings
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.views.service import batch_of_ticket, common_steps, repair_facts
from crmdesk.views.service.batch_of_ticket import TicketBatch
from crmdesk.views.service.case import Case, CaseStep, CaseView
from crmdesk.views.service.repair_next import next_step
from crmdesk.views.service.repair_steps import RepairSteps
from crmdesk.views.support.widgets.facts_table import Fact

if TYPE_CHECKING:
    from crmdesk.db.session import Session


@dataclass(frozen=True, slots=True)
class RepairExtra:
    """What a repair needs besides the ticket."""

    quote_days: int
    batch: TicketBatch


class RepairView(CaseView):
    """Repairs."""

    @override
    def read(self, session: "Session", ticket: TicketDetail, context: Context) -> RepairExtra:
        """Read how long quotes hold in this store, and the batch that the goods are in."""
        days = store_settings(session, context.store.id).get(QUOTE_VALID_DAYS)
        return RepairExtra(days, batch_of_ticket.read(session, ticket.id, context))

    def _steps(self, case: Case) -> RepairSteps:
        days = case.extra.quote_days if isinstance(case.extra, RepairExtra) else QUOTE_VALID_DAYS.default
        return RepairSteps(self.room, case, days)

    @override
    def primary(self, case: Case) -> CaseStep | None:
        """Give the next legal step for this person."""
        return next_step(case, self._steps(case))

    @override
    def beside(self, case: Case) -> Sequence[CaseStep]:
        """Give what is always at hand: tell the customer, another date."""
        if not case.ticket.is_open:
            return ()
        steps = [common_steps.tell(self.room, case), common_steps.estimate(self.room, case)]
        primary = self.primary(case)
        return [step for step in steps if primary is None or step.text != primary.text]

    @override
    def more(self, case: Case) -> Sequence[CaseStep]:
        """Give every other step."""
        if not case.ticket.is_open:
            return (common_steps.note(self.room, case),)
        shown = {step.text for step in (self.primary(case), *self.beside(case)) if step is not None}
        steps = [
            *self._steps(case).all(),
            common_steps.shelf(self.room, case),
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
            make(PaperKind.QUOTE, no_quote),
            make(PaperKind.PICKUP_NOTE, not_back),
        )

    @override
    def facts(self, case: Case) -> Sequence[Fact]:
        """Give judgement, quote, where the goods are."""
        return [*repair_facts.facts(case), *batch_of_ticket.facts(case)]

    @override
    def follow(self, case: Case, link: str) -> None:
        """Open the first repair of a come-back, or the batch."""
        if link == batch_of_ticket.LINK:
            batch_of_ticket.follow(self.room, case)
        linked = case.ticket.linked_ticket_id
        if link == repair_facts.FIRST_REPAIR and linked is not None:
            self.room.desk.navigator.open(EntityRef(EntityKind.TICKET, linked))
