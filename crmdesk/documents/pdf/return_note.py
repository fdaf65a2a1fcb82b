"""The return or exchange note, line by line."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.money import Money
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.paper_facts.ticket_papers import ReturnLineFacts, ReturnNoteFacts
from crmdesk.core.tickets import GoodsCondition, ReturnDecision
from crmdesk.documents.pdf.blocks import Block, Gap, Text
from crmdesk.documents.pdf.fields import Cell, Cells, Field, Fields
from crmdesk.documents.pdf.grid import Column, Grid
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.paper import columns_for, write_paper
from crmdesk.documents.pdf.parts import closing, customer_fields
from crmdesk.documents.pdf.styles import BODY, SMALL, STRONG
from crmdesk.documents.pdf.words import Words

_TITLE: Final = mark("Return and exchange note")
_DECISIONS: Final = {
    ReturnDecision.REFUND: mark("Refund"),
    ReturnDecision.EXCHANGE: mark("Exchange"),
    ReturnDecision.REPAIR: mark("Repair"),
    ReturnDecision.REJECT: mark("Not accepted"),
}
_CONDITIONS: Final = {
    GoodsCondition.UNUSED: mark("unused"),
    GoodsCondition.TRIED: mark("tried on"),
    GoodsCondition.USED: mark("used"),
    GoodsCondition.DAMAGED: mark("damaged"),
}


def render(facts: ReturnNoteFacts, language: str, paper: PaperFormat = PaperFormat.A5) -> bytes:
    """Give the note as PDF."""
    words = Words(language)
    heading = Heading(facts.store, words.gettext(_TITLE), facts.number)
    return write_paper(heading, _body(facts, words, paper), facts.printed, words, paper)


def _body(facts: ReturnNoteFacts, words: Words, paper: PaperFormat) -> list[Block]:
    points = sum(line.points_taken_back for line in facts.lines)
    cells = [Cell(words.gettext("Refund"), words.money(Money.total(line.refund for line in facts.lines)))]
    if points:
        cells.append(Cell(words.gettext("Points taken back"), f"{points:,}"))
    if facts.refund_words.strip():
        cells.append(Cell(words.gettext("Paid back by"), facts.refund_words, BODY, 1.3, 6.5))
    source = f"（{facts.clock_source}）" if facts.clock_source.strip() else ""
    made = [
        Field(words.gettext("Sales receipt"), facts.receipt_number),
        Field(words.gettext("Decided on"), words.moment(facts.decided_at)),
        Field(words.gettext("Decided by"), facts.decided_by),
    ]
    signers = (words.gettext("Customer's signature, date"), words.gettext("For the store, date"))
    return [
        Fields([*customer_fields(facts.customer, words), *made], columns_for(paper)),
        Gap(1.5),
        _grid(facts, words, paper),
        Gap(2.0),
        Cells(cells),
        Gap(1.5),
        *([Text(facts.clock_words + source, SMALL, 4), Gap(1.0)] if facts.clock_words.strip() else []),
        *closing(facts.terms, signers, words, paper),
    ]


def _grid(facts: ReturnNoteFacts, words: Words, paper: PaperFormat) -> Block:
    if paper is PaperFormat.ROLL80:
        narrow = (Column(words.gettext("Item"), 2.4, style=SMALL), Column(words.gettext("Refund"), right=True))
        return Grid(narrow, [("\n".join(_told(line, words)), words.money(line.refund)) for line in facts.lines])
    columns = (
        Column(words.gettext("Item"), 2.6, style=BODY),
        Column(words.gettext("Reason, condition"), 1.7, style=SMALL),
        Column(words.gettext("Decision"), 1.2, style=STRONG),
        Column(words.gettext("Price paid"), 1.25, right=True),
        Column(words.gettext("Refund"), 1.25, right=True),
    )
    return Grid(columns, [_row(line, words) for line in facts.lines])


def _row(line: ReturnLineFacts, words: Words) -> tuple[str, ...]:
    item, reason, decision, *more = _told(line, words)
    return (
        "\n".join(part for part in (item, line.item.serial, *more) if part.strip()),
        reason,
        decision,
        words.money(line.price_paid),
        words.money(line.refund),
    )


def _told(line: ReturnLineFacts, words: Words) -> list[str]:
    exchange = words.gettext("For: {item}").format(item=line.exchange_words) if line.exchange_words.strip() else ""
    reason = words.listed((line.reason, words.gettext(_CONDITIONS[line.condition])))
    more = [part for part in (exchange, line.note) if part.strip()]
    return [line.item.words, reason, words.gettext(_DECISIONS[line.decision]), *more]
