"""Where a buyer stands between the first purchase and being lost (domain rule 4: lost after 365 days)."""

from dataclasses import dataclass

from crmdesk.core.member_words import LifeCycle


@dataclass(frozen=True, slots=True)
class CycleRule:
    """How long a buyer is new, and after how long she sleeps and is lost, in days; each is a setting."""

    new_days: int = 90
    sleeping_days: int = 180
    lost_days: int = 365


def life_cycle(since: int, days: int, gap: int | None, rule: CycleRule) -> LifeCycle:
    """Give where a buyer stands.

    Args:
        since: days since the last purchase.
        days: how many days she bought on.
        gap: days between the last purchase and the one before; None without one.
        rule: the store's lengths.
    """
    if since > rule.lost_days:
        return LifeCycle.LOST
    if since > rule.sleeping_days:
        return LifeCycle.SLEEPING
    if gap is not None and gap > rule.lost_days:
        return LifeCycle.BACK
    if days == 1 and since <= rule.new_days:
        return LifeCycle.NEW
    return LifeCycle.ACTIVE
