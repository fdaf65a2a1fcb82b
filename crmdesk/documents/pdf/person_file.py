"""The copy of somebody's data as a letter that reads well; every single row stands in the workbook beside it."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.paper_facts.person import PersonFileFacts, PersonPart
from crmdesk.documents.pdf.blocks import Block, Gap, Text, section
from crmdesk.documents.pdf.fields import Field, Fields
from crmdesk.documents.pdf.grid import Column, Grid
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.paper import columns_for, write_paper
from crmdesk.documents.pdf.styles import BODY, QUIET, STRONG
from crmdesk.documents.pdf.words import Words

_TITLE: Final = mark("Copy of personal data")
_MOST_LINES = 12


def render(facts: PersonFileFacts, language: str, paper: PaperFormat = PaperFormat.A4) -> bytes:
    """Give the letter as PDF."""
    words = Words(language)
    heading = Heading(facts.store, words.gettext(_TITLE), facts.number)
    return write_paper(heading, _body(facts, words, paper), facts.printed, words, paper)


def _body(facts: PersonFileFacts, words: Words, paper: PaperFormat) -> list[Block]:
    head = [
        Field(words.gettext("Name"), facts.name, STRONG),
        Field(words.gettext("Member number"), facts.number),
        Field(words.gettext("Copied at"), words.moment(facts.made_at)),
        Field(words.gettext("Made for you by"), facts.made_by),
    ]
    about = words.gettext(
        "This is a copy of what the store keeps about you. The workbook that goes with it holds every single row."
    )
    rights = words.gettext(
        "You may ask to have it corrected or erased, and take back any consent, at the counter or by telephone."
    )
    body: list[Block] = [Fields(head, columns_for(paper)), Gap(1.4), Text(about, BODY, 4), Gap(1.4)]
    for part in facts.parts:
        body += [*section(part.title, *_rows(part, columns_for(paper))), Gap(1.4)]
    columns = (Column(words.gettext("Kind"), 3.0), Column(words.gettext("Rows"), 1.0, right=True))
    rows = [(name, f"{count:,}") for name, count in facts.counts]
    body += section(words.gettext("What is kept, and how much"), Grid(columns, rows))
    return [*body, Gap(1.4), Text(rights, QUIET, 4)]


def _rows(part: PersonPart, columns: int) -> list[Block]:
    if len(part.rows) == 1:
        fields = [Field(name, value, wide=len(value) > 40, most=_MOST_LINES) for name, value in part.rows[0]]
        return [Fields(fields, columns)]
    return [Text("  ·  ".join(f"{name}: {value}" for name, value in row), BODY, _MOST_LINES) for row in part.rows]
