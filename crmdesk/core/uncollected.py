"""The ladder of goods that nobody collects: told, reminded, written to, charged, decided about (domain rule 2).

Days are calendar days of the store; holidays do not matter, as nobody has to work for them to pass.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

from crmdesk.core.clock import day_in_zone
from crmdesk.core.money import Money


class ReminderStage(IntEnum):
    """Steps of the ladder, as `models.reminder.Reminder.stage` keeps them."""

    FIRST = 1
    AGAIN = 2
    LETTER = 3
    LAST = 4  # after the letter


class UncollectedStep(StrEnum):
    """What is to be done about goods that wait."""

    TELL = "tell"  # ready, but the customer does not know yet
    WAIT = "wait"
    REMIND = "remind"
    WRITE = "write"
    CHARGE = "charge"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Ladder:
    """The store's rules; no fee when ``fee_per_day`` is zero, no decision when ``disposal_days`` is 0."""

    first_days: int = 7
    gap_hours: int = 48
    letter_days: int = 30
    fee_per_day: Money = Money(0)
    disposal_days: int = 0
    zone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What happened to goods that wait: told when, reminded when, charged until which day."""

    told_at: datetime | None
    reminded_at: tuple[datetime, ...] = ()
    letter_at: datetime | None = None
    charged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next step of the ladder, and the day from which it is due."""

    step: UncollectedStep
    day: date | None = None


def days_waiting(waiting: Waiting, ladder: Ladder, today: date) -> int:
    """Count the calendar days since the customer was told; 0 before that."""
    if waiting.told_at is None:
        return 0
    return max((today - day_in_zone(waiting.told_at, ladder.zone)).days, 0)


def due_on(waiting: Waiting, ladder: Ladder, days: int) -> date | None:
    """Give the day on which the goods will have waited ``days`` days."""
    return None if waiting.told_at is None else day_in_zone(waiting.told_at, ladder.zone) + timedelta(days=days)


def remind_from(waiting: Waiting, ladder: Ladder) -> datetime | None:
    """Give the moment of the gap's end after the newest reminder; None when there was none."""
    known = [*waiting.reminded_at, *([waiting.letter_at] if waiting.letter_at else [])]
    return max(known) + timedelta(hours=ladder.gap_hours) if known else None


def fee_days(waiting: Waiting, ladder: Ladder, today: date) -> int:
    """Count the days since the letter that were not charged yet, waived ones count as charged."""
    if waiting.letter_at is None:
        return 0
    since = max(moment for moment in (waiting.letter_at, waiting.charged_at) if moment is not None)
    return max((today - day_in_zone(since, ladder.zone)).days, 0)


def fee_due(waiting: Waiting, ladder: Ladder, today: date) -> Money:
    """Give the storage fee that was not charged yet."""
    return Money(ladder.fee_per_day.fen * fee_days(waiting, ladder, today))


def may_decide(waiting: Waiting, ladder: Ladder, today: date) -> bool:
    """Tell whether the owner may decide about the goods."""
    over = ladder.disposal_days and days_waiting(waiting, ladder, today) >= ladder.disposal_days
    return bool(over) and waiting.letter_at is not None


def stage_now(waiting: Waiting) -> ReminderStage:
    """Give the stage of a reminder that goes out now."""
    if waiting.letter_at is not None:
        return ReminderStage.LAST
    return ReminderStage.AGAIN if waiting.reminded_at else ReminderStage.FIRST


def next_step(waiting: Waiting, ladder: Ladder, now: datetime) -> NextStep:
    """Give what is to be done now, or what comes next and when."""
    if waiting.told_at is None:
        return NextStep(UncollectedStep.TELL)
    today = day_in_zone(now, ladder.zone)
    if may_decide(waiting, ladder, today):
        return NextStep(UncollectedStep.DECIDE, today)
    letter_on = due_on(waiting, ladder, ladder.letter_days)
    if waiting.letter_at is None and letter_on is not None and today >= letter_on:
        return NextStep(UncollectedStep.WRITE, letter_on)
    return _remind_or_wait(waiting, ladder, now)


def _remind_or_wait(waiting: Waiting, ladder: Ladder, now: datetime) -> NextStep:
    first_on = due_on(waiting, ladder, ladder.first_days)
    again = remind_from(waiting, ladder)
    today = day_in_zone(now, ladder.zone)
    if first_on is not None and today >= first_on and (again is None or now >= again):
        return NextStep(UncollectedStep.REMIND, today)
    days = [day for day in (first_on, day_in_zone(again, ladder.zone) if again else None) if day is not None]
    return NextStep(UncollectedStep.WAIT, max(days))
