"""Which encoding a text file is in, decided the same way every time and with the reason told."""

import codecs
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from crmdesk.core.errors import EnvironmentTroubleError
from crmdesk.exchange.limits import MEBIBYTE
from crmdesk.exchange.troubles import FileRefusedError, FileTrouble


class EncodingReason(StrEnum):
    """What decided."""

    MARK = "mark"
    ZERO_BYTES = "zero_bytes"
    VALID_UTF8 = "valid_utf8"
    VALID_GB18030 = "valid_gb18030"


@dataclass(frozen=True, slots=True)
class TextEncoding:
    """An encoding that the whole file is valid in.

    Attributes:
        codec: Python's name of it; a mark at the beginning is taken off by it.
        reason: a byte-order mark, the places of zero bytes, or that every byte is valid.
        lines: line ends in the file, for the progress bar.
    """

    codec: str
    reason: EncodingReason
    lines: int


_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE_MARKS: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_HEAD: Final = 64 * 1024
_FEWEST_ZEROS: Final = 0.05
_MOST_STRANGE: Final = 0.02


def detect_encoding(path: Path) -> TextEncoding:
    """Return the encoding of a text file.

    The order is fixed: a byte-order mark; UTF-16 by where zero bytes stand (every line end and comma has one);
    UTF-8 when the whole file is valid (text in GBK practically never is); GB18030, which contains GBK and GB 2312,
    when the whole file is valid.

    Raises:
        FileRefusedError: none of them fits; `row` is the line of the first byte that fits neither.
    """
    try:
        with path.open("rb") as handle:
            head = handle.read(_HEAD)
    except OSError as trouble:
        raise EnvironmentTroubleError("read", str(path)) from trouble
    if head.startswith(_WIDE_MARKS):
        raise FileRefusedError(FileTrouble.ENCODING, name=path.name, detail="UTF-32")
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return _sure(path, codec, EncodingReason.MARK)
    wide = utf16_without_mark(head)
    if wide:
        return _sure(path, wide, EncodingReason.ZERO_BYTES)
    lines, bad_line = _validate(path, "utf-8")
    if not bad_line:
        return TextEncoding("utf-8", EncodingReason.VALID_UTF8, lines)
    lines, bad_in_gb = _validate(path, "gb18030")
    if not bad_in_gb:
        return TextEncoding("gb18030", EncodingReason.VALID_GB18030, lines)
    raise FileRefusedError(FileTrouble.ENCODING, name=path.name, row=max(bad_line, bad_in_gb))


def utf16_without_mark(head: bytes) -> str:
    """Return `utf-16-le` or `utf-16-be` when the beginning of a file is text in it, otherwise nothing.

    Zero bytes must stand (nearly) all in even or all in odd places, and what they decode to must be text.
    """
    head = head[: len(head) // 2 * 2]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) / 2 * _FEWEST_ZEROS or min(even, odd) * 4 > max(even, odd):
        return ""
    codec = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = codecs.getincrementaldecoder(codec)("strict").decode(head)
    except UnicodeDecodeError:
        return ""
    strange = sum(not (letter.isprintable() or letter.isspace()) for letter in text)
    return codec if strange <= len(text) * _MOST_STRANGE else ""


def _sure(path: Path, codec: str, reason: EncodingReason) -> TextEncoding:
    lines, bad_line = _validate(path, codec)
    if bad_line:
        raise FileRefusedError(FileTrouble.ENCODING, name=path.name, detail=codec, row=bad_line)
    return TextEncoding(codec, reason, lines)


def _validate(path: Path, codec: str) -> tuple[int, int]:
    """Decode the whole file once; return the number of line ends, and the line of the first bad byte or 0."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    lines = 0
    try:
        with path.open("rb") as handle:
            while piece := handle.read(MEBIBYTE):
                try:
                    lines += decoder.decode(piece).count("\n")
                except UnicodeDecodeError as trouble:
                    return lines, lines + piece[: trouble.start].count(b"\n") + 1
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return lines, lines + 1
    except OSError as trouble:
        raise EnvironmentTroubleError("read", str(path)) from trouble
    return lines, 0
