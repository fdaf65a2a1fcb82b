"""The service slip: what was handed in, in what condition, what was said and promised; a copy each."""

from collections.abc import Sequence
from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.paper_facts.formats import SIZES, PaperFormat
from crmdesk.core.paper_facts.service_slip import ServiceSlipFacts
from crmdesk.core.tickets import TicketKind
from crmdesk.documents.pdf.blocks import Beside, Block, Framed, Gap, Numbered, Stack, Text, section
from crmdesk.documents.pdf.document import Document, write
from crmdesk.documents.pdf.fields import Cell, Cells, Field, Fields, Signatures
from crmdesk.documents.pdf.flow import Foot, Placed, draw_foot, draw_pages, draw_placed, foot, total_height
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.marks import CutLine, Drawing, draw_cut_line, mark_lines
from crmdesk.documents.pdf.styles import BODY, QUIET, SMALL, STRONG
from crmdesk.documents.pdf.words import Words

TITLES: Final = {
    TicketKind.REPAIR: mark("Repair slip"),
    TicketKind.COMPLAINT: mark("Complaint slip"),
    TicketKind.RETURN: mark("Return slip"),
}
_CUSTOMER_COPY: Final = mark("Customer copy")
_SHOP_COPY: Final = mark("Shop copy")
_CUT_HERE: Final = mark("Cut here: customer copy above, shop copy below")
_ROLL_COLUMNS, _PAGE_COLUMNS = 1, 2


def render(facts: ServiceSlipFacts, language: str, paper: PaperFormat = PaperFormat.A5) -> bytes:
    """Give the slip as PDF.

    A4 carries both copies on one sheet with a cut line when they fit, A5 a page for each, the roll both on one strip;
    the continuous form is printed once, its sheets make the copies.
    """
    words = Words(language)
    title = f"{words.gettext(TITLES[facts.kind])} {facts.number}"
    draw = {
        PaperFormat.A4: _on_a4,
        PaperFormat.ROLL80: _on_roll,
        PaperFormat.FORM241: _on_form,
    }.get(paper, _on_a5)
    return write(title, language, lambda document: draw(document, facts, words))


def _on_a5(document: Document, facts: ServiceSlipFacts, words: Words) -> None:
    foot_line = foot(words, facts.number, facts.printed)
    for copy in (_CUSTOMER_COPY, _SHOP_COPY):
        draw_pages(document, _copy(facts, words, copy, PaperFormat.A5), PaperFormat.A5, foot_line)


def _on_a4(document: Document, facts: ServiceSlipFacts, words: Words) -> None:
    size = SIZES[PaperFormat.A4]
    half = size.height / 2
    ends = 8.0
    foot_line = foot(words, facts.number, facts.printed)
    copies = [_copy(facts, words, copy, PaperFormat.A4) for copy in (_CUSTOMER_COPY, _SHOP_COPY)]
    if any(total_height(copy, size.inner_width) > half - 2 * ends - QUIET.line_mm for copy in copies):
        for copy in copies:
            draw_pages(document, copy, PaperFormat.A4, foot_line)
        return
    sheet = document.page(size.width, size.height)
    for place, copy in enumerate(copies):
        draw_placed(sheet, _stacked(copy, size.inner_width), size.side, place * half + ends, size.inner_width)
        draw_foot(sheet, (place + 1) * half - ends - QUIET.line_mm + 2, foot_line, "1/1", size.side)
    draw_cut_line(sheet, half, words.gettext(_CUT_HERE))


def _stacked(blocks: Sequence[Block], width: float) -> list[Placed]:
    y = 0.0
    placed = []
    for block in blocks:
        placed.append(Placed(block, y))
        y += block.height(width)
    return placed


def _on_roll(document: Document, facts: ServiceSlipFacts, words: Words) -> None:
    paper = PaperFormat.ROLL80
    upper = _copy(facts, words, _CUSTOMER_COPY, paper)
    lower = _copy(facts, words, _SHOP_COPY, paper)
    blocks = [*upper, CutLine(words.gettext(_CUT_HERE), 10.0), *lower]
    draw_pages(document, blocks, paper, foot(words, facts.number, facts.printed))


def _on_form(document: Document, facts: ServiceSlipFacts, words: Words) -> None:
    line = foot(words, facts.number, facts.printed)
    sheets = words.gettext("White: shop · Red: customer")
    draw_pages(document, _copy(facts, words, "", PaperFormat.FORM241), PaperFormat.FORM241, Foot(line.left, sheets))


def _copy(facts: ServiceSlipFacts, words: Words, copy: str, paper: PaperFormat) -> list[Block]:
    roll = paper is PaperFormat.ROLL80
    heading = Heading(facts.store, words.gettext(TITLES[facts.kind]), facts.number, words.gettext(copy) if copy else "")
    return [
        heading,
        Fields(_who_and_what(facts, words), _ROLL_COLUMNS if roll else _PAGE_COLUMNS),
        Gap(1.2),
        *_body(facts, words, paper),
        Gap(1.8),
        *_promise(facts, words, shop=copy != _CUSTOMER_COPY, roll=roll),
        Gap(1.5),
        *_notices(facts),
        *_terms(facts, words),
        Gap(1.0),
        *_signatures(words, roll=roll),
    ]


def _who_and_what(facts: ServiceSlipFacts, words: Words) -> list[Field]:
    customer, item = facts.customer, facts.item
    who = "  ".join(part for part in (customer.name, customer.level) if part.strip())
    value = words.money(facts.declared_value) if facts.declared_value is not None else ""
    return [
        Field(words.gettext("Customer"), who, STRONG),
        Field(words.gettext("Phone"), customer.phone, STRONG),
        Field(words.gettext("Item"), item.words, STRONG, wide=True),
        Field(words.gettext("Brand, model"), " ".join(part for part in (item.brand, item.model) if part)),
        Field(words.gettext("Serial number"), item.serial),
        Field(words.gettext("Bought on"), words.day(item.purchased_on) if item.purchased_on else ""),
        Field(words.gettext("Declared value"), value),
        Field(words.gettext("Fault"), words.listed(facts.faults)),
        Field(words.gettext("Accessories"), words.listed(facts.accessories) or words.gettext("none")),
        Field(words.gettext("Member number"), customer.member_number),
        Field(words.gettext("Where it goes"), facts.route_words),
    ]


def _body(facts: ServiceSlipFacts, words: Words, paper: PaperFormat) -> list[Block]:
    """Give what the customer said and, beside or below it, the drawing."""
    said = section(words.gettext("The customer states"), Text(facts.customer_words.strip() or "—", BODY))
    if facts.condition is None:
        return said
    tall = {PaperFormat.A5: 42.0, PaperFormat.A4: 34.0, PaperFormat.FORM241: 34.0}.get(paper, 40.0)
    drawing = Drawing(facts.condition, tall)
    listed = mark_lines(facts.condition)
    title = words.gettext("Condition when handed in")
    if paper is PaperFormat.ROLL80:
        return [*said, Gap(1.5), *section(title, drawing, *listed)]
    marks: Block = Beside((drawing, Stack(listed)), (1.0, 1.0), 3.0) if listed else drawing
    condition = Stack(section(title, marks))
    words_block = Stack(said)
    together = Beside((words_block, Framed(condition)), (1.0, 1.15), 4.0)
    width = SIZES[paper].inner_width
    if words_block.height(together.widths(width)[0]) > Framed(condition).height(together.widths(width)[1]) + 25:
        return [*said, Gap(1.5), Framed(condition)]
    return [together]


def _promise(facts: ServiceSlipFacts, words: Words, *, shop: bool, roll: bool) -> list[Block]:
    promised = words.near_day(facts.promised_on) if facts.promised_on else "—"
    estimate = words.money(facts.estimate) if facts.estimate is not None else words.gettext("after inspection")
    cells = [
        Cell(words.gettext("Promised for"), promised, share=1.2),
        Cell(words.gettext("Estimated price"), estimate),
    ]
    received = Cell(words.gettext("Received"), words.moment(facts.received_at), BODY, 1.1, 6.5)
    by = Cell(words.gettext("Received by"), facts.received_by, BODY, 0.7, 6.5)
    shelf = [Cell(words.gettext("Shelf"), facts.shelf, share=0.7)] if shop and facts.shelf.strip() else []
    loan = [Gap(1.2), Text(facts.loan_words, STRONG, 3)] if facts.loan_words.strip() else []
    if roll:
        return [Cells(cells), Gap(1.2), Cells([received, by, *shelf]), *loan]
    return [Cells([*cells, *shelf, received, by]), *loan]


def _notices(facts: ServiceSlipFacts) -> list[Block]:
    blocks: list[Block] = []
    for notice in facts.notices[:12]:
        source = f"（{notice.source}）" if notice.source.strip() else ""
        blocks.append(Numbered("·", Text(notice.words + source, SMALL, 4), 2.4))
    return blocks


def _terms(facts: ServiceSlipFacts, words: Words) -> list[Block]:
    if not facts.terms:
        return []
    lines = [Numbered(f"{place}.", Text(term, QUIET, 6), 4.0) for place, term in enumerate(facts.terms[:40], start=1)]
    return [Gap(1.0), Text(words.gettext("Terms"), STRONG.at(7.5), 1), *lines]


def _signatures(words: Words, *, roll: bool) -> list[Block]:
    customer = words.gettext("Customer's signature, date")
    store = words.gettext("For the store, date")
    return [Signatures((customer, store), room=9.0 if roll else 8.0, gap=5.0 if roll else 8.0)]
