"""The tag on the goods: number, bars, whose it is, where it lies."""

from typing import Final

from crmdesk.core.paper_facts.formats import SIZES, PaperFormat
from crmdesk.core.paper_facts.tag import TagFacts
from crmdesk.documents.pdf.document import Document, write
from crmdesk.documents.pdf.fonts import Weight
from crmdesk.documents.pdf.marks import QUIET_QR, bars_width, draw_bars, draw_qr
from crmdesk.documents.pdf.text import Style, fitting, one_line, width_mm
from crmdesk.documents.pdf.units import Box, Pen, Sheet
from crmdesk.documents.pdf.words import Words

_NUMBER: Final = Style(15, Weight.BOLD, leading=1.2)
_NAME: Final = Style(12, Weight.BOLD, leading=1.25)
_LINE: Final = Style(8, leading=1.3)
_SHELF: Final = Style(18, Weight.BOLD, leading=1.15)
_BARS_HIGH: Final = {PaperFormat.TAG60: 8.5, PaperFormat.TAG80: 11.0}
_ROOMY: Final = 22.0  # millimetres below the number: larger letters fit
_MOST_PARTS: Final = 20


def render(facts: TagFacts, language: str, paper: PaperFormat = PaperFormat.TAG60) -> bytes:
    """Give a tag for each part of the goods that ``facts`` count."""
    words = Words(language)
    parts = range(facts.part, min(facts.parts, facts.part + _MOST_PARTS) + 1) if facts.parts > 1 else [1]
    return write(facts.number, language, lambda document: _draw_all(document, facts, words, (paper, list(parts))))


def _draw_all(document: Document, facts: TagFacts, words: Words, what: tuple[PaperFormat, list[int]]) -> None:
    paper, parts = what
    for part in parts:
        size = SIZES[paper]
        sheet = document.page(size.width, size.height, mono=True)
        _draw(sheet, facts, words, (paper, f"{part}/{facts.parts}" if facts.parts > 1 else ""))


def _draw(sheet: Sheet, facts: TagFacts, words: Words, what: tuple[PaperFormat, str]) -> None:
    paper, count = what
    size = SIZES[paper]
    x, y, width = size.side, size.ends, size.inner_width
    _draw_code(sheet, Box(x, y, width, _BARS_HIGH[paper]), facts.number)
    y += _BARS_HIGH[paper] + 0.8
    count_wide = width_mm(count, _NAME) + 2 if count else 0
    number, style = fitting(facts.number, _NUMBER, width - count_wide, 7)
    sheet.text(x, y, number, style)
    sheet.text_right(x + width, y + style.rise_mm - _NAME.rise_mm, count, _NAME)
    y += _NUMBER.line_mm + 0.5
    sheet.line((x, y), (x + width, y), Pen(0.3))
    y += 0.8
    _draw_lines(sheet, facts, words, Box(x, y, width, size.height - size.ends - y))


def _draw_code(sheet: Sheet, box: Box, number: str) -> None:
    wide = bars_width(number, box.width)
    if wide:
        draw_bars(sheet, Box(box.x + (box.width - wide) / 2, box.y, wide * 1.2, box.height), number)
    else:
        draw_qr(sheet, Box(box.x + QUIET_QR * 0.3, box.y, box.height, box.height), number)


def _draw_lines(sheet: Sheet, facts: TagFacts, words: Words, box: Box) -> None:
    shelf, shelf_style = fitting(facts.shelf, _SHELF, box.width * 0.38, 8)
    wide = box.width - (width_mm(shelf, shelf_style) + 2 if shelf else 0)
    sheet.text_right(box.right, box.y, shelf, shelf_style)
    who = "  ".join(part for part in (facts.customer_name, facts.phone_tail) if part.strip())
    line_style = _LINE.at(9.5) if box.height > _ROOMY else _LINE
    name, style = fitting(who, _NAME, wide, 7)
    y = box.y
    sheet.text(box.x, y, name, style)
    y += _NAME.line_mm
    due = words.gettext("Due {day}").format(day=words.near_day(facts.promised_on)) if facts.promised_on else ""
    first = "  ".join(part for part in (facts.item_words, facts.fault_words) if part.strip())
    # The shelf's large letters reach down beside the first line.
    for line, room in ((first, wide), (due, wide), (facts.store_name, box.width)):
        if line.strip() and y + line_style.line_mm <= box.bottom + 0.5:
            sheet.text(box.x, y, one_line(line, line_style, room), line_style)
            y += line_style.line_mm
