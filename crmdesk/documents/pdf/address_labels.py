"""Address labels on A4 sheets of 24: three columns of eight, 70 × 37 mm, nothing printed near their edges."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.paper_facts.formats import SIZES, PaperFormat
from crmdesk.core.paper_facts.mailing import AddressLabel, AddressLabelsFacts
from crmdesk.documents.pdf.address_block import fitted_lines
from crmdesk.documents.pdf.document import Document, write
from crmdesk.documents.pdf.fonts import Weight
from crmdesk.documents.pdf.text import Style, lines_of, one_line
from crmdesk.documents.pdf.units import Box, Sheet
from crmdesk.documents.pdf.words import Words

COLUMNS, ROWS = 3, 8
_TITLE: Final = mark("Address labels")
PER_SHEET: Final = COLUMNS * ROWS
_WIDTH, _HEIGHT = 70.0, 37.0
_SIDE, _END = 5.0, 4.0
_NAME: Final = Style(11, Weight.BOLD, leading=1.3)
_CODE: Final = Style(10, Weight.BOLD, leading=1.2)


def render(facts: AddressLabelsFacts, language: str, paper: PaperFormat = PaperFormat.A4) -> bytes:
    """Give sheets of labels; the places used already stay empty on the first."""
    del paper
    return write(Words(language).gettext(_TITLE), language, lambda document: _draw(document, facts))


def _draw(document: Document, facts: AddressLabelsFacts) -> None:
    size = SIZES[PaperFormat.A4]
    top = (size.height - ROWS * _HEIGHT) / 2
    used = facts.used % PER_SHEET
    sheet: Sheet | None = None
    for place, label in enumerate(facts.labels, start=used):
        row, column = divmod(place % PER_SHEET, COLUMNS)
        if sheet is None or place % PER_SHEET == 0:
            sheet = document.page(size.width, size.height)
        _draw_label(sheet, label, Box(column * _WIDTH + _SIDE, top + row * _HEIGHT + _END, _WIDTH - 2 * _SIDE, 0))
    if sheet is None:
        document.page(size.width, size.height)


def _draw_label(sheet: Sheet, label: AddressLabel, box: Box) -> None:
    y, room = box.y, _HEIGHT - 2 * _END
    if label.postcode:
        sheet.text(box.x, y, one_line(label.postcode, _CODE, box.width), _CODE)
        y += _CODE.line_mm + 0.4
    names = lines_of(label.recipient, _NAME, box.width, 2)
    below = room - (y - box.y) - len(names) * _NAME.line_mm - 0.6
    style, lines = fitted_lines(label.lines, box.width, below)
    for line in lines:
        sheet.text(box.x, y, line, style)
        y += style.line_mm
    y += 0.6
    for line in names:
        sheet.text(box.x, y, line, _NAME)
        y += _NAME.line_mm
