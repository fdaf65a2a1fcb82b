"""The facts of the condition report, of a ticket's goods and of a loaner that was lent."""

from typing import Final

from sqlalchemy.orm import Session

from crmdesk.core.clock import local_time
from crmdesk.core.context import Context
from crmdesk.core.paper_facts.common import ConditionFacts, MarkFacts
from crmdesk.core.paper_facts.condition import ConditionReportFacts, GateFacts
from crmdesk.core.papers import PaperKind
from crmdesk.db.photo_store import PhotoStore, photos_of
from crmdesk.queries import conditions
from crmdesk.queries.conditions import GateSheet, Sheets
from crmdesk.queries.ticket_papers import PaperSources

# As many as stand below a drawing on paper; the count says how many there are.
_MOST_PICTURES: Final = 6


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
        gates=gate_facts(session, sheets, context, language),
        printed=sources.printed(PaperKind.CONDITION_REPORT),
        accessories=tuple(one.name for one in sources.ticket.accessories),
    )


def gate_facts(session: Session, sheets: Sheets, context: Context, language: str) -> tuple[GateFacts, ...]:
    """Give the gates as they print, of a ticket or of a loan."""
    store = photos_of(session)
    return tuple(_gate(one, sheets.shape, _pictures(store, one), context, language) for one in sheets.gates)


def _pictures(store: PhotoStore | None, sheet: GateSheet) -> tuple[bytes, ...]:
    """Read the first photos of a gate; one whose file is gone is left out."""
    read = (store.read(one.name) for one in sheet.photos[:_MOST_PICTURES]) if store is not None else ()
    return tuple(content for content in read if content)


def _gate(one: GateSheet, shape: str, pictures: tuple[bytes, ...], context: Context, language: str) -> GateFacts:
    count = len(one.photos)
    if one.at is None:
        return GateFacts(one.gate, photos=count, skipped=one.skipped, pictures=pictures)
    marks = tuple(MarkFacts(mark.number, mark.x, mark.y, mark.words(language), mark.new) for mark in one.marks)
    drawn = ConditionFacts(shape, marks, one.note, all_views=True)
    at = local_time(one.at, context.store.zone)
    return GateFacts(one.gate, at, one.person, drawn, count, pictures=pictures)
