"""Lines to sign on; where somebody signed on screen, the strokes stand on the line as they were written."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from typing_extensions import override

from crmdesk.core.paper_facts.signature import SignatureFacts
from crmdesk.core.strokes import HIGH, WIDE, Strokes
from crmdesk.documents.pdf.blocks import Block
from crmdesk.documents.pdf.fields import Signatures
from crmdesk.documents.pdf.styles import SMALL
from crmdesk.documents.pdf.text import fitting
from crmdesk.documents.pdf.units import FINE, Box, Pen, Sheet

_WIDEST: Final = 46.0  # millimetres; larger than a hand writes on a line
_GAP: Final = 8.0


@dataclass(frozen=True, slots=True)
class SignedLines(Block):
    """Lines side by side; the first carries ``signed``, with name and moment below it."""

    labels: Sequence[str]
    signed: SignatureFacts
    words: str
    room: float = 15.0

    def _lines(self) -> Signatures:
        return Signatures(self.labels, self.room, _GAP)

    @override
    def height(self, width: float) -> float:
        return self._lines().height(width) + SMALL.line_mm

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        self._lines().draw(sheet, x, y, width)
        wide = (width - _GAP * (len(self.labels) - 1)) / len(self.labels)
        shown = min(wide, _WIDEST)
        draw_strokes(sheet, Box(x + (wide - shown) / 2, y, shown, self.room - 0.5), self.signed.strokes)
        line, style = fitting(self.words, SMALL, wide, 5)
        sheet.text(x, y + self._lines().height(width), line, style)


def draw_strokes(sheet: Sheet, box: Box, strokes: Strokes) -> None:
    """Draw strokes as large as ``box`` allows, standing on its lower edge."""
    scale = min(box.width / WIDE, box.height / HIGH)
    lowest = max((y for stroke in strokes for _x, y in stroke), default=0)
    top = box.bottom - lowest * scale
    for stroke in strokes:
        places = [(box.x + px * scale, top + py * scale) for px, py in stroke]
        if len(places) == 1:
            sheet.circle(places[0], FINE / 2, Pen(FINE), 0.0)
        for start, end in pairwise(places):
            sheet.line(start, end, Pen(FINE))
