"""Printing a ticket's papers: the facts, the PDF from the pool, the note in time line and audit, the preview."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.outcome import Outcome
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.papers import PaperKind
from crmdesk.core.progress import Progress
from crmdesk.core.settings_desk import SLIP_PAPER
from crmdesk.queries import return_case, ticket_papers
from crmdesk.services import paper_register, ticket_notes
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.views.service.room import Room
from crmdesk.views.support.paper_words import paper_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmdesk.db.session import Session
    from crmdesk.documents.pdf.papers import PaperFacts

    Gather = Callable[[Session, int, Context, str], PaperFacts]

_GATHER: "dict[PaperKind, Gather]" = {
    PaperKind.SERVICE_SLIP: ticket_papers.service_slip,
    PaperKind.BAG_TAG: ticket_papers.bag_tag,
    PaperKind.QUOTE: ticket_papers.quote,
    PaperKind.PICKUP_NOTE: ticket_papers.pickup_note,
    PaperKind.RETURN_NOTE: return_case.return_note,
}
# Kept in the register exactly as the customer got it: she agrees to it.
_KEPT = frozenset({PaperKind.QUOTE})


@dataclass(frozen=True, slots=True)
class Printing:
    """One paper of one ticket on its way."""

    kind: PaperKind
    ticket_id: int
    number: str


def print_paper(room: Room, wanted: Printing) -> None:
    """Make the paper and show it; what was made is noted on the time line and in the audit."""
    gather = _GATHER[wanted.kind]

    def work(session: "Session", context: Context) -> "tuple[PaperFacts, str]":
        return gather(session, wanted.ticket_id, context, context.language), context.language

    room.desk.jobs.read(room.page, work, partial(_render, room, wanted), key="paper")


def _render(room: Room, wanted: Printing, found: "tuple[PaperFacts, str]") -> None:
    facts, language = found
    paper = PaperFormat(room.desk.settings.get(SLIP_PAPER))

    def work(_progress: Progress) -> bytes:
        from crmdesk.documents.pdf.papers import render

        return render(facts, language, paper)

    room.desk.jobs.compute(room.page, work, partial(_note, room, wanted, language), key="paper")


def _note(room: Room, wanted: Printing, language: str, pdf: bytes) -> None:
    title = gettext("{paper} {number}").format(paper=paper_word(wanted.kind), number=wanted.number)

    def work(session: "Session", context: Context) -> Outcome[int]:
        noted = ticket_notes.note_print(session, wanted.ticket_id, wanted.kind, context)
        if wanted.kind not in _KEPT:
            return noted
        number = ticket_papers.quote_number(wanted.number)
        kept = RegisterPaper(wanted.kind, number, pdf, language, title, ticket_id=wanted.ticket_id)
        return Outcome(noted.value, noted.changed | paper_register.register(session, kept, context).changed)

    def done(_before: int) -> None:
        room.desk.papers.print_now(title, lambda: pdf, wanted.kind.value)

    room.desk.jobs.write(room.page, work, done)
