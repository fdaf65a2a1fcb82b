"""The ladder of uncollected goods: days, gaps, fees, over the year's end."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.money import Money
from crmdesk.core.uncollected import (
    Ladder,
    ReminderStage,
    UncollectedStep,
    Waiting,
    days_waiting,
    fee_due,
    may_decide,
    next_step,
    remind_from,
    stage_now,
)

# 28 December 2026, 23:30 in Hangzhou: in UTC it is still the afternoon.
TOLD = datetime(2026, 12, 28, 15, 30, tzinfo=UTC)
LADDER = Ladder(fee_per_day=Money.yuan(2), disposal_days=90)
WAITING = Waiting(TOLD)


def at(days: int, hours: float = 0) -> datetime:
    return TOLD + timedelta(days=days, hours=hours)


@pytest.mark.parametrize(
    ("now", "step", "day"),
    [
        (at(0), UncollectedStep.WAIT, date(2027, 1, 4)),
        (at(6), UncollectedStep.WAIT, date(2027, 1, 4)),
        # half an hour past midnight in Hangzhou the seventh day has come, on the other side of the year's end
        (at(6, 1), UncollectedStep.REMIND, date(2027, 1, 4)),
        (at(29), UncollectedStep.REMIND, date(2027, 1, 26)),
        (at(30), UncollectedStep.WRITE, date(2027, 1, 27)),
        (at(100), UncollectedStep.WRITE, date(2027, 1, 27)),
    ],
)
def test_without_reminders(now: datetime, step: UncollectedStep, day: date) -> None:
    found = next_step(WAITING, LADDER, now)
    assert (found.step, found.day) == (step, day)


def test_who_was_not_told_is_told_first() -> None:
    untold = Waiting(None)
    assert next_step(untold, LADDER, at(400)).step is UncollectedStep.TELL
    assert days_waiting(untold, LADDER, date(2030, 1, 1)) == 0


def test_not_again_within_48_hours() -> None:
    once = Waiting(TOLD, (at(7),))
    assert remind_from(once, LADDER) == at(9)
    assert next_step(once, LADDER, at(8, 23.9)).step is UncollectedStep.WAIT
    assert next_step(once, LADDER, at(9)).step is UncollectedStep.REMIND


def test_stages_rise() -> None:
    assert stage_now(WAITING) is ReminderStage.FIRST
    assert stage_now(Waiting(TOLD, (at(7),))) is ReminderStage.AGAIN
    assert stage_now(Waiting(TOLD, (at(7),), at(30))) is ReminderStage.LAST


def test_the_fee_counts_from_the_day_after_the_letter_and_from_what_was_charged() -> None:
    letter = Waiting(TOLD, (), at(30))
    assert fee_due(letter, LADDER, date(2027, 1, 27)) == Money(0)
    assert fee_due(letter, LADDER, date(2027, 1, 28)) == Money.yuan(2)
    assert fee_due(letter, LADDER, date(2027, 2, 6)) == Money.yuan(20)
    charged = replace(letter, charged_at=at(40))
    assert fee_due(charged, LADDER, date(2027, 2, 6)) == Money(0)
    assert fee_due(charged, LADDER, date(2027, 2, 9)) == Money.yuan(6)
    assert fee_due(WAITING, LADDER, date(2028, 1, 1)) == Money(0)


def test_the_owner_decides_after_the_letter_and_the_days() -> None:
    letter = Waiting(TOLD, (), at(30))
    assert not may_decide(letter, LADDER, date(2027, 3, 27))
    assert may_decide(letter, LADDER, date(2027, 3, 28))
    assert not may_decide(WAITING, LADDER, date(2028, 1, 1))
    assert not may_decide(letter, replace(LADDER, disposal_days=0), date(2030, 1, 1))
    assert next_step(letter, LADDER, at(90)).step is UncollectedStep.DECIDE


moments = st.integers(0, 24 * 400).map(lambda hours: TOLD + timedelta(hours=hours))


@given(now=moments, reminders=st.lists(moments, max_size=6), letter=st.none() | moments, charged=st.none() | moments)
def test_a_reminder_is_never_offered_too_early(
    now: datetime, reminders: list[datetime], letter: datetime | None, charged: datetime | None
) -> None:
    waiting = Waiting(TOLD, tuple(sorted(reminders)), letter, charged)
    found = next_step(waiting, LADDER, now)
    if found.step is UncollectedStep.REMIND:
        assert all(now - one >= timedelta(hours=48) for one in reminders if one <= now)
        assert days_waiting(waiting, LADDER, found.day or date.min) >= 7
    assert fee_due(waiting, LADDER, date(2027, 6, 1)) >= Money(0)
