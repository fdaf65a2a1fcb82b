"""The posting note: goes into the parcel, says what is in it, what was done, and where it goes."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.paper_facts.posting import PostingNoteFacts
from crmdesk.documents.pdf.blocks import Block, Gap, Text, section
from crmdesk.documents.pdf.fields import Cell, Cells, Field, Fields, Signatures, list_field
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.paper import columns_for, write_paper
from crmdesk.documents.pdf.parts import customer_fields, item_fields
from crmdesk.documents.pdf.styles import QUIET, STRONG
from crmdesk.documents.pdf.words import Words

_TITLE: Final = mark("Posting note")


def render(facts: PostingNoteFacts, language: str, paper: PaperFormat = PaperFormat.A5) -> bytes:
    """Give the note as PDF."""
    words = Words(language)
    heading = Heading(facts.store, words.gettext(_TITLE), facts.number)
    return write_paper(heading, _body(facts, words, paper), facts.printed, words, paper)


def _body(facts: PostingNoteFacts, words: Words, paper: PaperFormat) -> list[Block]:
    done = (
        [*section(words.gettext("What was done"), Text(facts.work_done)), Gap(1.5)] if facts.work_done.strip() else []
    )
    note = words.gettext("Please open the parcel in front of the courier and tell us at once if anything is missing.")
    return [
        Fields(_way(facts, words), columns_for(paper)),
        Gap(1.4),
        Fields(_goods(facts, words), columns_for(paper)),
        Gap(1.2),
        *done,
        Cells(_cells(facts, words)),
        Gap(1.5),
        Text(note, QUIET, 3),
        Gap(1.5),
        Signatures((words.gettext("Packed by, date"), words.gettext("For the store, date"))),
    ]


def _goods(facts: PostingNoteFacts, words: Words) -> list[Field]:
    accessories = words.listed(facts.accessories) or words.gettext("none")
    return [
        *customer_fields(facts.customer, words),
        *item_fields(facts.item, words),
        list_field(words.gettext("Accessories"), accessories),
    ]


def _way(facts: PostingNoteFacts, words: Words) -> list[Field]:
    fee = " ".join((words.money(facts.fee), facts.fee_payer)) if facts.fee else ""
    return [
        Field(
            words.gettext("To"), "  ".join(part for part in (facts.recipient, facts.phone) if part), STRONG, wide=True
        ),
        Field(words.gettext("Address"), facts.address, STRONG, wide=True),
        Field(words.gettext("Courier"), f"{facts.courier}  {facts.tracking}", STRONG),
        Field(words.gettext("Sent at"), words.moment(facts.sent_at)),
        Field(words.gettext("Sent by"), facts.sent_by),
        Field(words.gettext("Courier fee"), fee),
        Field(words.gettext("Note"), facts.note, wide=True),
    ]


def _cells(facts: PostingNoteFacts, words: Words) -> list[Cell]:
    paid = words.money(facts.paid) if facts.paid else words.gettext("free of charge")
    cells = [Cell(words.gettext("Amount paid"), paid)]
    if facts.guarantee_until is not None:
        cells.append(Cell(words.gettext("Repaired part guaranteed until"), words.day(facts.guarantee_until), share=1.4))
    return cells
