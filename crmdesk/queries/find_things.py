"""Tickets, loaners and cards that answer what was typed."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crmdesk.core.context import Context
from crmdesk.core.found import Hit, Range, Why
from crmdesk.core.members import CardState
from crmdesk.core.number_guess import NumberGuess, guess_running, guess_ticket
from crmdesk.core.refs import EntityKind
from crmdesk.core.search_text import SearchQuery
from crmdesk.models.card import Card
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket

_AFTER_ALL = "\U0010ffff"
# A letter alone begins half of all numbers; that is nobody's question.
_SHORTEST_NUMBER = 2


def store_codes(session: Session) -> list[str]:
    """Give the codes of all stores."""
    return list(session.execute(select(Store.code).order_by(Store.code)).scalars())


def tickets_by_number(
    session: Session, query: SearchQuery, codes: Sequence[str], context: Context, limit: int
) -> tuple[Hit, ...]:
    """Give tickets by number: whole, from its beginning, its day, or its count of the day."""
    guess = guess_ticket(query.number, codes, context.store.code, context.today())
    if not guess:
        return ()
    return _tickets(session, _fits(Ticket.number, guess), query, Why.NUMBER, limit)


def tickets_of(session: Session, member_ids: Sequence[int], query: SearchQuery, limit: int) -> tuple[Hit, ...]:
    """Give the newest tickets of members."""
    if not member_ids:
        return ()
    return _tickets(session, Ticket.member_id.in_(member_ids), query, Why.CUSTOMER, limit)


def find_cards(session: Session, query: SearchQuery, codes: Sequence[str], limit: int) -> tuple[Hit, ...]:
    """Give cards by number; one that was replaced still leads to its member."""
    if len(query.number) < _SHORTEST_NUMBER:
        return ()
    guess = guess_running(query.number, "V", codes)
    rows = session.execute(
        select(Card.id, Card.number, Card.state, Card.member_id, Member.name)
        .join(Member, Member.id == Card.member_id)
        .where(_fits(Card.number, guess))
        .order_by(Card.id.desc())
        .limit(limit)
    )
    return tuple(
        Hit(
            kind=EntityKind.CARD,
            id=row.id,
            title=row.number,
            subtitle=row.name,
            why=Why.CARD if row.state is CardState.ISSUED else Why.CARD_REPLACED,
            highlight=_highlight(row.number, query.number),
            state=row.state.value,
            member_id=row.member_id,
            exact=_is_same(row.number, query.number),
        )
        for row in rows
    )


def members_by_number(session: Session, query: SearchQuery, codes: Sequence[str], limit: int) -> list[int]:
    """Give the keys of members whose own number was typed."""
    if len(query.number) < _SHORTEST_NUMBER:
        return []
    guess = guess_running(query.number, "M", codes)
    return list(session.execute(select(Member.id).where(_fits(Member.number, guess)).limit(limit)).scalars())


def find_loaners(session: Session, query: SearchQuery, context: Context, limit: int) -> tuple[Hit, ...]:
    """Give loaners of the store by code, name, brand or colour, and those of other stores by their whole code."""
    if query.is_empty:
        return ()
    here = and_(Loaner.store_id == context.store.id, _loaner_fits(query))
    elsewhere = and_(Loaner.store_id.in_(select(Store.id).scalar_subquery()), Loaner.code == query.text.upper())
    rows = session.execute(
        select(Loaner.id, Loaner.code, Loaner.name, Loaner.brand, Loaner.colour, Loaner.size, Loaner.state)
        .where(or_(here, elsewhere))
        .order_by(Loaner.code)
        .limit(limit)
    )
    return tuple(
        Hit(
            kind=EntityKind.LOANER,
            id=row.id,
            title=f"{row.code} {row.name}",
            subtitle=" · ".join(part for part in (row.brand, row.colour, row.size) if part),
            why=Why.NUMBER if _highlight(row.code, query.number) else Why.BRAND,
            highlight=_highlight(row.code, query.number),
            state=row.state.value,
            exact=_is_same(row.code, query.number),
        )
        for row in rows
    )


def _tickets(
    session: Session, condition: ColumnElement[bool], query: SearchQuery, why: Why, limit: int
) -> tuple[Hit, ...]:
    rows = session.execute(
        select(Ticket.id, Ticket.number, Ticket.state, Ticket.subject, Ticket.member_id, Member.name)
        .join(Member, Member.id == Ticket.member_id)
        .where(condition)
        .order_by(Ticket.id.desc())
        .limit(limit)
    )
    return tuple(
        Hit(
            kind=EntityKind.TICKET,
            id=row.id,
            title=row.number,
            subtitle=" · ".join(part for part in (row.name, row.subject) if part),
            why=why,
            highlight=_highlight(row.number, query.number),
            state=row.state.value,
            member_id=row.member_id,
            exact=_is_same(row.number, query.number),
        )
        for row in rows
    )


def _fits(number: InstrumentedAttribute[str], guess: NumberGuess) -> ColumnElement[bool]:
    ranges = [and_(number >= start, number < start + _AFTER_ALL) for start in guess.beginnings]
    return or_(*([number.in_(guess.exact)] if guess.exact else []), *ranges)


def _loaner_fits(query: SearchQuery) -> ColumnElement[bool]:
    named = [
        or_(
            *(
                field.icontains(word, autoescape=True)
                for field in (Loaner.name, Loaner.brand, Loaner.colour, Loaner.code)
            )
        )
        for word in query.text.split()
    ]
    if not query.number:
        return and_(*named)
    plain = func.replace(func.upper(Loaner.code), literal("-"), literal(""))
    return or_(and_(*named), plain.startswith(query.number, autoescape=True))


def _highlight(title: str, number: str) -> tuple[Range, ...]:
    """Find the typed number in a title without its dashes; the range covers the dashes inside."""
    kept = [(character.upper(), place) for place, character in enumerate(title) if character.isalnum()]
    start = "".join(character for character, _ in kept).find(number) if number else -1
    return ((kept[start][1], kept[start + len(number) - 1][1] + 1),) if start >= 0 else ()


def _is_same(title: str, number: str) -> bool:
    return bool(number) and "".join(character for character in title if character.isalnum()).upper() == number
