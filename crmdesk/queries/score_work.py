"""What scores should say: of everybody, worked out beside the work, and of the few who bought since."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, func, select, type_coerce
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.figures import QuintileScale, quintile_scale
from crmdesk.core.life_cycle import CycleRule, life_cycle
from crmdesk.core.member_words import LifeCycle
from crmdesk.core.settings_store import LOST_DAYS, NEW_BUYER_DAYS, SLEEPING_DAYS
from crmdesk.models.purchase import Purchase
from crmdesk.models.score import DirtyMember, MemberScore, ScoreScale
from crmdesk.queries.figure_members import IS_SALE, no_members
from crmdesk.queries.rfm import RfmTable, rfm_table
from crmdesk.queries.settings import store_settings

_AT_ONCE: Final = 2000
_UP_TO_FIVE: Final = 4  # bounds of a scale


class Scored(NamedTuple):
    """One member's scores; ``cycle`` None for somebody who bought nothing (any more)."""

    member_id: int
    recency: int
    frequency: int
    monetary: int
    cycle: LifeCycle | None


@dataclass(frozen=True, slots=True)
class Scales:
    """The three scales of a day; recency is scored by days since, turned round: few are good."""

    as_of: date
    recency: QuintileScale
    frequency: QuintileScale
    monetary: QuintileScale
    buyers: int

    def scored(self, member_id: int, facts: tuple[int, int, int, int], cycle: LifeCycle) -> Scored:
        """Give the scores for days since, purchase days, receipts and net amount in fen."""
        since, days, tickets, net = facts
        return Scored(
            member_id,
            self.recency.score(-since),
            self.frequency.score(days),
            self.monetary.score(net / tickets),
            cycle,
        )


@dataclass(frozen=True, slots=True)
class ScoreWork:
    """What is to be written: the day's scales and whose scores are others than those on file."""

    scales: Scales
    changed: tuple[Scored, ...]


def score_work(session: Session, context: Context) -> ScoreWork:
    """Work out everybody's scores as of today and give those that are others than on file; reads only."""
    today = context.today()
    table = rfm_table(session, today)
    scales = Scales(
        today,
        quintile_scale([-since for since in table.recency]),
        quintile_scale(table.days),
        quintile_scale([net / tickets for net, tickets in zip(table.net, table.tickets, strict=True)]),
        len(table.keys),
    )
    on_file = {row[0]: tuple(row) for row in session.execute(_scores(context)).yield_per(_AT_ONCE)}
    wanted = _everybody(table, scales, _returned(session, today, cycle_rule(session, context)))
    changed = [one for one in wanted if on_file.pop(one.member_id, None) != one]
    changed += [Scored(key, 0, 0, 0, None) for key in on_file]
    return ScoreWork(scales, tuple(changed))


def scales_on_file(session: Session, context: Context) -> Scales | None:
    """Give the scales that scores on file were given by; None before the first time."""
    row = session.get(ScoreScale, context.store.id)
    if row is None:
        return None
    return Scales(row.as_of, _scale(row.recency), _scale(row.frequency), _scale(row.monetary), row.buyers)


def dirty(session: Session, context: Context, most: int) -> list[int]:
    """Give some members whose scores are to be worked out again."""
    return list(
        session.scalars(select(DirtyMember.member_id).where(DirtyMember.store_id == context.store.id).limit(most))
    )


def scores_of(session: Session, keys: Sequence[int], scales: Scales, context: Context) -> list[Scored]:
    """Work out the scores of some members by the scales on file, as of their day."""
    rule, gone = cycle_rule(session, context), set(session.scalars(no_members().where(_is_one_of(keys))))
    made = {key: Scored(key, 0, 0, 0, None) for key in keys}
    for key, tickets, days, net in session.execute(_receipts(keys, scales.as_of)):
        if tickets and key not in gone:
            last, *before = _sale_days(session, key, scales.as_of)
            since = (scales.as_of - last).days
            gap = (last - before[0]).days if before else None
            made[key] = scales.scored(key, (since, days, tickets, int(net)), life_cycle(since, days, gap, rule))
    return list(made.values())


def cycle_rule(session: Session, context: Context) -> CycleRule:
    """Give the store's lengths of the life cycle."""
    values = store_settings(session, context.store.id)
    return CycleRule(values.get(NEW_BUYER_DAYS), values.get(SLEEPING_DAYS), values.get(LOST_DAYS))


def bounds_text(scale: QuintileScale) -> str:
    """Write the bounds of a scale as they are kept; an endless one is null."""
    return json.dumps([None if math.isinf(bound) else bound for bound in scale.bounds])


def _scale(text: str) -> QuintileScale:
    bounds = json.loads(text)[:_UP_TO_FIVE]
    return QuintileScale(tuple(math.inf if bound is None else float(bound) for bound in bounds))


@dataclass(frozen=True, slots=True)
class _Returned:
    """Who came back after a long time: her last purchase has none before it within the time that counts as lost."""

    rule: CycleRule
    near: frozenset[int]  # bought twice within that time

    def cycle(self, key: int, since: int, days: int) -> LifeCycle:
        gap = None if days == 1 else (1 if key in self.near else self.rule.lost_days + 1)
        return life_cycle(since, days, gap, self.rule)


def _returned(session: Session, today: date, rule: CycleRule) -> _Returned:
    """Look at the purchases that matter: those between the last one and as long before it as counts as lost."""
    first = today - timedelta(days=rule.sleeping_days + rule.lost_days)
    wanted = (
        select(type_coerce(Purchase.member_id, BigInteger), Purchase.day)
        .where(Purchase.member_id.is_not(None), Purchase.day >= first, Purchase.day <= today, IS_SALE)
        .order_by(Purchase.member_id, Purchase.day.desc())
        .distinct()
    )
    near: set[int] = set()
    last_key = -1
    last_day = today
    for key, day in session.execute(wanted).yield_per(_AT_ONCE):
        if key != last_key:
            last_key, last_day = key, day
        elif (last_day - day).days <= rule.lost_days:
            near.add(key)
    return _Returned(rule, frozenset(near))


def _everybody(table: RfmTable, scales: Scales, returned: _Returned) -> Iterator[Scored]:
    for place, key in enumerate(table.keys):
        facts = table.line(place)
        yield scales.scored(key, facts, returned.cycle(key, facts[0], facts[1]))


def _scores(context: Context) -> Any:  # noqa: ANN401 - a statement
    score = MemberScore
    return select(score.member_id, score.recency, score.frequency, score.monetary, score.cycle).where(
        score.store_id == context.store.id
    )


def _is_one_of(keys: Sequence[int]) -> Any:  # noqa: ANN401 - a condition
    return no_members().selected_columns[0].in_(keys)


def _receipts(keys: Sequence[int], as_of: date) -> Any:  # noqa: ANN401 - a statement
    sale = func.count().filter(IS_SALE)
    return (
        select(
            Purchase.member_id,
            sale.label("tickets"),
            func.count(Purchase.day.distinct()).filter(IS_SALE).label("days"),
            type_coerce(func.sum(Purchase.net), BigInteger).label("net"),
        )
        .where(Purchase.member_id.in_(keys), Purchase.day <= as_of)
        .group_by(Purchase.member_id)
    )


def _sale_days(session: Session, key: int, as_of: date) -> list[date]:
    """Give the last two days on which a member bought, the newer first."""
    wanted = select(Purchase.day).where(Purchase.member_id == key, Purchase.day <= as_of, IS_SALE).distinct()
    return list(session.scalars(wanted.order_by(Purchase.day.desc()).limit(2)))
