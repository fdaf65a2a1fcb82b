"""A plain list on A4: gifts to pick up, people to call, with room to tick and sign."""

from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.paper_facts.listing import ListFacts
from crmdesk.documents.pdf.blocks import Gap, Text
from crmdesk.documents.pdf.grid import Column, Grid
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.paper import write_paper
from crmdesk.documents.pdf.styles import BODY, QUIET
from crmdesk.documents.pdf.words import Words

_HAND_ROW = 8.5


def render(facts: ListFacts, language: str, paper: PaperFormat = PaperFormat.A4) -> bytes:
    """Give the list as PDF; the heading line is repeated on every page."""
    words = Words(language)
    heading = Heading(facts.store, facts.title, facts.number)
    columns = [Column(c.title, c.share, c.right, BODY, c.box) for c in facts.columns]
    by_hand = any(column.box for column in facts.columns)
    count = words.gettext("{count} lines").format(count=len(facts.rows))
    subtitle = "  ·  ".join(part for part in (facts.subtitle, count) if part.strip())
    body = (
        Text(subtitle, QUIET, 3),
        Gap(1.5),
        Grid(columns, facts.rows, most=3, tallest_row=_HAND_ROW if by_hand else 0.0),
    )
    return write_paper(heading, body, facts.printed, words, paper)
