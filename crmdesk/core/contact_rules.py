"""Not a nuisance (domain rule 3): when a contact may be made, and when the next try is due."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from crmdesk.core.care import SERVICE_NOTICES, CallbackReason, HoldReason
from crmdesk.core.clock import local_time, start_of_day


@dataclass(frozen=True, slots=True)
class ContactLimits:
    """Caps and hours of a store; ``retries`` are the waits after the first, second, third unreached try."""

    per_week: int
    per_month: int
    earliest: time
    latest: time
    retries: tuple[timedelta, ...]


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What is known of a member when somebody wants to contact her."""

    week: int  # outbound contacts in the last 7 days that count
    month: int  # and in the last 30 days
    has_phone: bool = True
    do_not_contact: bool = False
    consent: bool = True


def hold_reason(reason: CallbackReason, facts: ContactFacts, limits: ContactLimits) -> HoldReason | None:
    """Say why a contact is held back; None when it may be made (apart from the hour).

    Notices about an open ticket need no consent to callbacks and do not count against the caps; a call that the
    customer asked for is no nuisance, so the caps do not hold it back.
    """
    if not facts.has_phone:
        return HoldReason.NO_PHONE
    if reason in SERVICE_NOTICES:
        return None
    if facts.do_not_contact:
        return HoldReason.DO_NOT_CONTACT
    if not facts.consent:
        return HoldReason.NO_CONSENT
    if reason is CallbackReason.AGREED:
        return None
    if facts.week >= limits.per_week:
        return HoldReason.CAP_WEEK
    return HoldReason.CAP_MONTH if facts.month >= limits.per_month else None


def is_quiet(moment: datetime, zone: str, limits: ContactLimits) -> bool:
    """Tell whether ``moment`` (aware) lies outside the hours in which customers are contacted."""
    return not limits.earliest <= local_time(moment, zone).time() < limits.latest


def next_allowed(moment: datetime, zone: str, limits: ContactLimits) -> datetime:
    """Give ``moment``, or the beginning of the next contact hours when it is quiet then."""
    if not is_quiet(moment, zone, limits):
        return moment
    local = local_time(moment, zone)
    day = local.date() if local.time() < limits.earliest else local.date() + timedelta(days=1)
    opening = timedelta(hours=limits.earliest.hour, minutes=limits.earliest.minute)
    return start_of_day(day, zone) + opening


def retry_at(attempts: int, moment: datetime, zone: str, limits: ContactLimits) -> datetime | None:
    """Give when to try again after ``attempts`` unreached tries; None when it is time to give up."""
    if attempts > len(limits.retries):
        return None
    return next_allowed(moment + limits.retries[attempts - 1], zone, limits)
