"""The statement of a member's points and stored value over a period."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.paper_facts.ledger import StatementFacts, StatementLine, StatementPart
from crmdesk.documents.pdf.blocks import Block, Gap, Text, section
from crmdesk.documents.pdf.fields import Field, Fields
from crmdesk.documents.pdf.grid import Column, Grid
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.paper import columns_for, write_paper
from crmdesk.documents.pdf.parts import customer_fields
from crmdesk.documents.pdf.styles import QUIET
from crmdesk.documents.pdf.words import Words

_TITLE: Final = mark("Account statement")


def render(facts: StatementFacts, language: str, paper: PaperFormat = PaperFormat.A4) -> bytes:
    """Give the statement as PDF; the heading line of each account is repeated on every page."""
    words = Words(language)
    heading = Heading(facts.store, words.gettext(_TITLE), facts.number)
    return write_paper(heading, _body(facts, words, paper), facts.printed, words, paper)


def _body(facts: StatementFacts, words: Words, paper: PaperFormat) -> list[Block]:
    period = words.gettext("{first} to {last}").format(first=words.day(facts.since), last=words.day(facts.until))
    fields = [*customer_fields(facts.customer, words), Field(words.gettext("Period"), period, wide=True)]
    body: list[Block] = [Fields(fields, columns_for(paper)), Gap(2.0)]
    for part in facts.parts:
        body += section(part.title, _account(part, words))
        body.append(Gap(2.0))
    if facts.expiries:
        body += section(words.gettext("Points that end"), _expiries(facts, words))
        body.append(Gap(1.5))
    if facts.owed:
        owed = words.gettext("{points} points of returned goods are still owed; they come off points earned later.")
        body.append(Text(owed.format(points=f"{facts.owed:,}"), QUIET, 3))
    body.append(Text(words.gettext("Please tell us within 30 days when something is not right."), QUIET, 3))
    return body


def _account(part: StatementPart, words: Words) -> Grid:
    columns = (
        Column(words.gettext("Day"), 1.8),
        Column(words.gettext("What for"), 1.5),
        Column(words.gettext("Paper, note"), 2.4),
        Column(words.gettext("Amount"), 1.2, right=True),
        Column(words.gettext("Balance"), 1.2, right=True),
    )
    rows = [
        ("", words.gettext("Opening balance"), "", "", part.opening),
        *(_line(line, words) for line in part.lines),
        ("", words.gettext("Closing balance"), "", "", part.closing),
    ]
    return Grid(columns, rows, most=3, strong_last=True)


def _line(line: StatementLine, words: Words) -> tuple[str, ...]:
    about = "  ".join(text for text in (line.paper_number, line.note) if text)
    return words.moment(line.at), line.reason, about, line.amount, line.balance


def _expiries(facts: StatementFacts, words: Words) -> Grid:
    columns = (Column(words.gettext("Last day"), 2.0), Column(words.gettext("Points"), 1.0, right=True))
    return Grid(columns, [(words.day(day), f"{points:,}") for day, points in facts.expiries])
