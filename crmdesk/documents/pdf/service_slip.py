"""The service slip: what was handed in, in what condition, what was said and promised; a copy each."""

from collections.abc import Sequence
from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.paper_facts.formats import SIZES, PaperFormat
from crmdesk.core.paper_facts.service_slip import ServiceSlipFacts
from crmdesk.core.tickets import TicketKind
from crmdesk.documents.pdf.blocks import Beside, Block, Framed, Gap, Numbered, Stack, Text, section
from crmdesk.documents.pdf.document import Document, write
from crmdesk.documents.pdf.fields import Cell, Cells, Field, Fields, Signatures, list_field
from crmdesk.documents.pdf.flow import Foot, Placed, draw_foot, draw_pages, draw_placed, foot, total_height
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.marks import CutLine, Drawing, draw_cut_line, mark_lines
from crmdesk.documents.pdf.parts import customer_fields, item_fields, terms_block
from crmdesk.documents.pdf.styles import BODY, QUIET, SMALL, STRONG
from crmdesk.documents.pdf.words import Words

TITLES: Final = {
    TicketKind.REPAIR: mark("Repair slip"),
    TicketKind.COMPLAINT: mark("Complaint slip"),
    TicketKind.RETURN: mark("Return slip"),
}
_DUE: Final = {
    TicketKind.REPAIR: mark("Promised for"),
    TicketKind.COMPLAINT: mark("Answer by"),
    TicketKind.RETURN: mark("Settle by"),
}
_EXPRESS: Final = mark("Express: is done first")
_ESTIMATE_ONLY: Final = mark("Estimate only: nothing is repaired before the customer agrees to the price")
_CUSTOMER_COPY: Final = mark("Customer copy")
_SHOP_COPY: Final = mark("Shop copy")
_CUT_HERE: Final = mark("Cut here: customer copy above, shop copy below")
# Low and wide: what would stand below one another stands side by side.
_WIDE: Final = (PaperFormat.A4, PaperFormat.FORM241)
_TWO: Final = 2
_OVERHANG: Final = 25.0  # millimetres that the words may be longer than the drawing beside them


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
    heading = Heading(facts.store, words.gettext(TITLES[facts.kind]), facts.number, words.gettext(copy) if copy else "")
    columns = {PaperFormat.ROLL80: 1, PaperFormat.A5: _TWO}.get(paper, 3)
    shelf = facts.shelf if copy != _CUSTOMER_COPY else ""
    return [
        heading,
        Fields(_who_and_what(facts, words, columns), columns),
        Gap(1.2),
        *_body(facts, words, paper),
        Gap(1.8),
        *_promise(facts, words, shelf),
        *([Gap(1.2), *terms_block(facts.terms, words)] if facts.terms and paper not in _WIDE else []),
        Gap(1.0),
        _signatures(words, paper),
    ]


def _who_and_what(facts: ServiceSlipFacts, words: Words, columns: int) -> list[Field]:
    who, phone, member = customer_fields(facts.customer, words)
    value = words.money(facts.declared_value) if facts.declared_value is not None else ""
    # In two columns the member number fills the last row instead of standing alone in the second.
    first, last = ([who, phone, member], []) if columns != _TWO else ([who, phone], [member])
    nothing = words.gettext("none") if facts.kind is TicketKind.REPAIR else ""
    return [
        *first,
        *item_fields(facts.item, words),
        Field(words.gettext("Fault"), words.listed(facts.faults)),
        list_field(words.gettext("Accessories"), words.listed(facts.accessories) or nothing),
        Field(words.gettext("Declared value"), value),
        Field(words.gettext("Taken in at"), words.moment(facts.received_at)),
        Field(words.gettext("Taken in by"), facts.received_by),
        Field(words.gettext("Where it goes"), facts.route_words),
        *last,
    ]


def _body(facts: ServiceSlipFacts, words: Words, paper: PaperFormat) -> list[Block]:
    """Give what the customer said and what follows from it; beside it, where there is room, the drawing."""
    said = section(words.gettext("The customer states"), Text(facts.customer_words.strip() or "—", BODY))
    said += _asked(facts, words)
    after = [
        *_notices(facts, words),
        *([Gap(1.0), *terms_block(facts.terms, words)] if facts.terms and paper in _WIDE else []),
    ]
    left = [*said, Gap(1.5), *after] if after else said
    if facts.condition is None:
        return left
    listed = mark_lines(facts.condition)
    title = words.gettext("Condition when handed in")
    if paper is PaperFormat.ROLL80:
        return [*said, Gap(1.5), *section(title, Drawing(facts.condition, 40.0), *listed), Gap(1.5), *after]
    drawing = Drawing(facts.condition, {PaperFormat.A5: 42.0, PaperFormat.FORM241: 29.0}.get(paper, 34.0))
    marks: Block = Beside((drawing, Stack(listed)), (1.0, 1.0), 3.0) if listed else drawing
    condition = Framed(Stack(section(title, marks)))
    together = Beside((Stack(left), condition), (1.0, 1.15), 4.0)
    own, other = together.widths(SIZES[paper].inner_width)
    if Stack(left).height(own) > condition.height(other) + _OVERHANG:
        return [*said, Gap(1.5), condition, Gap(1.5), *after]
    return [together]


def _asked(facts: ServiceSlipFacts, words: Words) -> list[Block]:
    """Give what a complaint asks for and what a return brings back."""
    blocks: list[Block] = []
    if facts.wanted.strip():
        blocks += [Gap(1.5), *section(words.gettext("What the customer wants"), Text(facts.wanted, BODY))]
    if facts.lines:
        told = [words.listed((line.words, line.reason, words.money(line.price_paid))) for line in facts.lines]
        listed = [Numbered(f"{place}.", Text(line, BODY, 4), 4.4) for place, line in enumerate(told, start=1)]
        blocks += [Gap(1.5), *section(words.gettext("Brought back"), *listed)]
    return blocks


def _promise(facts: ServiceSlipFacts, words: Words, shelf: str) -> list[Block]:
    promised = words.near_day(facts.promised_on) if facts.promised_on else "—"
    cells = [
        Cell(words.gettext(_DUE[facts.kind]), promised, share=1.3),
        *_estimate(facts, words),
        *([Cell(words.gettext("Shelf"), shelf, share=0.8)] if shelf.strip() else []),
    ]
    loan = [Gap(1.0), Text(facts.loan_words, STRONG, 3)] if facts.loan_words.strip() else []
    return [Cells(cells), *loan]


def _estimate(facts: ServiceSlipFacts, words: Words) -> list[Cell]:
    """Give the price of the repair; nothing else has one."""
    if facts.kind is not TicketKind.REPAIR:
        return []
    estimate = words.money(facts.estimate) if facts.estimate is not None else words.gettext("after inspection")
    return [Cell(words.gettext("Estimated price"), estimate)]


def _order(facts: ServiceSlipFacts, words: Words) -> list[Block]:
    said = [words.gettext(_EXPRESS)] if facts.express else []
    said += [words.gettext(_ESTIMATE_ONLY)] if facts.estimate_only else []
    return [Text(line, STRONG, 3) for line in said]


def _notices(facts: ServiceSlipFacts, words: Words) -> list[Block]:
    blocks: list[Block] = _order(facts, words)
    for notice in facts.notices[:12]:
        source = f"（{notice.source}）" if notice.source.strip() else ""
        blocks.append(Numbered("·", Text(notice.words + source, SMALL, 4), 3.6))
    return blocks


def _signatures(words: Words, paper: PaperFormat) -> Block:
    labels = (words.gettext("Customer's signature, date"), words.gettext("For the store, date"))
    return Signatures(
        labels, room=6.0 if paper is PaperFormat.FORM241 else 8.0, gap=5.0 if paper is PaperFormat.ROLL80 else 8.0
    )
