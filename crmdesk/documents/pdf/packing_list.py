"""The packing list: what is in the parcel, from whom to whom, each piece with its code, to sign at both ends."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.money import Money
from crmdesk.core.paper_facts.batch import BatchLineFacts, PackingListFacts, RecipientFacts
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.documents.pdf.blocks import Block, Gap, Text
from crmdesk.documents.pdf.fields import Cell, Cells, Field, Fields, Signatures
from crmdesk.documents.pdf.goods_line import CodeBeside
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.paper import columns_for, write_paper
from crmdesk.documents.pdf.styles import QUIET, STRONG
from crmdesk.documents.pdf.words import Words

_TITLE: Final = mark("Packing list")


def render(facts: PackingListFacts, language: str, paper: PaperFormat = PaperFormat.A4) -> bytes:
    """Give the packing list as PDF."""
    words = Words(language)
    heading = Heading(facts.store, words.gettext(_TITLE), facts.number)
    return write_paper(heading, _body(facts, words, paper), facts.printed, words, paper)


def _body(facts: PackingListFacts, words: Words, paper: PaperFormat) -> list[Block]:
    return [
        Fields([*recipient_fields(facts.recipient, words), *_way(facts, words)], columns_for(paper)),
        Gap(1.6),
        Cells(_cells(facts, words)),
        Gap(2.0),
        *(goods_block(line, place, words, paper) for place, line in enumerate(facts.lines, start=1)),
        Gap(1.2),
        Text(words.gettext("The receiver compares goods and accessories with this list before signing."), QUIET, 2),
        Gap(3.0),
        Signatures((words.gettext("Packed by, date"), words.gettext("Received complete by, date"))),
        Gap(2.0),
        Signatures((words.gettext("Missing or damaged"), words.gettext("Sent back by, date"))),
    ]


def recipient_fields(recipient: RecipientFacts, words: Words) -> list[Field]:
    """Give where a batch goes."""
    name = "  ".join(part for part in (recipient.party, recipient.name) if part)
    reach = "  ".join(part for part in (recipient.contact, recipient.phone) if part)
    return [
        Field(words.gettext("To"), name, STRONG),
        Field(words.gettext("Contact"), reach),
        Field(words.gettext("Address"), recipient.address, wide=True),
    ]


def _way(facts: PackingListFacts, words: Words) -> list[Field]:
    return [
        Field(words.gettext("Begun at"), words.moment(facts.made_at)),
        Field(words.gettext("Sent at"), words.moment(facts.sent_at) if facts.sent_at else ""),
        Field(words.gettext("Courier"), "  ".join(part for part in (facts.courier, facts.tracking) if part), STRONG),
        Field(words.gettext("Note"), facts.note, wide=True),
    ]


def _cells(facts: PackingListFacts, words: Words) -> list[Cell]:
    value = Money.total(line.value for line in facts.lines if line.value is not None)
    return [
        Cell(words.gettext("Pieces"), str(len(facts.lines))),
        Cell(words.gettext("Declared value of all"), words.money(value) if value else "—"),
    ]


def goods_block(line: BatchLineFacts, place: int, words: Words, paper: PaperFormat) -> Block:
    """Give one piece with its code."""
    fields = [
        Field(words.gettext("Order"), f"{place}.  {line.number}", STRONG),
        Field(words.gettext("Declared value"), words.money(line.value) if line.value is not None else ""),
        Field(words.gettext("Item"), line.item, STRONG, wide=True),
        Field(words.gettext("Accessories"), line.accessories or words.gettext("none"), wide=True),
        Field(words.gettext("Fault"), line.faults, wide=True),
        Field(words.gettext("To be judged"), line.asked, wide=True),
    ]
    return CodeBeside(line.number, [Fields(fields, min(columns_for(paper), 2))])
