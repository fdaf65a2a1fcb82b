"""Where in a name or a phone the typed terms are found: the reason of a hit and what to highlight."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from crmdesk.core.found import Range, Why
from crmdesk.core.search_text import SearchQuery, Term, TermKind, fold

_CHINESE_BEGINS: Final = "\u2e80"


@dataclass(frozen=True, slots=True)
class Match:
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


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a hit: the name, what gives the readings of each of its characters, phones as digits."""

    name: str
    readings: Callable[[str], Sequence[Sequence[str]]]
    phones: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Found:
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
    ranges = found[0].ranges if len(found) == 1 else _joined([span for one in found for span in one.ranges])
    phone = next((one.phone for one in found if one.phone is not None), None)
    return Match(found[0].why, ranges, phone, _rank(ranges, len(person.name)))


def _find(term: Term, person: Person) -> _Found | None:
    start = person.name.find(term.text)
    if start >= 0:
        return _Found(Why.NAME, ((start, start + len(term.text)),))
    # Nearly every name is of Chinese characters alone: no digit, no Latin letter to look for in it.
    if term.kind is TermKind.CHINESE or not person.name.isalpha() or person.name[0] < _CHINESE_BEGINS:
        in_name = _in_text(term.text, fold(person.name))
        if in_name is not None:
            return _Found(Why.NAME, (in_name,))
    if term.kind is TermKind.DIGITS:
        return _in_phones(term.text, person.phones)
    if term.kind is TermKind.LATIN:
        return _in_sound(term.text, person.readings(person.name))
    return None


def _in_text(wanted: str, folded: list[tuple[str, int]]) -> Range | None:
    """Look in the name without its dots and dashes first, so that 买买提阿 is found in 买买提·阿不都拉."""
    for kept in ([pair for pair in folded if pair[0].isalnum()], folded):
        start = "".join(character for character, _ in kept).find(wanted)
        if start >= 0:
            return kept[start][1], kept[start + len(wanted) - 1][1] + 1
    return None


def _in_phones(wanted: str, phones: Sequence[str]) -> _Found | None:
    for place, digits in enumerate(phones):
        if wanted in digits:
            return _Found(Why.PHONE, phone=place)
    return None


def _in_sound(wanted: str, readings: Sequence[Sequence[str]]) -> _Found | None:
    sounding = [(place, choices) for place, choices in enumerate(readings) if choices]
    for start in range(len(sounding)):
        size = _syllables_used(wanted, [choices for _, choices in sounding[start:]])
        if size:
            return _Found(Why.PINYIN, ((sounding[start][0], sounding[start + size - 1][0] + 1),))
    for start in range(len(sounding)):
        heard = sounding[start : start + len(wanted)]
        if _spells(wanted, [choices for _, choices in heard]):
            return _Found(Why.INITIALS, ((heard[0][0], heard[-1][0] + 1),))
    return None


def _syllables_used(wanted: str, syllables: Sequence[Sequence[str]]) -> int:
    """Count the syllables that ``wanted`` spells from the first on, the last perhaps in part; 0 if it spells others."""
    if not syllables:
        return 0
    for reading in syllables[0]:
        if reading.startswith(wanted):
            return 1
        if wanted.startswith(reading):
            more = _syllables_used(wanted[len(reading) :], syllables[1:])
            if more:
                return more + 1
    return 0


def _spells(wanted: str, syllables: Sequence[Sequence[str]]) -> bool:
    if len(wanted) != len(syllables):
        return False
    pairs = zip(wanted, syllables, strict=True)
    return all(any(reading.startswith(letter) for reading in choices) for letter, choices in pairs)


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
