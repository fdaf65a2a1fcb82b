"""How many members are in each group of the value page: two looks over the store, whatever its size."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.member_words import LifeCycle
from crmdesk.core.members import CardTier, Gender
from crmdesk.core.value_groups import AgeBand, age_group
from crmdesk.models.member import Member
from crmdesk.models.score import MemberScore, ScoreScale
from crmdesk.queries.member_here import HERE
from crmdesk.queries.member_privacy import sees_people
from crmdesk.queries.segments import where

_M: Final = Member.__table__.c
_S: Final = MemberScore.__table__.c


@dataclass(frozen=True, slots=True)
class ValueCharts:
    """Members by group.

    Attributes:
        members: all that lists show.
        as_of: the day of the scores; None before they were worked out for the first time.
        matrix: members by recency and frequency, each 1 to 5.
    """

    members: int
    as_of: date | None
    ages: Mapping[AgeBand, int]
    genders: Mapping[Gender | None, int]
    tiers: Mapping[CardTier, int]
    cycles: Mapping[LifeCycle, int]
    matrix: Mapping[tuple[int, int], int]

    @property
    def buyers(self) -> int:
        """Tell how many have a score."""
        return sum(self.matrix.values())


def value_charts(session: Session, context: Context) -> ValueCharts:
    """Count the members of the store by age, gender, level, life cycle and scores."""
    ages: Counter[AgeBand] = Counter()
    genders: Counter[Gender | None] = Counter()
    tiers: Counter[CardTier] = Counter()
    cycles: Counter[LifeCycle] = Counter()
    matrix: Counter[tuple[int, int]] = Counter()
    if not sees_people(context):
        return ValueCharts(0, None, ages, genders, tiers, cycles, matrix)
    members = 0
    for gender, tier, count, *of_age in session.execute(_people(context)):
        members += count
        genders[gender] += count
        tiers[tier] += count
        ages.update(dict(zip(AgeBand, map(int, of_age), strict=True)))
    for recency, frequency, cycle, count in session.execute(_scores(context)):
        matrix[recency, frequency] += count
        cycles[cycle] += count
    cycles[LifeCycle.NO_PURCHASE] = members - sum(cycles.values())
    as_of = session.scalar(select(ScoreScale.as_of).where(ScoreScale.store_id == context.store.id))
    return ValueCharts(members, as_of, ages, genders, tiers, cycles, matrix)


def _people(context: Context) -> Select[Any]:
    ages = (func.sum(case((where(age_group(band), context), 1), else_=0)) for band in AgeBand)
    columns: tuple[Any, ...] = (_M.gender, _M.tier, func.count(), *ages)
    return select(*columns).where(_M.store_id == context.store.id, HERE).group_by(_M.gender, _M.tier)


def _scores(context: Context) -> Select[Any]:
    columns: tuple[Any, ...] = (_S.recency, _S.frequency, _S.cycle, func.count())
    joined = MemberScore.__table__.join(Member.__table__, _M.id == _S.member_id)
    here = (_S.store_id == context.store.id, _M.store_id == context.store.id, HERE)
    return select(*columns).select_from(joined).where(*here).group_by(_S.recency, _S.frequency, _S.cycle)
