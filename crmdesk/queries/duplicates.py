"""Pairs of files that look like one person, as a list: undecided by reason, decided (capability M7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from crmdesk.core.context import Context
from crmdesk.core.duplicates import SweepStage, read_scores
from crmdesk.core.member_words import PairReason, PairState
from crmdesk.core.members import CardTier, MemberState
from crmdesk.core.order import Order
from crmdesk.core.phone import mask
from crmdesk.models.member import Member, MemberPhone, MemberValue
from crmdesk.models.merge import DuplicatePair, DuplicateSweep
from crmdesk.models.store import Store
from crmdesk.queries.member_privacy import sees_people

_GONE: Final = (MemberState.MERGED, MemberState.ERASED)
_FIRST, _SECOND = aliased(Member), aliased(Member)


class PairView(StrEnum):
    """The views of the list."""

    ALL = "all"
    PHONE = "phone"
    NAME_BIRTHDAY = "name_birthday"
    NAME_ADDRESS = "name_address"
    CARD = "card"
    PINYIN = "pinyin"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class PairSide:
    """One of the two files; the phone is masked."""

    id: int
    version: int
    number: str
    name: str
    state: MemberState
    tier: CardTier
    phone: str
    joined_on: date
    purchases: int
    last_day: date | None


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair with the reasons, the best first, and how sure it is (0 to 100)."""

    id: int
    version: int
    first: PairSide
    second: PairSide
    reason: PairReason
    reasons: tuple[PairReason, ...]
    score: int
    state: PairState
    found_at: datetime


@dataclass(frozen=True, slots=True)
class SearchStanding:
    """Where the search stands; ``finished_at`` None: there was no whole one yet."""

    stage: SweepStage
    finished_at: datetime | None


_ORDERS: dict[str, ColumnElement[Any]] = {
    "score": DuplicatePair.__table__.c.score,
    "found": DuplicatePair.__table__.c.found_at,
}


def standing(session: Session, context: Context) -> SearchStanding:
    """Tell where the search of this store stands."""
    sweep = session.get(DuplicateSweep, context.store.id)
    return SearchStanding(SweepStage.DONE, None) if sweep is None else SearchStanding(sweep.stage, sweep.finished_at)


def counts(session: Session, context: Context) -> dict[PairView, int]:
    """Give how many pairs each view holds."""
    if not sees_people(context):
        return dict.fromkeys(PairView, 0)
    found = session.execute(
        _alive(select(DuplicatePair.reason, DuplicatePair.state, func.count()))
        .group_by(DuplicatePair.reason, DuplicatePair.state)
    )  # fmt: skip
    numbers = dict.fromkeys(PairView, 0)
    for reason, state, count in found:
        if state is PairState.OPEN:
            numbers[PairView.ALL] += count
            numbers[PairView(reason.value)] += count
        elif state is not PairState.MERGED:
            numbers[PairView.DECIDED] += count
    return numbers


def ids(session: Session, view: PairView, context: Context, order: Order | None = None) -> Iterable[int]:
    """Give the keys of all pairs of a view, in order."""
    return session.scalars(_keys(view, order)) if sees_people(context) else ()


def first(session: Session, view: PairView, context: Context, order: Order | None, limit: int) -> list[PairRow]:
    """Give the first ``limit`` pairs of a view, in order."""
    keys = list(session.scalars(_keys(view, order).limit(limit)))
    found = {row.id: row for row in rows(session, keys, context)}
    return [found[key] for key in keys if key in found]


def rows(session: Session, keys: Sequence[int], context: Context) -> list[PairRow]:
    """Give the pairs of ``keys``, in any order; nothing for a role that has no business with customers."""
    if not keys or not sees_people(context):
        return []
    pairs = session.execute(select(*DuplicatePair.__table__.c).where(DuplicatePair.id.in_(keys))).all()
    sides = _sides(session, {key for pair in pairs for key in (pair.first_id, pair.second_id)})
    return [
        PairRow(
            pair.id,
            pair.version,
            sides[pair.first_id],
            sides[pair.second_id],
            pair.reason,
            _reasons(pair.reason, pair.detail),
            pair.score,
            pair.state,
            pair.found_at,
        )
        for pair in pairs
    ]


def _reasons(best: PairReason, detail: str) -> tuple[PairReason, ...]:
    scores = read_scores(detail)
    return tuple(sorted({best, *scores}, key=lambda one: (one is not best, -scores.get(one, 0))))


def _sides(session: Session, keys: set[int]) -> dict[int, PairSide]:
    phone = (
        select(MemberPhone.digits)
        .where(MemberPhone.member_id == Member.id)
        .order_by(MemberPhone.ordinal)
        .limit(1)
        .scalar_subquery()
    )
    columns = (Member.id, Member.version, Member.number, Member.name, Member.state, Member.tier, Member.joined_on)
    found = session.execute(
        select(*columns, phone.label("digits"), MemberValue.purchases, MemberValue.last_day)
        .outerjoin(MemberValue, MemberValue.member_id == Member.id)
        .where(Member.id.in_(keys))
    )
    return {
        row.id: PairSide(
            row.id,
            row.version,
            row.number,
            row.name,
            row.state,
            row.tier,
            mask(row.digits) if row.digits else "",
            row.joined_on,
            row.purchases or 0,
            row.last_day,
        )
        for row in found
    }


def _keys(view: PairView, order: Order | None) -> Select[*tuple[Any, ...]]:
    wanted = _alive(select(DuplicatePair.id))
    if view is PairView.DECIDED:
        wanted = wanted.where(DuplicatePair.state.in_((PairState.DIFFERENT, PairState.HOUSEHOLD)))
    else:
        wanted = wanted.where(DuplicatePair.state == PairState.OPEN)
        if view is not PairView.ALL:
            wanted = wanted.where(DuplicatePair.reason == PairReason(view.value))
    if order is not None and order.key in _ORDERS:
        column = _ORDERS[order.key]
        return wanted.order_by(column.desc() if order.descending else column, DuplicatePair.id)
    return wanted.order_by(DuplicatePair.score.desc(), DuplicatePair.id)


def _alive(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Leave pairs out of which one file is not there any more."""
    every_store = select(Store.id).scalar_subquery()
    return (
        wanted.join(_FIRST, _FIRST.id == DuplicatePair.first_id)
        .join(_SECOND, _SECOND.id == DuplicatePair.second_id)
        .where(DuplicatePair.store_id.in_(every_store), _FIRST.state.not_in(_GONE), _SECOND.state.not_in(_GONE))
    )
