"""Papers right after the save: slip or bag tag of the ticket, agreement and deposit receipt of the loan."""

from functools import partial
from typing import TYPE_CHECKING

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.papers import PaperKind
from crmdesk.core.settings_desk import SLIP_PAPER
from crmdesk.queries import loan_papers
from crmdesk.services.loans import LoanMade
from crmdesk.services.ticket_intake import TicketMade
from crmdesk.views.service.room import Room
from crmdesk.views.service.ticket_printing import Printing, print_paper
from crmdesk.views.support.paper_words import paper_word

if TYPE_CHECKING:
    from crmdesk.db.session import Session
    from crmdesk.documents.pdf.papers import PaperFacts

    LoanFacts = list[tuple[PaperKind, PaperFacts]]


def print_slip(room: Room, ticket: TicketMade) -> None:
    """Print the service slip."""
    print_paper(room, Printing(PaperKind.SERVICE_SLIP, ticket.id, ticket.number))


def print_tag(room: Room, ticket: TicketMade) -> None:
    """Print the tag that is tied to the goods."""
    print_paper(room, Printing(PaperKind.BAG_TAG, ticket.id, ticket.number))


def print_loan(room: Room, loan: LoanMade) -> None:
    """Print the agreement, and the receipt when a deposit was taken."""

    def work(session: "Session", context: Context) -> "tuple[LoanFacts, str]":
        language = context.language
        found: LoanFacts = [(PaperKind.LOAN_AGREEMENT, loan_papers.agreement(session, loan.id, context, language))]
        receipt = loan_papers.deposit_receipt(session, loan.id, context, language)
        if receipt is not None:
            found.append((PaperKind.DEPOSIT_RECEIPT, receipt))
        return found, language

    def done(found: "tuple[LoanFacts, str]") -> None:
        facts, language = found
        paper = PaperFormat(room.desk.settings.get(SLIP_PAPER))
        for kind, one in facts:
            title = gettext("{paper} {number}").format(paper=paper_word(kind), number=loan.number)
            room.desk.papers.print_now(title, partial(_render, one, language, paper), kind.value)

    room.desk.jobs.read(room.page, work, done, key="loan-papers")


def _render(facts: "PaperFacts", language: str, paper: PaperFormat) -> bytes:
    from crmdesk.documents.pdf.papers import render

    return render(facts, language, paper)
