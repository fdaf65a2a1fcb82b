"""The windows of a purchase: their last days, and the months that are shorter."""

from datetime import date

import pytest

from crmdesk.core.return_rules import ReturnWindow, WindowLengths, return_window

LENGTHS = WindowLengths()


@pytest.mark.parametrize(
    ("today", "window", "until"),
    [
        (date(2026, 11, 9), ReturnWindow.RETURN, date(2026, 11, 16)),
        (date(2026, 11, 16), ReturnWindow.RETURN, date(2026, 11, 16)),
        (date(2026, 11, 17), ReturnWindow.EXCHANGE, date(2026, 11, 24)),
        (date(2026, 11, 24), ReturnWindow.EXCHANGE, date(2026, 11, 24)),
        (date(2026, 11, 25), ReturnWindow.WARRANTY, date(2027, 2, 9)),
        (date(2027, 2, 9), ReturnWindow.WARRANTY, date(2027, 2, 9)),
        (date(2027, 2, 10), ReturnWindow.OVER, None),
    ],
)
def test_the_last_day_counts(today: date, window: ReturnWindow, until: date | None) -> None:
    reading = return_window(date(2026, 11, 9), today, LENGTHS)
    assert (reading.window, reading.until) == (window, until)
    assert reading.days_old == (today - date(2026, 11, 9)).days


@pytest.mark.parametrize(
    ("bought", "until"),
    [
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 9, 30), date(2026, 12, 30)),
        (date(2026, 10, 31), date(2027, 1, 31)),
    ],
)
def test_months_of_different_length(bought: date, until: date) -> None:
    assert return_window(bought, until, LENGTHS).until == until
    assert return_window(bought, date.fromordinal(until.toordinal() + 1), LENGTHS).window is ReturnWindow.OVER
