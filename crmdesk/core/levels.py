"""Levels by rules: what a period's purchases are worth, grace before a level is lowered (domain rule 5)."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from crmdesk.core.members import CardTier
from crmdesk.core.setting import SettingValues
from crmdesk.core.settings_ledger import (
    BY_PURCHASES,
    LEVEL_DIAMOND_COUNT,
    LEVEL_GOLD_COUNT,
    LEVEL_KEEP_MONTHS,
    LEVEL_RULE,
    LEVEL_SILVER_COUNT,
)
from crmdesk.core.settings_store import LEVEL_DIAMOND, LEVEL_GOLD, LEVEL_GRACE_DAYS, LEVEL_MONTHS, LEVEL_SILVER

TIERS: Final = tuple(CardTier)  # the lowest first
_AMOUNTS: Final = {CardTier.SILVER: LEVEL_SILVER, CardTier.GOLD: LEVEL_GOLD, CardTier.DIAMOND: LEVEL_DIAMOND}
_COUNTS: Final = {
    CardTier.SILVER: LEVEL_SILVER_COUNT,
    CardTier.GOLD: LEVEL_GOLD_COUNT,
    CardTier.DIAMOND: LEVEL_DIAMOND_COUNT,
}
_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class LevelRule:
    """How levels are worked out.

    Attributes:
        by_purchases: receipts are counted, not their amounts.
        marks: from which figure (fen, or receipts) each level above the lowest begins.
        months: length of the period that counts.
        grace_days: how long a level is kept that the period no longer carries.
        keep_months: how long a level that was reached is kept at least.
    """

    by_purchases: bool
    marks: Mapping[CardTier, int]
    months: int
    grace_days: int
    keep_months: int

    def period_from(self, today: date) -> date:
        """Give the first day that counts."""
        return months_before(today, self.months) + timedelta(days=1)

    def figure(self, spend: int, purchases: int) -> int:
        """Give what decides: fen, or receipts."""
        return purchases if self.by_purchases else spend

    def earned(self, figure: int) -> CardTier:
        """Give the highest level that a figure reaches."""
        reached = [tier for tier in TIERS[1:] if figure >= self.marks[tier]]
        return reached[-1] if reached else TIERS[0]


@dataclass(frozen=True, slots=True)
class Held:
    """The level somebody has: set by hand or not, since when, and the end of the grace."""

    tier: CardTier
    fixed: bool = False
    since: date | None = None
    until: date | None = None


def rule_of(values: SettingValues) -> LevelRule:
    """Give the rule of a store's settings."""
    by_purchases = values.get(LEVEL_RULE) == BY_PURCHASES
    marks = (
        {tier: values.get(one) for tier, one in _COUNTS.items()}
        if by_purchases
        else {tier: values.get(amount).fen for tier, amount in _AMOUNTS.items()}
    )
    return LevelRule(
        by_purchases, marks, values.get(LEVEL_MONTHS), values.get(LEVEL_GRACE_DAYS), values.get(LEVEL_KEEP_MONTHS)
    )


def judge(held: Held, figure: int, rule: LevelRule, today: date) -> Held:
    """Give the level somebody has from ``today`` on.

    A higher level is given at once. A lower one only after the grace, which begins when the period no longer carries
    the level; a level set by hand stays.
    """
    if held.fixed:
        return Held(held.tier, fixed=True, since=held.since)
    earned = rule.earned(figure)
    if rank(earned) > rank(held.tier):
        return Held(earned, since=today)
    if earned is held.tier:
        return Held(held.tier, since=held.since)
    if held.until is None:
        held = Held(held.tier, since=held.since, until=grace_end(held.since, rule, today))
    if held.until is not None and held.until < today:
        return Held(earned, since=today)
    return held


def grace_end(since: date | None, rule: LevelRule, today: date) -> date:
    """Give the last day on which a level is kept that the period no longer carries; yesterday without any grace."""
    ends = today + timedelta(days=rule.grace_days) if rule.grace_days else today - timedelta(days=1)
    kept = months_after(since, rule.keep_months) if since is not None and rule.keep_months else ends
    return max(ends, kept)


def taken_over_until(rule: LevelRule, today: date) -> date:
    """Give how long a level from elsewhere is kept at least: a whole period, whose purchases nobody knows yet."""
    return months_after(today, rule.months) + timedelta(days=rule.grace_days)


def missing(figure: int, tier: CardTier, rule: LevelRule) -> int | None:
    """Give how much is missing to ``tier``; None for the lowest one, which needs nothing."""
    return max(0, rule.marks[tier] - figure) if tier in rule.marks else None


def above(tier: CardTier) -> CardTier | None:
    """Give the next level; None above the highest."""
    place = rank(tier) + 1
    return TIERS[place] if place < len(TIERS) else None


def rank(tier: CardTier) -> int:
    """Give the place of a level; the lowest is 0."""
    return TIERS.index(tier)


def months_before(day: date, months: int) -> date:
    """Give the same day ``months`` earlier, or the last one of that month."""
    return months_after(day, -months)


def months_after(day: date, months: int) -> date:
    """Give the same day ``months`` later, or the last one of that month."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
