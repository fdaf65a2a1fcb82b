"""When the customer wants to be called again, as a clerk types it: 15:30, 明天 10 点, 周三下午 3 点, +2h."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from crmdesk.core.clock import local_time
from crmdesk.views.support.days import Leaning, parse_day

_STEP: Final = re.compile(r"\+?(\d{1,3})\s*(m|min|分|分钟|h|小时|个小时|钟头|d|天)(?:后|以后|之后)?")
_UNITS: Final = {
    "m": 1,
    "min": 1,
    "分": 1,
    "分钟": 1,
    "h": 60,
    "小时": 60,
    "个小时": 60,
    "钟头": 60,
    "d": 1440,
    "天": 1440,
}
_CLOCK: Final = re.compile(
    r"(?P<part>早上|上午|中午|下午|傍晚|晚上|今晚|am|pm)?\s*(?P<hour>\d{1,2})\s*"
    r"(?:[:.点时](?P<minute>\d{1,2}|半|一刻|三刻)?分?(?:钟)?)?\s*(?P<after>am|pm)?$"
)
_QUARTERS: Final = {"半": 30, "一刻": 15, "三刻": 45}
_AFTERNOON: Final = frozenset({"下午", "傍晚", "晚上", "今晚", "pm"})
_PARTS: Final = {"早上": 9, "上午": 10, "中午": 12, "下午": 14, "傍晚": 17, "晚上": 19, "今晚": 19}
_WEEKDAY: Final = re.compile(r"(下)?(?:周|星期|礼拜)([一二三四五六日天])")
_ENGLISH_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENGLISH: Final = {"tomorrow": "明天", "today": "今天"}
_MORNING: Final = time(10)
_WORKING_HOURS_FROM: Final = 8
_NOON: Final = 12


def parse_later(text: str, now: datetime, zone: str) -> datetime | None:
    """Read a moment to come, in the store's zone; None when it is none, or lies in the past.

    A bare hour up to seven is in the afternoon (3 点 is 15:00); a day without an hour means ten in the morning; an hour
    that has passed today is tomorrow's.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    step = _STEP.fullmatch(plain)
    if step:
        return now + timedelta(minutes=int(step[1]) * _UNITS[step[2]])
    local = local_time(now, zone)
    day_part, clock = _split(plain)
    day = _day(day_part, local.date()) if day_part else local.date()
    if day is None or (not day_part and clock is None):
        return None
    found = datetime.combine(day, clock or _MORNING, ZoneInfo(zone))
    if found <= local and not day_part:
        found += timedelta(days=1)
    return found.astimezone(now.tzinfo) if found > local else None


def _split(plain: str) -> tuple[str, time | None]:
    """Part the words of the day from those of the hour."""
    if plain in _PARTS:
        return "", time(_PARTS[plain])
    for part, hour in _PARTS.items():
        if plain.endswith(part):
            return plain.removesuffix(part).strip(), time(hour)
    match = _CLOCK.search(plain)
    if match is None or not _is_clock(match, plain):
        return plain, None
    clock = _time(match)
    return (plain, None) if clock is None else (plain[: match.start()].strip(), clock)


def _is_clock(match: re.Match[str], plain: str) -> bool:
    # "12-5" and "26" are days; "15:30", "3点", "下午 3" and "明天 10" are hours.
    named = match["part"] or match["after"] or re.search(r"[:点时]", match[0])
    before = plain[: match.start()]
    return bool(named) or (bool(before.strip()) and before.endswith(" "))


def _time(match: re.Match[str]) -> time | None:
    hour, minute = int(match["hour"]), _QUARTERS.get(match["minute"] or "", None)
    minutes = minute if minute is not None else int(match["minute"] or 0)
    part = match["part"] or match["after"]
    bare = part is None and hour < _WORKING_HOURS_FROM and not re.match(r"0\d", match["hour"])
    if hour < _NOON and (part in _AFTERNOON or bare):
        hour += _NOON
    return time(hour, minutes) if hour < 24 and minutes < 60 else None  # noqa: PLR2004 - the clock's own numbers


def _day(words: str, today: date) -> date | None:
    plain = _ENGLISH.get(words, words)
    week = _WEEKDAY.fullmatch(plain)
    if week:
        return _weekday(today, "一二三四五六日".find(week[2].replace("天", "日")), next_week=bool(week[1]))
    if plain[:3] in _ENGLISH_DAYS:
        return _weekday(today, _ENGLISH_DAYS.index(plain[:3]), next_week=False)
    return parse_day(plain, today, Leaning.FUTURE)


def _weekday(today: date, wanted: int, *, next_week: bool) -> date:
    if next_week:
        return today + timedelta(days=7 - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday()) % 7)
