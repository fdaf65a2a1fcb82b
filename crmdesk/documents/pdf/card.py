"""VIP cards: one a page for a card printer, or ten on an A4 sheet with cut marks, fronts and mirrored backs."""

from collections.abc import Iterator, Sequence
from typing import Final

from crmdesk.core.paper_facts.card import CardFacts, CardsFacts
from crmdesk.core.paper_facts.formats import SIZES, PaperFormat
from crmdesk.documents.pdf.card_sides import BACK, SIDES, CardDesign, draw_side, keep_forms
from crmdesk.documents.pdf.document import Document, write
from crmdesk.documents.pdf.units import HAIR, Box, Pen, Sheet
from crmdesk.documents.pdf.words import Words

_CARD: Final = SIZES[PaperFormat.CR80]
_COLUMNS, _ROWS = 2, 5
_CUT: Final = 4.0  # length of a cut mark


def render(facts: CardsFacts, language: str, paper: PaperFormat = PaperFormat.CR80) -> bytes:
    """Give the cards as PDF.

    Args:
        facts: the cards and what they share.
        language: of the few fixed words.
        paper: ``CR80`` gives front and back as pages of their own for each card, ``A4`` gives sheets: a page of ten
            fronts, then its backs, mirrored for turning over the long edge.
    """
    design = CardDesign(facts.design, Words(language))
    draw = _draw_sheets if paper is PaperFormat.A4 else _draw_single
    return write(facts.design.store_name, language, lambda document: draw(document, facts.cards, design))


def _draw_single(document: Document, cards: Sequence[CardFacts], design: CardDesign) -> None:
    box = Box(0, 0, _CARD.width, _CARD.height)
    for place, card in enumerate(cards):
        for side in SIDES:
            sheet = document.page(_CARD.width, _CARD.height)
            if place == 0:
                keep_forms(sheet, side, cards, design)
            draw_side(sheet, side, card, (box, design))


def _draw_sheets(document: Document, cards: Sequence[CardFacts], design: CardDesign) -> None:
    size = SIZES[PaperFormat.A4]
    for start in range(0, len(cards), _COLUMNS * _ROWS):
        batch = cards[start : start + _COLUMNS * _ROWS]
        for side in SIDES:
            sheet = document.page(size.width, size.height)
            if start == 0:
                keep_forms(sheet, side, cards, design)
            for card, box in zip(batch, _places(mirrored=side == BACK), strict=False):
                draw_side(sheet, side, card, (box, design))
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
