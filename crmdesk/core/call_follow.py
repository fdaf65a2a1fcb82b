"""What follows from a contact (domain rule 3): one rule for the service that acts and the screen that foretells."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from crmdesk.core.care import TALKED, UNREACHED, CallOutcome
from crmdesk.core.contact_rules import ContactLimits, retry_at

_MONTH = timedelta(days=30)


class Follow(StrEnum):
    """What comes next."""

    DONE = "done"
    NEXT_STEP = "next_step"  # of the plan after a purchase
    NEXT_CADENCE = "next_cadence"
    RETRY = "retry"
    AGREED = "agreed"
    GIVE_UP = "give_up"
    OTHER_NUMBER = "other_number"
    NO_NUMBER = "no_number"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class CallSituation:
    """Where a callback stands before its outcome; times are aware."""

    attempts: int
    zone: str
    limits: ContactLimits
    next_step: datetime | None = None
    cadence_months: int | None = None
    other_phone: bool = False


@dataclass(frozen=True, slots=True)
class Following:
    """What follows, and when."""

    kind: Follow
    at: datetime | None = None


def follow(outcome: CallOutcome, situation: CallSituation, now: datetime, later: datetime | None = None) -> Following:
    """Say what follows from ``outcome``; ``later`` is the moment that the customer named."""
    if outcome in UNREACHED:
        retry = retry_at(situation.attempts + 1, now, situation.zone, situation.limits)
        return Following(Follow.GIVE_UP) if retry is None else Following(Follow.RETRY, retry)
    if outcome is CallOutcome.CALL_LATER:
        return Following(Follow.AGREED, later)
    if outcome is CallOutcome.WRONG_NUMBER:
        return Following(Follow.OTHER_NUMBER, now) if situation.other_phone else Following(Follow.NO_NUMBER)
    if outcome is CallOutcome.DO_NOT_CALL:
        return Following(Follow.STOP)
    if outcome in TALKED or outcome is CallOutcome.SENT:
        return _afterwards(outcome, situation, now)
    return Following(Follow.DONE)


def _afterwards(outcome: CallOutcome, situation: CallSituation, now: datetime) -> Following:
    if situation.next_step is not None:
        return Following(Follow.NEXT_STEP, situation.next_step)
    if situation.cadence_months is not None and outcome in TALKED:
        return Following(Follow.NEXT_CADENCE, now + _MONTH * situation.cadence_months)
    return Following(Follow.DONE)
