"""Members that answer what was typed: the newest that the index gives, and those whose number or card it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Row, Select, select, union
from sqlalchemy.orm import Session

from crmdesk.core.found import Hit, Why
from crmdesk.core.members import CardTier, MemberState
from crmdesk.core.phone import mask
from crmdesk.core.refs import EntityKind
from crmdesk.core.search_match import Match, Person, match
from crmdesk.core.search_text import SearchQuery, index_words
from crmdesk.db.name_readings import readings_by_character
from crmdesk.db.search import count_up_to, member_index
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.store import Store

_FullRow = Row[int, str, str, CardTier, str]
_GONE = frozenset({MemberState.MERGED, MemberState.ERASED})


@dataclass(slots=True)
class _Candidate:
    id: int
    name: str
    number: str
    tier: CardTier
    phones: list[str] = field(default_factory=list)


def find_people(session: Session, query: SearchQuery, by_number: Mapping[int, Why], limit: int) -> tuple[Hit, ...]:
    """Give members, best first: found by number, the name itself, names that begin with it, the newest others.

    Args:
        session: where to ask.
        query: what was typed.
        by_number: keys of members whose own number or whose card's number was typed.
        limit: how many at most.
    """
    ranked: list[tuple[int, int, Hit]] = []
    for candidate in _candidates(session, query, by_number, limit):
        why = by_number.get(candidate.id)
        found = Match(why, rank=-1) if why else match(query, _person(candidate))
        if found is not None:
            ranked.append((found.rank, -candidate.id, _hit(candidate, found)))
    return tuple(hit for _, _, hit in sorted(ranked, key=lambda entry: entry[:2])[:limit])


def count_people(session: Session, query: SearchQuery, most: int) -> int:
    """Count the members that the index gives for ``query``, no further than ``most``."""
    words = index_words(query)
    return count_up_to(session, words, most) if words else 0


def _candidates(session: Session, query: SearchQuery, also: Mapping[int, Why], limit: int) -> list[_Candidate]:
    sources = []
    words = () if query.only_number else index_words(query)
    if words:
        newest = member_index(session).keys(words).limit(limit).subquery()
        sources += [select(newest.c.id), _same_name(query.text, limit)]
    if also:
        sources.append(select(Member.id).where(Member.id.in_(also)))
    if not sources:
        return []
    keys = union(*sources).subquery()
    rows = session.execute(
        select(Member.id, Member.name, Member.number, Member.tier, MemberPhone.digits)
        .select_from(keys)
        .join(Member, Member.id == keys.c.id)
        .join(MemberPhone, MemberPhone.member_id == Member.id, isouter=True)
        .where(Member.state.not_in(_GONE))
    ).all()
    return _gathered(rows)


def _same_name(name: str, limit: int) -> Select[int]:
    """Give the newest with just this name; among the newest hits of a frequent one all may have longer names."""
    every_store = select(Store.id).scalar_subquery()
    same = select(Member.id).where(Member.store_id.in_(every_store), Member.name == name)
    newest = same.order_by(Member.id.desc()).limit(limit).subquery()
    return select(newest.c.id)


def _gathered(rows: Sequence[_FullRow]) -> list[_Candidate]:
    candidates: dict[int, _Candidate] = {}
    for member_id, name, number, tier, digits in rows:
        candidate = candidates.get(member_id)
        if candidate is None:
            candidate = candidates[member_id] = _Candidate(member_id, name, number, tier)
        if digits:
            candidate.phones.append(digits)
    return list(candidates.values())


def _person(candidate: _Candidate) -> Person:
    return Person(candidate.name, lambda: readings_by_character(candidate.name), candidate.phones)


def _hit(candidate: _Candidate, found: Match) -> Hit:
    shown = candidate.phones[found.phone or 0 : (found.phone or 0) + 1]
    return Hit(
        kind=EntityKind.MEMBER,
        id=candidate.id,
        title=candidate.name,
        subtitle=" · ".join([candidate.number, *map(mask, shown)]),
        why=found.why,
        highlight=found.ranges,
        state=candidate.tier.value,
        member_id=candidate.id,
        exact=found.rank <= 0,
    )
