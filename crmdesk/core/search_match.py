"""Where in a name or a phone the typed terms are found: the reason of a hit and what to highlight."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from crmdesk.core.found import Range, Why
from crmdesk.core.search_text import SearchQuery, Term, TermKind, fold

_CHINESE_BEGINS: Final = "\u2e80"


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


class Person(NamedTuple):
    """What is known of a hit: the name, what gives the readings of each of its characters, phones as digits."""

    name: str
    readings: Callable[[str], Sequence[Sequence[str]]]
    phones: Sequence[str] = ()


class _Found(NamedTuple):
    why: Why
    ranges: tuple[Range, ...] = ()
    phone: int | None = None


def match(query: SearchQuery, person: Person) -> Match | None:
    """Tell how ``person`` answers ``query``; None when a term is not there (the index was asked too widely)."""
    found = []
    for term in query.terms:
        one = _find(term, person)
        if one is None:
            return None
        found.append(one)
    if not found:
        return None
    why, ranges, phone = found[0]
    if len(found) > 1:
        ranges = _joined([span for one in found for span in one.ranges])
        phone = next((one.phone for one in found if one.phone is not None), None)
    return Match(why, ranges, phone, _rank(ranges, len(person.name)))


def _find(term: Term, person: Person) -> _Found | None:
    name = person.name
    start = name.find(term.text)
    if start >= 0:
        return _Found(Why.NAME, ((start, start + len(term.text)),))
    # Nearly every name is of Chinese characters alone: no digit, no Latin letter to look for in it.
    if term.kind is TermKind.CHINESE or name[:1] < _CHINESE_BEGINS or not name.isalpha():
        in_name = _in_text(term.text, fold(name))
        if in_name is not None:
            return _Found(Why.NAME, (in_name,))
    if term.kind is TermKind.DIGITS:
        return _in_phones(term.text, person.phones)
    if term.kind is TermKind.LATIN:
        return _in_sound(term.text, person.readings(name))
    return None


def _in_text(wanted: str, folded: list[tuple[str, int]]) -> Range | None:
    """Look in the name without its dots and dashes first, so that 买买提阿 is found in 买买提·阿不都拉."""
    for kept in ([pair for pair in folded if pair[0].isalnum()], folded):
        start = "".join([character for character, _ in kept]).find(wanted)
        if start >= 0:
            return kept[start][1], kept[start + len(wanted) - 1][1] + 1
    return None


def _in_phones(wanted: str, phones: Sequence[str]) -> _Found | None:
    for place, digits in enumerate(phones):
        if wanted in digits:
            return _Found(Why.PHONE, phone=place)
    return None


def _in_sound(wanted: str, readings: Sequence[Sequence[str]]) -> _Found | None:
    sounding = [pair for pair in enumerate(readings) if pair[1]]
    heard = [choices for _, choices in sounding]
    for way, why in ((_syllables_used, Why.PINYIN), (_initials_used, Why.INITIALS)):
        for start in range(len(heard)):
            size = way(wanted, heard, start)
            if size:
                return _Found(why, ((sounding[start][0], sounding[start + size - 1][0] + 1),))
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


def _initials_used(wanted: str, heard: Sequence[Sequence[str]], start: int) -> int:
    """Count the syllables from ``start`` on that begin with the letters of ``wanted``, all of them or none."""
    if start + len(wanted) > len(heard):
        return 0
    for place, letter in enumerate(wanted, start):
        for reading in heard[place]:
            if reading[0] == letter:
                break
        else:
            return 0
    return len(wanted)


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
