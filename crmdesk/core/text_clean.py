"""Cleaning of text from outside: what nobody can see goes, what a person wrote stays."""

import re
import unicodedata
from typing import Final

# Full-width ASCII letters and digits; full-width punctuation is how Chinese is written and stays.
_NARROW: Final = {0xFF01 + code - 0x21: code for code in range(0x21, 0x7F) if chr(code).isalnum()}
_SPACES: Final = dict.fromkeys((160, 5760, *range(8192, 8203), 8239, 8287, 12288), 32)
_BREAKS: Final = dict.fromkeys((9, 10, 11, 12, 13, 133, 8232, 8233), 32)
_LINE: Final = _NARROW | _SPACES | _BREAKS

# Control characters, soft hyphen, zero-width and bidirectional marks, tags, lone surrogates, non-characters.
# Variation selectors stay: they choose the drawn form of a rare character in a name.
_INVISIBLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)
# Notes keep line breaks and the joiners that build one emoji from several.
_INVISIBLE_IN_NOTES: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
# What `str.isprintable` lets through and a clean line still changes: full-width letters and printable fillers.
_WIDE: Final = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")
_RUN: Final = re.compile(r" {2,}")
_LINE_END: Final = re.compile(r"\r\n?|\x85|\u2028|\u2029")
_MIDDLE_DOTS: Final = re.compile(r" ?[·•‧∙⋅・･●\u0387] ?")
_CJK: Final = "\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\U000e0100-\U000e01ef"
_SPACE_IN_CJK: Final = re.compile(f"(?<=[{_CJK}]) (?=[{_CJK}])")
_DOT_BETWEEN_CJK: Final = re.compile(f"(?<=[{_CJK}])[.．](?=[{_CJK}])")


def clean_line(text: str) -> str:
    """Return one line: invisible characters gone, full-width letters and digits narrow, runs of spaces one.

    Rare characters (𠮷), full-width punctuation and private-use characters are kept as they are.
    """
    if text.isprintable() and (text.isascii() or _is_plain(text)):
        return _RUN.sub(" ", text).strip() if "  " in text else text.strip()
    plain = unicodedata.normalize("NFC", text.translate(_LINE))
    return _RUN.sub(" ", _INVISIBLE.sub("", plain)).strip(" ")


def _is_plain(text: str) -> bool:
    return not _WIDE.search(text) and unicodedata.is_normalized("NFC", text)


def clean_note(text: str) -> str:
    """Return text of several lines without control characters; line ends become one newline each."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text.strip(" ")
    lines = _LINE_END.sub("\n", text)
    return unicodedata.normalize("NFC", _INVISIBLE_IN_NOTES.sub("", lines)).strip(
        " \n\t\u3000\u00a0\u200b\u200c\u200d\u2060"
    )


def clean_name(text: str) -> str:
    """Return a person's name: a clean line, no spaces between Chinese characters, one kind of middle dot.

    `周 敏` becomes `周敏`, `买买提・艾力` and `买买提.艾力` become `买买提·艾力`, `Anna  Smith` keeps one space.
    """
    line = clean_line(text)
    if line.isascii() or (line.isalpha() and line.isprintable()):
        return line
    line = _DOT_BETWEEN_CJK.sub("·", _MIDDLE_DOTS.sub("·", line))
    return _SPACE_IN_CJK.sub("", line)


def clean_code(text: str) -> str:
    """Return a number or code as it is compared: one line, no spaces, capital letters."""
    return clean_line(text).replace(" ", "").upper()
