"""The quote: what was found, what it costs, who pays which part, until when it holds."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.money import Money
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.paper_facts.ticket_papers import QuoteFacts
from crmdesk.documents.pdf.blocks import Block, Gap, Text, section
from crmdesk.documents.pdf.fields import Cell, Cells, Field, Fields
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.paper import columns_for, write_paper
from crmdesk.documents.pdf.parts import amounts_grid, closing, customer_fields, item_fields
from crmdesk.documents.pdf.words import Words

_TITLE: Final = mark("Repair quote")


def render(facts: QuoteFacts, language: str, paper: PaperFormat = PaperFormat.A5) -> bytes:
    """Give the quote as PDF."""
    words = Words(language)
    version = words.gettext("version {number}").format(number=facts.version)
    heading = Heading(facts.store, words.gettext(_TITLE), facts.number, version=version)
    return write_paper(heading, _body(facts, words, paper), facts.printed, words, paper)


def _body(facts: QuoteFacts, words: Words, paper: PaperFormat) -> list[Block]:
    total = Money.total(line.amount for line in facts.lines)
    made = [
        Field(words.gettext("Ticket"), facts.ticket_number),
        Field(words.gettext("Made on"), words.moment(facts.made_at)),
        Field(words.gettext("Made by"), facts.made_by),
    ]
    finding = [*section(words.gettext("What we found"), Text(facts.finding)), Gap(1.5)] if facts.finding.strip() else []
    signers = (words.gettext("I agree to this quote: signature, date"), words.gettext("For the store, date"))
    return [
        Fields([*customer_fields(facts.customer, words), *item_fields(facts.item, words), *made], columns_for(paper)),
        Gap(1.2),
        *finding,
        amounts_grid(facts.lines, (words.gettext("Total"), total), words),
        Gap(2.0),
        Cells(_cells(facts, words)),
        Gap(1.5),
        *closing(facts.terms, signers, words, paper, facts.signature),
    ]


def _cells(facts: QuoteFacts, words: Words) -> list[Cell]:
    cells = [Cell(words.gettext("You pay"), words.money(facts.customer_pays))]
    if facts.work_days is not None:
        days = words.gettext("{count} days after approval").format(count=facts.work_days)
        cells.append(Cell(words.gettext("Time needed"), days, smallest=7.0))
    if facts.valid_until is not None:
        cells.append(Cell(words.gettext("Valid until"), words.near_day(facts.valid_until), smallest=7.0))
    return cells
