"""Keeps text in a CSV file from becoming a formula, in a way that reading takes back exactly.

A CSV cell has no type: Excel and LibreOffice evaluate a cell that begins with ``=``, ``+``, ``-`` or ``@``, also behind
blanks and in full width. The guard is an apostrophe in front, as a person would type it; a text that begins with an
apostrophe gets one more, so that `unguarded` gives back what `guarded` was given, always. Workbooks need none of this:
there a cell's type is stored.
"""

from typing import Final

GUARD: Final = "'"
# OWASP's list (= + - @ tab CR LF and the full-width forms) and what starts a command or a separator elsewhere.
DANGEROUS: Final = frozenset("=+-@\t\r\n|%;,＝＋－＠")


def needs_guard(text: str) -> bool:
    """Tell whether a spreadsheet may take ``text`` for something else than text."""
    return bool(text) and (text[0] in DANGEROUS or text[0] == GUARD or text.lstrip()[:1] in DANGEROUS)


def guarded(text: str) -> str:
    """Give ``text`` as it may stand in a CSV cell."""
    return GUARD + text if needs_guard(text) else text


def unguarded(text: str) -> str:
    """Give back what `guarded` was given; a cell that was written elsewhere and needs no guard stays as it is."""
    return text[1:] if text[:1] == GUARD and needs_guard(text[1:]) else text
