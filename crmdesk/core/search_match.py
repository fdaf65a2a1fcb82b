"""Where in a name or a phone the typed terms are found: the reason of a hit and what to highlight."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Final, NamedTuple, Protocol

from crmdesk.core.found import Range, Why
from crmdesk.core.search_text import SearchQuery, Term, TermKind, fold

_CHINESE_BEGINS: Final = "\u2e80"

Syllables = Sequence[Sequence[str]]


class Match(NamedTuple):
    """How a person answers a query.

    Attributes:
        why: the field that says most.
        ranges: half-open ranges of the name to highlight, rising and apart.
        phone: place of the phone that answered in the phones given, None when none did.
        rank: 0 the name itself, 1 the name begins with it, 2 anything else, 3 by an unlikely reading.
    """

    why: Why
    ranges: tuple[Range, ...] = ()
    phone: int | None = None
    rank: int = 2


class Readings(Protocol):
    """How names sound."""

    def __call__(self, name: str, /) -> Syllables:
        """Give the readings of each character of a name, the likeliest first; none where a character has no sound."""
        ...


class Sureness(Protocol):
    """How far the readings of a name's first character can be trusted."""

    def __call__(self, name: str, /) -> int:
        """Count the readings of the first character that it has as a surname; they come first."""
        ...


class Sounds(NamedTuple):
    """How names sound, and what is known of it beforehand.

    Attributes:
        readings: the readings of each character.
        sure: which readings of a first character surnames have; without it all are as good.
        initials: the first letters of the likeliest readings; without it they are put together each time.
    """

    readings: Readings
    sure: Sureness | None = None
    initials: Callable[[str], str] | None = None


_BY_FIRST_PHONE: Final = Match(Why.PHONE, phone=0)
_GUESSED: Final = 3
_VOWELS: Final = frozenset("aeiouv")
_DOUBLE_BEGINNINGS: Final = frozenset({"zh", "ch", "sh", "ng", "hm", "hn"})

Answers = Callable[[str, Sequence[str]], Match | None]


def matcher(query: SearchQuery, sounds: Sounds) -> Answers:
    """Give what tells how a person answers ``query``, by name and phones, all digits.

    It gives None when a term is not there (the index was asked too widely). It is for the many hits of one query:
    what was found in a name is known when the next one bears the same.

    Args:
        query: what was typed.
        sounds: how names sound.
    """
    finders = [_finder(term, sounds) for term in query.terms]
    return finders[0] if len(finders) == 1 else partial(_find_all, finders)


def heard(query: SearchQuery, readings: Readings, name: str) -> str:
    """Give the sound under which ``name`` was found ("shan xiong"), empty when it was not found by its sound."""
    words = [_spelled(term.text, readings(name)) for term in query.terms if term.kind is TermKind.LATIN]
    return " ".join(word for word in words if word)


def _find_all(finders: list[Answers], name: str, phones: Sequence[str]) -> Match | None:
    parts = []
    for find in finders:
        part = find(name, phones)
        if part is None:
            return None
        parts.append(part)
    return _together(parts, len(name)) if parts else None


def _finder(term: Term, sounds: Sounds) -> Answers:
    if term.kind is TermKind.DIGITS:
        return partial(_in_digits, term.text)
    if term.kind is TermKind.CHINESE:
        return _once_a_name(partial(_in_name, term.text))
    if term.kind is TermKind.LATIN:
        return _once_a_name(partial(_in_letters_or_sound, term.text, sounds))
    return _once_a_name(partial(_in_letters, term.text))


def _once_a_name(find: Callable[[str], Match | None]) -> Answers:
    known = _Known(find)

    def found(name: str, _phones: Sequence[str]) -> Match | None:
        return known[name]

    return found


class _Known(dict[str, Match | None]):
    """What was found in a name, looked for when it is first asked."""

    def __init__(self, find: Callable[[str], Match | None]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, name: str) -> Match | None:
        found = self[name] = self._find(name)
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


def _in_letters_or_sound(wanted: str, sounds: Sounds, name: str) -> Match | None:
    found = _in_letters(wanted, name)
    if found is not None:
        return found
    syllables = sounds.readings(name)
    if () in syllables:
        return _in_some_sound(wanted, syllables, len(name))
    found = _in_sound(wanted, syllables, sounds.initials(name) if sounds.initials else _initials(syllables))
    if found is None or sounds.sure is None or len(syllables[0]) == 1 or found.ranges[0][0] or found.rank == _GUESSED:
        return found
    return _of_a_surname(found, wanted, syllables, sounds.sure(name))


def _of_a_surname(found: Match, wanted: str, syllables: Syllables, sure: int) -> Match:
    """Put a name behind the others when only a reading that its surname has not answers."""
    as_surname = (syllables[0][:sure], *syllables[1:])
    if found.why is Why.INITIALS or _spelled_from(wanted, as_surname, 0):
        return found
    return _guessed(found.why, *found.ranges[0])


@lru_cache(maxsize=1024)
def _named(why: Why, start: int, end: int, length: int) -> Match:
    # The same few answers come again and again.
    return Match(why, ((start, end),), None, 2 if start else int(end < length))


@lru_cache(maxsize=1024)
def _guessed(why: Why, start: int, end: int) -> Match:
    """Give what is found by readings that are not the likeliest."""
    return Match(why, ((start, end),), None, _GUESSED)


def _together(parts: list[Match], length: int) -> Match:
    ranges = _joined([span for part in parts for span in part.ranges])
    phone = next((part.phone for part in parts if part.phone is not None), None)
    guessed = any(part.rank == _GUESSED for part in parts)
    return Match(parts[0].why, ranges, phone, _GUESSED if guessed else _rank(ranges, length))


def _in_text(wanted: str, folded: list[tuple[str, int]]) -> Range | None:
    """Look in the name without its dots and dashes first, so that 买买提阿 is found in 买买提·阿不都拉."""
    for kept in ([pair for pair in folded if pair[0].isalnum()], folded):
        start = "".join([character for character, _ in kept]).find(wanted)
        if start >= 0:
            return kept[start][1], kept[start + len(wanted) - 1][1] + 1
    return None


def _in_some_sound(wanted: str, syllables: Syllables, length: int) -> Match | None:
    """Look in a name of which some characters have no sound: they are passed over, and lie inside what is found."""
    sounding = [place for place, choices in enumerate(syllables) if choices]
    heard_ones = [syllables[place] for place in sounding]
    found = _in_sound(wanted, heard_ones, _initials(heard_ones))
    if found is None:
        return None
    (start, end) = found.ranges[0]
    return _named(found.why, sounding[start], sounding[end - 1] + 1, length)


def _in_sound(wanted: str, syllables: Syllables, initials: str) -> Match | None:
    found = None if _only_initials(wanted) else _by_spelling(wanted, syllables)
    if found is not None:
        return found
    length = len(syllables)
    start = initials.find(wanted)
    if start >= 0:
        return _named(Why.INITIALS, start, start + len(wanted), length)
    for start in range(length - len(wanted) + 1):
        if _are_initials(wanted, syllables, start):
            return _guessed(Why.INITIALS, start, start + len(wanted))
    return None


def _by_spelling(wanted: str, syllables: Syllables) -> Match | None:
    first = wanted[0]
    for start, choices in enumerate(syllables):
        for reading in choices:
            if reading[0] == first:  # most do not, and this is quicker to see than the rest
                used = _spelled_from(wanted, syllables, start)
                if used:
                    return _named(Why.PINYIN, start, start + len(used), len(syllables))
                break
    return None


def _initials(syllables: Syllables) -> str:
    return "".join([choices[0][0] for choices in syllables])


@lru_cache(maxsize=64)
def _only_initials(wanted: str) -> bool:
    """Tell whether no syllable is spelled so: it has no vowel, and is no beginning of one."""
    return len(wanted) > 1 and _VOWELS.isdisjoint(wanted) and wanted not in _DOUBLE_BEGINNINGS


def _spelled(wanted: str, syllables: Syllables) -> str:
    """Give the readings that ``wanted`` spells, in full or by its letters."""
    sounding = [choices for choices in syllables if choices]
    for start in range(len(sounding)):
        used = _spelled_from(wanted, sounding, start)
        if used:
            return " ".join(used)
    for start in range(len(sounding) - len(wanted) + 1):
        if _are_initials(wanted, sounding, start):
            places = enumerate(wanted, start)
            return " ".join(next(one for one in sounding[place] if one[0] == letter) for place, letter in places)
    return ""


def _spelled_from(wanted: str, syllables: Syllables, start: int) -> tuple[str, ...]:
    """Give the readings that ``wanted`` spells from ``start`` on, the last perhaps in part; none if others."""
    if start == len(syllables):
        return ()
    for reading in syllables[start]:
        if reading.startswith(wanted):
            return (reading,)
        if wanted.startswith(reading):
            more = _spelled_from(wanted[len(reading) :], syllables, start + 1)
            if more:
                return (reading, *more)
    return ()


def _are_initials(wanted: str, syllables: Syllables, start: int) -> bool:
    """Tell whether the syllables from ``start`` on begin with the letters of ``wanted``."""
    for place, letter in enumerate(wanted, start):
        for reading in syllables[place]:
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
