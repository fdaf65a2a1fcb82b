"""One chunk of the search for lookalikes: what to compare, asked from an index, never the whole table at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.duplicates import FEW, LEAST, Person, SweepStage, by_address, by_birthday, by_card, by_phone
from crmdesk.core.member_words import PairReason
from crmdesk.core.members import BirthdayCalendar, MemberState
from crmdesk.models.card import Card
from crmdesk.models.member import Member, MemberPhone
from crmdesk.queries.name_sound import plain_address, sound_of

GONE: Final = (MemberState.MERGED, MemberState.ERASED)
# Entries of an index that one step walks along: a few hundredths of a second.
PHONES_AT_ONCE: Final = 4000
NAMES_AT_ONCE: Final = 1000
PEOPLE_AT_ONCE: Final = 400
_MONTHS: Final = 12
_ALIVE: Final = Member.state.not_in(GONE)
_WHO: Final = (Member.id, Member.name, Member.gender, Member.birthday_year)
Scores = dict[tuple[int, int], dict[PairReason, int]]


class Chunk(NamedTuple):
    """What a step found, and where the next one goes on; None when the stage is through."""

    scores: Scores
    position: str | None


def search(session: Session, stage: SweepStage, position: str, context: Context) -> Chunk:
    """Look through the next chunk of a stage."""
    return _SEARCHES[stage](session, position, context)


def _phones(session: Session, position: str, _context: Context) -> Chunk:
    after = MemberPhone.digits > position
    end = session.scalar(
        select(MemberPhone.digits).where(after).order_by(MemberPhone.digits).offset(PHONES_AT_ONCE).limit(1)
    )
    here = and_(after, MemberPhone.digits <= end) if end is not None else after
    shared = select(MemberPhone.digits).where(here).group_by(MemberPhone.digits).having(func.count() > 1)
    rows = session.execute(
        select(MemberPhone.digits, *_WHO)
        .join(Member, Member.id == MemberPhone.member_id)
        .where(here, MemberPhone.digits.in_(shared), _ALIVE)
        .order_by(MemberPhone.digits, Member.id)
    )
    found: Scores = {}
    for _digits, people in _groups(rows, 1):
        for first, second in combinations(people, 2):
            if len(people) <= FEW or first.sound == second.sound:
                _add(found, first, second, PairReason.PHONE, by_phone(first, second))
    return Chunk(found, end)


def _birthdays(session: Session, position: str, _context: Context) -> Chunk:
    """Walk along the days of the year, first of the sun, then of the moon; empty days cost nothing."""
    words = position.split() or [BirthdayCalendar.SOLAR.value, "1", "0"]
    calendar, month, day = BirthdayCalendar(words[0]), int(words[1]), int(words[2])
    found: Scores = {}
    seen = 0
    while seen < PEOPLE_AT_ONCE:
        in_month = (Member.birthday_calendar == calendar, Member.birthday_month == month)
        later = select(Member.birthday_day).where(*in_month, Member.birthday_day > day)
        following = session.scalar(later.order_by(Member.birthday_day).limit(1))
        if following is not None:
            day = following
            seen += _born_on(session, found, (*in_month, Member.birthday_day == day))
        elif month < _MONTHS:
            month, day = month + 1, 0
        elif calendar is BirthdayCalendar.SOLAR:
            calendar, month, day = BirthdayCalendar.LUNAR, 1, 0
        else:
            return Chunk(found, None)
    return Chunk(found, f"{calendar.value} {month} {day}")


def _born_on(session: Session, found: Scores, on_day: tuple[ColumnElement[bool], ...]) -> int:
    """Compare everybody with one birthday and give how many they are."""
    by_sound: dict[str, list[Person]] = {}
    count = 0
    for row in session.execute(select(*_WHO).where(*on_day, _ALIVE)):
        person = _person(tuple(row))
        by_sound.setdefault(person.sound, []).append(person)
        count += 1
    for people in by_sound.values():
        for first, second in combinations(people, 2):
            _add(found, first, second, *by_birthday(first, second))
    return count


def _addresses(session: Session, position: str, context: Context) -> Chunk:
    after = and_(Member.store_id == context.store.id, Member.name > position)
    end = session.scalar(select(Member.name).where(after).order_by(Member.name).offset(NAMES_AT_ONCE).limit(1))
    here = and_(after, Member.name <= end) if end is not None else after
    rows = session.execute(
        select(Member.name, Member.address, *_WHO).where(here, Member.address != "", _ALIVE).order_by(Member.name)
    )
    found: Scores = {}
    places: dict[tuple[str, str], list[Person]] = {}
    for row in rows:
        places.setdefault((row[0], plain_address(row[1])), []).append(_person(tuple(row[2:])))
    for people in places.values():
        for first, second in combinations(people, 2):
            _add(found, first, second, PairReason.NAME_ADDRESS, by_address(first, second))
    return Chunk(found, end)


def _cards(session: Session, _position: str, _context: Context) -> Chunk:
    """Find one card number in two spellings, and a member number that is somebody else's card; all at once."""
    plain = func.ltrim(func.replace(func.replace(func.upper(Card.number), "-", ""), " ", ""), "0")
    twice = select(plain).group_by(plain).having(func.count(Card.member_id.distinct()) > 1)
    rows = session.execute(
        select(plain, *_WHO).join(Member, Member.id == Card.member_id).where(plain.in_(twice), _ALIVE).order_by(plain)
    )
    found: Scores = {}
    for _number, people in _groups(rows, 1):
        for first, second in combinations({person.id: person for person in people}.values(), 2):
            _add(found, first, second, PairReason.CARD, by_card())
    crossed = select(Member.id, Card.member_id).join(Card, Card.number == Member.number)
    for own, other in session.execute(crossed.where(Card.member_id != Member.id, _ALIVE)):
        low, high = sorted((own, other))
        found.setdefault((low, high), {})[PairReason.CARD] = by_card()
    return Chunk(found, None)


def _groups(rows: Iterable[Row[*tuple[Any, ...]]], shared: int) -> Iterator[tuple[tuple[Any, ...], list[Person]]]:
    """Give people who have the first ``shared`` columns in common; the others say who they are."""
    for key, group in groupby(rows, key=itemgetter(slice(0, shared))):
        yield tuple(key), [_person(tuple(row[shared:])) for row in group]


def _person(row: tuple[Any, ...]) -> Person:
    key, name, gender, year = row
    return Person(key, name, sound_of(name), gender, year)


def _add(found: Scores, first: Person, second: Person, reason: PairReason, score: int) -> None:
    if score >= LEAST:
        low, high = sorted((first.id, second.id))
        found.setdefault((low, high), {})[reason] = score


_SEARCHES: Final[Mapping[SweepStage, Callable[[Session, str, Context], Chunk]]] = {
    SweepStage.PHONES: _phones,
    SweepStage.BIRTHDAYS: _birthdays,
    SweepStage.ADDRESSES: _addresses,
    SweepStage.CARDS: _cards,
}
