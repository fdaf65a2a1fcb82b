"""When a customer wants to be called again, as a clerk types it on Saturday 21 November 2026 at ten."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.clock import local_time
from crmdesk.views.care.later import parse_later

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
ZONE = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15:30", "21 15:30"),
        ("15：30", "21 15:30"),
        ("3点", "21 15:00"),
        ("3点半", "21 15:30"),
        ("下午3点", "21 15:00"),
        ("下午 3 点一刻", "21 15:15"),
        ("晚上8点", "21 20:00"),
        ("下午", "21 14:00"),
        ("9:00", "22 09:00"),  # nine has passed
        ("09:30", "22 09:30"),
        ("明天", "22 10:00"),
        ("明天 10 点", "22 10:00"),
        ("明天10点", "22 10:00"),
        ("明天下午2点", "22 14:00"),
        ("明天下午", "22 14:00"),
        ("后天 16:00", "23 16:00"),
        ("周三", "25 10:00"),
        ("周三下午3点", "25 15:00"),
        ("下周一 11点", "23 11:00"),
        ("26", "26 10:00"),
        ("11-26 15:00", "26 15:00"),
        ("11月26日 下午4点", "26 16:00"),
        ("+2h", "21 12:00"),
        ("+30m", "21 10:30"),
        ("2小时后", "21 12:00"),
        ("3天后", "24 10:00"),
        ("tomorrow 10:00", "22 10:00"),
        ("3 pm", "21 15:00"),
        ("wed 15:00", "25 15:00"),
    ],
)
def test_understood(typed: str, meant: str) -> None:
    found = parse_later(typed, NOW, ZONE)
    assert found is not None
    assert f"{local_time(found, ZONE):%d %H:%M}" == meant
    assert found.tzinfo is UTC


@pytest.mark.parametrize("typed", ["", "soon", "25:00", "今天 9:00", "12:75", "等等", "点", "+h", "99点"])
def test_not_understood(typed: str) -> None:
    assert parse_later(typed, NOW, ZONE) is None


@given(st.text(max_size=12) | st.text("0123456789:点半明后天下午周一二三+-hm ", max_size=12))
def test_whatever_is_typed_lies_ahead_or_is_nothing(typed: str) -> None:
    found = parse_later(typed, NOW, ZONE)
    assert found is None or found >= NOW
