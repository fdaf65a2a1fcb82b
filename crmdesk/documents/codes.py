"""Bar codes and QR codes as plain patterns; made by zxing-cpp, drawn by whoever needs them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast

import zxingcpp

# Longer texts make bars too fine for the reader at a shop's desk.
LONGEST_CODE128: Final = 40
LONGEST_QR: Final = 400


# A dark stretch: row, column where it begins, and how many modules it goes on to the right.
Run = tuple[int, int, int]
_DARK: Final = re.compile(rb"\x00+")


@dataclass(frozen=True, slots=True)
class Pattern:
    """The dark modules of a code without its quiet zone; ``rows`` is 1 for bars."""

    columns: int
    rows: int
    runs: tuple[Run, ...]


@lru_cache(maxsize=256)
def code128(text: str) -> Pattern | None:
    """Give the bars of ``text``, or None where Code 128 cannot carry it (not printable ASCII, empty, too long)."""
    if not (text.isascii() and text.isprintable() and 0 < len(text) <= LONGEST_CODE128):
        return None
    return _pattern(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128), rows=1)


@lru_cache(maxsize=256)
def qr(text: str) -> Pattern | None:
    """Give the QR code of ``text`` with medium error correction, or None where it is empty or too long."""
    if not 0 < len(text) <= LONGEST_QR or any("\ud800" <= character <= "\udfff" for character in text):
        return None
    return _pattern(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M"), rows=None)


def _pattern(code: zxingcpp.Barcode, rows: int | None) -> Pattern:
    # The picture speaks Python's buffer protocol, which its type does not say.
    picture = memoryview(cast("bytes", code.to_image(scale=1, add_quiet_zones=False)))
    height, columns = picture.shape or (0, 0)
    height = rows or height
    pixels = bytes(picture)
    runs = (
        (row, found.start(), found.end() - found.start())
        for row in range(height)
        for found in _DARK.finditer(pixels[row * columns : (row + 1) * columns])
    )
    return Pattern(columns, height, tuple(runs))
