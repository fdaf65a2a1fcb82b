"""The two sides of a VIP card: what a level's cards share is drawn once, name, number and codes on each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from crmdesk.core.paper_facts.card import CardDesignFacts, CardFacts, CardInk
from crmdesk.core.paper_facts.formats import SIZES, PaperFormat
from crmdesk.documents.pdf.card_tones import CardTone, Rgb, tone_name, tone_of
from crmdesk.documents.pdf.clean import printable
from crmdesk.documents.pdf.fonts import Weight
from crmdesk.documents.pdf.marks import bars_width, draw_bars, draw_qr
from crmdesk.documents.pdf.text import Style, fitting, lines_of, one_line, width_mm
from crmdesk.documents.pdf.units import FINE, Box, Pen, Sheet
from crmdesk.documents.pdf.words import Words

FRONT, BACK = "front", "back"
SIDES: Final = (FRONT, BACK)
_CARD: Final = SIZES[PaperFormat.CR80]
_EDGE: Final = 5.0  # of the text; 3 mm are the least, a cutter is not exact
_BAND: Final = 4.0
_STORE: Final = Style(11, Weight.BOLD, leading=1.25)
_TITLE: Final = Style(20, Weight.BOLD, leading=1.2)
_LEVEL: Final = Style(9.5, Weight.BOLD, leading=1.25)
_NAME: Final = Style(15, Weight.BOLD, leading=1.25)
_LONG_NAME: Final = Style(9.5, Weight.BOLD, leading=1.25)
_NUMBER: Final = Style(13.5, Weight.BOLD, leading=1.25)
_LABEL: Final = Style(6.5, leading=1.3)
_DAY: Final = Style(8.5, leading=1.3)
_TINY: Final = Style(6.5, leading=1.42)
_NUMBER_BACK: Final = Style(8, Weight.BOLD, leading=1.3)
_QR: Final = 19.0
_BARS_HIGH: Final = 9.0
_HEAD_LEAST: Final = 6  # digits after which a number is worth being parted


@dataclass(frozen=True, slots=True)
class CardDesign:
    """What a run shares."""

    facts: CardDesignFacts
    words: Words

    def tone(self, tier: str) -> CardTone:
        """Give the tone of a level in the ink that is there."""
        return tone_of(tier, colour=self.facts.ink is CardInk.COLOUR)


def grouped(number: str) -> str:
    """Part a number as it is read out: letters and the store's two digits, then groups of four from its end."""
    letters = len(number) - len(number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    head, rest = number[: letters + 2], number[letters + 2 :]
    if len(rest) < _HEAD_LEAST or not rest.isdigit():
        return number
    first = len(rest) % 4 or 4
    return " ".join((head, rest[:first], *(rest[place : place + 4] for place in range(first, len(rest), 4))))


def keep_forms(sheet: Sheet, side: str, cards: Sequence[CardFacts], design: CardDesign) -> None:
    """Draw what the cards of each level share, as forms that every card shows."""
    canvas = sheet.canvas
    # Inside a form the place of the card is the form's own lower left corner.
    box = Box(0, sheet.height - _CARD.height, _CARD.width, _CARD.height)
    for tier in dict.fromkeys(tone_name(card.tier) for card in cards):
        canvas.beginForm(_form(side, tier), 0, 0, *sheet.at(_CARD.width, sheet.height - _CARD.height))
        paint = _paint_front_form if side == FRONT else _paint_back_form
        paint(sheet, design, box, design.tone(tier))
        canvas.endForm()


def draw_side(sheet: Sheet, side: str, card: CardFacts, where: tuple[Box, CardDesign]) -> None:
    """Draw one side of a card into its place."""
    box, design = where
    canvas = sheet.canvas
    canvas.saveState()
    canvas.translate(*sheet.at(box.x, box.bottom))
    canvas.doForm(_form(side, card.tier))
    canvas.restoreState()
    if side == FRONT:
        _paint_front(sheet, card, box, design)
    else:
        _paint_back(sheet, card, box)


def _form(side: str, tier: str) -> str:
    return f"card-{side}-{tone_name(tier)}"


def _paint_front_form(sheet: Sheet, design: CardDesign, box: Box, tone: CardTone) -> None:
    if tone.ground is not None:
        _fill(sheet, box, tone.ground)
        _paint_figure(sheet, box, tone.figure)
    x, y, width = box.x + _EDGE, box.y + _EDGE, box.width - 2 * _EDGE
    title = one_line(design.facts.title, _TITLE, width * 0.35)
    title_style = replace(_TITLE, colour=tone.quiet)
    room = width - width_mm(title, title_style) - 4
    store, style = fitting(design.facts.store_name, _STORE, room, 6.5)
    sheet.text(x, y + title_style.rise_mm - style.rise_mm - 1.1, store, replace(style, colour=tone.words))
    sheet.text_right(x + width, y - 1.1, title, title_style)
    if tone.ground is None:
        sheet.line((x, y + 15), (x + width, y + 15), Pen(FINE))


def _paint_figure(sheet: Sheet, box: Box, colour: Rgb) -> None:
    """Draw two wide rings that leave the card at its lower right: quiet enough to read the name on them."""
    canvas = sheet.canvas
    canvas.saveState()
    canvas.setStrokeColorRGB(*colour)
    for radius, wide in ((34.0, 7.0), (21.0, 4.0)):
        canvas.setLineWidth(sheet.at(wide, 0)[0])
        canvas.circle(*sheet.at(box.right - 9, box.bottom - 6), sheet.at(radius, 0)[0], stroke=1, fill=0)
    canvas.restoreState()


def _paint_front(sheet: Sheet, card: CardFacts, box: Box, design: CardDesign) -> None:
    tone = design.tone(card.tier)
    x, y, width = box.x + _EDGE, box.y + _EDGE, box.width - 2 * _EDGE
    level, level_style = fitting(card.level, _LEVEL, width * 0.5, 6.5)
    sheet.text_right(x + width, y + 8.2, level, replace(level_style, colour=tone.quiet))
    number, style = fitting(grouped(card.number), _NUMBER, width, 7)
    sheet.text(x, box.y + 24.5, number, replace(style, colour=tone.words))
    foot = box.bottom - _EDGE
    room = width
    if card.valid_until is not None:
        day = design.words.day(card.valid_until)
        label = one_line(design.words.gettext("Valid until"), _LABEL, width * 0.3)
        wide = max(width_mm(day, _DAY), width_mm(label, _LABEL))
        sheet.text(x + width - wide, foot - _DAY.line_mm - _LABEL.line_mm, label, replace(_LABEL, colour=tone.quiet))
        sheet.text(x + width - wide, foot - _DAY.line_mm, day, replace(_DAY, colour=tone.words))
        room -= wide + 4
    _paint_name(sheet, (x, foot, room), card.name, tone)


def _paint_name(sheet: Sheet, place: tuple[float, float, float], name: str, tone: CardTone) -> None:
    """Draw the name upwards from the foot: large on one line, else smaller on two."""
    x, foot, room = place
    line, style = fitting(name, _NAME, room, _LONG_NAME.size)
    lines = (line,) if line == printable(name, lines=False).strip() else lines_of(name, _LONG_NAME, room, 2)
    for count, text in enumerate(reversed(lines), start=1):
        sheet.text(x, foot - count * style.line_mm, text, replace(style, colour=tone.words))


def _paint_back_form(sheet: Sheet, design: CardDesign, box: Box, tone: CardTone) -> None:
    facts = design.facts
    if tone.ground is not None:
        _fill(sheet, Box(box.x, box.y, box.width, _BAND), tone.ground)
    x, width = box.x + _EDGE, box.width - 2 * _EDGE
    y, column = box.y + _BAND + 3, width - _QR - 5
    ends = box.bottom - _EDGE - _TINY.line_mm - _BARS_HIGH - _NUMBER_BACK.line_mm - 1.5
    for text in facts.back_lines:
        for line in lines_of(text, _TINY, column, 4):
            if y + _TINY.line_mm > ends:
                break
            sheet.text(x, y, line, _TINY)
            y += _TINY.line_mm
        y += 0.7
    contact = "  ·  ".join(part for part in (facts.phone, facts.address) if part.strip())
    shown, style = fitting(contact, _TINY, width, 5.5)
    sheet.text(x, box.bottom - _EDGE - style.line_mm + 0.8, shown, style)


def _paint_back(sheet: Sheet, card: CardFacts, box: Box) -> None:
    x, width = box.x + _EDGE, box.width - 2 * _EDGE
    draw_qr(sheet, Box(x + width - _QR + 0.6, box.y + _BAND + 3, _QR, _QR), card.number)
    top = box.bottom - _EDGE - _TINY.line_mm - _BARS_HIGH - _NUMBER_BACK.line_mm
    draw_bars(sheet, Box(x, top, width, _BARS_HIGH), card.number)
    wide = bars_width(card.number, width)
    number = one_line(grouped(card.number), _NUMBER_BACK, width)
    left = x + max((wide - width_mm(number, _NUMBER_BACK)) / 2, 0)
    sheet.text(left, top + _BARS_HIGH + 0.3, number, _NUMBER_BACK)


def _fill(sheet: Sheet, box: Box, colour: Rgb) -> None:
    canvas = sheet.canvas
    canvas.saveState()
    canvas.setFillColorRGB(*colour)
    left, bottom = sheet.at(box.x, box.bottom)
    high = sheet.at(0, box.y)[1] - bottom
    canvas.rect(left, bottom, sheet.at(box.width, 0)[0], high, stroke=0, fill=1)
    canvas.restoreState()
