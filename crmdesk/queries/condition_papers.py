"""The facts of the condition report, of a ticket's goods and of a loaner that was lent."""

from sqlalchemy.orm import Session

from crmdesk.core.clock import local_time
from crmdesk.core.context import Context
from crmdesk.core.paper_facts.common import ConditionFacts, MarkFacts
from crmdesk.core.paper_facts.condition import ConditionReportFacts, GateFacts
from crmdesk.core.papers import PaperKind
from crmdesk.queries import conditions
from crmdesk.queries.conditions import GateSheet, Sheets
from crmdesk.queries.ticket_papers import PaperSources


def ticket_report(session: Session, ticket_id: int, context: Context, language: str) -> ConditionReportFacts:
    """Give the goods of a ticket at all their gates.

    Raises:
        NotFoundError: no such ticket.
    """
    sources = PaperSources(session, ticket_id, context, language)
    sheets = conditions.of_ticket(session, ticket_id)
    return ConditionReportFacts(
        number=sources.ticket.number,
        store=sources.store(),
        customer=sources.customer(),
        item=sources.item(),
        gates=gate_facts(sheets, context, language),
        printed=sources.printed(PaperKind.CONDITION_REPORT),
        accessories=tuple(one.name for one in sources.ticket.accessories),
    )


def gate_facts(sheets: Sheets, context: Context, language: str) -> tuple[GateFacts, ...]:
    """Give the gates as they print, of a ticket or of a loan."""
    return tuple(_gate(one, sheets.shape, context, language) for one in sheets.gates)


def _gate(one: GateSheet, shape: str, context: Context, language: str) -> GateFacts:
    if one.at is None:
        return GateFacts(one.gate, skipped=one.skipped)
    marks = tuple(MarkFacts(mark.number, mark.x, mark.y, mark.words(language), mark.new) for mark in one.marks)
    drawn = ConditionFacts(shape, marks, one.note, all_views=True)
    return GateFacts(one.gate, local_time(one.at, context.store.zone), one.person, drawn, len(one.photos))
