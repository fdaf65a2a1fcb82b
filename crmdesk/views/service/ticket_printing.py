"""Printing a ticket's papers: the facts of each kind, made and kept as every paper is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmdesk.core.context import Context
from crmdesk.core.papers import PaperKind
from crmdesk.queries import condition_papers, hand_overs, posting_note, return_note, ticket_papers
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.views.service.room import Room
from crmdesk.views.support import keeping

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmdesk.db.session import Session
    from crmdesk.documents.pdf.papers import PaperFacts

    Gather = Callable[[Session, int, Context, str], PaperFacts]

_GATHER: "dict[PaperKind, Gather]" = {
    PaperKind.SERVICE_SLIP: ticket_papers.service_slip,
    PaperKind.BAG_TAG: ticket_papers.bag_tag,
    PaperKind.QUOTE: ticket_papers.quote,
    PaperKind.PICKUP_NOTE: hand_overs.pickup_note,
    PaperKind.CONDITION_REPORT: condition_papers.ticket_report,
    PaperKind.POSTING_NOTE: posting_note.posting_note,
    PaperKind.RETURN_NOTE: return_note.return_note,
}


@dataclass(frozen=True, slots=True)
class Printing:
    """One paper of one ticket on its way."""

    kind: PaperKind
    ticket_id: int
    number: str


def print_paper(room: Room, wanted: Printing) -> None:
    """Print the paper, or show it where no printer is chosen; time line, audit and register know when it has left."""
    keeping.give_out(room.desk, room.page, lambda session, context: gather(session, context, wanted))


def gather(session: "Session", context: Context, wanted: Printing) -> keeping.Wanted:
    """Read the facts of a paper, and say what it is in the register."""
    facts = _GATHER[wanted.kind](session, wanted.ticket_id, context, context.language)
    quoted = wanted.kind is PaperKind.QUOTE
    number = ticket_papers.quote_number(wanted.number) if quoted else wanted.number
    return keeping.Wanted(facts, RegisterPaper(wanted.kind, number, context.language, ticket_id=wanted.ticket_id))
