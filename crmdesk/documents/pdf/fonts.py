"""The bundled fonts, loaded once, and the chain that finds a glyph for every character of a name."""

import threading
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont
from typing_extensions import override

from crmdesk.core.resources import resource_path

# A font object keeps its place in its file, so only one paper at a time may be written.
WRITING: Final = threading.RLock()

_CODES_PER_BLOCK: Final = 100  # of one bfchar section, PDF 32000-1 9.10.3


class Weight(StrEnum):
    """The two weights that papers use."""

    REGULAR = "regular"
    BOLD = "bold"


# In order: the first font that has the character draws it.
_CHAIN: Final = {
    Weight.REGULAR: ("NotoSansSC-Regular.ttf", "RareHanB.ttf", "RareHanA.ttf"),
    Weight.BOLD: ("NotoSansSC-Bold.subset.ttf", "NotoSansSC-Regular.ttf", "RareHanB.ttf", "RareHanA.ttf"),
}


class _EmbeddedFont(TTFont):
    """A TrueType font whose text can be copied and searched outside the basic plane too.

    The library writes the code point itself into the ToUnicode map; the standard asks for UTF-16 (PDF 32000-1 9.10.3),
    which differs from U+10000 on.
    """

    @override
    def addObjects(self, doc: PDFDocument) -> None:  # reportlab's own name
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for place, subset in enumerate(subsets):
            name = b"".join((SUBSETN(place), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            stream = doc.idToObject[f"toUnicodeCMap:{name}"]
            if isinstance(stream, PDFStream):
                stream.content = unicode_map(name, subset)


def unicode_map(name: str, codes: list[int]) -> str:
    """Write the ToUnicode map of one subset: place in the subset to UTF-16 text."""
    pairs = [f"<{place:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for place, code in enumerate(codes)]
    blocks = [pairs[start : start + _CODES_PER_BLOCK] for start in range(0, len(pairs), _CODES_PER_BLOCK)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{name} def /CMapType 2 def",
            f"1 begincodespacerange <00> <{len(codes) - 1:02X}> endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    )


@dataclass(frozen=True, slots=True)
class Glyph:
    """Where a character comes from: the registered font's name and the advance in thousandths of the size."""

    font: str
    advance: float
    stand_in: bool  # drawn by a lighter font than asked for: it is thickened


@cache
def _load(file_name: str) -> TTFont:
    name = file_name.removesuffix(".ttf")
    with WRITING:
        font = _EmbeddedFont(name, str(resource_path("fonts", file_name)), asciiReadable=False)
        pdfmetrics.registerFont(font)
    return font


class Face:
    """One weight with its whole chain; looks each character up once."""

    def __init__(self, weight: Weight) -> None:
        """Load nothing yet."""
        self._files = _CHAIN[weight]
        self._glyphs: dict[str, Glyph | None] = {}

    def glyph(self, character: str) -> Glyph | None:
        """Give the glyph of ``character``, or None when no bundled font has it."""
        try:
            return self._glyphs[character]
        except KeyError:
            found = self._glyphs[character] = self._find(character)
            return found

    def _find(self, character: str) -> Glyph | None:
        code = ord(character)
        for file_name in self._files:
            font = _load(file_name)
            if code in font.face.charToGlyph:
                stand_in = self._files is _CHAIN[Weight.BOLD] and file_name != self._files[0]
                return Glyph(font.fontName, float(font.face.charWidths.get(code, font.face.defaultWidth)), stand_in)
        return None


_FACES: Final = {weight: Face(weight) for weight in Weight}


def face(weight: Weight) -> Face:
    """Give the shared face of ``weight``."""
    return _FACES[weight]
