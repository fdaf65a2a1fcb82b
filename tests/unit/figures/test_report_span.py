"""Periods: what a person types, days to come, the same period a year before."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.clock import FixedClock
from crmdesk.core.context import Actor, Context, StoreRef
from crmdesk.core.roles import RIGHTS, Role
from crmdesk.queries.report_span import Span, period_of, same_period_last_year, span_of, year_to

DAY = timedelta(days=1)
ZONE = "Asia/Shanghai"


def context(now: datetime, role: Role = Role.OWNER) -> Context:
    return Context(FixedClock(now), Actor(1, "", role, RIGHTS[role]), StoreRef(1, "01", ""))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        (" 2028-02 ", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-2", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-01-31 .. 2026-01-31", date(2026, 1, 31), date(2026, 1, 31)),
    ],
)
def test_periods(text: str, first: date, last: date) -> None:
    assert period_of(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "26", "20266", "soon", "2026Q0", "2026Q5", "2026Q", "2026-0", "2026-13", "2026-11-05", "a..b", "..",
             "2026-02-01..2026-01-31", "0000"],
)  # fmt: skip
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        period_of(text)


def test_days_to_come_are_not_there_yet_and_days_are_the_stores() -> None:
    evening = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)  # half past midnight of the 21st in Hangzhou
    assert span_of(date(2026, 1, 1), date(2026, 12, 31), context(evening)).last == date(2026, 11, 21)
    assert span_of(date(2027, 1, 1), date(2027, 1, 31), context(evening)).last == date(2027, 1, 1)
    span = Span(date(2026, 11, 21), date(2026, 11, 21), ZONE)
    assert (span.opens, span.closes) == (datetime(2026, 11, 20, 16, tzinfo=UTC), datetime(2026, 11, 21, 16, tzinfo=UTC))
    assert span.day(evening) == date(2026, 11, 21)


def test_phones_by_right() -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    whole, masked = (span_of(date.min, date.max, context(now, role)) for role in (Role.OWNER, Role.HEAD_OFFICE))
    assert (whole.phone("13805715678"), masked.phone("13805715678")) == ("13805715678", "138****5678")
    assert masked.phone(None) == ""


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.integers(0, 400))
def test_a_year_before(first: date, days: int) -> None:
    span = Span(first, first + timedelta(days=days), ZONE)
    begins, ends = same_period_last_year(span)
    assert begins <= ends
    assert (begins.year, ends.year) == (span.first.year - 1, span.last.year - 1)
    assert abs((ends - begins).days - days) <= 1, "a leap day more or less"
    assert begins + 365 * DAY <= first <= begins + 366 * DAY
    if (span.last + DAY).day == 1:
        assert (ends + DAY).day == 1, "the end of a month stays the end of a month"


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_twelve_months_follow_one_another(last: date) -> None:
    first, until = year_to(last)
    assert until == last
    assert year_to(first - DAY)[1] == first - DAY
    assert (last - first).days in {364, 365}
    assert same_period_last_year(Span(first, last, ZONE))[1] == first - DAY
