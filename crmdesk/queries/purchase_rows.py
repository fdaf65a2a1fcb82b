"""The list of receipts: views, period, guide, text; keys in order and the rows of a window."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.member_words import PurchaseOrigin
from crmdesk.core.members import MemberState
from crmdesk.core.money import Money
from crmdesk.core.order import Order
from crmdesk.core.roles import Right
from crmdesk.core.search_text import analyse, index_words
from crmdesk.db.search import member_index
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.models.staff import Staff
from crmdesk.models.store import Store
from crmdesk.queries.member_privacy import sees_people

_MOST_GOODS = 3


class PurchaseView(StrEnum):
    """The views of the list."""

    ALL = "all"
    SALES = "sales"
    RETURNS = "returns"
    NOBODY = "nobody"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class PurchaseFilter:
    """Which receipts a list shows: ``text`` is the beginning of a number or what finds the member."""

    view: PurchaseView = PurchaseView.ALL
    first_day: date | None = None
    last_day: date | None = None
    guide_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class PurchaseRow:
    """One receipt; ``net`` None for a person who may not see money."""

    id: int
    day: date
    number: str
    member_id: int | None
    member_name: str
    guide: str
    store: str
    goods: str
    pieces: int
    net: Money | None
    origin: PurchaseOrigin
    returns: str
    note: str


_ORDERS: dict[str, ColumnElement[Any]] = {
    "day": Purchase.__table__.c.day,
    "number": Purchase.__table__.c.number,
    "pieces": Purchase.__table__.c.pieces,
    "net": Purchase.__table__.c.net,
}


def first(
    session: Session, chosen: PurchaseFilter, context: Context, order: Order | None, limit: int
) -> list[PurchaseRow]:
    """Give the first ``limit`` receipts of a filter, in order."""
    keys = list(session.scalars(_keys(session, chosen, context, order).limit(limit)))
    found = {row.id: row for row in rows(session, keys, context)}
    return [found[key] for key in keys if key in found]


def ids(session: Session, chosen: PurchaseFilter, context: Context, order: Order | None = None) -> Iterable[int]:
    """Give the keys of all receipts of a filter, in order, as they come."""
    return session.scalars(_keys(session, chosen, context, order))


def rows(session: Session, keys: Sequence[int], context: Context) -> list[PurchaseRow]:
    """Give the receipts of ``keys``, in any order; nothing for a role that has no business with customers."""
    if not keys or not sees_people(context):
        return []
    back = Purchase.__table__.alias("back")
    of = back.c
    columns: list[Any] = [
        Purchase.id, Purchase.day, Purchase.number, Purchase.member_id, func.coalesce(Member.name, ""),
        func.coalesce(Staff.name, ""), Store.code, Purchase.pieces, Purchase.net, Purchase.origin, Purchase.note,
        func.coalesce(of.number, ""),
    ]  # fmt: skip
    found = session.execute(
        select(*columns)
        .select_from(Purchase)
        .join(Store, Store.id == Purchase.store_id)
        .outerjoin(Member, Member.id == Purchase.member_id)
        .outerjoin(Staff, Staff.id == Purchase.guide_id)
        .outerjoin(back, of.id == Purchase.corrects_id)
        .where(Purchase.id.in_(keys))
    )
    goods, money = _goods(session, keys), context.may(Right.SEE_MONEY)
    return [
        PurchaseRow(
            one[0], one[1], one[2], one[3], one[4], one[5], one[6], goods.get(one[0], ""), one[7],
            one[8] if money else None, one[9], one[11], one[10],
        )
        for one in found
    ]  # fmt: skip


def guides(session: Session, context: Context) -> tuple[tuple[int, str], ...]:
    """Give key and name of everybody of the store who may have sold something."""
    found = select(Staff.id, Staff.name).where(Staff.store_id == context.store.id, Staff.active).order_by(Staff.id)
    return tuple((row.id, row.name) for row in session.execute(found))


def _goods(session: Session, keys: Sequence[int]) -> dict[int, str]:
    lines = select(PurchaseLine.purchase_id, PurchaseLine.name).where(PurchaseLine.purchase_id.in_(keys))
    names: dict[int, list[str]] = {}
    for purchase_id, name in session.execute(lines.order_by(PurchaseLine.purchase_id, PurchaseLine.ordinal)):
        names.setdefault(purchase_id, []).append(name)
    return {
        key: " · ".join(some[:_MOST_GOODS]) + ("…" if len(some) > _MOST_GOODS else "") for key, some in names.items()
    }


def _keys(session: Session, chosen: PurchaseFilter, context: Context, order: Order | None) -> Select[Any]:
    column = _ORDERS.get(order.key, _ORDERS["day"]) if order else _ORDERS["day"]
    descending = order.descending if order else True
    key = Purchase.__table__.c.id
    found = select(Purchase.id).where(*_conditions(session, chosen, context))
    return found.order_by(*((column.desc(), key.desc()) if descending else (column.asc(), key.asc())))


def _conditions(session: Session, chosen: PurchaseFilter, context: Context) -> list[ColumnElement[bool]]:
    if not sees_people(context):
        return [Purchase.id.is_(None)]
    by_view: dict[PurchaseView, list[ColumnElement[bool]]] = {
        PurchaseView.ALL: [],
        PurchaseView.SALES: [Purchase.net >= Money(0), Purchase.pieces >= 0],
        PurchaseView.RETURNS: [or_(Purchase.net < Money(0), Purchase.pieces < 0)],
        PurchaseView.NOBODY: [Purchase.member_id.is_(None)],
        PurchaseView.BY_HAND: [Purchase.origin == PurchaseOrigin.BY_HAND],
    }
    # Nearly every receipt is of this store: the sum keeps SQLite from its index and leaves that of the days.
    conditions: list[ColumnElement[bool]] = [Purchase.store_id + 0 == context.store.id, *by_view[chosen.view]]
    if chosen.first_day is not None:
        conditions.append(Purchase.day >= chosen.first_day)
    if chosen.last_day is not None:
        conditions.append(Purchase.day <= chosen.last_day)
    if chosen.guide_id is not None:
        conditions.append(Purchase.guide_id == chosen.guide_id)
    return [*conditions, *_of_text(chosen.text, session)]


def _of_text(text: str, session: Session) -> list[ColumnElement[bool]]:
    query = analyse(text)
    if query.is_empty:
        return []
    number = Purchase.number.istartswith(text.strip().replace(" ", ""), autoescape=True)
    words = () if query.only_number else index_words(query)
    if not words:
        return [number]
    asked = member_index(session).keys(words)
    people = Purchase.member_id.in_(asked.statement.order_by(None).params(**asked.parameters))
    gone = select(Member.id).where(Member.state == MemberState.ERASED)
    return [number | (people & Purchase.member_id.not_in(gone))]
