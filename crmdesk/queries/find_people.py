"""Members that answer what was typed: the newest that the index gives, and those whose number or card it is."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, String, bindparam, select, type_coerce
from sqlalchemy.orm import Session

from crmdesk.core.found import Hit, Why
from crmdesk.core.members import MemberState
from crmdesk.core.phone import mask
from crmdesk.core.refs import EntityKind
from crmdesk.core.search_match import Match, Person, match
from crmdesk.core.search_text import SearchQuery, TermKind, index_words
from crmdesk.db.name_readings import readings_by_character
from crmdesk.db.search import count_up_to, member_index
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.store import Store

# One character is no name; its newest hits are as good as any.
_SHORTEST_NAME: Final = 2
# Plain columns: these rows are read while somebody types, and the mapper would take longer than the database.
_M: Final = Member.__table__.c
_PHONE: Final = MemberPhone.__table__.c
_GONE: Final = (MemberState.MERGED, MemberState.ERASED)


class _Candidate(NamedTuple):
    id: int
    name: str
    number: str
    tier: str
    phones: list[str]


def find_people(session: Session, query: SearchQuery, by_number: Mapping[int, Why], limit: int) -> tuple[Hit, ...]:
    """Give members, best first: found by number, the name itself, names that begin with it, the newest others.

    Args:
        session: where to ask.
        query: what was typed.
        by_number: keys of members whose own number or whose card's number was typed.
        limit: how many at most.
    """
    ranked: list[tuple[int, int, Hit]] = []
    for candidate in _candidates(session, query, by_number, limit).values():
        why = by_number.get(candidate.id)
        found = Match(why, rank=-1) if why else match(query, _person(candidate))
        if found is not None:
            ranked.append((found.rank, -candidate.id, _hit(candidate, found)))
    ranked.sort(key=_order)
    return tuple([hit for _, _, hit in ranked[:limit]])


def count_people(session: Session, query: SearchQuery, most: int) -> int:
    """Count the members that the index gives for ``query``, no further than ``most``."""
    words = index_words(query)
    return count_up_to(session, words, most) if words else 0


def _order(entry: tuple[int, int, Hit]) -> tuple[int, int]:
    return entry[0], entry[1]


def _candidates(session: Session, query: SearchQuery, also: Mapping[int, Why], limit: int) -> dict[int, _Candidate]:
    candidates: dict[int, _Candidate] = {}
    connection = session.connection()
    for statement, parameters in _questions(session, query, also, limit):
        for key, name, number, tier, digits in connection.execute(statement, parameters).all():
            candidate = candidates.get(key)
            if candidate is None:
                candidates[key] = candidate = _Candidate(key, name, number, tier, [])
            if digits and digits not in candidate.phones:
                candidate.phones.append(digits)
    return candidates


def _questions(
    session: Session, query: SearchQuery, also: Mapping[int, Why], limit: int
) -> Iterator[tuple[Select[*tuple[Any, ...]], dict[str, object]]]:
    words = () if query.only_number else index_words(query)
    if words:
        asked = member_index(session).keys(words)
        yield _newest(asked.statement), {**asked.parameters, "most": limit}
    if words and _may_be_a_name(query):
        # The newest of a frequent name may all be longer ones; those that are just this name must not be missed.
        yield _same_name(), {"name": query.text, "most": limit}
    if also:
        yield _by_key(), {"keys": list(also)}


def _may_be_a_name(query: SearchQuery) -> bool:
    return len("".join(query.of(TermKind.CHINESE))) >= _SHORTEST_NAME or bool(query.of(TermKind.SYMBOL))


# Statements are built once: building one takes longer than the database needs for it.
@lru_cache(maxsize=64)
def _newest(keys: Select[int]) -> Select[*tuple[Any, ...]]:
    return _facts_of(keys.limit(bindparam("most")))


@lru_cache(maxsize=1)
def _same_name() -> Select[*tuple[Any, ...]]:
    every_store = select(Store.__table__.c.id).scalar_subquery()
    same = select(_M.id).where(_M.store_id.in_(every_store), _M.name == bindparam("name"))
    return _facts_of(same.where(_M.state.not_in(_GONE)).order_by(_M.id.desc()).limit(bindparam("most")))


@lru_cache(maxsize=1)
def _by_key() -> Select[*tuple[Any, ...]]:
    return _facts_of(select(_M.id).where(_M.id.in_(bindparam("keys", expanding=True)), _M.state.not_in(_GONE)))


def _facts_of(keys: Select[int]) -> Select[*tuple[Any, ...]]:
    """Give name, number, tier and each phone of the members whose keys are given."""
    wanted = keys.subquery()
    members = wanted.join(Member.__table__, _M.id == wanted.c.id)
    return select(_M.id, _M.name, _M.number, type_coerce(_M.tier, String), _PHONE.digits).select_from(
        members.outerjoin(MemberPhone.__table__, _PHONE.member_id == _M.id)
    )


def _person(candidate: _Candidate) -> Person:
    return Person(candidate.name, readings_by_character, candidate.phones)


def _hit(candidate: _Candidate, found: Match) -> Hit:
    shown = candidate.phones[found.phone or 0] if candidate.phones else ""
    return Hit(
        kind=EntityKind.MEMBER,
        id=candidate.id,
        title=candidate.name,
        subtitle=f"{candidate.number} · {mask(shown)}" if shown else candidate.number,
        why=found.why,
        highlight=found.ranges,
        state=candidate.tier,
        member_id=candidate.id,
        exact=found.rank <= 0,
    )
