"""The calls after a purchase, 3-3-15 (domain rule 3): congratulation, how it wears, matching piece."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from crmdesk.core.clock import start_of_day
from crmdesk.core.contact_rules import ContactLimits, next_allowed

LAST_STEP = 2
_LAST_STEP_DAYS = 14
# A step whose time has passed waits this long after the one before it.
_LEAST_GAP = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PurchasePlan:
    """A store's waits: hours to the first step, days from the purchase to the second and to the third."""

    hours: int
    first_days: int
    second_days: int


def opens_at(
    plan: PurchasePlan, step: int, bought: date, surroundings: tuple[datetime, str, ContactLimits]
) -> datetime:
    """Give when ``step`` begins for a purchase of day ``bought``; never in quiet hours.

    Args:
        plan: the store's waits.
        step: 0, 1 or 2.
        bought: day of the purchase.
        surroundings: the present moment (aware), the store's zone, its contact hours.
    """
    now, zone, limits = surroundings
    if step == 0:
        return next_allowed(now + timedelta(hours=plan.hours), zone, limits)
    days = plan.first_days if step == 1 else plan.second_days
    planned = _opening(bought + timedelta(days=days), limits.earliest, zone)
    return next_allowed(planned if planned > now else now + _LEAST_GAP, zone, limits)


def last_day(plan: PurchasePlan, step: int, bought: date) -> date:
    """Give the day on which ``step`` has no sense any more: when the next one begins, two weeks after for the last."""
    days = (plan.first_days, plan.second_days, plan.second_days + _LAST_STEP_DAYS)
    return bought + timedelta(days=days[step])


def _opening(day: date, earliest: time, zone: str) -> datetime:
    return start_of_day(day, zone) + timedelta(hours=earliest.hour, minutes=earliest.minute)
