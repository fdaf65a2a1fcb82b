"""Wishes of members: those of one member, and the list "Wanted, not bought" of the store."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.member_words import IntentState
from crmdesk.core.money import Money
from crmdesk.core.order import Order
from crmdesk.core.roles import Right
from crmdesk.core.settings_care import INTENT_DAYS
from crmdesk.core.tickets import ItemCategory
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase
from crmdesk.models.score import Intent
from crmdesk.models.staff import Staff
from crmdesk.queries.member_here import HERE
from crmdesk.queries.member_privacy import sees_people
from crmdesk.queries.settings import store_settings

_FEW: Final = 6


class IntentView(StrEnum):
    """Which wishes a list shows."""

    OPEN = "open"
    ASKED = "asked"  # something like it was bought since; somebody says whether it was this
    OLD = "old"  # longer than the store waits before it calls
    BOUGHT = "bought"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class IntentRow:
    """One wish; ``price`` None where none was said or the person may not see money.

    Attributes:
        bought_on: the day of the purchase that closed it or is asked about.
        receipt: the number of that purchase.
    """

    id: int
    version: int
    member_id: int
    number: str
    name: str
    what: str
    style: str
    category: ItemCategory | None
    price: Money | None
    day: date
    by: str
    state: IntentState
    note: str
    closed_on: date | None
    purchase_id: int | None
    bought_on: date | None
    receipt: str

    @property
    def asked(self) -> bool:
        """Tell whether somebody is to say if what was bought was it."""
        return self.state is IntentState.OPEN and self.purchase_id is not None


def of_member(session: Session, member_id: int, context: Context) -> tuple[IntentRow, ...]:
    """Give the open wishes of a member, the oldest first, and the newest of those that ended."""
    if not sees_people(context):
        return ()
    mine = _columns().where(Intent.member_id == member_id)
    opened = mine.where(Intent.state == IntentState.OPEN).order_by(Intent.day, Intent.id)
    ended = mine.where(Intent.state != IntentState.OPEN).order_by(Intent.closed_on.desc(), Intent.id.desc())
    return (*_made(session, opened, context), *_made(session, ended.limit(_FEW), context))


def first(session: Session, view: IntentView, context: Context, order: Order | None, limit: int) -> list[IntentRow]:
    """Give the first wishes of a view."""
    return _made(session, _ordered(_of_view(session, _columns(), view, context), order).limit(limit), context)


def ids(session: Session, view: IntentView, context: Context, order: Order | None) -> Iterable[int]:
    """Give the keys of all wishes of a view."""
    return session.scalars(_ordered(_of_view(session, _joined(), view, context), order))


def rows(session: Session, keys: Sequence[int], context: Context) -> list[IntentRow]:
    """Give wishes by key."""
    if not sees_people(context):
        return []
    return _made(session, _columns().where(Intent.id.in_(keys), Intent.store_id == context.store.id), context)


def counts(session: Session, context: Context) -> dict[IntentView, int]:
    """Give how many wishes each view holds."""
    return {
        view: session.scalar(select(func.count()).select_from(_of_view(session, _joined(), view, context).subquery()))
        or 0
        for view in IntentView
    }


def _joined() -> Select[Any]:
    joined = select(Intent.id).select_from(Intent).join(Member, Member.id == Intent.member_id)
    return joined.outerjoin(Purchase, Purchase.id == Intent.purchase_id)


def _columns() -> Select[Any]:
    columns: tuple[Any, ...] = (Intent, Member.number, Member.name, Staff.name, Purchase.day, Purchase.number)
    joined = _joined().outerjoin(Staff, Staff.id == Intent.staff_id)
    return joined.with_only_columns(*columns, maintain_column_froms=True)


def _of_view(session: Session, wanted: Select[Any], view: IntentView, context: Context) -> Select[Any]:
    if not sees_people(context):
        return wanted.where(false())
    here = wanted.where(Intent.store_id == context.store.id, HERE)
    if view in {IntentView.BOUGHT, IntentView.DROPPED}:
        return here.where(Intent.state == IntentState(view.value))
    opened = here.where(Intent.state == IntentState.OPEN)
    if view is IntentView.ASKED:
        return opened.where(Intent.purchase_id.is_not(None))
    if view is IntentView.OLD:
        days = store_settings(session, context.store.id).get(INTENT_DAYS)
        return opened.where(Intent.day <= context.today() - timedelta(days=days))
    return opened


def _ordered(wanted: Select[Any], order: Order | None) -> Select[Any]:
    columns: dict[str, Any] = {"day": Intent.day, "name": Member.name, "what": Intent.what, "price": Intent.price}
    column = columns.get(order.key if order else "day", Intent.day)
    down = order is not None and order.descending
    return wanted.order_by(column.is_(None), column.desc() if down else column.asc(), Intent.id)


def _made(session: Session, wanted: Select[Any], context: Context) -> list[IntentRow]:
    money = context.may(Right.SEE_MONEY)
    return [
        IntentRow(
            one.id,
            one.version,
            one.member_id,
            number,
            name,
            one.what,
            one.style,
            one.category,
            one.price if money else None,
            one.day,
            by or "",
            one.state,
            one.note,
            one.closed_on,
            one.purchase_id,
            bought_on,
            receipt or "",
        )
        for one, number, name, by, bought_on, receipt in session.execute(wanted)
    ]
