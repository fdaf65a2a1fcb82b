"""What a person typed into the search box: folded, cut into terms, and the words the index keeps for them.

The index keeps whole words only (no positions), so that every query is a lookup of one or a few words:
pieces of one to three characters of a Chinese name, beginnings of pinyin and Latin words, runs of one to four
digits. Longer pieces become several words that must all be there; `crmdesk.core.search_match` then looks at the
text itself.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final

from crmdesk.core.hanzi import simplified

CHINESE_PIECE: Final = 3
LATIN_PREFIX: Final = 8
LATIN_LONGEST: Final = 40
DIGIT_PIECE: Final = 4
# Each polyphonic character multiplies the readings of a name; beyond so many only the likelier ones are kept.
READINGS_KEPT: Final = 96
# Raised whenever the words kept for a name or number change: an index made by older rules is made anew.
WORDS_VERSION: Final = 2
TYPED_LONGEST: Final = 80
# Characters and sounds of given names that are understood once and come again and again in an import.
_REMEMBERED: Final = 1 << 14

_DOTS: Final = frozenset("·•・‧∙⋅᛫")
_JOINERS: Final = _DOTS | frozenset(".-'’‘`‐‑–—")
_LATIN_END: Final = 0x250
_LATIN_EXTENDED: Final = range(0x1E00, 0x1F00)
# Scripts written without spaces between words: a piece of any length may be asked for.
_CHARACTER_RANGES: Final = (
    range(0x3005, 0x3008),
    range(0x3041, 0x3100),
    range(0x3400, 0xA000),
    range(0xAC00, 0xD7A4),
    range(0xE000, 0xFB00),
    range(0x20000, 0x40000),
    range(0xF0000, 0x110000),
)


class TermKind(StrEnum):
    """What a term is made of; decides which words of the index answer it."""

    CHINESE = "chinese"
    LATIN = "latin"
    DIGITS = "digits"
    SYMBOL = "symbol"


@dataclass(frozen=True, slots=True)
class Term:
    """One piece of the typed text, folded; all terms of a query must be found."""

    kind: TermKind
    text: str


@dataclass(frozen=True, slots=True)
class IndexWord:
    """One word to look up; ``beginning`` asks for every word that starts with it."""

    text: str
    beginning: bool = False


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """The typed text, understood.

    Attributes:
        text: as typed, without blanks at the ends.
        terms: what must be found in a person's name or phones.
        number: the text as a number of a ticket, card or loaner: capitals and digits without signs; empty when
            it holds no digit or holds something that no number has.
        only_number: the text has the shape of a number and of nothing else (`R-01-261121-0037`, `B12`).
    """

    text: str
    terms: tuple[Term, ...]
    number: str = ""
    only_number: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing can be searched for."""
        return not self.terms

    def of(self, kind: TermKind) -> tuple[str, ...]:
        """Give the texts of the terms of one kind."""
        return tuple(term.text for term in self.terms if term.kind is kind)


def fold(text: str) -> list[tuple[str, int]]:
    """Give the text in the form in which it is compared: pairs of one character and its place in ``text``.

    Full-width forms become plain ones, capitals small, accents of Latin letters and traditional forms of
    Chinese characters drop; one character may become several or none.
    """
    return [(folded, place) for place, raw in enumerate(text) for folded in _fold_one(raw)]


def analyse(text: str) -> SearchQuery:
    """Understand what was typed or scanned; never fails, whatever was typed."""
    # Half of a pair of surrogates is no character, and no database takes it.
    typed = text.strip()[:TYPED_LONGEST].encode("utf-8", "ignore").decode().replace("\0", "")
    folded = "".join(character for character, _ in fold(typed))
    terms = tuple(dict.fromkeys(_join_digits(list(cut(folded)))))
    number = _as_number(folded)
    return SearchQuery(typed, terms, number, only_number=bool(number) and _only_number(folded))


def cut(folded: str) -> Iterator[Term]:
    """Cut folded text into runs of one kind; dots and dashes inside a word do not part it, blanks do."""
    run, kind = "", TermKind.SYMBOL
    for character in folded:
        here = _kind_of(character)
        joins = character in _JOINERS and bool(run)
        if here is kind is not TermKind.SYMBOL:
            run += character
        elif not joins:
            if run:
                yield Term(kind, run)
            run, kind = ("", TermKind.SYMBOL) if here is TermKind.SYMBOL else (character, here)
            if here is TermKind.SYMBOL and not character.isspace():
                yield Term(TermKind.SYMBOL, character)
    if run:
        yield Term(kind, run)


def index_words(query: SearchQuery) -> tuple[IndexWord, ...]:
    """Give the words that must all be found for ``query``; they never miss a match and seldom say too much."""
    return tuple(dict.fromkeys(word for term in query.terms for word in _words_of_term(term)))


def name_words(name: str) -> set[str]:
    """Give the words under which a name, as it is written, is found."""
    folded = "".join([_fold_one(raw) for raw in name])
    terms = list(cut(folded))
    words = {word for term in terms for word in _words_kept(term)}
    if len(terms) > 1:
        latin = [term.text for term in terms if term.kind is TermKind.LATIN]
        words.update(word for left, right in pairwise(latin) for word in _beginnings(left + right))
        words.update(_pieces("".join(term.text for term in terms if term.kind is TermKind.CHINESE)))
    return words if _JOINERS.isdisjoint(folded) else words | _halves(folded)


def reading_words(syllables: Sequence[Sequence[str]]) -> set[str]:
    """Give the words under which a name is found by its sound: full pinyin and initials, from any syllable on.

    Args:
        syllables: for each character its possible readings in small letters, the likeliest first.
    """
    kept = tuple(tuple(choices) for choices in syllables)
    return {word for start in range(len(kept)) for word in _words_heard(kept[start:])}


def digit_words(digits: str) -> set[str]:
    """Give the words under which a number is found by any two or more of its digits, or by its last one."""
    length = len(digits)
    words = {digits[place : place + size] for size in range(2, DIGIT_PIECE + 1) for place in range(length - size + 1)}
    words.add(digits[-1:])
    words.discard("")
    return words


@lru_cache(maxsize=_REMEMBERED)
def _fold_one(raw: str) -> str:
    plain = unicodedata.normalize("NFKC", raw).casefold()
    if all(character.isascii() for character in plain):
        return plain
    return "".join(_fold_plain(character) for character in plain)


def _fold_plain(character: str) -> str:
    code = ord(character)
    if code < _LATIN_END or code in _LATIN_EXTENDED:
        parts = unicodedata.normalize("NFKD", character)
        return "".join(part for part in parts if not unicodedata.combining(part))
    if unicodedata.category(character) in {"Cs", "Cf", "Mn"}:
        return ""
    if character in _DOTS:
        return "·"
    return simplified(character)


@lru_cache(maxsize=_REMEMBERED)
def _kind_of(character: str) -> TermKind:
    if character.isascii():
        if character.isdigit():
            return TermKind.DIGITS
        return TermKind.LATIN if character.isalpha() else TermKind.SYMBOL
    code = ord(character)
    if any(code in characters for characters in _CHARACTER_RANGES):
        return TermKind.CHINESE
    return TermKind.LATIN if character.isalpha() else TermKind.SYMBOL


def _join_digits(terms: list[Term]) -> list[Term]:
    """Join digits that were typed in groups (138 0013 8000); they are one run."""
    if len(terms) > 1 and all(term.kind is TermKind.DIGITS for term in terms):
        return [Term(TermKind.DIGITS, "".join(term.text for term in terms))]
    return terms


def _as_number(folded: str) -> str:
    squeezed = "".join(character for character in folded if not character.isspace() and character not in _JOINERS)
    fits = squeezed.isascii() and squeezed.isalnum() and any(character.isdigit() for character in squeezed)
    return squeezed.upper() if fits else ""


def _only_number(folded: str) -> bool:
    squeezed = "".join(character for character in folded if character not in _JOINERS)
    if squeezed.isdigit() or any(character.isspace() for character in squeezed):
        return False
    letters = len(squeezed) - len(squeezed.lstrip("abcdefghijklmnopqrstuvwxyz"))
    return letters == 1 or squeezed != folded or squeezed[:1].isdigit()


def _words_of_term(term: Term) -> Iterator[IndexWord]:
    if term.kind is TermKind.CHINESE:
        yield from (IndexWord(piece) for piece in _covering(term.text, CHINESE_PIECE))
    elif term.kind is TermKind.DIGITS:
        yield from (IndexWord(piece) for piece in _covering(term.text, DIGIT_PIECE))
    elif term.kind is TermKind.SYMBOL:
        yield IndexWord(_symbol(term.text))
    else:
        asked = term.text[:LATIN_LONGEST]
        yield IndexWord(asked, beginning=len(asked) > LATIN_PREFIX)


def _words_kept(term: Term) -> Iterable[str]:
    if term.kind is TermKind.CHINESE:
        return _pieces(term.text)
    if term.kind is TermKind.DIGITS:
        return digit_words(term.text)
    return {_symbol(term.text)} if term.kind is TermKind.SYMBOL else _beginnings(term.text)


def _halves(folded: str) -> set[str]:
    """Give the words of a name cut at its dots and dashes too: O'Neil is also looked for by Neil, and by its sign."""
    parted = "".join(" " if character in _JOINERS else character for character in folded)
    words = {word for term in cut(parted) for word in _words_kept(term)}
    return words | {_symbol(character) for character in folded if character in _JOINERS}


def _pieces(text: str) -> set[str]:
    length = len(text)
    return {text[place : place + size] for size in range(1, CHINESE_PIECE + 1) for place in range(length - size + 1)}


def _covering(text: str, size: int) -> list[str]:
    """Give pieces of ``size`` that cover the text, each overlapping the next by half."""
    if len(text) <= size:
        return [text]
    last = len(text) - size
    return [text[place : place + size] for place in [*range(0, last, size - size // 2), last]]


def _beginnings(text: str) -> list[str]:
    kept = text[:LATIN_LONGEST]
    words = [kept[:size] for size in range(1, min(len(kept), LATIN_PREFIX) + 1)]
    if len(kept) > LATIN_PREFIX:
        words.append(kept)
    return words


@lru_cache(maxsize=_REMEMBERED)
def _words_heard(syllables: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    initials = tuple(tuple(dict.fromkeys([choice[0] for choice in choices])) for choices in syllables)
    words: set[str] = set()
    for sounds in (syllables, initials):
        for reading in _readings(sounds):
            words.update(_beginnings(reading))
    return frozenset(words)


def _readings(syllables: Sequence[Sequence[str]]) -> list[str]:
    """Give the readings of a run of characters; of too many those that take first choices at the end are kept."""
    found = [""]
    for choices in syllables:
        if len(choices) == 1:
            found = [start + choices[0] for start in found]
        else:
            found = [start + choice for choice in choices for start in found][:READINGS_KEPT]
    return found


def _symbol(character: str) -> str:
    # A sign is kept by its code: the index would take most signs for blanks.
    return f"¤{ord(character):x}"
