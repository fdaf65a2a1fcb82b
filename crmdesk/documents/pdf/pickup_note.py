"""The pick-up note: what was done, what came back, what was paid, how long the repaired part is guaranteed."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.paper_facts.ticket_papers import PickupNoteFacts
from crmdesk.documents.pdf.blocks import Block, Gap, Text, section
from crmdesk.documents.pdf.fields import Cell, Cells, Field, Fields, list_field
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.paper import columns_for, write_paper
from crmdesk.documents.pdf.parts import customer_fields, item_fields, signing, terms_block
from crmdesk.documents.pdf.styles import STRONG
from crmdesk.documents.pdf.words import Words

_TITLE: Final = mark("Pick-up note")


def render(facts: PickupNoteFacts, language: str, paper: PaperFormat = PaperFormat.A5) -> bytes:
    """Give the note as PDF."""
    words = Words(language)
    heading = Heading(facts.store, words.gettext(_TITLE), facts.number)
    return write_paper(heading, _body(facts, words, paper), facts.printed, words, paper)


def _body(facts: PickupNoteFacts, words: Words, paper: PaperFormat) -> list[Block]:
    collector = f"{facts.collector} ({facts.stands_for})" if facts.stands_for.strip() else facts.collector
    came = [
        *_things(facts, words),
        Field(words.gettext("Loaner"), facts.loaner_words),
        Field(words.gettext("Taken in at"), words.moment(facts.received_at)),
        Field(words.gettext("Collected on"), words.moment(facts.collected_at)),
        Field(words.gettext("Collected by"), collector),
        Field(words.gettext("Handed over by"), facts.handed_by),
    ]
    done = (
        [*section(words.gettext("What was done"), Text(facts.work_done)), Gap(1.5)] if facts.work_done.strip() else []
    )
    paid = words.money(facts.paid) if facts.paid else words.gettext("free of charge")
    cells = [Cell(words.gettext("Amount paid"), paid)]
    if facts.guarantee_until is not None:
        cells.append(Cell(words.gettext("Repaired part guaranteed until"), words.day(facts.guarantee_until), share=1.4))
    return [
        Fields([*customer_fields(facts.customer, words), *item_fields(facts.item, words), *came], columns_for(paper)),
        Gap(1.2),
        *done,
        Cells(cells),
        Gap(1.5),
        *terms_block(facts.terms, words),
        Gap(1.0),
        *_confirmed(facts, words),
    ]


def _things(facts: PickupNoteFacts, words: Words) -> list[Field]:
    """Give what goes now, what went before and what is left."""
    none = words.gettext("none")
    fields = [list_field(words.gettext("Accessories back"), words.listed(facts.accessories) or none)]
    if not facts.item_back:
        fields.insert(0, Field(words.gettext("Item back"), words.gettext("not with this note")))
    for one in facts.earlier:
        line = f"{words.moment(one.at)}  {one.person}  {words.listed(one.things)}"
        fields.append(Field(words.gettext("Handed over before"), line, wide=True, most=4))
    if facts.left:
        fields.append(Field(words.gettext("Still in the store"), words.listed(facts.left), STRONG, wide=True, most=10))
    if facts.note.strip():
        fields.append(Field(words.gettext("Condition"), facts.note, wide=True))
    return fields


def _confirmed(facts: PickupNoteFacts, words: Words) -> list[Block]:
    confirm = Text(words.gettext("I have received the goods and accessories named above and looked at them."), most=3)
    labels = (words.gettext("Customer's signature, date"), words.gettext("For the store, date"))
    return [confirm, signing(labels, facts.signature, words)]
