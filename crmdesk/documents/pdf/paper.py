"""The frame of an ordinary paper: heading, parts, foot line, on A4, A5, the roll or the form."""

from collections.abc import Sequence

from crmdesk.core.paper_facts.common import PrintFacts
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.documents.pdf.blocks import Block
from crmdesk.documents.pdf.document import write
from crmdesk.documents.pdf.flow import draw_pages, foot
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.words import Words


def columns_for(paper: PaperFormat) -> int:
    """Give how many columns of facts a paper has room for."""
    return {PaperFormat.ROLL80: 1, PaperFormat.A5: 2}.get(paper, 3)


def write_paper(
    heading: Heading, body: Sequence[Block], printed: PrintFacts, words: Words, paper: PaperFormat
) -> bytes:
    """Give the PDF of one copy."""
    line = foot(words, heading.number, printed)
    title = f"{heading.title} {heading.number}"
    return write(title, words.language, lambda document: draw_pages(document, [heading, *body], paper, line))
