"""Each clock: when it starts, what stops it, what it is late by, where it stands still."""

from dataclasses import replace
from datetime import date

import pytest

from crmdesk.core import clock_rules
from crmdesk.core.clock_rules import ClockPause, ClockRule, ClockStart, ClockStop, rules_for
from crmdesk.core.clocks import ClockBook, ClockFacts, ClockReading, readings
from crmdesk.core.tickets import TicketKind, TicketState
from crmdesk.core.tones import Tone

_TODAY = date(2026, 11, 21)
_ZHEJIANG = ClockBook()
_REPAIR = ClockFacts(TicketKind.REPAIR, TicketState.IN_WORK, date(2026, 11, 17), date(2026, 11, 20), date(2026, 11, 27))


def _clock(key: str, facts: ClockFacts, today: date = _TODAY, book: ClockBook = _ZHEJIANG) -> ClockReading | None:
    return next((one for one in readings(facts, today, book) if one.key == key), None)


def test_the_most_urgent_comes_first_and_no_movement_last() -> None:
    keys = [one.key for one in readings(_REPAIR, _TODAY, _ZHEJIANG)]
    assert keys == ["repair_or_lend", "promise", "promise_delay", "repair_total", "no_movement"]


def test_lending_stops_the_law_of_five_days() -> None:
    assert _clock("repair_or_lend", _REPAIR) is not None
    assert _clock("repair_or_lend", replace(_REPAIR, lent=True)) is None


def test_late_by_days_over_a_year_end() -> None:
    facts = replace(_REPAIR, received_on=date(2026, 12, 29), last_event_on=date(2026, 12, 29), promised_on=None)
    reading = _clock("repair_or_lend", facts, date(2027, 1, 5))
    assert reading is not None
    assert (reading.due_on, reading.days_left, reading.tone) == (date(2027, 1, 3), -2, Tone.LATE)


def test_the_warning_comes_at_the_share_a_store_chose() -> None:
    facts = replace(_REPAIR, received_on=date(2026, 11, 17))
    assert _tone(facts, date(2026, 11, 20)) is Tone.NEUTRAL  # 3 of 5 days: 60 %
    assert _tone(facts, date(2026, 11, 21)) is Tone.WARN  # 80 %
    assert _tone(facts, date(2026, 11, 20), replace(_ZHEJIANG, warning_percent=60)) is Tone.WARN


def _tone(facts: ClockFacts, today: date, book: ClockBook = _ZHEJIANG) -> Tone:
    reading = _clock("repair_or_lend", facts, today, book)
    assert reading is not None
    return reading.tone


@pytest.mark.parametrize(
    ("region", "there", "not_there"),
    [
        ("zhejiang", "repair_total", "repair_total_shandong"),
        ("shandong", "repair_total_shandong", "repair_or_lend"),
        ("national", "answer_house", "answer"),
    ],
)
def test_a_region_has_its_own_clocks(region: str, there: str, not_there: str) -> None:
    keys = {rule.key for rule in rules_for(region)}
    assert there in keys
    assert not_there not in keys


def test_earlier_repairs_of_the_same_fault_count() -> None:
    reading = _clock("repair_total", replace(_REPAIR, earlier_days=20))
    assert reading is not None
    assert reading.due_on == date(2026, 12, 2)


def test_head_office_answers_in_working_days_from_sending() -> None:
    facts = replace(_REPAIR, state=TicketState.SENT, sent_on=date(2026, 9, 29))
    reading = _clock("head_office_reply", facts, date(2026, 9, 30))
    assert reading is not None
    assert reading.due_on == date(2026, 10, 9)


def test_no_movement_stands_still_while_the_customer_has_to_answer() -> None:
    quoted = replace(_REPAIR, state=TicketState.QUOTED, last_event_on=date(2026, 11, 10), asked_on=date(2026, 11, 10))
    reading = _clock("no_movement", quoted)
    assert reading is not None
    assert reading.paused
    assert reading.tone is Tone.NEUTRAL
    assert reading.days_left > 0


def test_waiting_for_the_customer_before_moves_the_day() -> None:
    book = ClockBook(rules=(_own(pauses=ClockPause.CUSTOMER),))
    assert _own_due(replace(_REPAIR, customer_days=4), book) == date(2026, 12, 1)
    assert _own_due(_REPAIR, book) == date(2026, 11, 27)


def _own_due(facts: ClockFacts, book: ClockBook) -> date:
    reading = _clock("own", facts, book=book)
    assert reading is not None
    return reading.due_on


def _own(**changes: object) -> ClockRule:
    rule = ClockRule("own", frozenset({TicketKind.REPAIR}), ClockStart.RECEIVED, 10, ClockStop.READY, shipped=False)
    return replace(rule, **changes)  # type: ignore[arg-type]


def test_a_store_changes_switches_off_and_adds() -> None:
    lend = next(rule for rule in clock_rules.shipped() if rule.key == "repair_or_lend")
    promise = next(rule for rule in clock_rules.shipped() if rule.key == "promise")
    rules = rules_for("zhejiang", (replace(lend, days=3), replace(promise, active=False), _own()))
    assert next(rule for rule in rules if rule.key == "repair_or_lend").days == 3
    assert "promise" not in {rule.key for rule in rules}
    assert rules[-1].key == "own"


def test_a_change_to_another_regions_clock_runs_nothing_here() -> None:
    shandong = next(rule for rule in clock_rules.shipped() if rule.key == "repair_total_shandong")
    assert "repair_total_shandong" not in {rule.key for rule in rules_for("zhejiang", (replace(shandong, days=10),))}


@pytest.mark.parametrize("state", [TicketState.CLOSED, TicketState.CANCELLED, TicketState.DRAFT])
def test_nothing_runs_on_a_finished_ticket(state: TicketState) -> None:
    assert readings(replace(_REPAIR, state=state), _TODAY, _ZHEJIANG) == []


def test_every_shipped_clock_has_words_in_both_languages() -> None:
    for rule in clock_rules.shipped():
        assert set(rule.title) == set(rule.source) == {"en", "zh_CN"}
