"""Tickets, loaners, cards and letters that answer what was typed."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.found import Hit, Range, Why
from crmdesk.core.members import CardState
from crmdesk.core.number_guess import NumberGuess, guess_running, guess_ticket
from crmdesk.core.papers import PaperKind
from crmdesk.core.refs import EntityKind
from crmdesk.core.search_text import SearchQuery
from crmdesk.db.quick import Quick
from crmdesk.models.card import Card
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.models.paper import Paper
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket
from crmdesk.queries.merged import kept_key

_AFTER_ALL: Final = "\U0010ffff"
# A digit alone begins half of all numbers; that is nobody's question.
_SHORTEST_NUMBER: Final = 2
# Plain columns: these rows are read while somebody types, and the mapper would take longer than the database.
_M: Final = Member.__table__.c
_T: Final = Ticket.__table__.c
_C: Final = Card.__table__.c
_L: Final = Loaner.__table__.c
_P: Final = Paper.__table__.c

Statement = Select[*tuple[Any, ...]]


class _TicketRow(NamedTuple):
    id: int
    number: str
    state: str
    subject: str
    member_id: int
    name: str


class _CardRow(NamedTuple):
    id: int
    number: str
    state: str
    member_id: int
    name: str


class _LetterRow(NamedTuple):
    id: int
    number: str
    title: str
    member_id: int | None
    name: str | None


class _LoanerRow(NamedTuple):
    id: int
    code: str
    name: str
    brand: str
    colour: str
    size: str
    state: str


def store_codes(session: Session) -> list[str]:
    """Give the codes of all stores."""
    return [code for (code,) in _codes().rows(session, {})]


def tickets_by_number(
    session: Session, query: SearchQuery, codes: Sequence[str], context: Context, limit: int
) -> tuple[Hit, ...]:
    """Give tickets by number: whole, from its beginning, its day, or its count of the day."""
    guess = guess_ticket(query.number, codes, context.store.code, context.today())
    if not guess:
        return ()
    rows = _tickets_numbered(*_sizes(guess)).rows(session, {**_parameters(guess), "most": limit})
    return tuple([_ticket_hit(_TicketRow(*row), query, Why.NUMBER) for row in rows])


def tickets_of(session: Session, member_ids: Sequence[int], query: SearchQuery, limit: int) -> tuple[Hit, ...]:
    """Give the newest tickets of members."""
    if not member_ids:
        return ()
    members = {f"member{place}": key for place, key in enumerate(member_ids)}
    rows = _tickets_of(len(members)).rows(session, {**members, "most": limit})
    return tuple([_ticket_hit(_TicketRow(*row), query, Why.CUSTOMER) for row in rows])


def find_cards(session: Session, query: SearchQuery, codes: Sequence[str], limit: int) -> tuple[Hit, ...]:
    """Give cards by number; one that was replaced still leads to its member."""
    if len(query.number) < _SHORTEST_NUMBER:
        return ()
    guess = guess_running(query.number, "V", codes)
    rows = _cards_numbered(*_sizes(guess)).rows(session, {**_parameters(guess), "most": limit})
    return tuple([_card_hit(_CardRow(*row), query) for row in rows])


def find_letters(session: Session, query: SearchQuery, codes: Sequence[str], limit: int) -> tuple[Hit, ...]:
    """Give issued letters by number, the newest version of each."""
    if len(query.number) < _SHORTEST_NUMBER:
        return ()
    guess = guess_running(query.number, "F", codes)
    rows = _letters_numbered(*_sizes(guess)).rows(session, {**_parameters(guess), "most": limit})
    return tuple([_letter_hit(_LetterRow(*row), query) for row in rows])


def members_by_number(session: Session, query: SearchQuery, codes: Sequence[str], limit: int) -> list[int]:
    """Give the keys of members whose own number was typed, or that of a file that was merged with theirs."""
    if len(query.number) < _SHORTEST_NUMBER:
        return []
    guess = guess_running(query.number, "M", codes)
    rows = _members_numbered(*_sizes(guess)).rows(session, {**_parameters(guess), "most": limit})
    return list(dict.fromkeys(key if into is None else kept_key(session, key) for key, into in rows))


def find_loaners(session: Session, query: SearchQuery, context: Context, limit: int) -> tuple[Hit, ...]:
    """Give loaners of the store by code, name, brand or colour, and those of other stores by their whole code."""
    if query.is_empty:
        return ()
    words = query.text.split()
    parameters: dict[str, object] = {f"word{place}": word for place, word in enumerate(words)}
    parameters |= {"store": context.store.id, "code": query.text.upper(), "number": query.number, "most": limit}
    rows = _loaners(len(words), numbered=bool(query.number)).rows(session, parameters)
    return tuple([_loaner_hit(_LoanerRow(*row), query) for row in rows])


# Statements are built once for each number of parts: building one takes longer than the database needs for it.
@lru_cache(maxsize=1)
def _codes() -> Quick:
    return Quick(select(Store.__table__.c.code).order_by(Store.__table__.c.code))


@lru_cache(maxsize=64)
def _tickets_numbered(exact: int, beginnings: int) -> Quick:
    return Quick(_tickets(_fits(_T.number, exact, beginnings)))


@lru_cache(maxsize=64)
def _tickets_of(members: int) -> Quick:
    return Quick(
        _tickets(_T.member_id.in_([bindparam(f"member{place}", type_=BigInteger) for place in range(members)]))
    )


def _tickets(condition: ColumnElement[bool]) -> Statement:
    state = type_coerce(_T.state, String).label("state")
    return (
        select(_T.id, _T.number, state, _T.subject, _T.member_id, _M.name)
        .select_from(Ticket.__table__.join(Member.__table__, _M.id == _T.member_id))
        .where(condition)
        .order_by(_T.id.desc())
        .limit(bindparam("most"))
    )


@lru_cache(maxsize=64)
def _cards_numbered(exact: int, beginnings: int) -> Quick:
    return Quick(
        select(_C.id, _C.number, type_coerce(_C.state, String).label("state"), _C.member_id, _M.name)
        .select_from(Card.__table__.join(Member.__table__, _M.id == _C.member_id))
        .where(_fits(_C.number, exact, beginnings))
        .order_by(_C.id.desc())
        .limit(bindparam("most"))
    )


@lru_cache(maxsize=64)
def _letters_numbered(exact: int, beginnings: int) -> Quick:
    later = Paper.__table__.alias("later")
    # Papers are numbered by their kind.
    same = and_(later.c.kind == PaperKind.LETTER, later.c.number == _P.number)
    is_newest = ~exists().where(same, later.c.version > _P.version)
    return Quick(
        select(_P.id, _P.number, _P.title, _P.member_id, _M.name)
        .select_from(Paper.__table__.outerjoin(Member.__table__, _M.id == _P.member_id))
        .where(_fits(_P.number, exact, beginnings), _P.kind == PaperKind.LETTER, is_newest)
        .order_by(_P.id.desc())
        .limit(bindparam("most"))
    )


@lru_cache(maxsize=64)
def _members_numbered(exact: int, beginnings: int) -> Quick:
    return Quick(select(_M.id, _M.merged_into_id).where(_fits(_M.number, exact, beginnings)).limit(bindparam("most")))


@lru_cache(maxsize=64)
def _loaners(words: int, *, numbered: bool) -> Quick:
    every_store = select(Store.__table__.c.id).scalar_subquery()
    elsewhere = and_(_L.store_id.in_(every_store), _L.code == bindparam("code"))
    here = and_(_L.store_id == bindparam("store"), _loaner_fits(words, numbered=numbered))
    state = type_coerce(_L.state, String).label("state")
    return Quick(
        select(_L.id, _L.code, _L.name, _L.brand, _L.colour, _L.size, state)
        .where(or_(here, elsewhere))
        .order_by(_L.code)
        .limit(bindparam("most"))
    )


def _loaner_fits(words: int, *, numbered: bool) -> ColumnElement[bool]:
    fields = (_L.name, _L.brand, _L.colour, _L.code)
    named = and_(*(or_(*(_contains(field, f"word{place}") for field in fields)) for place in range(words)))
    if not numbered:
        return named
    plain = func.replace(func.upper(_L.code), literal("-"), literal(""))
    return or_(named, func.substr(plain, 1, func.length(bindparam("number"))) == bindparam("number", type_=String))


def _contains(field: ColumnElement[Any], parameter: str) -> ColumnElement[bool]:
    # Not LIKE: a % that is typed means a %.
    return func.replace(func.lower(field), func.lower(bindparam(parameter, type_=String)), literal("")) != func.lower(
        field
    )


def _fits(number: ColumnElement[Any], exact: int, beginnings: int) -> ColumnElement[bool]:
    whole = [bindparam(f"exact{place}", type_=String) for place in range(exact)]
    ranges = [
        and_(number >= bindparam(f"from{place}"), number < bindparam(f"until{place}")) for place in range(beginnings)
    ]
    return or_(number.in_(whole) if whole else false(), *ranges)


def _parameters(guess: NumberGuess) -> Mapping[str, object]:
    begins = {f"from{place}": start for place, start in enumerate(guess.beginnings)}
    ends = {f"until{place}": start + _AFTER_ALL for place, start in enumerate(guess.beginnings)}
    return {f"exact{place}": whole for place, whole in enumerate(guess.exact)} | begins | ends


def _sizes(guess: NumberGuess) -> tuple[int, int]:
    return len(guess.exact), len(guess.beginnings)


def _ticket_hit(row: _TicketRow, query: SearchQuery, why: Why) -> Hit:
    return Hit(
        kind=EntityKind.TICKET,
        id=row.id,
        title=row.number,
        subtitle=f"{row.name} · {row.subject}" if row.subject else row.name,
        why=why,
        highlight=_highlight(row.number, query.number),
        state=row.state,
        member_id=row.member_id,
        exact=_is_same(row.number, query.number),
    )


def _card_hit(row: _CardRow, query: SearchQuery) -> Hit:
    return Hit(
        kind=EntityKind.CARD,
        id=row.id,
        title=row.number,
        subtitle=row.name,
        why=Why.CARD if row.state == CardState.ISSUED else Why.CARD_REPLACED,
        highlight=_highlight(row.number, query.number),
        state=row.state,
        member_id=row.member_id,
        exact=_is_same(row.number, query.number),
    )


def _letter_hit(row: _LetterRow, query: SearchQuery) -> Hit:
    return Hit(
        kind=EntityKind.LETTER,
        id=row.id,
        title=row.number,
        subtitle=" · ".join(part for part in (row.name, row.title) if part),
        why=Why.NUMBER,
        highlight=_highlight(row.number, query.number),
        member_id=row.member_id,
        exact=_is_same(row.number, query.number),
    )


def _loaner_hit(row: _LoanerRow, query: SearchQuery) -> Hit:
    by_code = _highlight(row.code, query.number)
    return Hit(
        kind=EntityKind.LOANER,
        id=row.id,
        title=f"{row.code} {row.name}",
        subtitle=" · ".join(part for part in (row.brand, row.colour, row.size) if part),
        why=Why.NUMBER if by_code else Why.BRAND,
        highlight=by_code,
        state=row.state,
        exact=_is_same(row.code, query.number),
    )


def _highlight(title: str, number: str) -> tuple[Range, ...]:
    """Find the typed number in a title without its dashes; the range covers the dashes inside."""
    if not number:
        return ()
    kept = [(character.upper(), place) for place, character in enumerate(title) if character.isalnum()]
    start = "".join([character for character, _ in kept]).find(number)
    return ((kept[start][1], kept[start + len(number) - 1][1] + 1),) if start >= 0 else ()


def _is_same(title: str, number: str) -> bool:
    return bool(number) and "".join(character for character in title if character.isalnum()).upper() == number
