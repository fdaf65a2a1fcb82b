"""A mark on a finished document: what lies below stays as it was kept, not made anew."""

from io import BytesIO
from typing import Final

from pypdfium2 import PdfDocument

from crmdesk.core.paper_facts.common import PrintFacts
from crmdesk.core.pdfium_gate import PDFIUM
from crmdesk.documents.pdf.document import Document, write
from crmdesk.documents.pdf.styles import STRONG
from crmdesk.documents.pdf.text import POINTS_PER_MM, Style, one_line
from crmdesk.documents.pdf.words import Words

_MARGIN: Final = 6.0
_MARK: Final = STRONG.at(8.5)


def reprint(pdf: bytes, printed: PrintFacts, language: str) -> bytes:
    """Give ``pdf`` with the number of the reprint, its moment and who printed it on top of every page."""
    words = Words(language)
    mark = words.gettext("Reprint {count}").format(count=printed.reprint)
    line = "  ·  ".join(part for part in (mark, words.moment(printed.at), printed.by) if part)
    with PDFIUM:
        document = PdfDocument(pdf)
        try:
            sizes = [document.get_page_size(number) for number in range(len(document))]
        finally:
            document.close()
    overlay = write(mark, language, lambda target: _draw(target, sizes, line, _MARK))
    return _laid_over(pdf, overlay)


def _draw(document: Document, sizes: list[tuple[float, float]], line: str, style: Style) -> None:
    for width, height in sizes:
        sheet = document.page(width / POINTS_PER_MM, height / POINTS_PER_MM)
        sheet.text_right(sheet.width - _MARGIN, _MARGIN, one_line(line, style, sheet.width - 2 * _MARGIN), style)


def _laid_over(pdf: bytes, overlay: bytes) -> bytes:
    target = BytesIO()
    with PDFIUM:
        below, above = PdfDocument(pdf), PdfDocument(overlay)
        try:
            for number in range(len(below)):
                page = below[number]
                page.insert_obj(above.page_as_xobject(number, below).as_pageobject())
                page.gen_content()
            below.save(target)
        finally:
            above.close()
            below.close()
    return target.getvalue()
