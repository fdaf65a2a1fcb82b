"""Members that answer what was typed: the newest that the index gives, and those whose number or card it is."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, String, bindparam, literal, select, type_coerce
from sqlalchemy.orm import Session

from crmdesk.core.found import Hit, More, Why
from crmdesk.core.members import MemberState
from crmdesk.core.phone import mask
from crmdesk.core.refs import EntityKind
from crmdesk.core.search_match import Answers, Match, matcher
from crmdesk.core.search_text import IndexWord, SearchQuery, TermKind, index_words
from crmdesk.core.tickets import GOODS_GONE, TicketState
from crmdesk.db.name_readings import SOUNDS
from crmdesk.db.quick import Quick, Row
from crmdesk.db.search import count_up_to, member_index
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket

# One character is no name; its newest hits are as good as any.
_SHORTEST_NAME: Final = 2
# Pages of the index read on when it was asked so widely that none of a page answers.
_MOST_PAGES: Final = 20
# People with open business that are looked through beside the newest of a frequent word.
_MOST_BUSY: Final = 200
# Plain columns: these rows are read while somebody types, and the mapper would take longer than the database.
_M: Final = Member.__table__.c
_PHONE: Final = MemberPhone.__table__.c
_T: Final = Ticket.__table__.c
_AFTER_ALL: Final = 2**63 - 1
_GONE: Final = (MemberState.MERGED, MemberState.ERASED)
_OPEN: Final = [state for state in TicketState if state not in GOODS_GONE]

# By key: a row of `_facts_of` (key, name, number, tier, a phone) and all phones: plain, for the same reason.
_Candidates = dict[int, tuple[Row, tuple[str, ...]]]
_new_hit: Final = tuple.__new__  # fifty are made at every key press


class People(NamedTuple):
    """Members, best first, and where the next begin; None when these are all."""

    hits: tuple[Hit, ...]
    more: More | None


class Busy(NamedTuple):
    """Whose business is open in a store: they are most likely who stands at the counter."""

    store_id: int
    members: frozenset[int]


def open_business(session: Session, store_id: int) -> Busy:
    """Give the members with an open ticket in a store."""
    rows = _busy_keys().rows(session, {"store": store_id})
    return Busy(store_id, frozenset([key for (key,) in rows]))


def find_people(
    session: Session, query: SearchQuery, by_number: Mapping[int, Why], limit: int, busy: Busy | None = None
) -> People:
    """Give members, best first: found by number, the name itself, names that begin with it, others.

    Of equals those come first whose business is open, then the newest.

    Args:
        session: where to ask.
        query: what was typed.
        by_number: keys of members whose own number or whose card's number was typed.
        limit: how many at most.
        busy: whose business is open; of a frequent word they are found too when they are not among the newest.
    """
    answer = matcher(query, SOUNDS)
    candidates: _Candidates = {}
    words = () if query.only_number else index_words(query)
    before = _gather_newest(session, words, limit, candidates) if words else None
    if words and _may_be_a_name(query) and (before is not None or not candidates):
        # The newest of a frequent name may all be longer ones, and those that are just this name must not be missed;
        # nor when the index has lost them.
        _gather(candidates, _same_name().rows(session, _named(query, min(candidates, default=_AFTER_ALL), limit)))
    if before is not None and busy is not None and busy.members:
        _gather(candidates, _busy_people().rows(session, {"store": busy.store_id}))
    if by_number:
        keys = {f"key{place}": key for place, key in enumerate(by_number)}
        _gather(candidates, _by_key(len(keys)).rows(session, keys))
    hits = _hits(candidates, answer, by_number, busy.members if busy else frozenset())
    if not hits and before is not None:
        return more_people(session, query, More(before), limit)
    return _page(hits, before, limit)


def more_people(session: Session, query: SearchQuery, more: More, limit: int) -> People:
    """Give the members that follow, page by page of the index, best first on each."""
    answer = matcher(query, SOUNDS)
    words = index_words(query)
    before: int | None = more.before
    hits: list[Hit] = []
    for _page_of_index in range(_MOST_PAGES):
        if hits or before is None:
            break
        candidates: _Candidates = {}
        before = _gather_newest(session, words, limit, candidates, before)
        hits = [hit for hit in _hits(candidates, answer, {}) if hit.id not in more.shown]
    return People(tuple(hits), None if before is None else More(before, more.shown))


def count_people(session: Session, query: SearchQuery, most: int) -> int:
    """Count the members that the index gives for ``query``, no further than ``most``."""
    words = index_words(query)
    return count_up_to(session, words, most) if words else 0


def _page(hits: list[Hit], before: int | None, limit: int) -> People:
    """Keep the best; what falls off was new enough to come again on the next page."""
    kept = tuple(hits[:limit])
    if len(hits) > limit:
        left = max([hit.id for hit in hits[limit:]])
        before = left + 1 if before is None else max(before, left + 1)
    if before is None:
        return People(kept, None)
    return People(kept, More(before, frozenset([hit.id for hit in kept if hit.id < before])))


def _hits(
    candidates: _Candidates, answer: Answers, by_number: Mapping[int, Why], busy: frozenset[int] = frozenset()
) -> list[Hit]:
    ranked: list[tuple[int, bool, int, Row, tuple[str, ...], Match]] = []
    for key, (row, phones) in candidates.items():
        found = Match(by_number[key], rank=-1) if key in by_number else answer(row[1], phones)
        if found is not None:
            ranked.append((found[3], key not in busy, -key, row, phones, found))
    ranked.sort()
    return [_hit(row, phones, found) for _, _, _, row, phones, found in ranked]


def _hit(row: Row, phones: tuple[str, ...], found: Match) -> Hit:
    key, name, number, tier, _ = row
    why, ranges, phone, rank = found
    subtitle = f"{number} · {mask(phones[phone or 0])}" if phones else number
    return _new_hit(Hit, (EntityKind.MEMBER, key, name, subtitle, why, ranges, tier, key, rank <= 0))


def _gather_newest(
    session: Session, words: Sequence[IndexWord], limit: int, candidates: _Candidates, before: int | None = None
) -> int | None:
    """Read a page of the index; give the key below which it goes on, None at its end."""
    asked = member_index(session).keys(words, before)
    _gather(candidates, _newest(asked.statement).rows(session, {**asked.parameters, "most": limit}))
    return min(candidates) if len(candidates) >= limit else None


def _gather(candidates: _Candidates, rows: Iterable[Row]) -> None:
    """Take rows of `_facts_of`, one for each phone."""
    for row in rows:
        key, digits = row[0], row[4]
        if key not in candidates:
            candidates[key] = (row, (digits,) if digits else ())
        elif digits and digits not in candidates[key][1]:
            candidates[key] = (row, (*candidates[key][1], digits))


def _may_be_a_name(query: SearchQuery) -> bool:
    return len("".join(query.of(TermKind.CHINESE))) >= _SHORTEST_NAME or bool(query.of(TermKind.SYMBOL))


def _named(query: SearchQuery, before: int, limit: int) -> dict[str, object]:
    return {"name": query.text, "before": before, "most": limit}


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


@lru_cache(maxsize=1)
def _busy_keys() -> Quick:
    return Quick(_with_open_tickets())


@lru_cache(maxsize=1)
def _busy_people() -> Quick:
    return Quick(_facts_of(_living(select(_M.id).where(_M.id.in_(_with_open_tickets())))))


def _with_open_tickets() -> Select[int]:
    states = [literal(state, _T.state.type) for state in _OPEN]
    here = select(_T.member_id.label("id")).where(_T.store_id == bindparam("store"), _T.state.in_(states))
    return here.distinct().limit(_MOST_BUSY)


def _living(members: Select[int]) -> Select[int]:
    return members.where(*(_M.state != gone for gone in _GONE))


def _facts_of(keys: Select[int]) -> Select[*tuple[Any, ...]]:
    """Give name, number, tier and each phone of the members whose keys are given."""
    wanted = keys.subquery()
    members = wanted.join(Member.__table__, _M.id == wanted.c.id)
    return select(_M.id, _M.name, _M.number, type_coerce(_M.tier, String), _PHONE.digits).select_from(
        members.outerjoin(MemberPhone.__table__, _PHONE.member_id == _M.id)
    )
