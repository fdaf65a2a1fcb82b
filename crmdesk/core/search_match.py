"""Where in a name or a phone the typed terms are found: the reason of a hit and what to highlight."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

from crmdesk.core.found import Range, Why
from crmdesk.core.search_text import SearchQuery, Term, TermKind, fold

_CHINESE_BEGINS: Final = "\u2e80"

Readings = Callable[[str], Sequence[Sequence[str]]]


class Match(NamedTuple):
    """How a person answers a query.

    Attributes:
        why: the field that says most.
        ranges: half-open ranges of the name to highlight, rising and apart.
        phone: place of the phone that answered in the phones given, None when none did.
        rank: 0 the name itself, 1 the name begins with it, 2 anything else.
    """

    why: Why
    ranges: tuple[Range, ...] = ()
    phone: int | None = None
    rank: int = 2


_BY_FIRST_PHONE: Final = Match(Why.PHONE, phone=0)


Answers = Callable[[str, Sequence[str]], Match | None]


def matcher(query: SearchQuery, readings: Readings) -> Answers:
    """Give what tells how a person answers ``query``, by name and phones, all digits.

    It gives None when a term is not there (the index was asked too widely). It is for the many hits of one query:
    what was found in a name is known when the next one bears the same.

    Args:
        query: what was typed.
        readings: gives the readings of each character of a name.
    """
    finders = [_finder(term, readings) for term in query.terms]
    return finders[0] if len(finders) == 1 else partial(_find_all, finders)


def _find_all(finders: list[Answers], name: str, phones: Sequence[str]) -> Match | None:
    parts = []
    for find in finders:
        part = find(name, phones)
        if part is None:
            return None
        parts.append(part)
    return _together(parts, len(name)) if parts else None


def _finder(term: Term, readings: Readings) -> Answers:
    if term.kind is TermKind.DIGITS:
        return partial(_in_digits, term.text)
    if term.kind is TermKind.CHINESE:
        return _once_a_name(partial(_in_name, term.text))
    if term.kind is TermKind.LATIN:
        return _once_a_name(partial(_in_letters_or_sound, term.text, readings))
    return _once_a_name(partial(_in_letters, term.text))


def _once_a_name(find: Callable[[str], Match | None]) -> Answers:
    known: dict[str, Match | None] = {}

    def found(name: str, _phones: Sequence[str]) -> Match | None:
        if name not in known:
            known[name] = find(name)
        return known[name]

    return found


def _in_digits(wanted: str, name: str, phones: Sequence[str]) -> Match | None:
    if name[:1] < _CHINESE_BEGINS or not name.isalpha():
        found = _in_name(wanted, name)
        if found is not None:
            return found
    for place, digits in enumerate(phones):
        if wanted in digits:
            return Match(Why.PHONE, phone=place) if place else _BY_FIRST_PHONE
    return None


def _in_name(wanted: str, name: str) -> Match | None:
    start = name.find(wanted)
    if start >= 0:
        return _named(Why.NAME, start, start + len(wanted), len(name))
    span = _in_text(wanted, fold(name))
    return _named(Why.NAME, *span, len(name)) if span else None


def _in_letters(wanted: str, name: str) -> Match | None:
    # Nearly every name is of Chinese characters alone: no digit, no Latin letter to look for in it.
    if name[:1] < _CHINESE_BEGINS or not name.isalpha() or wanted in name:
        return _in_name(wanted, name)
    return None


def _in_letters_or_sound(wanted: str, readings: Readings, name: str) -> Match | None:
    found = _in_letters(wanted, name)
    if found is not None:
        return found
    heard = readings(name)
    if () not in heard:
        return _in_sound(wanted, heard, len(name))
    return _in_some_sound(wanted, heard, len(name))


def _named(why: Why, start: int, end: int, length: int) -> Match:
    return Match(why, ((start, end),), None, 2 if start else int(end < length))


def _together(parts: list[Match], length: int) -> Match:
    ranges = _joined([span for part in parts for span in part.ranges])
    phone = next((part.phone for part in parts if part.phone is not None), None)
    return Match(parts[0].why, ranges, phone, _rank(ranges, length))


def _in_text(wanted: str, folded: list[tuple[str, int]]) -> Range | None:
    """Look in the name without its dots and dashes first, so that 买买提阿 is found in 买买提·阿不都拉."""
    for kept in ([pair for pair in folded if pair[0].isalnum()], folded):
        start = "".join([character for character, _ in kept]).find(wanted)
        if start >= 0:
            return kept[start][1], kept[start + len(wanted) - 1][1] + 1
    return None


def _in_some_sound(wanted: str, readings: Sequence[Sequence[str]], length: int) -> Match | None:
    """Look in a name of which some characters have no sound: they are passed over, and lie inside what is found."""
    sounding = [place for place, choices in enumerate(readings) if choices]
    found = _in_sound(wanted, [readings[place] for place in sounding], length)
    if found is None:
        return None
    (start, end) = found.ranges[0]
    return _named(found.why, sounding[start], sounding[end - 1] + 1, length)


def _in_sound(wanted: str, heard: Sequence[Sequence[str]], length: int) -> Match | None:
    first = wanted[0]
    for start, choices in enumerate(heard):
        for reading in choices:
            if reading[0] == first:  # most do not, and this is quicker to see than the rest
                used = _syllables_used(wanted, heard, start)
                if used:
                    return _named(Why.PINYIN, start, start + used, length)
                break
    for start in range(len(heard) - len(wanted) + 1):
        if _are_initials(wanted, heard, start):
            return _named(Why.INITIALS, start, start + len(wanted), length)
    return None


def _syllables_used(wanted: str, heard: Sequence[Sequence[str]], start: int) -> int:
    """Count the syllables that ``wanted`` spells from ``start`` on, the last perhaps in part; 0 if it spells others."""
    if start == len(heard):
        return 0
    for reading in heard[start]:
        if reading.startswith(wanted):
            return 1
        if wanted.startswith(reading):
            more = _syllables_used(wanted[len(reading) :], heard, start + 1)
            if more:
                return more + 1
    return 0


def _are_initials(wanted: str, heard: Sequence[Sequence[str]], start: int) -> bool:
    """Tell whether the syllables from ``start`` on begin with the letters of ``wanted``."""
    for place, letter in enumerate(wanted, start):
        for reading in heard[place]:
            if reading[0] == letter:
                break
        else:
            return False
    return True


def _joined(ranges: list[Range]) -> tuple[Range, ...]:
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _rank(ranges: tuple[Range, ...], length: int) -> int:
    if not ranges or ranges[0][0] > 0:
        return 2
    return 0 if ranges[0][1] >= length else 1
