"""The pick-up note: what was done, what came back, what was paid, how long the repaired part is guaranteed."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.paper_facts.ticket_papers import PickupNoteFacts
from crmdesk.documents.pdf.blocks import Block, Gap, Text, section
from crmdesk.documents.pdf.fields import Cell, Cells, Field, Fields, Signatures, list_field
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.paper import columns_for, write_paper
from crmdesk.documents.pdf.parts import customer_fields, item_fields, terms_block
from crmdesk.documents.pdf.words import Words

_TITLE: Final = mark("Pick-up note")


def render(facts: PickupNoteFacts, language: str, paper: PaperFormat = PaperFormat.A5) -> bytes:
    """Give the note as PDF."""
    words = Words(language)
    heading = Heading(facts.store, words.gettext(_TITLE), facts.number)
    return write_paper(heading, _body(facts, words, paper), facts.printed, words, paper)


def _body(facts: PickupNoteFacts, words: Words, paper: PaperFormat) -> list[Block]:
    came = [
        list_field(words.gettext("Accessories back"), words.listed(facts.accessories) or words.gettext("none")),
        Field(words.gettext("Loaner"), facts.loaner_words),
        Field(words.gettext("Taken in at"), words.moment(facts.received_at)),
        Field(words.gettext("Collected on"), words.moment(facts.collected_at)),
        Field(words.gettext("Collected by"), facts.collector),
        Field(words.gettext("Handed over by"), facts.handed_by),
    ]
    done = (
        [*section(words.gettext("What was done"), Text(facts.work_done)), Gap(1.5)] if facts.work_done.strip() else []
    )
    paid = words.money(facts.paid) if facts.paid else words.gettext("free of charge")
    cells = [Cell(words.gettext("Amount paid"), paid)]
    if facts.guarantee_until is not None:
        cells.append(Cell(words.gettext("Repaired part guaranteed until"), words.day(facts.guarantee_until), share=1.4))
    confirm = words.gettext("I have received the goods and accessories named above and looked at them.")
    return [
        Fields([*customer_fields(facts.customer, words), *item_fields(facts.item, words), *came], columns_for(paper)),
        Gap(1.2),
        *done,
        Cells(cells),
        Gap(1.5),
        *terms_block(facts.terms, words),
        Gap(1.0),
        Text(confirm, most=3),
        Signatures((words.gettext("Customer's signature, date"), words.gettext("For the store, date"))),
    ]
