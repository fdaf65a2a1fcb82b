"""The receipt for a deposit."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.paper_facts.loan import DepositReceiptFacts
from crmdesk.documents.pdf.blocks import Block, Gap, Text
from crmdesk.documents.pdf.fields import Cell, Cells, Field, Fields, Signatures
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.paper import columns_for, write_paper
from crmdesk.documents.pdf.parts import customer_fields
from crmdesk.documents.pdf.styles import QUIET
from crmdesk.documents.pdf.words import Words

_TITLE: Final = mark("Deposit receipt")


def render(facts: DepositReceiptFacts, language: str, paper: PaperFormat = PaperFormat.A5) -> bytes:
    """Give the receipt as PDF."""
    words = Words(language)
    heading = Heading(facts.store, words.gettext(_TITLE), facts.number)
    return write_paper(heading, _body(facts, words, paper), facts.printed, words, paper)


def _body(facts: DepositReceiptFacts, words: Words, paper: PaperFormat) -> list[Block]:
    fields = [
        *customer_fields(facts.customer, words),
        Field(words.gettext("What for"), facts.purpose, wide=True),
        Field(words.gettext("Loan"), facts.loan_number),
        Field(words.gettext("Ticket"), facts.ticket_number),
        Field(words.gettext("Paid on"), words.moment(facts.taken_at)),
        Field(words.gettext("Paid by"), facts.paid_by),
        Field(words.gettext("Cashier"), facts.taken_by),
    ]
    note = words.gettext(
        "The deposit is given back when the loan is settled. Please bring this receipt. It is not a tax invoice."
    )
    return [
        Fields(fields, columns_for(paper)),
        Gap(1.5),
        Cells([Cell(words.gettext("Deposit received"), words.money(facts.amount))]),
        Gap(1.5),
        Text(note, QUIET, 4),
        Gap(2.0),
        Signatures((words.gettext("Customer's signature, date"), words.gettext("For the store, date"))),
    ]
