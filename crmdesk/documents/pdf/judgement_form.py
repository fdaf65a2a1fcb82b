"""The judgement form of a batch: what is asked about each ticket, to be filled in by hand at the other end."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.paper_facts.batch import BatchLineFacts, JudgementFormFacts
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.documents.pdf.blocks import Block, Framed, Gap, Kept, Stack, Text
from crmdesk.documents.pdf.fields import Field, Fields
from crmdesk.documents.pdf.goods_line import Blanks, CodeBeside, Ticks
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.packing_list import recipient_fields
from crmdesk.documents.pdf.paper import columns_for, write_paper
from crmdesk.documents.pdf.styles import QUIET, STRONG
from crmdesk.documents.pdf.words import Words

_TITLE: Final = mark("Judgement form")
_SAID_LINES: Final = 4


def render(facts: JudgementFormFacts, language: str, paper: PaperFormat = PaperFormat.A4) -> bytes:
    """Give the form as PDF, one block for each ticket."""
    words = Words(language)
    heading = Heading(facts.store, words.gettext(_TITLE), facts.number)
    hint = words.gettext(
        "One block for each order: tick, write the cost and who bears which part (the parts make the whole cost), sign."
    )
    body: list[Block] = [
        Fields(recipient_fields(facts.recipient, words), columns_for(paper)),
        Gap(1.0),
        Text(hint, QUIET, 3),
        Gap(1.6),
    ]
    for line in facts.lines:
        body += [Kept(Framed(Stack(_block(line, facts, words)))), Gap(2.4)]
    return write_paper(heading, body, facts.printed, words, paper)


def _block(line: BatchLineFacts, facts: JudgementFormFacts, words: Words) -> list[Block]:
    choices = facts.choices
    payers = [words.gettext("{party} bears ¥").format(party=payer) for payer in choices.payers]
    return [
        CodeBeside(line.number, [Fields(_known(line, words), 2)], 12.0),
        Gap(1.4),
        Ticks(words.gettext("Repairable"), choices.repairable),
        Ticks(words.gettext("Caused by"), choices.liability),
        Ticks(words.gettext("What is done"), choices.remedy),
        Blanks((words.gettext("Cost in all ¥"), words.gettext("Days needed"), words.gettext("Decided by, date"))),
        Blanks(payers),
        Blanks((words.gettext("Finding, reason"),)),
        Gap(0.8),
    ]


def _known(line: BatchLineFacts, words: Words) -> list[Field]:
    months = words.gettext("{count} months").format(count=line.months) if line.months is not None else ""
    value = words.money(line.value) if line.value is not None else ""
    return [
        Field(words.gettext("Order"), line.number, STRONG),
        Field(words.gettext("Since purchase"), months),
        Field(words.gettext("Item"), line.item, STRONG, wide=True),
        Field(words.gettext("Fault"), line.faults),
        Field(words.gettext("Accessories"), line.accessories),
        Field(words.gettext("Declared value"), value),
        Field(words.gettext("The customer states"), line.said, wide=True, most=_SAID_LINES),
        Field(words.gettext("To be judged"), line.asked, wide=True),
    ]
