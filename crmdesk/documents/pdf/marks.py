"""Codes and drawings on paper: bars, QR, the item with its numbered damage marks, the cut line."""

from dataclasses import dataclass
from typing import Final

from typing_extensions import override

from crmdesk.core.paper_facts.common import ConditionFacts, MarkFacts
from crmdesk.core.shapes import Shape, shape
from crmdesk.documents.codes import code128, qr
from crmdesk.documents.pdf.blocks import Block, Numbered, Text
from crmdesk.documents.pdf.fonts import Weight
from crmdesk.documents.pdf.styles import QUIET, SMALL
from crmdesk.documents.pdf.text import Style, fitting, one_line, width_mm
from crmdesk.documents.pdf.units import FINE, GREY, HAIR, PALE, Box, Pen, Sheet

DOT: Final = 25.4 / 203  # of a thermal printer's head, in millimetres
QUIET_BARS: Final = 10  # modules, ISO/IEC 15417
QUIET_QR: Final = 4  # modules, ISO/IEC 18004
_WIDEST_BAR, _WIDEST_QR = 4, 10  # dots of one module; wider bars only cost room
_MARK_RADIUS: Final = 2.1
_MARKS_MOST: Final = 60
_NEW_RING: Final = 0.9  # millimetres around a mark that was not there before
_MARK_STYLE: Final = Style(7, Weight.BOLD, leading=1.0)


def bars_width(text: str, room: float) -> float:
    """Give the width in millimetres of the bars of ``text`` drawn into ``room``, without quiet zones; 0 for none."""
    pattern = code128(text)
    return pattern.columns * _module(pattern.columns + 2 * QUIET_BARS, room) if pattern else 0.0


def draw_bars(sheet: Sheet, box: Box, text: str, *, right: bool = False) -> None:
    """Draw the bars of ``text`` as wide as whole dots of a printer head allow, to the left or right in ``box``."""
    pattern = code128(text)
    if pattern is None:
        return
    module = _module(pattern.columns + 2 * QUIET_BARS, box.width)
    wide = pattern.columns * module
    left = box.right - wide if right else box.x
    sheet.modules(pattern.runs, (left, box.y), (module, box.height))


def draw_qr(sheet: Sheet, box: Box, text: str) -> None:
    """Draw the QR code of ``text`` in the upper left of ``box``; the caller leaves the quiet zone free."""
    pattern = qr(text)
    if pattern is None:
        return
    module = _module(pattern.columns, min(box.width, box.height), _WIDEST_QR)
    sheet.modules(pattern.runs, (box.x, box.y), (module, module))


def _module(modules: int, room: float, widest: int = _WIDEST_BAR) -> float:
    """Give the largest module of whole dots with which ``modules`` fit; below one dot the pattern is just scaled."""
    dots = int(room / modules / DOT + 1e-6)
    return min(dots, widest) * DOT if dots else room / modules


def draw_shape(sheet: Sheet, box: Box, drawing: Shape) -> Box:
    """Draw all views of ``drawing`` as large as ``box`` allows, in its middle; give the place of the first one."""
    columns, rows = drawing.grid
    aspect = drawing.aspect * columns / rows
    high = min(box.height, box.width / aspect)
    wide = high * aspect
    first = Box(box.x + (box.width - wide) / 2, box.y + (box.height - high) / 2, wide / columns, high / rows)
    for number, view in enumerate(drawing.views):
        right, down = drawing.corner(number)
        place = Box(first.x + right * first.width, first.y + down * first.height, first.width, first.height)
        for stroke in view.strokes:
            pen = Pen(HAIR, PALE) if stroke.light else Pen(FINE, GREY * 0.6)
            start = _inside(place, stroke.start)
            curves = [(_inside(place, a), _inside(place, b), _inside(place, c)) for a, b, c in stroke.curves]
            sheet.curve(start, curves, pen, closed=stroke.closed)
    return first


def drawn(facts: ConditionFacts) -> Shape:
    """Give the drawing that the marks need: the other sides only where something is marked there, or wanted."""
    whole = shape(facts.shape)
    beyond = any(mark.x > 1 or mark.y > 1 for mark in facts.marks)
    return whole if beyond or facts.all_views else whole.only_first()


def _inside(box: Box, point: tuple[float, float]) -> tuple[float, float]:
    return box.x + point[0] * box.width, box.y + point[1] * box.height


@dataclass(frozen=True, slots=True)
class Drawing(Block):
    """The item with its marks; ``tall`` is the height in millimetres."""

    facts: ConditionFacts
    tall: float = 36.0

    @override
    def height(self, width: float) -> float:
        return self.tall

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        room = Box(x + _MARK_RADIUS, y + _MARK_RADIUS, width - 2 * _MARK_RADIUS, self.tall - 2 * _MARK_RADIUS)
        drawing = drawn(self.facts)
        place = draw_shape(sheet, room, drawing)
        columns, rows = drawing.grid
        for mark in self.facts.marks[:_MARKS_MOST]:
            _draw_mark(sheet, place, mark, (columns, rows))


def _draw_mark(sheet: Sheet, place: Box, mark: MarkFacts, most: tuple[int, int]) -> None:
    middle = _inside(place, (min(max(mark.x, 0.0), float(most[0])), min(max(mark.y, 0.0), float(most[1]))))
    sheet.circle(middle, _MARK_RADIUS, Pen(FINE), fill=1.0)
    if mark.new:
        sheet.circle(middle, _MARK_RADIUS + _NEW_RING, Pen(FINE))
    sign = one_line(str(mark.number), _MARK_STYLE, 2 * _MARK_RADIUS)
    # A digit is 0.733 of the size high; that puts it in the middle of the circle.
    top = middle[1] - _MARK_STYLE.rise_mm + 0.733 * _MARK_STYLE.size / 2.8346 / 2
    sheet.text(middle[0] - width_mm(sign, _MARK_STYLE) / 2, top, sign, _MARK_STYLE)


def mark_lines(facts: ConditionFacts, most: int = 3) -> list[Block]:
    """Give the list of marks below or beside a drawing."""
    marks = [Numbered(str(mark.number), Text(mark.words, SMALL, most), 4.0) for mark in facts.marks[:_MARKS_MOST]]
    return [*marks, *([Text(facts.note, SMALL, 4)] if facts.note.strip() else [])]


@dataclass(frozen=True, slots=True)
class CutLine(Block):
    """Where two copies are cut apart."""

    words: str
    space: float = 8.0

    @override
    def height(self, width: float) -> float:
        return self.space

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        draw_cut_line(sheet, y + self.space / 2, self.words)


def draw_cut_line(sheet: Sheet, y: float, words: str) -> None:
    """Draw a dashed line across the whole page with its words in the middle."""
    label, style = fitting(words, QUIET, sheet.width * 0.75, 5)
    half = width_mm(label, style) / 2 + 2
    middle = sheet.width / 2
    pen = Pen(HAIR, GREY, (1.4, 1.2))
    sheet.line((0, y), (middle - half, y), pen)
    sheet.line((middle + half, y), (sheet.width, y), pen)
    sheet.text_middle(middle, y - style.line_mm / 2, label, style)
