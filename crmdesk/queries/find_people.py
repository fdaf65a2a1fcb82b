"""Members that answer what was typed: the newest that the index gives, and those whose number or card it is."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Select, String, bindparam, select, type_coerce
from sqlalchemy.orm import Session

from crmdesk.core.found import Hit, Why
from crmdesk.core.members import MemberState
from crmdesk.core.phone import mask
from crmdesk.core.refs import EntityKind
from crmdesk.core.search_match import Match, matcher
from crmdesk.core.search_text import SearchQuery, TermKind, index_words
from crmdesk.db.name_readings import readings_by_character
from crmdesk.db.quick import Quick, Row
from crmdesk.db.search import count_up_to, member_index
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.store import Store

# One character is no name; its newest hits are as good as any.
_SHORTEST_NAME: Final = 2
# Plain columns: these rows are read while somebody types, and the mapper would take longer than the database.
_M: Final = Member.__table__.c
_PHONE: Final = MemberPhone.__table__.c
_AFTER_ALL: Final = 2**63 - 1
_GONE: Final = (MemberState.MERGED, MemberState.ERASED)

# Key, name, number, tier, and all phones: a plain tuple, for the same reason.
_Candidate = tuple[int, str, str, str, list[str]]


def find_people(session: Session, query: SearchQuery, by_number: Mapping[int, Why], limit: int) -> tuple[Hit, ...]:
    """Give members, best first: found by number, the name itself, names that begin with it, the newest others.

    Args:
        session: where to ask.
        query: what was typed.
        by_number: keys of members whose own number or whose card's number was typed.
        limit: how many at most.
    """
    ranked: list[tuple[int, int, _Candidate, Match]] = []
    answer = matcher(query, readings_by_character)
    for candidate in _candidates(session, query, by_number, limit).values():
        key = candidate[0]
        found = Match(by_number[key], rank=-1) if key in by_number else answer(candidate[1], candidate[4])
        if found is not None:
            ranked.append((found[3], -key, candidate, found))
    ranked.sort()
    return tuple([_hit(candidate, found) for _, _, candidate, found in ranked[:limit]])


def count_people(session: Session, query: SearchQuery, most: int) -> int:
    """Count the members that the index gives for ``query``, no further than ``most``."""
    words = index_words(query)
    return count_up_to(session, words, most) if words else 0


def _candidates(session: Session, query: SearchQuery, also: Mapping[int, Why], limit: int) -> dict[int, _Candidate]:
    candidates: dict[int, _Candidate] = {}
    words = () if query.only_number else index_words(query)
    if words:
        asked = member_index(session).keys(words)
        _gather(candidates, _newest(asked.statement).rows(session, {**asked.parameters, "most": limit}))
    if words and not 0 < len(candidates) < limit and _may_be_a_name(query):
        # The newest of a frequent name may all be longer ones, and those that are just this name must not be missed;
        # nor when the index has lost them.
        oldest = {"name": query.text, "before": min(candidates, default=_AFTER_ALL), "most": limit}
        _gather(candidates, _same_name().rows(session, oldest))
    if also:
        keys = {f"key{place}": key for place, key in enumerate(also)}
        _gather(candidates, _by_key(len(keys)).rows(session, keys))
    return candidates


def _gather(candidates: dict[int, _Candidate], rows: Iterable[Row]) -> None:
    """Take rows of `_facts_of`, one for each phone."""
    for key, name, number, tier, digits in rows:
        if key not in candidates:
            candidates[key] = (key, name, number, tier, [digits] if digits else [])
        elif digits and digits not in candidates[key][4]:
            candidates[key][4].append(digits)


def _may_be_a_name(query: SearchQuery) -> bool:
    return len("".join(query.of(TermKind.CHINESE))) >= _SHORTEST_NAME or bool(query.of(TermKind.SYMBOL))


# Statements are built once: building one takes longer than the database needs for it.
@lru_cache(maxsize=64)
def _newest(keys: Select[int]) -> Quick:
    return Quick(_facts_of(keys.limit(bindparam("most"))))


@lru_cache(maxsize=1)
def _same_name() -> Quick:
    every_store = select(Store.__table__.c.id).scalar_subquery()
    same = select(_M.id).where(_M.store_id.in_(every_store), _M.name == bindparam("name"), _M.id < bindparam("before"))
    return Quick(_facts_of(_living(same).order_by(_M.id.desc()).limit(bindparam("most"))))


@lru_cache(maxsize=64)
def _by_key(count: int) -> Quick:
    keys = [bindparam(f"key{place}", type_=_M.id.type) for place in range(count)]
    return Quick(_facts_of(_living(select(_M.id).where(_M.id.in_(keys)))))


def _living(members: Select[int]) -> Select[int]:
    return members.where(*(_M.state != gone for gone in _GONE))


def _facts_of(keys: Select[int]) -> Select[*tuple[Any, ...]]:
    """Give name, number, tier and each phone of the members whose keys are given."""
    wanted = keys.subquery()
    members = wanted.join(Member.__table__, _M.id == wanted.c.id)
    return select(_M.id, _M.name, _M.number, type_coerce(_M.tier, String), _PHONE.digits).select_from(
        members.outerjoin(MemberPhone.__table__, _PHONE.member_id == _M.id)
    )


def _hit(candidate: _Candidate, found: Match) -> Hit:
    key, name, number, tier, phones = candidate
    why, ranges, phone, rank = found
    subtitle = f"{number} · {mask(phones[phone or 0])}" if phones else number
    return Hit(EntityKind.MEMBER, key, name, subtitle, why, ranges, tier, key, rank <= 0)
