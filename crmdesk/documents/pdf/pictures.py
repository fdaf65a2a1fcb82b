"""Photos on paper: small, side by side, as many in a line as fit."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, UnidentifiedImageError
from typing_extensions import override

from crmdesk.documents.pdf.blocks import Block
from crmdesk.documents.pdf.units import Box, Sheet

_WIDE, _TALL, _GAP = 26.0, 19.5, 2.0  # millimetres
_DOTS_PER_MM: Final = 8  # some 200 dots an inch: what printers show of a small photo
_BROKEN: Final = (UnidentifiedImageError, OSError, Image.DecompressionBombError)


@dataclass(frozen=True, slots=True)
class Pictures(Block):
    """JPEGs, each whole within its place; one that cannot be read leaves its place empty."""

    jpegs: Sequence[bytes]

    def _across(self, width: float) -> int:
        return max(int((width + _GAP) / (_WIDE + _GAP)), 1)

    @override
    def height(self, width: float) -> float:
        lines = -(-len(self.jpegs) // self._across(width))
        return max(lines * (_TALL + _GAP) - _GAP, 0.0)

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        across = self._across(width)
        for number, jpeg in enumerate(self.jpegs):
            line, column = divmod(number, across)
            image = small(jpeg)
            if image is not None:
                place = Box(x + column * (_WIDE + _GAP), y + line * (_TALL + _GAP), _WIDE, _TALL)
                sheet.picture(_within(place, image), image)


def small(jpeg: bytes) -> Image.Image | None:
    """Give a picture as small as paper needs it; None when it cannot be read."""
    try:
        with Image.open(io.BytesIO(jpeg)) as found:
            found.draft("RGB", (int(_WIDE * _DOTS_PER_MM), int(_TALL * _DOTS_PER_MM)))
            image = found.convert("RGB")
    except _BROKEN:
        return None
    image.thumbnail((int(_WIDE * _DOTS_PER_MM), int(_TALL * _DOTS_PER_MM)))
    return image


def _within(place: Box, image: Image.Image) -> Box:
    scale = min(place.width / image.width, place.height / image.height)
    return Box(place.x, place.y, image.width * scale, image.height * scale)
