"""Labels of shelves: the code to be read from three steps away, and its bars for the scanner."""

from typing import Final

from crmdesk.core.paper_facts.formats import SIZES, PaperFormat
from crmdesk.core.paper_facts.goods import ShelfLabelFacts, ShelfLabelsFacts
from crmdesk.documents.pdf.document import Document, write
from crmdesk.documents.pdf.fonts import Weight
from crmdesk.documents.pdf.marks import QUIET_QR, bars_width, draw_bars, draw_qr
from crmdesk.documents.pdf.styles import QUIET
from crmdesk.documents.pdf.text import Style, fitting, one_line
from crmdesk.documents.pdf.units import Box, Sheet

_CODE: Final = Style(44, Weight.BOLD, leading=1.05)
_NAME: Final = Style(9, leading=1.25)
_BARS_HIGH: Final = 11.0


def render(facts: ShelfLabelsFacts, language: str, paper: PaperFormat = PaperFormat.TAG60) -> bytes:
    """Give a page for each label."""
    title = facts.labels[0].code if len(facts.labels) == 1 else facts.store_name

    def draw(document: Document) -> None:
        size = SIZES[paper]
        for label in facts.labels or (ShelfLabelFacts("-"),):
            _draw(document.page(size.width, size.height, mono=True), label, facts.store_name, paper)

    return write(title, language, draw)


def _draw(sheet: Sheet, label: ShelfLabelFacts, store_name: str, paper: PaperFormat) -> None:
    size = SIZES[paper]
    x, y, width = size.side, size.ends, size.inner_width
    bottom = size.height - size.ends
    below = QUIET.line_mm + (_NAME.line_mm if label.name else 0)
    code, style = fitting(label.code, _CODE, width, 12)
    room = bottom - below - _BARS_HIGH - y
    sheet.text_middle(x + width / 2, y + max((room - style.line_mm) / 2, 0), code, style)
    y = bottom - below - _BARS_HIGH
    wide = bars_width(label.code, width)
    if wide:
        draw_bars(sheet, Box(x + (width - wide) / 2, y, width, _BARS_HIGH - 1), label.code)
    else:
        side = _BARS_HIGH - 1
        draw_qr(sheet, Box(x + (width - side) / 2 + QUIET_QR * 0.1, y, side, side), label.code)
    y += _BARS_HIGH
    if label.name:
        name, small = fitting(label.name, _NAME, width, 6)
        sheet.text_middle(x + width / 2, y, name, small)
        y += _NAME.line_mm
    sheet.text_middle(x + width / 2, y, one_line(store_name, QUIET, width), QUIET)
