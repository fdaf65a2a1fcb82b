"""VIP cards: of a member, as a list of the store, and as the facts that are printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext_in, mark
from crmdesk.core.labels import label_in
from crmdesk.core.members import CardState, CardTier, MemberState
from crmdesk.core.money import Money
from crmdesk.core.order import Order
from crmdesk.core.paper_facts.card import CardDesignFacts, CardFacts, CardsFacts
from crmdesk.core.search_text import analyse, index_words
from crmdesk.core.settings_store import PAPER_ADDRESS, PAPER_PHONE
from crmdesk.db.search import member_index
from crmdesk.models.card import Card
from crmdesk.models.member import Member
from crmdesk.models.store import Store
from crmdesk.queries.member_privacy import sees_people
from crmdesk.queries.settings import store_settings

# The small print on the back.
_TERMS = (
    mark("Please show this card when you buy, collect or hand in for repair."),
    mark("It is for its holder only. Lost? Tell us at once, we block it and make a new one."),
    mark("Scan the code at any of our counters."),
)


class CardView(StrEnum):
    """The views of the card screen."""

    IN_USE = "in_use"
    NOT_PRINTED = "not_printed"
    LOST = "lost"
    OUT_OF_USE = "out_of_use"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class CardFilter:
    """Which cards a list shows; ``text`` is a card number or what finds the member."""

    view: CardView = CardView.IN_USE
    text: str = ""


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card."""

    id: int
    version: int
    number: str
    member_id: int
    member_name: str
    tier: CardTier
    state: CardState
    state_reason: str
    issued_at: datetime
    valid_until: date | None
    replaced_by: str | None
    fee: Money
    prints: int


_NEXT = aliased(Card)
_ORDERS: dict[str, ColumnElement[Any]] = {
    "number": Card.__table__.c.number,
    "issued": Card.__table__.c.issued_at,
}


def of_member(session: Session, member_id: int) -> tuple[CardRow, ...]:
    """Give the cards of a member, the newest first."""
    found = session.execute(_lines().where(Card.member_id == member_id).order_by(Card.id.desc()))
    return tuple(CardRow(**line) for line in found.mappings())


def counts(session: Session, context: Context) -> dict[CardView, int]:
    """Give how many cards each view holds."""
    return {
        view: session.scalar(select(func.count(Card.id)).where(*_conditions(session, CardFilter(view), context))) or 0
        for view in CardView
    }


def ids(session: Session, chosen: CardFilter, context: Context, order: Order | None = None) -> list[int]:
    """Give the keys of all cards of a filter, in order."""
    return list(session.execute(_keys(session, chosen, context, order)).scalars())


def first(session: Session, chosen: CardFilter, context: Context, order: Order | None, limit: int) -> list[CardRow]:
    """Give the first ``limit`` cards of a filter, in order."""
    keys = list(session.execute(_keys(session, chosen, context, order).limit(limit)).scalars())
    found = {row.id: row for row in rows(session, keys, context)}
    return [found[key] for key in keys if key in found]


def rows(session: Session, keys: Sequence[int], context: Context) -> list[CardRow]:
    """Give the cards of ``keys``, in any order; nothing for a role that has no business with customers."""
    if not keys or not sees_people(context):
        return []
    return [CardRow(**line) for line in session.execute(_lines().where(Card.id.in_(keys))).mappings()]


def in_use(session: Session, member_ids: Sequence[int], context: Context) -> list[int]:
    """Give the keys of the cards that members use now, in the order of the members; some have none."""
    if not sees_people(context):
        return []
    found = session.execute(
        select(Card.member_id, Card.id)
        .where(Card.member_id.in_(member_ids), Card.state == CardState.ISSUED)
        .order_by(Card.id)
    )
    by_member = {row.member_id: row.id for row in found}
    return [by_member[key] for key in member_ids if key in by_member]


def facts(session: Session, card_ids: Sequence[int], context: Context, language: str) -> CardsFacts:
    """Give what is printed on cards, in the order of ``card_ids``; the level in ``language``."""
    found = session.execute(
        select(Card.id, Card.number, Card.tier, Card.valid_until, Member.name)
        .join(Member, Member.id == Card.member_id)
        .where(Card.id.in_(card_ids))
    )
    made = {
        row.id: CardFacts(row.number, row.name, label_in(language, row.tier), row.valid_until, row.tier.value)
        for row in found
    }
    return CardsFacts(tuple(made[key] for key in card_ids if key in made), _design(session, context, language))


def _design(session: Session, context: Context, language: str) -> CardDesignFacts:
    store = session.get_one(Store, context.store.id)
    values = store_settings(session, store.id)
    return CardDesignFacts(
        store_name=store.name,
        phone=values.get(PAPER_PHONE) or store.phone,
        address=values.get(PAPER_ADDRESS) or store.address,
        back_lines=tuple(gettext_in(language, line) for line in _TERMS),
    )


def _lines() -> Select[Any]:
    columns: list[Any] = [
        Card.id,
        Card.version,
        Card.number,
        Card.member_id,
        Member.name.label("member_name"),
        Card.tier,
        Card.state,
        Card.state_reason,
        Card.issued_at,
        Card.valid_until,
        _NEXT.number.label("replaced_by"),
        Card.fee,
        Card.prints,
    ]
    return (
        select(*columns)
        .select_from(Card)
        .join(Member, Member.id == Card.member_id)
        .outerjoin(_NEXT, _NEXT.id == Card.replaced_by_id)
    )


def _keys(session: Session, chosen: CardFilter, context: Context, order: Order | None) -> Select[Any]:
    column = _ORDERS.get(order.key, Card.__table__.c.id) if order else Card.__table__.c.id
    descending = order.descending if order else True
    found = select(Card.id).where(*_conditions(session, chosen, context))
    return found.order_by(column.desc() if descending else column.asc(), Card.id)


def _conditions(session: Session, chosen: CardFilter, context: Context) -> list[ColumnElement[bool]]:
    if not sees_people(context):
        return [Card.id.is_(None)]
    conditions: list[ColumnElement[bool]] = [Card.store_id == context.store.id]
    by_view: dict[CardView, list[ColumnElement[bool]]] = {
        CardView.IN_USE: [Card.state == CardState.ISSUED],
        CardView.NOT_PRINTED: [Card.state == CardState.ISSUED, Card.prints == 0],
        CardView.LOST: [Card.state == CardState.LOST],
        CardView.OUT_OF_USE: [Card.state.in_((CardState.REPLACED, CardState.RETURNED))],
        CardView.ALL: [],
    }
    return [*conditions, *by_view[chosen.view], *_of_text(chosen.text, session)]


def _of_text(text: str, session: Session) -> list[ColumnElement[bool]]:
    query = analyse(text)
    if query.is_empty:
        return []
    number = Card.number.icontains(text.strip(), autoescape=True)
    words = () if query.only_number else index_words(query)
    if not words:
        return [number]
    asked = member_index(session).keys(words)
    people = Card.member_id.in_(asked.statement.order_by(None).params(**asked.parameters))
    gone = select(Member.id).where(Member.state == MemberState.ERASED)
    return [number | (people & Card.member_id.not_in(gone))]
