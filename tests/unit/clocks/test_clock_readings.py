"""Whatever the facts and the rule: a reading comes, its day is one that is worked, its share stays within 0 and 100."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core import clock_rules
from crmdesk.core.clock_rules import LONGEST_DAYS, ClockPause, ClockRule, ClockStart, ClockStop
from crmdesk.core.clocks import ClockBook, ClockFacts, can_run, readings
from crmdesk.core.failed_repairs import ExchangeCause, RepairRecord, exchange_due
from crmdesk.core.i18n import set_language
from crmdesk.core.tickets import CUSTOMERS_TURN, TicketKind, TicketState
from crmdesk.core.tones import Tone
from crmdesk.core.work_calendar import WorkCalendar, is_announced, reach, shipped, shipped_year, stamp

_DAY = st.dates(date(2025, 6, 1), date(2028, 6, 30))
_MAYBE = st.none() | _DAY
_FACTS = st.builds(
    ClockFacts,
    kind=st.sampled_from(TicketKind),
    state=st.sampled_from(TicketState),
    received_on=_DAY,
    last_event_on=_DAY,
    promised_on=_MAYBE,
    ready_on=_MAYBE,
    lent=st.booleans(),
    sent_on=_MAYBE,
    asked_on=_MAYBE,
    customer_days=st.integers(0, 400),
    earlier_days=st.integers(0, 400),
)
_RULE = st.builds(
    ClockRule,
    key=st.just("own"),
    kinds=st.just(frozenset(TicketKind)),
    start=st.sampled_from(ClockStart),
    days=st.integers(0, LONGEST_DAYS),
    stops=st.sampled_from(ClockStop),
    working=st.booleans(),
    pauses=st.sampled_from(ClockPause),
    shipped=st.just(False),
)
_REPAIR = ClockFacts(TicketKind.REPAIR, TicketState.IN_WORK, date(2026, 11, 17), date(2026, 11, 20), date(2026, 11, 27))


@given(_FACTS, _RULE, _DAY, st.integers(1, 99))
def test_a_reading_never_fails(facts: ClockFacts, rule: ClockRule, today: date, percent: int) -> None:
    book = ClockBook(rules=(*clock_rules.shipped(), rule), warning_percent=percent)
    for one in readings(facts, today, book):
        assert 0 <= one.used_percent <= 100
        assert one.days_left == (one.due_on - today).days
        assert (one.tone is Tone.LATE) == (one.days_left < 0 and not one.paused)
        assert not one.paused or facts.state in CUSTOMERS_TURN


@given(_FACTS, _RULE, _DAY)
def test_a_clock_of_working_days_is_due_on_one(facts: ClockFacts, rule: ClockRule, today: date) -> None:
    book = ClockBook(rules=(replace(rule, working=True),))
    assert all(book.calendar.is_working(one.due_on) for one in readings(facts, today, book))


@given(_DAY, st.integers(0, 60), st.integers(0, 60))
def test_a_later_start_is_never_due_earlier(start: date, on: int, days: int) -> None:
    assert shipped().add(start, days) <= shipped().add(start + timedelta(days=on), days)


def test_the_share_that_is_gone() -> None:
    book = ClockBook(rules=(ClockRule("own", frozenset(TicketKind), ClockStart.RECEIVED, 10, ClockStop.READY),))
    used = [readings(_REPAIR, date(2026, 11, day), book)[0].used_percent for day in (17, 19, 22, 27, 30)]
    assert used == [0, 20, 50, 100, 100]


def test_what_earlier_repairs_took_is_gone_of_the_whole_time() -> None:
    rule = next(one for one in clock_rules.shipped() if one.key == "repair_total")
    facts = replace(_REPAIR, earlier_days=28)
    reading = readings(facts, date(2026, 11, 17), ClockBook(rules=(rule,)))[0]
    assert (reading.due_on, reading.used_percent, reading.tone) == (date(2026, 11, 24), 80, Tone.WARN)


def test_waiting_for_the_customer_before_the_last_event_does_not_move_no_movement() -> None:
    rule = next(one for one in clock_rules.shipped() if one.key == "no_movement")
    facts = replace(_REPAIR, last_event_on=date(2026, 11, 16), customer_days=9)
    reading = readings(facts, date(2026, 11, 20), ClockBook(rules=(rule,)))[0]
    assert (reading.due_on, reading.tone) == (date(2026, 11, 19), Tone.LATE)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 12, 30), 3, date(2027, 1, 5)),  # over New Year 2027
        (date(2027, 2, 4), 2, date(2027, 2, 10)),  # over Spring Festival 2027
        (date(2026, 4, 30), 3, date(2026, 5, 8)),  # over Labour Day
    ],
)
def test_no_movement_over_year_end_and_holiday_weeks(start: date, days: int, due: date) -> None:
    rule = replace(next(one for one in clock_rules.shipped() if one.key == "no_movement"), days=days)
    reading = readings(replace(_REPAIR, last_event_on=start), start, ClockBook(rules=(rule,)))[0]
    assert reading.due_on == due


@pytest.mark.parametrize("rule", clock_rules.shipped(), ids=lambda rule: rule.key)
def test_every_shipped_clock_can_run(rule: ClockRule) -> None:
    assert can_run(rule)


@pytest.mark.parametrize(
    ("start", "stops", "pauses"),
    [
        (ClockStart.READY, ClockStop.READY, ClockPause.NEVER),
        (ClockStart.ASKED, ClockStop.ASKED_NO_MORE, ClockPause.CUSTOMER),
        (ClockStart.SENT, ClockStop.ACKNOWLEDGED, ClockPause.NEVER),
    ],
)
def test_some_clocks_would_never_run(start: ClockStart, stops: ClockStop, pauses: ClockPause) -> None:
    assert not can_run(ClockRule("own", frozenset(TicketKind), start, 3, stops, pauses=pauses))


# -- failed repairs ------------------------------------------------------------------------


def _due(record: RepairRecord, region: str = "zhejiang") -> list[ExchangeCause]:
    return [one.cause for one in exchange_due(record, region, clock_rules.rules_for(region), 2)]


def test_two_failed_repairs_or_more_than_35_days() -> None:
    assert _due(RepairRecord(1, 35)) == []
    assert _due(RepairRecord(2, 10)) == [ExchangeCause.TIMES]
    assert _due(RepairRecord(0, 36)) == [ExchangeCause.DAYS]
    assert _due(RepairRecord(3, 40)) == [ExchangeCause.TIMES, ExchangeCause.DAYS]


def test_shandong_says_30_days_and_the_nation_none() -> None:
    assert _due(RepairRecord(0, 31), "shandong") == [ExchangeCause.DAYS]
    assert _due(RepairRecord(0, 400), "national") == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_source_is_said_in_the_language(language: str) -> None:
    set_language(language)
    try:
        times, days = exchange_due(RepairRecord(2, 40), "zhejiang", clock_rules.rules_for("zhejiang"), 2)
        house = exchange_due(RepairRecord(2, 1), "national", (), 2)[0]
    finally:
        set_language("en")
    assert ("26" in times.source, "26" in days.source) == (True, True)
    assert house.source == ("House rule" if language == "en" else "内部规定")


# -- the calendar --------------------------------------------------------------------------


def test_a_year_is_announced_when_it_came_final_or_the_store_works_a_weekend() -> None:
    assert is_announced(2026, shipped())
    assert not is_announced(2027, shipped())
    assert not is_announced(2027, shipped().changed({date(2027, 3, 1): False}))
    assert is_announced(2027, shipped().changed({date(2027, 2, 13): True}))
    assert not is_announced(2031, WorkCalendar())


def test_the_calendar_reaches_over_the_next_year() -> None:
    assert reach(date(2026, 11, 21)) == (date(2025, 1, 1), date(2027, 12, 31))
    assert reach(date(2029, 1, 1)) == (date(2026, 1, 1), date(2030, 12, 31))
    assert shipped_year(2031) is None


def test_a_stamp_tells_sets_apart() -> None:
    day = date(2026, 11, 23)
    stamps = {stamp({}), stamp({day: (False, "")}), stamp({day: (True, "")}), stamp({day: (False, "盘点")})}
    assert len(stamps) == 4
