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
    source = f"（{facts.clock_source}）" if facts.clock_source.strip() else ""
    made = [
        Field(words.gettext("Sales receipt"), facts.receipt_number),
        Field(words.gettext("Home store"), facts.home_store),
        Field(words.gettext("Decided on"), words.moment(facts.decided_at)),
        Field(words.gettext("Handled by"), facts.decided_by),
        Field(words.gettext("Paid back by"), facts.refund_words),
    ]
    signers = (words.gettext("Customer's signature, date"), words.gettext("For the store, date"))
    return [
        Fields([*customer_fields(facts.customer, words), *made], columns_for(paper)),
        Gap(1.5),
        _grid(facts, words, paper),
        Gap(2.0),
        *[
            part
            for cells in (_money(facts, words), _points(facts, words))
            if cells
            for part in (Cells(cells), Gap(1.5))
        ],
        *([Text(facts.clock_words + source, SMALL, 4), Gap(1.0)] if facts.clock_words.strip() else []),
        *closing(facts.terms, signers, words, paper),
    ]


def _money(facts: ReturnNoteFacts, words: Words) -> list[Cell]:
    """Give the sums: with stored value or an exchange also what changes hands in the end."""
    refund = Money.total(line.refund for line in facts.lines)
    stored = Money.total(line.stored_given_back for line in facts.lines)
    difference = Money.total(line.difference for line in facts.lines)
    cells = [Cell(words.gettext("Refund"), words.money(refund))]
    if stored:
        cells.append(Cell(words.gettext("To stored value"), words.money(stored)))
    if any(line.difference for line in facts.lines):
        cells.append(Cell(words.gettext("Price difference"), words.money(difference)))
    if len(cells) > 1:
        handed = refund - stored - difference
        back = handed >= Money(0)
        label = words.gettext("Paid back") if back else words.gettext("Paid by the customer")
        cells.append(Cell(label, words.money(handed if back else -handed)))
    return cells


def _points(facts: ReturnNoteFacts, words: Words) -> list[Cell]:
    sums = (
        (words.gettext("Points taken back"), sum(line.points_taken_back for line in facts.lines)),
        (words.gettext("Points still owed"), sum(line.points_owed for line in facts.lines)),
        (words.gettext("Points given back"), sum(line.points_given_back for line in facts.lines)),
    )
    return [Cell(label, f"{points:,}") for label, points in sums if points]


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
    reason = words.listed((line.reason, words.gettext(_CONDITIONS[line.condition])))
    more = [part for part in (*_outcome(line, words), line.note, line.period) if part.strip()]
    return [line.item.words, reason, words.gettext(_DECISIONS[line.decision]), *more]


def _outcome(line: ReturnLineFacts, words: Words) -> list[str]:
    """Say what the decision comes to besides its word."""
    found = []
    if line.exchange_words.strip():
        found.append(words.gettext("For: {item}").format(item=line.exchange_words))
    if line.difference > Money(0):
        found.append(words.gettext("Customer pays {amount} more").format(amount=words.money(line.difference)))
    elif line.difference:
        found.append(words.gettext("Customer gets {amount} back").format(amount=words.money(-line.difference)))
    if line.repair_number:
        found.append(words.gettext("Repair order {number}").format(number=line.repair_number))
    if line.gift.strip():
        gift = words.gettext("Gift not returned: {gift}, {amount} taken off") if line.gift_kept else ""
        gift = gift or words.gettext("Gift returned: {gift}")
        found.append(gift.format(gift=line.gift, amount=words.money(line.gift_kept)))
    if not line.done:
        found.append(words.gettext("not carried out yet"))
    return found
