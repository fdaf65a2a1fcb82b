"""The receipt for the fees of a loan."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.paper_facts.loan import FeeReceiptFacts
from crmdesk.documents.pdf.blocks import Block, Gap, Text
from crmdesk.documents.pdf.fields import Cell, Cells, Field, Fields, Signatures
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.paper import columns_for, write_paper
from crmdesk.documents.pdf.parts import amounts_grid, customer_fields
from crmdesk.documents.pdf.styles import QUIET
from crmdesk.documents.pdf.words import Words

_TITLE: Final = mark("Fee receipt")


def render(facts: FeeReceiptFacts, language: str, paper: PaperFormat = PaperFormat.A5) -> bytes:
    """Give the receipt as PDF."""
    words = Words(language)
    heading = Heading(facts.store, words.gettext(_TITLE), facts.number)
    return write_paper(heading, _body(facts, words, paper), facts.printed, words, paper)


def _body(facts: FeeReceiptFacts, words: Words, paper: PaperFormat) -> list[Block]:
    fields = [
        *customer_fields(facts.customer, words),
        Field(words.gettext("What for"), facts.purpose, wide=True),
        Field(words.gettext("Loan"), facts.loan_number),
        Field(words.gettext("Ticket"), facts.ticket_number),
        Field(words.gettext("Paid on"), words.moment(facts.paid_at)),
        Field(words.gettext("Paid by"), facts.paid_by),
        Field(words.gettext("Cashier"), facts.taken_by),
    ]
    asked: list[Block] = []
    if facts.fees:
        asked = [amounts_grid(list(facts.fees), (words.gettext("Still open"), facts.open_after), words), Gap(1.5)]
    return [
        Fields(fields, columns_for(paper)),
        Gap(1.5),
        *asked,
        Cells([Cell(words.gettext("Received"), words.money(facts.amount))]),
        Gap(1.5),
        Text(words.gettext("It is not a tax invoice."), QUIET, 4),
        Gap(2.0),
        Signatures((words.gettext("Customer's signature, date"), words.gettext("For the store, date"))),
    ]
