"""The head of a paper: store, title, copy, and the number large with its bars."""

from dataclasses import dataclass

from typing_extensions import override

from crmdesk.core.paper_facts.common import StoreFacts
from crmdesk.documents.pdf.blocks import Block
from crmdesk.documents.pdf.marks import bars_width, draw_bars, draw_qr
from crmdesk.documents.pdf.styles import NUMBER, QUIET, STRONG, TITLE
from crmdesk.documents.pdf.text import fitting, lines_of, one_line, width_mm
from crmdesk.documents.pdf.units import STRONG as STRONG_LINE
from crmdesk.documents.pdf.units import Box, Pen, Sheet

_BARS_HIGH = 9.0
_NARROW = 100.0
_GAP = 4.0


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """Left the store and what the paper is, right the number; on a roll one below the other.

    Bars are drawn where the number fits them, else a QR code.
    """

    store: StoreFacts
    title: str
    number: str
    copy: str = ""
    version: str = ""

    def _right_width(self, width: float) -> float:
        return min(max(width * 0.42, 52.0), 74.0)

    def _address(self) -> str:
        store = self.store
        return "  ".join(part for part in (store.address, store.phone, store.hours) if part.strip())

    def _address_lines(self, width: float) -> tuple[str, ...]:
        return lines_of(self._address(), QUIET, width, 2) if self._address() else ()

    @override
    def height(self, width: float) -> float:
        if width < _NARROW:
            return self._left_height(width) + 1.5 + _BARS_HIGH + NUMBER.line_mm + 3.0
        left = self._left_height(width - self._right_width(width) - _GAP)
        return max(left, _BARS_HIGH + NUMBER.line_mm + 0.6) + 3.6

    def _left_height(self, width: float) -> float:
        return STRONG.line_mm + TITLE.line_mm + 0.8 + len(self._address_lines(width)) * QUIET.line_mm

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        bottom = y + self.height(width)
        if width < _NARROW:
            self._draw_left(sheet, x, y, width)
            self._draw_number(sheet, Box(x, y + self._left_height(width) + 1.5, width, _BARS_HIGH), right=False)
        else:
            side = self._right_width(width)
            self._draw_left(sheet, x, y, width - side - _GAP)
            self._draw_number(sheet, Box(x + width - side, y, side, _BARS_HIGH), right=True)
        sheet.line((x, bottom - 1.6), (x + width, bottom - 1.6), Pen(STRONG_LINE))

    def _draw_left(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        sheet.text(x, y, one_line(self.store.name, STRONG, width), STRONG)
        y += STRONG.line_mm + 0.2
        copy_wide = width_mm(one_line(self.copy, STRONG, 40), STRONG) + 5 if self.copy else 0
        title, style = fitting(self.title, TITLE, width - copy_wide - 3, 9)
        sheet.text(x, y, title, style)
        if self.copy:
            self._draw_copy(sheet, x + width_mm(title, style) + 3, y + 0.9)
        y += TITLE.line_mm + 0.6
        for place, line in enumerate(self._address_lines(width)):
            sheet.text(x, y + place * QUIET.line_mm, line, QUIET)

    def _draw_copy(self, sheet: Sheet, x: float, y: float) -> None:
        words = one_line(self.copy, STRONG, 40)
        box = Box(x, y, width_mm(words, STRONG) + 3, STRONG.line_mm + 0.8)
        sheet.frame(box, Pen(0.25), 0.9)
        sheet.text(x + 1.5, y + 0.35, words, STRONG)

    def _draw_number(self, sheet: Sheet, box: Box, *, right: bool) -> None:
        number, style = fitting(self.number, NUMBER, box.width - (12 if self.version else 0), 7)
        y = box.bottom + 0.6
        if bars_width(self.number, box.width):
            draw_bars(sheet, box, self.number, right=right)
        else:
            draw_qr(sheet, Box(box.right - _BARS_HIGH if right else box.x, box.y, _BARS_HIGH, _BARS_HIGH), self.number)
        version = one_line(self.version, QUIET, 30)
        left = box.right - width_mm(number, style) if right else box.x
        sheet.text(left, y, number, style)
        if version:
            drop = style.rise_mm - QUIET.rise_mm
            place = left - width_mm(version, QUIET) - 2 if right else left + width_mm(number, style) + 2
            sheet.text(place, y + drop, version, QUIET)
