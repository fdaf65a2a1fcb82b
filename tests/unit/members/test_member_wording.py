"""Birthdays, as they are shown, can be typed again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.birthday import Birthday
from crmdesk.core.dates import parse_birthday
from crmdesk.core.i18n import set_language
from crmdesk.core.members import BirthdayCalendar
from crmdesk.views.members.wording import birthday_words, lunar_day

LUNAR = st.builds(
    Birthday,
    st.just(BirthdayCalendar.LUNAR),
    st.none() | st.integers(1930, 2020),
    st.integers(1, 12),
    st.integers(1, 30),
)
SOLAR = st.builds(
    Birthday,
    st.just(BirthdayCalendar.SOLAR),
    st.none() | st.integers(1930, 2020),
    st.integers(1, 12),
    st.integers(1, 28),
)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@given(birthday=LUNAR | SOLAR)
def test_what_is_shown_can_be_typed(language: str, birthday: Birthday) -> None:
    set_language(language)
    assert parse_birthday(birthday_words(birthday)) == birthday


def test_lunar_days_are_said_as_in_the_calendar() -> None:
    said = {1: "初一", 10: "初十", 11: "十一", 15: "十五", 20: "二十", 23: "廿三", 30: "三十"}
    assert {day: lunar_day(day) for day in said} == said


def test_a_birthday_in_chinese_reads_like_one() -> None:
    set_language("zh_CN")
    assert birthday_words(Birthday(BirthdayCalendar.LUNAR, None, 8, 15)) == "农历八月十五"
    assert birthday_words(Birthday(BirthdayCalendar.SOLAR, 1988, 3, 5)) == "1988年3月5日"
