"""Days and birthdays in every way that stores write them."""

from datetime import date, datetime

import pytest

from crmdesk.core.birthday import Birthday
from crmdesk.core.dates import DateError, DateTrouble, parse_birthday, parse_day, parse_moment, serial_day
from crmdesk.core.members import BirthdayCalendar

LUNAR = BirthdayCalendar.LUNAR
SOLAR = BirthdayCalendar.SOLAR


@pytest.mark.parametrize(
    "raw",
    [
        "2026-03-05",
        "2026.3.5",
        "2026/3/5",
        "2026年3月5日",
        "2026年03月05号",
        "２０２６年３月５日",
        "二〇二六年三月五日",
        "20260305",
        "20260305.0",
        "2026-03-05 00:00:00",
        "2026-03-05T14:03:22Z",
        "2026/3/5 9:30",
        "2026年3月5日 星期四",
        "2026-3-5（周四）",
        "5 Mar 2026",
        "March 5, 2026",
        "5-Mar-2026",
        "46086",
        46086,
        46086.75,
        20260305.0,
        date(2026, 3, 5),
        datetime(2026, 3, 5, 18, 30),  # noqa: DTZ001
    ],
    ids=repr,
)
def test_one_day_in_many_ways(raw: str | float | date) -> None:
    assert parse_day(raw) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2026-03-05 14:03:22", (2026, 3, 5, 14, 3, 22)),
        ("2026年3月5日 14时03分", (2026, 3, 5, 14, 3)),
        ("2026/3/5 9:05", (2026, 3, 5, 9, 5)),
        (46086.5, (2026, 3, 5, 12, 0)),
        ("2026.3.5", (2026, 3, 5)),
    ],
)
def test_time_of_day(raw: str | float, moment: tuple[int, int, int]) -> None:
    assert parse_moment(raw) == datetime(*moment)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", DateTrouble.EMPTY),
        ("  ", DateTrouble.EMPTY),
        ("昨天", DateTrouble.NOT_A_DATE),
        ("2026-02-30", DateTrouble.IMPOSSIBLE),
        ("2026-13-01", DateTrouble.IMPOSSIBLE),
        ("2026-03-05 29:00", DateTrouble.IMPOSSIBLE),
        ("3月5日", DateTrouble.YEAR_MISSING),
        ("2026年", DateTrouble.YEAR_ONLY),
        ("2026", DateTrouble.YEAR_ONLY),
        (2026.0, DateTrouble.YEAR_ONLY),
        ("3/5/2026", DateTrouble.AMBIGUOUS),
        ("26.3.5", DateTrouble.AMBIGUOUS),
        ("农历八月十五", DateTrouble.LUNAR),
        (60, DateTrouble.IMPOSSIBLE),
        (-1.0, DateTrouble.NOT_A_DATE),
        (float("nan"), DateTrouble.NOT_A_DATE),
        (float("inf"), DateTrouble.NOT_A_DATE),
        ("9" * 200_000, DateTrouble.NOT_A_DATE),
    ],
)
def test_what_is_no_certain_day(raw: str | float, reason: DateTrouble) -> None:
    with pytest.raises(DateError) as refused:
        parse_day(raw)
    assert refused.value.reason is reason


def test_day_and_month_are_told_apart_when_only_one_fits() -> None:
    assert parse_day("25/3/2026") == date(2026, 3, 25)
    assert parse_day("3/25/2026") == date(2026, 3, 25)
    assert parse_day("3/3/2026") == date(2026, 3, 3)


def test_serials_before_the_day_that_never_was() -> None:
    assert serial_day(1) == date(1900, 1, 1)
    assert serial_day(59) == date(1900, 2, 28)
    assert serial_day(61) == date(1900, 3, 1)


@pytest.mark.parametrize(
    ("raw", "birthday"),
    [
        ("1985-3-5", Birthday(SOLAR, 1985, 3, 5)),
        ("3月5日", Birthday(SOLAR, None, 3, 5)),
        ("03-05", Birthday(SOLAR, None, 3, 5)),
        ("0305", Birthday(SOLAR, None, 3, 5)),
        ("2月29日", Birthday(SOLAR, None, 2, 29)),
        ("85年3月5日", Birthday(SOLAR, 1985, 3, 5)),
        ("85.3.5", Birthday(SOLAR, 1985, 3, 5)),
        ("05年3月5日", Birthday(SOLAR, 2005, 3, 5)),
        ("850305", Birthday(SOLAR, 1985, 3, 5)),
        ("19850305", Birthday(SOLAR, 1985, 3, 5)),
        (31111.0, Birthday(SOLAR, 1985, 3, 5)),
        (850305.0, Birthday(SOLAR, 1985, 3, 5)),
        (3.5, Birthday(SOLAR, None, 3, 5)),
        (12.25, Birthday(SOLAR, None, 12, 25)),
        ("三月五日", Birthday(SOLAR, None, 3, 5)),
        ("农历八月十五", Birthday(LUNAR, None, 8, 15)),
        ("农历8月15日", Birthday(LUNAR, None, 8, 15)),
        ("阴历1985.8.15", Birthday(LUNAR, 1985, 8, 15)),
        ("1985年八月十五(农历)", Birthday(LUNAR, 1985, 8, 15)),
        ("（阴）8-15", Birthday(LUNAR, None, 8, 15)),
        ("八月十五", Birthday(LUNAR, None, 8, 15)),
        ("正月初一", Birthday(LUNAR, None, 1, 1)),
        ("腊月廿三", Birthday(LUNAR, None, 12, 23)),
        ("冬月三十", Birthday(LUNAR, None, 11, 30)),
        ("十一月初十", Birthday(LUNAR, None, 11, 10)),
        ("闰四月廿", Birthday(LUNAR, None, 4, 20)),
        ("农历闰6月1日", Birthday(LUNAR, None, 6, 1)),
        ("农历2月30", Birthday(LUNAR, None, 2, 30)),
        ("公历10月1日", Birthday(SOLAR, None, 10, 1)),
        (date(1985, 3, 5), Birthday(SOLAR, 1985, 3, 5)),
    ],
    ids=repr,
)
def test_birthdays(raw: str | float | date, birthday: Birthday) -> None:
    assert parse_birthday(raw) == birthday


def test_another_column_may_say_that_it_is_lunar() -> None:
    assert parse_birthday("8月15日", LUNAR) == Birthday(LUNAR, None, 8, 15)
    assert parse_birthday("公历8月15日", LUNAR) == Birthday(SOLAR, None, 8, 15)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("2月30日", DateTrouble.IMPOSSIBLE),
        ("农历8月31日", DateTrouble.IMPOSSIBLE),
        ("1985", DateTrouble.YEAR_ONLY),
        (1985.0, DateTrouble.YEAR_ONLY),
        (3.1, DateTrouble.AMBIGUOUS),
        ("050305", DateTrouble.AMBIGUOUS),
        ("秋天", DateTrouble.NOT_A_DATE),
        ("", DateTrouble.EMPTY),
    ],
)
def test_what_is_no_birthday(raw: str | float, reason: DateTrouble) -> None:
    with pytest.raises(DateError) as refused:
        parse_birthday(raw)
    assert refused.value.reason is reason
