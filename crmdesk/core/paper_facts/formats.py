"""The sizes of paper that the program prints on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class PaperFormat(StrEnum):
    """A size of paper; the values are those of the desk's settings."""

    A4 = "a4"
    A5 = "a5"
    ROLL80 = "roll80"
    FORM241 = "form241"
    CR80 = "cr80"
    TAG60 = "tag60"
    TAG80 = "tag80"


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in millimetres and the margins that stay free: left and right, top and bottom."""

    width: float
    height: float
    side: float
    ends: float

    @property
    def inner_width(self) -> float:
        """Give the width that may be printed on, in millimetres."""
        return self.width - 2 * self.side

    @property
    def inner_height(self) -> float:
        """Give the height that may be printed on, in millimetres."""
        return self.height - 2 * self.ends


# The roll is as long as what is on it; its height here is the longest page.
SIZES: Final = {
    PaperFormat.A4: Size(210, 297, 15, 12),
    PaperFormat.A5: Size(148, 210, 10, 9),
    PaperFormat.ROLL80: Size(80, 2000, 4, 4),
    PaperFormat.FORM241: Size(241, 140, 12, 6),  # tractor strips lie within the side margin
    PaperFormat.CR80: Size(85.6, 54, 3, 3),
    PaperFormat.TAG60: Size(60, 40, 2.5, 2),
    PaperFormat.TAG80: Size(80, 50, 3, 2.5),
}
TRACTOR_STRIP: Final = 5.0
SLIP_FORMATS: Final = (PaperFormat.A5, PaperFormat.A4, PaperFormat.ROLL80, PaperFormat.FORM241)
# Needles and heat print no grey.
MONO_FORMATS: Final = frozenset({PaperFormat.ROLL80, PaperFormat.FORM241, PaperFormat.TAG60, PaperFormat.TAG80})
PAGE_FORMATS: Final = (PaperFormat.A4, PaperFormat.A5)
TAG_FORMATS: Final = (PaperFormat.TAG60, PaperFormat.TAG80)
