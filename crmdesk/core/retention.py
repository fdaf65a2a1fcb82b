"""Which backups to keep: all of two days, then the last of each day, week and month (quality 2.6)."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How many backups of each kind stay; days, weeks and months without a backup are not counted."""

    all_days: int = 2
    daily: int = 12
    weekly: int = 10
    monthly: int = 9


DEFAULT_RULE = RetentionRule()


def kept(
    moments: Iterable[datetime], now: datetime, *, zone: str = "UTC", rule: RetentionRule = DEFAULT_RULE
) -> frozenset[datetime]:
    """Choose the backups to keep.

    Everything of the last ``all_days`` x 24 hours stays (and what a wrong clock put into the future); then the
    newest backup of each of the last ``daily`` days, ``weekly`` ISO weeks and ``monthly`` months that
    have one, counted from there back. The newest backup always stays.

    Args:
        moments: when the backups were made, aware, in any order.
        now: the current moment, aware.
        zone: IANA name of the zone whose days, weeks and months count.
        rule: how many.
    """
    newest_first = sorted(set(moments), reverse=True)
    recent = {moment for moment in newest_first if moment > now - timedelta(days=rule.all_days)}
    older = [moment for moment in newest_first if moment not in recent]
    place = ZoneInfo(zone)
    keep = recent | set(newest_first[:1])
    keep |= _newest_of_each(older, lambda moment: moment.astimezone(place).date(), rule.daily)
    keep |= _newest_of_each(older, lambda moment: moment.astimezone(place).isocalendar()[:2], rule.weekly)
    keep |= _newest_of_each(older, lambda moment: _month(moment.astimezone(place)), rule.monthly)
    return frozenset(keep)


def _month(moment: datetime) -> tuple[int, int]:
    return moment.year, moment.month


def _newest_of_each(newest_first: list[datetime], period: Callable[[datetime], Hashable], count: int) -> set[datetime]:
    chosen: dict[Hashable, datetime] = {}
    for moment in newest_first:
        if len(chosen) == count:
            break
        chosen.setdefault(period(moment), moment)
    return set(chosen.values())
