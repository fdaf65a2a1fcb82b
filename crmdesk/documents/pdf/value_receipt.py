"""The receipt for stored value that was paid in or out again."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.money import Money
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.paper_facts.ledger import ValueReceiptFacts
from crmdesk.documents.pdf.blocks import Block, Gap, Text
from crmdesk.documents.pdf.fields import Cell, Cells, Field, Fields, Signatures
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.paper import columns_for, write_paper
from crmdesk.documents.pdf.parts import customer_fields
from crmdesk.documents.pdf.styles import QUIET
from crmdesk.documents.pdf.words import Words

_TOP_UP: Final = mark("Stored value: top-up")
_REFUND: Final = mark("Stored value: refund")


def render(facts: ValueReceiptFacts, language: str, paper: PaperFormat = PaperFormat.A5) -> bytes:
    """Give the receipt as PDF."""
    words = Words(language)
    heading = Heading(facts.store, words.gettext(_REFUND if facts.refund else _TOP_UP), facts.number)
    return write_paper(heading, _body(facts, words, paper), facts.printed, words, paper)


def _body(facts: ValueReceiptFacts, words: Words, paper: PaperFormat) -> list[Block]:
    fields = [
        *customer_fields(facts.customer, words),
        Field(words.gettext("On"), words.moment(facts.moved_at)),
        Field(words.gettext("Cashier"), facts.taken_by),
        Field(words.gettext("Note"), facts.note, wide=True),
    ]
    said = words.gettext("Paid out") if facts.refund else words.gettext("Paid in")
    cells = [Cell(said, words.money(facts.principal))]
    if facts.bonus > Money(0):
        cells.append(Cell(words.gettext("Given on top"), words.money(facts.bonus)))
    after = [
        Cell(words.gettext("Stored value now"), words.money(facts.balance_principal + facts.balance_bonus)),
        Cell(words.gettext("Of it given on top"), words.money(facts.balance_bonus)),
    ]
    return [
        Fields(fields, columns_for(paper)),
        Gap(1.5),
        Cells(cells),
        Gap(1.5),
        Cells(after),
        Gap(1.5),
        Text(words.gettext("What was paid in can be paid out again; what was given on top cannot."), QUIET, 4),
        Text(words.gettext("It is not a tax invoice."), QUIET, 4),
        Gap(2.0),
        Signatures((words.gettext("Customer's signature, date"), words.gettext("For the store, date"))),
    ]
