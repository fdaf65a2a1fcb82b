"""Labels of loaners: bars of the code (Code 128), code and name; one a page, or many on a sheet to cut."""

from typing import Final

from crmdesk.core.paper_facts.formats import SIZES, PaperFormat
from crmdesk.core.paper_facts.loan import LoanerLabel, LoanerLabelFacts
from crmdesk.documents.pdf.document import Document, write
from crmdesk.documents.pdf.fonts import Weight
from crmdesk.documents.pdf.marks import QUIET_QR, bars_width, draw_bars, draw_qr
from crmdesk.documents.pdf.text import Style, fitting, one_line, width_mm
from crmdesk.documents.pdf.units import Box, Pen, Sheet

FORMATS: Final = (PaperFormat.TAG60, PaperFormat.TAG80, PaperFormat.A4)
SHEET_COLUMNS, SHEET_LINES = 3, 7
_CODE: Final = Style(16, Weight.BOLD, leading=1.15)
_NAME: Final = Style(10, Weight.BOLD, leading=1.25)
_LINE: Final = Style(8, leading=1.3)
_BARS_HIGH: Final = 11.0
_INSIDE: Final = 2.5
_CUT: Final = 0.1


def render(facts: LoanerLabelFacts, language: str, paper: PaperFormat = PaperFormat.TAG60) -> bytes:
    """Give the labels as PDF."""
    draw = _draw_sheets if paper is PaperFormat.A4 else _draw_single
    return write(facts.number, language, lambda document: draw(document, facts, paper))


def _draw_single(document: Document, facts: LoanerLabelFacts, paper: PaperFormat) -> None:
    size = SIZES[paper]
    for label in facts.labels:
        sheet = document.page(size.width, size.height, mono=True)
        _draw(sheet, Box(size.side, size.ends, size.inner_width, size.inner_height), label, facts.store_name)


def _draw_sheets(document: Document, facts: LoanerLabelFacts, paper: PaperFormat) -> None:
    size = SIZES[paper]
    wide, high = size.inner_width / SHEET_COLUMNS, size.inner_height / SHEET_LINES
    on_sheet = SHEET_COLUMNS * SHEET_LINES
    for start in range(0, len(facts.labels), on_sheet):
        sheet = document.page(size.width, size.height)
        for place, label in enumerate(facts.labels[start : start + on_sheet]):
            line, column = divmod(place, SHEET_COLUMNS)
            box = Box(size.side + column * wide, size.ends + line * high, wide, high)
            _cut_lines(sheet, box)
            inside = Box(box.x + _INSIDE, box.y + _INSIDE, wide - 2 * _INSIDE, high - 2 * _INSIDE)
            _draw(sheet, inside, label, facts.store_name)


def _cut_lines(sheet: Sheet, box: Box) -> None:
    corners = ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom))
    for start, end in zip(corners, corners[1:] + corners[:1], strict=True):
        sheet.line(start, end, Pen(_CUT))


def _draw(sheet: Sheet, box: Box, label: LoanerLabel, store_name: str) -> None:
    _draw_bars(sheet, Box(box.x, box.y, box.width, _BARS_HIGH), label.code)
    y = box.y + _BARS_HIGH + 1.0
    shelf_wide = width_mm(label.shelf, _NAME) + 2 if label.shelf else 0
    code, style = fitting(label.code, _CODE, box.width - shelf_wide, 8)
    sheet.text(box.x, y, code, style)
    sheet.text_right(box.right, y + style.rise_mm - _NAME.rise_mm, label.shelf, _NAME)
    y += _CODE.line_mm
    name, name_style = fitting(label.name, _NAME, box.width, 7)
    sheet.text(box.x, y, name, name_style)
    y += _NAME.line_mm
    for line in (label.words, store_name):
        if line.strip() and y + _LINE.line_mm <= box.bottom + 0.5:
            sheet.text(box.x, y, one_line(line, _LINE, box.width), _LINE)
            y += _LINE.line_mm


def _draw_bars(sheet: Sheet, box: Box, code: str) -> None:
    wide = bars_width(code, box.width)
    if wide:
        draw_bars(sheet, Box(box.x + (box.width - wide) / 2, box.y, wide * 1.2, box.height), code)
    else:
        draw_qr(sheet, Box(box.x + QUIET_QR * 0.3, box.y, box.height, box.height), code)
