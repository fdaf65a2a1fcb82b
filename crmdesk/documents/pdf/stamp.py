"""A mark on a finished document: what lies below stays as it was kept, not made anew."""

from io import BytesIO
from typing import Final

from pypdfium2 import PdfDocument

from crmdesk.core.paper_facts.common import PrintFacts
from crmdesk.core.pdfium_gate import PDFIUM
from crmdesk.documents.pdf.document import Document, write
from crmdesk.documents.pdf.styles import STRONG
from crmdesk.documents.pdf.text import POINTS_PER_MM, Style, fitting
from crmdesk.documents.pdf.words import Words

_SIDE: Final = 6.0
_MARK: Final = STRONG.at(7.0)
_NARROW: Final = 100.0  # rolls and labels: they have no margin for the mark, so the page grows upwards
_GROWS: Final = 5.0
# The mark ends where the least margin of sheets and forms does.
_ENDS: Final = 5.6


def reprint(pdf: bytes, printed: PrintFacts, language: str) -> bytes:
    """Give ``pdf`` with the number of the reprint, its moment and who printed it on top of every page."""
    words = Words(language)
    mark = words.gettext("Reprint {count}").format(count=printed.reprint)
    line = "  ·  ".join(part for part in (mark, words.moment(printed.at), printed.by) if part)
    with PDFIUM:
        document = PdfDocument(pdf)
        try:
            sizes = [_grown(*document.get_page_size(number)) for number in range(len(document))]
        finally:
            document.close()
    overlay = write(mark, language, lambda target: _draw(target, sizes, line, _MARK))
    return _laid_over(pdf, overlay)


def _draw(document: Document, sizes: list[tuple[float, float]], line: str, style: Style) -> None:
    for width, height in sizes:
        sheet = document.page(width / POINTS_PER_MM, height / POINTS_PER_MM)
        shown, fit = fitting(line, style, sheet.width - 2 * _SIDE, 5)
        sheet.text_right(sheet.width - _SIDE, _ENDS - fit.line_mm, shown, fit)


def _grown(width: float, height: float) -> tuple[float, float]:
    """Give a page's size in points with its room for the mark."""
    return width, height + (_GROWS * POINTS_PER_MM if width < _NARROW * POINTS_PER_MM else 0)


def _laid_over(pdf: bytes, overlay: bytes) -> bytes:
    target = BytesIO()
    with PDFIUM:
        below, above = PdfDocument(pdf), PdfDocument(overlay)
        try:
            for number in range(len(below)):
                page = below[number]
                page.set_mediabox(0, 0, *_grown(*page.get_size()))
                page.insert_obj(above.page_as_xobject(number, below).as_pageobject())
                page.gen_content()
            below.save(target)
        finally:
            above.close()
            below.close()
    return target.getvalue()
