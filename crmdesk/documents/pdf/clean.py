"""What a person typed, made printable: no control signs, no invisible signs, a code for what no font can draw."""

import re
import unicodedata
from typing import Final

from crmdesk.documents.pdf.fonts import Weight, face

# Longer text is cut before any work is done on it; no paper has room for more.
LONGEST: Final = 20_000
_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES: Final = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f]")


def printable(text: str, *, lines: bool = True) -> str:
    """Give ``text`` as it will be drawn.

    Args:
        text: plain text as typed; nothing in it is markup.
        lines: keep line ends; False makes them spaces.
    """
    cut = text[:LONGEST]
    plain = _SPACES.sub(" ", _LINE_ENDS.sub("\n", cut))
    if not lines:
        plain = plain.replace("\n", " ")
    if plain.isascii() and plain.isprintable():
        return plain
    return "".join(_drawn(character) for character in _composed(plain))


def _composed(text: str) -> str:
    """Join a letter with the accents behind it; Chinese compatibility characters stay as they are."""
    if not any(unicodedata.combining(character) for character in text):
        return text
    done: list[str] = []
    for character in text:
        if done and unicodedata.combining(character):
            joined = unicodedata.normalize("NFC", done[-1] + character)
            if len(joined) == 1:
                done[-1] = joined
                continue
        done.append(character)
    return "".join(done)


def _drawn(character: str) -> str:
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if category in {"Cc", "Cf"} or _is_selector(character):
        return ""
    if category != "Cs" and face(Weight.REGULAR).glyph(character) is not None:
        return character
    return f"‹U+{ord(character):04X}›"


def _is_selector(character: str) -> bool:
    """Variation selectors choose between pictures of one character; the character itself is printed."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
