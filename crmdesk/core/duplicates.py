"""How sure it is that two files are one person, and when a sweep over all files begins and ends (M7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crmdesk.core.member_words import PairReason
from crmdesk.core.members import Gender

LEAST: Final = 40
_FURTHER: Final = 3
_MOST: Final = 100
_OTHER_GENDER: Final = 25
# More people than these on one number are a firm or a family: only those who sound alike are paired.
FEW: Final = 5


class SweepStage(StrEnum):
    """What a sweep looks through, in this order."""

    PHONES = "phones"
    BIRTHDAYS = "birthdays"
    ADDRESSES = "addresses"
    CARDS = "cards"
    DONE = "done"


NEXT_STAGE: Final = dict(zip(list(SweepStage), list(SweepStage)[1:], strict=False))


@dataclass(frozen=True, slots=True)
class Person:
    """What is compared of a file; ``sound`` is the name as it is read, without tones."""

    id: int
    name: str
    sound: str
    gender: Gender | None = None
    birth_year: int | None = None


def by_phone(first: Person, second: Person) -> int:
    """Score two files with one phone: the same name, one that sounds alike, a part of the other, or a family."""
    if first.name == second.name:
        base = 95
    elif first.sound == second.sound:
        base = 88
    else:
        base = 70 if _is_part(first.name, second.name) else 45
    return _less_for_gender(base, first, second)


def by_birthday(first: Person, second: Person) -> tuple[PairReason, int]:
    """Score two files with one birthday: the same name, or one that sounds alike; 0 where the years differ."""
    years = {first.birth_year, second.birth_year} - {None}
    if len(years) > 1:
        return PairReason.NAME_BIRTHDAY, 0
    sure = None not in (first.birth_year, second.birth_year)
    if first.name == second.name:
        return PairReason.NAME_BIRTHDAY, _less_for_gender(92 if sure else 60, first, second)
    alike = sure and first.sound == second.sound and bool(first.sound)
    return PairReason.PINYIN, _less_for_gender(60, first, second) if alike else 0


def by_address(first: Person, second: Person) -> int:
    """Score two files with one name and address; father and son may share both, rarely."""
    return _less_for_gender(85, first, second)


def by_card() -> int:
    """Score two files with one card number in two spellings, or whose number is the other's card."""
    return 90


def total(scores: Mapping[PairReason, int]) -> tuple[PairReason, int]:
    """Give the best reason and the score of all of them together, 0 to 100."""
    best = max(scores, key=lambda reason: (scores[reason], reason.value))
    return best, min(_MOST, scores[best] + _FURTHER * (len(scores) - 1))


def write_scores(scores: Mapping[PairReason, int]) -> str:
    """Give the reasons with their scores as they are kept beside a pair."""
    return " ".join(f"{reason.value}:{score}" for reason, score in scores.items())


def read_scores(text: str) -> dict[PairReason, int]:
    """Give the reasons that were kept beside a pair; anything else written there is none."""
    found: dict[PairReason, int] = {}
    for part in text.split():
        name, _, score = part.partition(":")
        if name in set(PairReason) and score.isascii() and score.isdecimal():
            found[PairReason(name)] = int(score)
    return found


def _is_part(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    return bool(short) and (short in long or (short[0] == long[0] and len(short) == 1))


def _less_for_gender(base: int, first: Person, second: Person) -> int:
    differ = None not in (first.gender, second.gender) and first.gender is not second.gender
    return base - _OTHER_GENDER if differ else base
