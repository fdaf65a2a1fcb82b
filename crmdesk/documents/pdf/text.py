"""The one text wrapper of papers: measures and draws plain text with the font chain; nothing typed is ever markup."""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from crmdesk.documents.pdf.clean import LONGEST, printable
from crmdesk.documents.pdf.fonts import Weight, face
from crmdesk.documents.pdf.wrap import wrap

POINTS_PER_MM: Final = 72 / 25.4
_THICKEN: Final = 0.035  # of the size, for a rare character inside bold text
_HAIR_LESS: Final = 0.999  # what fills its room exactly must not be cut by rounding
_FILL: Final = 0
_FILL_AND_STROKE: Final = 2
_NARROWEST: Final = 0.1  # of the size: the advance of the narrowest letters
_ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class Style:
    """How text looks: size in points, weight, grey 0 (black) to 1 (white), line height as a multiple of the size.

    ``colour`` (red, green, blue from 0 to 1) takes the place of the grey.
    """

    size: float = 9.0
    weight: Weight = Weight.REGULAR
    grey: float = 0.0
    leading: float = 1.38
    colour: tuple[float, float, float] | None = None

    @property
    def line_mm(self) -> float:
        """Give the height of one line in millimetres."""
        return self.size * self.leading / POINTS_PER_MM

    @property
    def rise_mm(self) -> float:
        """Give the distance from a line's top to its baseline in millimetres, set in the middle of the leading."""
        return self.size * (0.88 + (self.leading - 1.17) / 2) / POINTS_PER_MM

    def at(self, size: float) -> "Style":
        """Give the same style in another size."""
        return replace(self, size=size)


def width_mm(text: str, style: Style) -> float:
    """Measure ``text`` (printable, one line)."""
    return _thousandths(text, style.weight) * style.size / 1000 / POINTS_PER_MM


@lru_cache(maxsize=20_000)
def _thousandths(text: str, weight: Weight) -> float:
    find = face(weight).glyph
    return sum(glyph.advance for glyph in map(find, text) if glyph is not None)


def one_line(text: str, style: Style, width: float) -> str:
    """Make ``text`` printable on one line of ``width`` mm; what does not fit is cut with an ellipsis."""
    plain = printable(text[:LONGEST], lines=False).strip()
    if width_mm(plain[:400], style) <= width and len(plain) <= 400:
        return plain
    room = width - width_mm(_ELLIPSIS, style)
    kept: list[str] = []
    for character in plain:
        room -= width_mm(character, style)
        if room < 0:
            return "".join(kept).rstrip() + _ELLIPSIS
        kept.append(character)
    return plain


def fitting(text: str, style: Style, width: float, smallest: float) -> tuple[str, Style]:
    """Give the text on one line, in a size reduced down to ``smallest`` points before anything is cut."""
    plain = printable(text[:LONGEST], lines=False).strip()
    wide = width_mm(plain[:400], style)
    if wide > width:
        style = style.at(max(smallest, style.size * width / wide * _HAIR_LESS))
    return one_line(plain, style, width), style


def lines_of(text: str, style: Style, width: float, most: int = 400) -> tuple[str, ...]:
    """Break ``text`` into at most ``most`` lines of ``width`` mm; what is left out is counted: ``…(+9)``."""
    # More characters than this have no room, however narrow: the rest is counted, not looked at.
    fit = most * (int(width * POINTS_PER_MM / (style.size * _NARROWEST)) + 1)
    return _lines_of(text[: min(fit, LONGEST)], len(text), style, width, most)


@lru_cache(maxsize=5_000)
def _lines_of(text: str, length: int, style: Style, width: float, most: int) -> tuple[str, ...]:
    found = wrap(printable(text).strip("\n"), width, lambda piece: width_mm(piece, style), most)
    if not found.cut and length == len(text):
        return found.lines
    shown = sum(len(line) for line in found.lines)
    mark = f"…(+{max(length - shown, 1)})"
    last = found.lines[-1]
    while last and width_mm(last + mark, style) > width:
        last = last[:-1]
    return (*found.lines[:-1], last + mark)


def draw_line(canvas: Canvas, x: float, y: float, text: str, style: Style) -> None:
    """Draw printable ``text`` with its baseline at ``x``, ``y`` in points from the page's lower left corner."""
    if not text:
        return
    canvas.saveState()
    red, green, blue = style.colour or (style.grey, style.grey, style.grey)
    canvas.setStrokeColorRGB(red, green, blue)
    canvas.setLineWidth(style.size * _THICKEN)
    pen = canvas.beginText(x, y)
    pen.setFillColorRGB(red, green, blue)
    for font, stand_in, run in _runs(text, style.weight):
        pen.setFont(font, style.size)
        if stand_in:
            pen.setTextRenderMode(_FILL_AND_STROKE)
        pen.textOut(run)
        if stand_in:
            pen.setTextRenderMode(_FILL)
    canvas.drawText(pen)
    canvas.restoreState()


def _runs(text: str, weight: Weight) -> list[tuple[str, bool, str]]:
    find = face(weight).glyph
    known = [(glyph.font, glyph.stand_in, character) for character in text if (glyph := find(character)) is not None]
    grouped = groupby(known, key=itemgetter(0, 1))
    return [(font, stand_in, "".join(character for *_, character in run)) for (font, stand_in), run in grouped]
