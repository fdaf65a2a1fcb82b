"""What to do next for a member: everything that waits, in one declared order (capability M11)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class Best(StrEnum):
    """What can be the next step, the most pressing first: the order of this list is the rule."""

    LOAN_LATE = "loan_late"
    TICKET_READY = "ticket_ready"
    LOAN_DUE = "loan_due"
    TICKET_LATE = "ticket_late"
    CALL_DUE = "call_due"
    BIRTHDAY = "birthday"
    POINTS_EXPIRING = "points_expiring"
    INTENT_ASKED = "intent_asked"
    INTENT = "intent"
    TICKET_OPEN = "ticket_open"
    SILENT = "silent"
    CONSENT_MISSING = "consent_missing"


# Steps that only make sense for somebody who may be contacted.
BY_CONTACT: Final = frozenset(
    {Best.CALL_DUE, Best.BIRTHDAY, Best.POINTS_EXPIRING, Best.INTENT, Best.SILENT, Best.CONSENT_MISSING}
)


@dataclass(frozen=True, slots=True)
class Waits:
    """What is known of a member; a day is None where there is none.

    Attributes:
        loan_due: the earliest day on which a loaner is to come back.
        ticket_ready: goods lie ready to be collected.
        ticket_open: a ticket is open that is not ready.
        promised: the earliest day that such a ticket was promised for.
        call_due: a call is on the list.
        birthday: the next one.
        points_end: the day on which points expire next.
        wanted: the day of the oldest wish that is open.
        bought_like: something like a wish was bought, and nobody has said yet whether it was this.
        last_bought: the day of the last purchase.
        consent_asked: she was asked at least once what she agrees to.
        do_not_contact: she does not want to be contacted.
    """

    loan_due: date | None = None
    ticket_ready: bool = False
    ticket_open: bool = False
    promised: date | None = None
    call_due: bool = False
    birthday: date | None = None
    points_end: date | None = None
    wanted: date | None = None
    bought_like: bool = False
    last_bought: date | None = None
    consent_asked: bool = True
    do_not_contact: bool = False


@dataclass(frozen=True, slots=True)
class Soon:
    """How near something must be, or how long ago, in days; most are settings of the store."""

    loan: int = 1
    birthday: int = 14
    points: int = 30
    intent: int = 7
    silent: int = 90


def steps(waits: Waits, today: date, soon: Soon) -> list[Best]:
    """Give everything that is to be done, the most pressing first."""
    holds = _holds(waits, today, soon)
    return [one for one in Best if holds[one] and not (waits.do_not_contact and one in BY_CONTACT)]


def _holds(waits: Waits, today: date, soon: Soon) -> dict[Best, bool]:
    late_loan = waits.loan_due is not None and waits.loan_due < today
    late_ticket = waits.ticket_open and waits.promised is not None and waits.promised < today
    return {
        Best.LOAN_LATE: late_loan,
        Best.TICKET_READY: waits.ticket_ready,
        Best.LOAN_DUE: not late_loan and _within(waits.loan_due, today, soon.loan),
        Best.TICKET_LATE: late_ticket,
        Best.CALL_DUE: waits.call_due,
        Best.BIRTHDAY: _within(waits.birthday, today, soon.birthday),
        Best.POINTS_EXPIRING: _within(waits.points_end, today, soon.points),
        Best.INTENT_ASKED: waits.bought_like,
        Best.INTENT: _for_days(waits.wanted, today, soon.intent),
        Best.TICKET_OPEN: waits.ticket_open and not late_ticket,
        Best.SILENT: _for_days(waits.last_bought, today, soon.silent),
        Best.CONSENT_MISSING: not waits.consent_asked,
    }


def _within(day: date | None, today: date, days: int) -> bool:
    return day is not None and today <= day <= today + timedelta(days=days)


def _for_days(day: date | None, today: date, days: int) -> bool:
    return day is not None and (today - day).days >= days
