"""The page that shows a printer's shift: rulers, corner marks, bars, and how to type in the offset."""

from typing import Final

from crmdesk.core.paper_facts.formats import MONO_FORMATS, SIZES, TRACTOR_STRIP, PaperFormat, Size
from crmdesk.documents.pdf.document import Document, write
from crmdesk.documents.pdf.marks import draw_bars
from crmdesk.documents.pdf.styles import QUIET, STRONG
from crmdesk.documents.pdf.text import Style, lines_of, one_line
from crmdesk.documents.pdf.units import HAIR, PALE, Box, Pen, Sheet
from crmdesk.documents.pdf.words import Words

_ROLL_LENGTH: Final = 120.0
_CODE: Final = "CRMDESK-0123456789"
_TINY: Final = Style(5, leading=1.1)


def render(paper: PaperFormat, language: str, printer: str = "") -> bytes:
    """Give the calibration page of ``paper``."""
    words = Words(language)
    title = words.gettext("Calibration page")
    return write(title, language, lambda document: _draw(document, paper, words, printer))


def _draw(document: Document, paper: PaperFormat, words: Words, printer: str) -> None:
    size = SIZES[paper]
    height = _ROLL_LENGTH if paper is PaperFormat.ROLL80 else size.height
    sheet = document.page(size.width, height, mono=paper in MONO_FORMATS)
    _draw_corners(sheet, size)
    _draw_rulers(sheet, size)
    if paper is PaperFormat.FORM241:
        for x in (TRACTOR_STRIP, sheet.width - TRACTOR_STRIP):
            sheet.line((x, 0), (x, sheet.height), Pen(HAIR, PALE, (1, 1)))
    _draw_words(sheet, size, words, (paper, printer))


def _draw_corners(sheet: Sheet, size: Size) -> None:
    """Draw the inner margin's corners: what should be exactly so far from each edge."""
    arm = min(8.0, sheet.height / 8)
    for x, right in ((size.side, 1), (sheet.width - size.side, -1)):
        for y, down in ((size.ends, 1), (sheet.height - size.ends, -1)):
            sheet.line((x, y), (x + right * arm, y))
            sheet.line((x, y), (x, y + down * arm))


def _draw_rulers(sheet: Sheet, size: Size) -> None:
    """Draw millimetre rulers along the upper and left margin, counted from the paper's edge."""
    top, left = size.ends, size.side
    for mm in range(int(left) + 1, int(sheet.width - size.side)):
        tick = 3.0 if mm % 10 == 0 else 2.0 if mm % 5 == 0 else 1.0
        sheet.line((mm, top), (mm, top + tick), Pen(HAIR))
        if mm % 10 == 0:
            sheet.text_middle(mm, top + 3.1, str(mm), _TINY)
    for mm in range(int(top) + 1, int(sheet.height - size.ends)):
        tick = 3.0 if mm % 10 == 0 else 2.0 if mm % 5 == 0 else 1.0
        sheet.line((left, mm), (left + tick, mm), Pen(HAIR))
        if mm % 10 == 0:
            sheet.text(left + 3.3, mm - _TINY.line_mm / 2, str(mm), _TINY)


def _draw_words(sheet: Sheet, size: Size, words: Words, what: tuple[PaperFormat, str]) -> None:
    paper, printer = what
    x, y = size.side + 8, size.ends + 7
    width = sheet.width - 2 * size.side - 10
    small = sheet.height < 60
    title = words.gettext("Calibration {width} × {height} mm").format(
        width=f"{sheet.width:g}", height=f"{sheet.height:g}"
    )
    head = STRONG.at(7) if small else STRONG.at(12)
    sheet.text(x, y, one_line(title, head, width), head)
    y += head.line_mm + 0.5
    sheet.text(x, y, one_line(printer, QUIET, width), QUIET)
    y += QUIET.line_mm if printer else 0
    how = words.gettext(
        "The corner marks should lie {side} mm from the left and right edge and {ends} mm from the top and bottom. "
        "Measure with a ruler and type the difference under Settings, Printing."
    ).format(side=f"{size.side:g}", ends=f"{size.ends:g}")
    body = QUIET.at(5.5) if small else QUIET.at(8.5)
    for line in lines_of(how, body, width, 5 if small else 6):
        sheet.text(x, y, line, body)
        y += body.line_mm
    room = sheet.height - size.ends - y - 2
    if paper is not PaperFormat.CR80 and room > 6:
        draw_bars(sheet, Box(x, y + 1.5, width, min(12.0, room - 2)), _CODE)
