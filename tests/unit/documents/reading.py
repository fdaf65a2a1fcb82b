"""Reading papers back with libraries that did not write them."""

import dataclasses
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

import pypdf
import pypdfium2
import zxingcpp

DOTS_PER_INCH = 203


def squeezed(text: str) -> str:
    """Lines are broken anywhere: compare without white space, as NFC."""
    return "".join(unicodedata.normalize("NFC", text).split())


def text_by_pypdf(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def text_by_pdfium(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(_page_text(document, place) for place in range(len(document)))


def _page_text(document: pypdfium2.PdfDocument, place: int) -> str:
    page = document[place]
    words = page.get_textpage()
    try:
        return str(words.get_text_range())
    finally:
        words.close()
        page.close()


READERS: dict[str, Callable[[bytes], str]] = {"pypdf": text_by_pypdf, "pdfium": text_by_pdfium}


def sizes_mm(pdf: bytes) -> list[tuple[float, float]]:
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return [(float(page.mediabox.width) / 72 * 25.4, float(page.mediabox.height) / 72 * 25.4) for page in pages]


def codes(pdf: bytes, page: int = 0, dpi: float = DOTS_PER_INCH) -> set[tuple[str, str]]:
    """Read bars and QR codes of a page as a printer draws it; without ``dpi`` as a thermal head of 203 dots an inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        leaf = document[page]
        picture = leaf.render(scale=dpi / 72, grayscale=True).to_pil()
        leaf.close()
    return {(found.format.name, found.text) for found in zxingcpp.read_barcodes(picture)}


def fonts(pdf: bytes) -> list[dict[str, Any]]:
    """Give the fonts that text was drawn with; the library names its own default in every file, unused."""
    found: dict[str, dict[str, Any]] = {}
    for page in pypdf.PdfReader(BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        for name, font in resources.get_object().get("/Font", {}).items():
            found[name] = font.get_object()
    return [font for font in found.values() if font["/BaseFont"] != "/Helvetica"]


def texts_of(facts: object) -> Iterator[str]:
    """Give every text among the facts."""
    if isinstance(facts, str):
        yield from [facts] if type(facts) is str else []
        return
    parts = tuple(facts.values()) if isinstance(facts, Mapping) else facts if isinstance(facts, tuple) else ()
    if dataclasses.is_dataclass(facts):
        parts = tuple(getattr(facts, field.name) for field in dataclasses.fields(facts))
    for part in parts:
        yield from texts_of(part)


def with_every_text(facts: Any, text: str) -> Any:  # noqa: ANN401 - works on any facts
    """Give the same facts with ``text`` in place of every text."""
    if isinstance(facts, str):
        return text if type(facts) is str else facts
    if isinstance(facts, Mapping):
        return {key: with_every_text(value, text) for key, value in facts.items()}
    if isinstance(facts, tuple):
        return tuple(with_every_text(value, text) for value in facts)
    if dataclasses.is_dataclass(facts) and not isinstance(facts, type):
        values = {field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)}
        kept = {"shape": values["shape"]} if "shape" in values else {}
        return type(facts)(**{name: with_every_text(value, text) for name, value in values.items()} | kept)
    return facts
