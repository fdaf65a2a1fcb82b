"""One ticket's goods on a paper about several: its code at the left, what it is beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from typing_extensions import override

from crmdesk.documents.pdf.blocks import Block, Stack
from crmdesk.documents.pdf.marks import draw_qr
from crmdesk.documents.pdf.styles import BODY, LABEL
from crmdesk.documents.pdf.text import one_line, width_mm
from crmdesk.documents.pdf.units import FINE, HAIR, PALE, Box, Pen, Sheet

_CODE = 14.0
_GAP = 4.0
_PAD = 1.6
_TICK = 3.2


@dataclass(frozen=True, slots=True)
class CodeBeside(Block):
    """A square code of ``code`` at the left of ``parts``, a hair line below; never split."""

    code: str
    parts: Sequence[Block]
    size: float = _CODE

    def _inner(self) -> Stack:
        return Stack(self.parts)

    @override
    def height(self, width: float) -> float:
        return max(self._inner().height(width - self.size - _GAP), self.size) + 2 * _PAD

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        draw_qr(sheet, Box(x, y + _PAD, self.size, self.size), self.code)
        self._inner().draw(sheet, x + self.size + _GAP, y + _PAD, width - self.size - _GAP)
        bottom = y + self.height(width)
        sheet.line((x, bottom), (x + width, bottom), Pen(HAIR, PALE))


@dataclass(frozen=True, slots=True)
class Ticks(Block):
    """A label and words with a box before each, to tick by hand; they go on in further lines."""

    label: str
    words: Sequence[str]
    label_width: float = 22.0

    def _rows(self, width: float) -> list[list[str]]:
        rows: list[list[str]] = [[]]
        used = 0.0
        for word in self.words:
            wide = _TICK + 1.2 + width_mm(word, BODY) + 4.0
            if rows[-1] and used + wide > width - self.label_width:
                rows.append([])
                used = 0.0
            rows[-1].append(word)
            used += wide
        return rows

    @override
    def height(self, width: float) -> float:
        return len(self._rows(width)) * (BODY.line_mm + 1.4)

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        drop = BODY.rise_mm - LABEL.rise_mm
        sheet.text(x, y + drop, one_line(self.label, LABEL, self.label_width - 1), LABEL)
        for row in self._rows(width):
            left = x + self.label_width
            for word in row:
                sheet.frame(Box(left, y + 0.5, _TICK, _TICK), Pen(FINE), 0.5)
                sheet.text(left + _TICK + 1.2, y, one_line(word, BODY, width), BODY)
                left += _TICK + 1.2 + width_mm(word, BODY) + 4.0
            y += BODY.line_mm + 1.4


@dataclass(frozen=True, slots=True)
class Blanks(Block):
    """Labels side by side, each with a line to write on; ``shares`` divide the width."""

    labels: Sequence[str]
    shares: Sequence[float] = ()
    tall: float = 7.0

    @override
    def height(self, width: float) -> float:
        return self.tall

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        shares = self.shares or (1.0,) * len(self.labels)
        top = y + self.tall - LABEL.line_mm - 0.6
        for label, share in zip(self.labels, shares, strict=True):
            wide = width * share / sum(shares)
            words = one_line(label, LABEL, wide - 2)
            sheet.text(x, top, words, LABEL)
            start = x + width_mm(words, LABEL) + 1.0
            sheet.line((start, y + self.tall - 0.8), (x + wide - 3.0, y + self.tall - 0.8), Pen(HAIR))
            x += wide
