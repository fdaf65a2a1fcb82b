"""A canvas in millimetres from the upper left corner, and the boxes, lines and text that papers are drawn with."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject
from typing_extensions import override

from crmdesk.documents.codes import Run
from crmdesk.documents.pdf.text import POINTS_PER_MM, Style, draw_line, width_mm

HAIR: Final = 0.18  # line widths in millimetres
FINE: Final = 0.3
STRONG: Final = 0.5
BLACK: Final = 0.0
GREY: Final = 0.42
PALE: Final = 0.72
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pen:
    """How a line looks: width in millimetres, grey, dashes in millimetres."""

    width: float = FINE
    grey: float = BLACK
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in millimetres from the upper left corner of the page."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Give the x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Give the y of the lower edge."""
        return self.y + self.height


class _Rectangles(PDFPathObject):
    """A path of rectangles one module high, written in whole numbers: a page of codes stays small and quick."""

    def __init__(self, runs: Iterable[Run]) -> None:
        super().__init__()
        self._runs = runs

    @override
    def getCode(self) -> str:  # reportlab's own name
        return " ".join(f"{column} {row} {length} 1 re" for row, column, length in self._runs)


class Sheet:
    """One page being drawn; every length is in millimetres, y grows downwards."""

    def __init__(self, canvas: Canvas, width: float, height: float, *, mono: bool = False) -> None:
        """Take the canvas whose current page measures ``width`` by ``height``.

        Args:
            canvas: its current page is drawn on.
            width: of the page.
            height: of the page.
            mono: the printer has no grey, as heads with needles or heat; everything is drawn black.
        """
        self.canvas = canvas
        self._mono = mono
        self.width = width
        self.height = height
        canvas.setPageSize((width * POINTS_PER_MM, height * POINTS_PER_MM))

    def at(self, x: float, y: float) -> Point:
        """Give the place in points from the lower left corner."""
        return x * POINTS_PER_MM, (self.height - y) * POINTS_PER_MM

    def text(self, x: float, y: float, line: str, style: Style) -> None:
        """Draw a printable line whose top left corner is at ``x``, ``y``."""
        shown = replace(style, grey=BLACK) if self._mono and style.grey else style
        draw_line(self.canvas, *self.at(x, y + style.rise_mm), line, shown)

    def text_right(self, right: float, y: float, line: str, style: Style) -> None:
        """Draw a printable line that ends at ``right``."""
        self.text(right - width_mm(line, style), y, line, style)

    def text_middle(self, middle: float, y: float, line: str, style: Style) -> None:
        """Draw a printable line centred on ``middle``."""
        self.text(middle - width_mm(line, style) / 2, y, line, style)

    def line(self, start: Point, end: Point, pen: Pen | None = None) -> None:
        """Draw a straight line."""
        self._use(pen or Pen())
        self.canvas.line(*self.at(*start), *self.at(*end))

    def frame(self, box: Box, pen: Pen | None = None, radius: float = 0) -> None:
        """Draw the outline of ``box``."""
        self._use(pen or Pen())
        left, bottom = self.at(box.x, box.bottom)
        width, height = box.width * POINTS_PER_MM, box.height * POINTS_PER_MM
        if radius:
            self.canvas.roundRect(left, bottom, width, height, radius * POINTS_PER_MM)
        else:
            self.canvas.rect(left, bottom, width, height)

    def modules(self, runs: Iterable[Run], corner: Point, module: Point) -> None:
        """Fill the dark runs of a code as one shape, so that touching ones show no seam.

        Args:
            runs: row, column and length of each, in modules.
            corner: the code's upper left corner.
            module: width and height of one module.
        """
        left, top = self.at(*corner)
        self.canvas.saveState()
        self.canvas.setFillGray(BLACK)
        self.canvas.transform(module[0] * POINTS_PER_MM, 0, 0, -module[1] * POINTS_PER_MM, left, top)
        self.canvas.drawPath(_Rectangles(runs), stroke=0, fill=1)
        self.canvas.restoreState()

    def picture(self, box: Box, image: Image.Image) -> None:
        """Draw a picture that fills ``box``."""
        left, bottom = self.at(box.x, box.bottom)
        size = box.width * POINTS_PER_MM, box.height * POINTS_PER_MM
        self.canvas.drawImage(ImageReader(image), left, bottom, *size)

    def circle(self, middle: Point, radius: float, pen: Pen | None = None, fill: float | None = None) -> None:
        """Draw a circle, filled with a grey when one is given."""
        self._use(pen or Pen())
        if fill is not None:
            self.canvas.setFillGray(fill)
        self.canvas.circle(*self.at(*middle), radius * POINTS_PER_MM, stroke=1, fill=int(fill is not None))

    def curve(self, start: Point, curves: Iterable[tuple[Point, Point, Point]], pen: Pen, *, closed: bool) -> None:
        """Draw cubic Béziers one after the other."""
        self._use(pen)
        path = self.canvas.beginPath()
        path.moveTo(*self.at(*start))
        for first, second, end in curves:
            path.curveTo(*self.at(*first), *self.at(*second), *self.at(*end))
        if closed:
            path.close()
        self.canvas.drawPath(path, stroke=1, fill=0)

    def _use(self, pen: Pen) -> None:
        self.canvas.setLineWidth(pen.width * POINTS_PER_MM)
        self.canvas.setStrokeGray(BLACK if self._mono else pen.grey)
        self.canvas.setDash([part * POINTS_PER_MM for part in pen.dash] if pen.dash else [])
        self.canvas.setLineJoin(1)
        self.canvas.setLineCap(1 if not pen.dash else 0)
