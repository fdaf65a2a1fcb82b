"""Who looked at whom: the log for those who answer for it (domain rules 6 and 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarResult, Select, func, select
from sqlalchemy.orm import Session

from crmdesk.core.clock import start_of_day
from crmdesk.core.context import Context
from crmdesk.core.errors import NotAllowedError
from crmdesk.core.member_words import Look
from crmdesk.core.order import Order
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_code, clean_line
from crmdesk.models.access import AccessEntry
from crmdesk.models.member import Member
from crmdesk.models.staff import Staff
from crmdesk.queries.member_privacy import sees_people


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look: when, who, at whom, what, where (a short name), at which computer."""

    id: int
    at: datetime
    staff_name: str
    member_id: int
    member_number: str
    member_name: str
    look: Look
    where: str
    desk: str


@dataclass(frozen=True, slots=True)
class LookFilter:
    """Which looks a list shows.

    Attributes:
        staff_id: whose looks.
        member_id: at this member.
        member: a member number, or a part of a name.
        look: what was seen or taken.
        day: on this day of the store.
    """

    staff_id: int | None = None
    member_id: int | None = None
    member: str = ""
    look: Look | None = None
    day: date | None = None


def may_see_looks(context: Context) -> bool:
    """Tell whether the person answers for who looks: sees the history, and has business with customers."""
    return context.may(Right.SEE_AUDIT) and sees_people(context)


def first(session: Session, chosen: LookFilter, context: Context, order: Order | None, limit: int) -> list[LookRow]:
    """Give the first ``limit`` looks of a filter.

    Raises:
        NotAllowedError: the person may not see the log.
    """
    keys = session.scalars(_wanted(chosen, context, order).limit(limit)).all()
    found = {row.id: row for row in rows(session, keys, context)}
    return [found[key] for key in keys if key in found]


def ids(session: Session, chosen: LookFilter, context: Context, order: Order | None = None) -> ScalarResult[int]:
    """Give the keys of the looks of a filter, newest first.

    Raises:
        NotAllowedError: the person may not see the log.
    """
    return session.scalars(_wanted(chosen, context, order))


def rows(session: Session, keys: Sequence[int], context: Context) -> list[LookRow]:
    """Give the looks of ``keys``, in any order.

    Raises:
        NotAllowedError: the person may not see the log.
    """
    _allowed(context)
    if not keys:
        return []
    found = session.execute(
        select(
            AccessEntry.id,
            AccessEntry.at,
            func.coalesce(Staff.name, "").label("staff_name"),
            AccessEntry.member_id,
            Member.number.label("member_number"),
            Member.name.label("member_name"),
            AccessEntry.look,
            AccessEntry.where,
            AccessEntry.desk,
        )
        .join(Member, Member.id == AccessEntry.member_id)
        .outerjoin(Staff, Staff.id == AccessEntry.staff_id)
        .where(AccessEntry.id.in_(keys), AccessEntry.store_id == context.store.id)
    )
    return [LookRow(**line) for line in found.mappings()]


def lookers(session: Session, context: Context) -> list[tuple[int, str]]:
    """Give key and name of everybody on the staff, also those who left: their looks stay.

    Raises:
        NotAllowedError: the person may not see the log.
    """
    _allowed(context)
    found = session.execute(select(Staff.id, Staff.name).where(Staff.store_id == context.store.id).order_by(Staff.name))
    return [(row.id, row.name) for row in found]


def _allowed(context: Context) -> None:
    context.require(Right.SEE_AUDIT)
    if not sees_people(context):
        raise NotAllowedError(Right.SEE_PHONES, context.actor.role)


def _wanted(chosen: LookFilter, context: Context, order: Order | None) -> Select[Any]:
    _allowed(context)
    found = select(AccessEntry.id).where(AccessEntry.store_id == context.store.id, *_conditions(chosen, context))
    if order is not None and order.key == "at" and not order.descending:
        return found.order_by(AccessEntry.at, AccessEntry.id)
    return found.order_by(AccessEntry.at.desc(), AccessEntry.id.desc())


def _conditions(chosen: LookFilter, context: Context) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if chosen.staff_id is not None:
        found.append(AccessEntry.staff_id == chosen.staff_id)
    if chosen.member_id is not None:
        found.append(AccessEntry.member_id == chosen.member_id)
    if clean_line(chosen.member):
        found.append(AccessEntry.member_id.in_(_named(chosen.member)))
    if chosen.look is not None:
        found.append(AccessEntry.look == chosen.look)
    if chosen.day is not None:
        opens = start_of_day(chosen.day, context.store.zone)
        closes = start_of_day(chosen.day + timedelta(days=1), context.store.zone)
        found += [AccessEntry.at >= opens, AccessEntry.at < closes]
    return found


def _named(typed: str) -> Select[Any]:
    same = Member.number == clean_code(typed)
    return select(Member.id).where(same | Member.name.contains(clean_line(typed), autoescape=True))
