"""Pages of a PDF as pictures: the same raster is shown in the preview and sent to the printer."""

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage

from crmdesk.core.pdfium_gate import PDFIUM

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTS_PER_INCH = 72
MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class PageSize:
    """Size of one page in millimetres."""

    width: float
    height: float


@contextmanager
def _opened(pdf: bytes) -> "Iterator[Any]":
    from pypdfium2 import PdfDocument

    with PDFIUM:
        document = PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def page_sizes(pdf: bytes) -> list[PageSize]:
    """Give the size of every page of `pdf`."""
    with _opened(pdf) as document:
        points = [document.get_page_size(number) for number in range(len(document))]
    millimetres = MM_PER_INCH / POINTS_PER_INCH
    return [PageSize(width * millimetres, height * millimetres) for width, height in points]


def page_image(pdf: bytes, number: int, dpi: float) -> QImage:
    """Draw page `number` (from 0) of `pdf` at `dpi` dots per inch, on white."""
    with _opened(pdf) as document:
        bitmap = document[number].render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True)
        pixels = bytes(bitmap.buffer)
        image = QImage(pixels, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888).copy()
    dots_per_metre = round(dpi / MM_PER_INCH * 1000)
    image.setDotsPerMeterX(dots_per_metre)
    image.setDotsPerMeterY(dots_per_metre)
    return image
