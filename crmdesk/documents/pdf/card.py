"""VIP cards: one a page for a card printer, or ten on an A4 sheet with cut marks, fronts and mirrored backs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from crmdesk.core.paper_facts.card import CardDesignFacts, CardFacts, CardsFacts
from crmdesk.core.paper_facts.formats import SIZES, PaperFormat
from crmdesk.documents.pdf.document import Document, write
from crmdesk.documents.pdf.fonts import Weight
from crmdesk.documents.pdf.marks import draw_bars, draw_qr
from crmdesk.documents.pdf.text import Style, fitting, lines_of, one_line, width_mm
from crmdesk.documents.pdf.units import HAIR, PALE, Box, Pen, Sheet
from crmdesk.documents.pdf.words import Words

_CARD: Final = SIZES[PaperFormat.CR80]
_COLUMNS, _ROWS = 2, 5
_CUT: Final = 4.0  # length of a cut mark
_STORE: Final = Style(9.5, Weight.BOLD, leading=1.25)
_TITLE: Final = Style(9.5, leading=1.25)
_NAME: Final = Style(17, Weight.BOLD, leading=1.25)
_NUMBER: Final = Style(10.5, Weight.BOLD, leading=1.25)
_SMALL: Final = Style(7, leading=1.3)
_TINY: Final = Style(6.5, leading=1.35)
_BARS_HIGH: Final = 9.0
_QR: Final = 21.0
_FRONT, _BACK = "card-front", "card-back"
Painter = Callable[[Sheet, CardFacts, Box], None]


@dataclass(frozen=True, slots=True)
class _Design:
    """The shared drawing of a run: what differs from card to card is drawn on top of two forms."""

    facts: CardDesignFacts
    words: Words


def render(facts: CardsFacts, language: str, paper: PaperFormat = PaperFormat.CR80) -> bytes:
    """Give the cards as PDF.

    Args:
        facts: the cards and what they share.
        language: of the few fixed words.
        paper: ``CR80`` gives front and back as pages of their own for each card, ``A4`` gives sheets: a page of ten
            fronts, then its backs, mirrored for turning over the long edge.
    """
    design = _Design(facts.design, Words(language))
    draw = _draw_sheets if paper is PaperFormat.A4 else _draw_single
    return write(facts.design.store_name, language, lambda document: draw(document, facts.cards, design))


def _draw_single(document: Document, cards: Sequence[CardFacts], design: _Design) -> None:
    box = Box(0, 0, _CARD.width, _CARD.height)
    for place, card in enumerate(cards):
        for side in (_FRONT, _BACK):
            sheet = document.page(_CARD.width, _CARD.height)
            if place == 0:
                _keep_form(sheet, side, design)
            _draw_side(sheet, side, card, (box, design))


def _draw_sheets(document: Document, cards: Sequence[CardFacts], design: _Design) -> None:
    size = SIZES[PaperFormat.A4]
    for start in range(0, len(cards), _COLUMNS * _ROWS):
        batch = cards[start : start + _COLUMNS * _ROWS]
        for side in (_FRONT, _BACK):
            sheet = document.page(size.width, size.height)
            if start == 0:
                _keep_form(sheet, side, design)
            for card, box in zip(batch, _places(mirrored=side == _BACK), strict=False):
                _draw_side(sheet, side, card, (box, design))
            _draw_cut_marks(sheet)


def _places(*, mirrored: bool) -> Iterator[Box]:
    size = SIZES[PaperFormat.A4]
    left, top = (size.width - _COLUMNS * _CARD.width) / 2, (size.height - _ROWS * _CARD.height) / 2
    for row in range(_ROWS):
        for column in range(_COLUMNS):
            shown = _COLUMNS - 1 - column if mirrored else column
            yield Box(left + shown * _CARD.width, top + row * _CARD.height, _CARD.width, _CARD.height)


def _draw_cut_marks(sheet: Sheet) -> None:
    boxes = list(_places(mirrored=False))
    left, top, right, bottom = boxes[0].x, boxes[0].y, boxes[-1].right, boxes[-1].bottom
    pen = Pen(HAIR)
    for x in {box.x for box in boxes} | {right}:
        sheet.line((x, top - 1 - _CUT), (x, top - 1), pen)
        sheet.line((x, bottom + 1), (x, bottom + 1 + _CUT), pen)
    for y in {box.y for box in boxes} | {bottom}:
        sheet.line((left - 1 - _CUT, y), (left - 1, y), pen)
        sheet.line((right + 1, y), (right + 1 + _CUT, y), pen)


def _keep_form(sheet: Sheet, side: str, design: _Design) -> None:
    """Draw what all cards share once, as a form that each card shows."""
    canvas = sheet.canvas
    canvas.beginForm(side, 0, 0, *sheet.at(_CARD.width, sheet.height - _CARD.height))
    # Inside a form the place of the card is the form's own lower left corner.
    page = Box(0, sheet.height - _CARD.height, _CARD.width, _CARD.height)
    (_paint_front_form if side == _FRONT else _paint_back_form)(sheet, design, page)
    canvas.endForm()


def _draw_side(sheet: Sheet, side: str, card: CardFacts, where: tuple[Box, _Design]) -> None:
    box, design = where
    canvas = sheet.canvas
    canvas.saveState()
    canvas.translate(*sheet.at(box.x, box.bottom))
    canvas.doForm(side)
    canvas.restoreState()
    if side == _FRONT:
        _paint_front(sheet, card, box, design.words)
    else:
        _paint_back(sheet, card, box)


def _paint_front_form(sheet: Sheet, design: _Design, box: Box) -> None:
    x, y, width = box.x + _CARD.side + 1, box.y + _CARD.ends + 1, _CARD.inner_width - 2
    title = one_line(design.facts.title, _TITLE, width * 0.35)
    room = width - width_mm(title, _TITLE) - 3
    store, style = fitting(design.facts.store_name, _STORE, room, 6.5)
    sheet.text(x, y, store, style)
    sheet.text_right(x + width, y, title, _TITLE)
    sheet.line((x, y + 5.4), (x + width, y + 5.4), Pen(HAIR, PALE))


def _paint_front(sheet: Sheet, card: CardFacts, box: Box, words: Words) -> None:
    x, y, width = box.x + _CARD.side + 1, box.y + _CARD.ends + 1, _CARD.inner_width - 2
    level, level_style = fitting(card.level, _STORE, width * 0.4, 6.5)
    name, style = fitting(card.name, _NAME, width - width_mm(level, level_style) - 3, 7)
    sheet.text(x, y + 9.5, name, style)
    sheet.text_right(x + width, y + 9.5 + style.rise_mm - level_style.rise_mm, level, level_style)
    number, number_style = fitting(card.number, _NUMBER, width * 0.62, 6)
    sheet.text(x, y + 21, number, number_style)
    if card.valid_until is not None:
        valid = words.gettext("Valid until {day}").format(day=words.day(card.valid_until))
        drop = number_style.rise_mm - _SMALL.rise_mm
        sheet.text_right(x + width, y + 21 + drop, one_line(valid, _SMALL, width * 0.4), _SMALL)
    draw_bars(sheet, Box(x, box.bottom - _CARD.ends - 1 - _BARS_HIGH, width, _BARS_HIGH), card.number)


def _paint_back_form(sheet: Sheet, design: _Design, box: Box) -> None:
    facts = design.facts
    x, y, width = box.x + _CARD.side + 1, box.y + _CARD.ends + 1, _CARD.inner_width - 2 - _QR - 5
    bottom = box.bottom - _CARD.ends - 1
    contact = [line for line in (facts.address, facts.phone) if line.strip()]
    ends = bottom - len(contact) * _TINY.line_mm
    for text in facts.back_lines:
        for line in lines_of(text, _TINY, width, 4):
            if y + _TINY.line_mm > ends - 1:
                break
            sheet.text(x, y, line, _TINY)
            y += _TINY.line_mm
        y += 0.6
    for place, line in enumerate(contact):
        sheet.text(x, ends + place * _TINY.line_mm, one_line(line, _TINY, width), _TINY)


def _paint_back(sheet: Sheet, card: CardFacts, box: Box) -> None:
    left = box.right - _CARD.side - 2 - _QR
    draw_qr(sheet, Box(left, box.y + (box.height - _QR) / 2 - 2, _QR, _QR), card.number)
    number = one_line(card.number, _SMALL, _QR + 4)
    sheet.text(left, box.y + (box.height + _QR) / 2 - 0.5, number, _SMALL)
