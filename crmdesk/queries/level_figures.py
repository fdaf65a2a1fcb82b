"""What decides levels, in SQL: purchases of the period, the level they reach, and whose level is to be changed."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.levels import TIERS, LevelRule
from crmdesk.core.members import CardTier, MemberState
from crmdesk.core.money import Money
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase

# A contact who is no member yet, and a file that is gone, have no level to be worked out.
_COUNTED: Final = (MemberState.ACTIVE,)
_RANKS: Final = {tier: place for place, tier in enumerate(TIERS)}


def figures(session: Session, keys: Collection[int], rule: LevelRule, today: date) -> dict[int, tuple[Money, int]]:
    """Give spend and number of receipts of the period by member."""
    rows = session.execute(
        select(Purchase.member_id, _spend(), _count())
        .where(Purchase.member_id.in_(keys), *_period(rule, today))
        .group_by(Purchase.member_id)
    )
    return {row[0]: (row[1] or Money(0), int(row[2] or 0)) for row in rows}


def changing(rule: LevelRule, today: date, keys: Collection[int] | None = None) -> Select[Any]:
    """Give the keys of members, of all or of some, whose level or grace is not what the rule says today."""
    figured = _figured(rule, today, keys)
    earned, held = _earned(figured.c.figure, rule), _held()
    raised = earned > held
    carried = and_(earned == held, Member.tier_until.is_not(None))
    begins = and_(earned < held, Member.tier_until.is_(None))
    over = and_(earned < held, Member.tier_until < today)
    wanted = (
        select(Member.id)
        .outerjoin(figured, figured.c.member_id == Member.id)
        .where(Member.state.in_(_COUNTED), Member.tier_fixed.is_(False), or_(raised, carried, begins, over))
        .order_by(Member.id)
    )
    return wanted if keys is None else wanted.where(Member.id.in_(keys))


def moving(rule: LevelRule, today: date) -> Select[Any]:
    """Give key, present level and the place of the level that ``rule`` would give, where they differ."""
    figured = _figured(rule, today)
    earned, held = _earned(figured.c.figure, rule), _held()
    return (
        select(Member.id, Member.tier, earned.label("earned"), figured.c.figure)
        .outerjoin(figured, figured.c.member_id == Member.id)
        .where(Member.state.in_(_COUNTED), Member.tier_fixed.is_(False), earned != held)
    )


def _figured(rule: LevelRule, today: date, keys: Collection[int] | None = None) -> Any:  # noqa: ANN401 - a subquery
    figure = _count() if rule.by_purchases else _spend()
    whose = Purchase.member_id.is_not(None) if keys is None else Purchase.member_id.in_(keys)
    found = select(Purchase.member_id, figure.label("figure")).where(whose, *_period(rule, today))
    return found.group_by(Purchase.member_id).subquery()


def _earned(figure: Any, rule: LevelRule) -> ColumnElement[int]:  # noqa: ANN401 - fen as money, or receipts
    """Give the place of the level that a figure reaches."""
    marks = [(figure >= _mark(rule, tier), _RANKS[tier]) for tier in reversed(TIERS[1:])]
    return case(*marks, else_=0)


def _mark(rule: LevelRule, tier: CardTier) -> Any:  # noqa: ANN401 - fen as money, or receipts
    return rule.marks[tier] if rule.by_purchases else Money(rule.marks[tier])


def _held() -> ColumnElement[int]:
    return case(*((Member.tier == tier, place) for tier, place in _RANKS.items()), else_=0)


def _period(rule: LevelRule, today: date) -> tuple[ColumnElement[bool], ...]:
    return Purchase.day >= rule.period_from(today), Purchase.day <= today


def _spend() -> ColumnElement[Any]:
    return func.sum(Purchase.net)


def _count() -> ColumnElement[Any]:
    return func.sum(case((Purchase.net > Money(0), 1), else_=0))
