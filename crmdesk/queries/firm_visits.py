"""Visits to intermediate customers: those of one firm, and which firms are to be visited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, literal_column, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from crmdesk.core.context import Context
from crmdesk.core.members import MemberKind, MemberState
from crmdesk.core.money import Money
from crmdesk.core.order import Order
from crmdesk.core.roles import Right
from crmdesk.models.household import FirmVisit
from crmdesk.models.member import Member
from crmdesk.models.staff import Staff
from crmdesk.queries.member_privacy import sees_people

_GONE = (MemberState.MERGED, MemberState.ERASED)
_LATER = aliased(FirmVisit)


class FirmView(StrEnum):
    """Which firms a list shows."""

    DUE = "due"
    PLANNED = "planned"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit; amounts None for a person who may not see money, or where none was noted."""

    id: int
    version: int
    day: date
    by: str
    stock: str
    stock_value: Money | None
    sales: str
    sales_value: Money | None
    note: str
    next_on: date | None


@dataclass(frozen=True, slots=True)
class FirmRow:
    """An intermediate customer in the list; ``last_day`` and ``next_on`` None where nobody was there yet."""

    id: int
    number: str
    name: str
    guide: str
    last_day: date | None
    next_on: date | None
    stock_value: Money | None
    sales_value: Money | None


def visits(session: Session, member_id: int, context: Context, limit: int = 20) -> tuple[VisitRow, ...]:
    """Give the newest visits to a firm."""
    if not sees_people(context):
        return ()
    wanted = select(FirmVisit, Staff.name).outerjoin(Staff, Staff.id == FirmVisit.staff_id)
    wanted = wanted.where(FirmVisit.member_id == member_id).order_by(FirmVisit.day.desc(), FirmVisit.id.desc())
    money = context.may(Right.SEE_MONEY)
    return tuple(
        VisitRow(
            one.id,
            one.version,
            one.day,
            by or "",
            one.stock,
            one.stock_value if money else None,
            one.sales,
            one.sales_value if money else None,
            one.note,
            one.next_on,
        )
        for one, by in session.execute(wanted.limit(limit))
    )


def first(session: Session, view: FirmView, context: Context, order: Order | None, limit: int) -> list[FirmRow]:
    """Give the first firms of a view."""
    return _rows(session, _ordered(_wanted(view, context), order).limit(limit), context)


def ids(session: Session, view: FirmView, context: Context, order: Order | None) -> Iterable[int]:
    """Give the keys of all firms of a view."""
    return session.scalars(_ordered(_wanted(view, context, Member.id), order))


def rows(session: Session, keys: Sequence[int], context: Context) -> list[FirmRow]:
    """Give firms by key."""
    return _rows(session, _wanted(FirmView.ALL, context).where(Member.id.in_(keys)), context)


def counts(session: Session, context: Context) -> dict[FirmView, int]:
    """Give how many firms each view holds."""
    return {
        view: session.scalar(select(func.count()).select_from(_wanted(view, context, Member.id).subquery())) or 0
        for view in FirmView
    }


def due_count(session: Session, context: Context) -> int:
    """Give how many firms are to be visited today or were to be."""
    wanted = _wanted(FirmView.DUE, context, Member.id)
    return session.scalar(select(func.count()).select_from(wanted.subquery())) or 0


def _wanted(view: FirmView, context: Context, *columns: InstrumentedAttribute[int]) -> Select[Any]:
    newest = (
        ~select(_LATER.id)
        .where(
            _LATER.member_id == FirmVisit.member_id,
            or_(_LATER.day > FirmVisit.day, (_LATER.day == FirmVisit.day) & (_LATER.id > FirmVisit.id)),
        )
        .exists()
    )
    here = [Member.store_id == context.store.id, Member.state.not_in(_GONE)]
    if not sees_people(context):
        here.append(Member.id < 0)
    if view is FirmView.ALL:
        found = select(*(columns or (Member, FirmVisit, Staff.name)))
        joined = found.select_from(Member).outerjoin(FirmVisit, (FirmVisit.member_id == Member.id) & newest)
        # Written out, because an index of firms alone is not used for a word that comes later.
        here.append(Member.kind == literal_column(f"'{MemberKind.INTERMEDIATE.value}'"))
    else:
        # From the visits, which are few, to their firms.
        found = select(*(columns or (Member, FirmVisit, Staff.name)))
        joined = found.select_from(FirmVisit).join(Member, Member.id == FirmVisit.member_id)
        due = FirmVisit.next_on <= context.today()
        here += [newest, due if view is FirmView.DUE else FirmVisit.next_on.is_not(None)]
    return joined.outerjoin(Staff, Staff.id == Member.guide_id).where(*here)


def _ordered(wanted: Select[Any], order: Order | None) -> Select[Any]:
    columns = {"name": Member.name, "last": FirmVisit.day, "next": FirmVisit.next_on, "number": Member.number}
    column: Any = columns.get(order.key if order else "next", FirmVisit.next_on)
    down = order is not None and order.descending
    return wanted.order_by(column.is_(None), column.desc() if down else column.asc(), Member.id)


def _rows(session: Session, wanted: Select[Any], context: Context) -> list[FirmRow]:
    money = context.may(Right.SEE_MONEY)
    return [
        FirmRow(
            member.id,
            member.number,
            member.name,
            guide or "",
            visit.day if visit else None,
            visit.next_on if visit else None,
            visit.stock_value if visit and money else None,
            visit.sales_value if visit and money else None,
        )
        for member, visit, guide in session.execute(wanted)
    ]
