"""Days as a clerk types and reads them: ``26``, ``11-26``, ``+5``; 11月26日 周四, 26 Nov Thu; 还剩 2 天."""

import calendar
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from enum import Enum

from crmdesk.core.clock import local_time
from crmdesk.core.i18n import current_language, gettext, mark, ngettext

WEEKDAYS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))
MONTHS = (
    mark("Jan"),
    mark("Feb"),
    mark("Mar"),
    mark("Apr"),
    mark("May"),
    mark("Jun"),
    mark("Jul"),
    mark("Aug"),
    mark("Sep"),
    mark("Oct"),
    mark("Nov"),
    mark("Dec"),
)
_RELATIVE = {"今天": 0, "today": 0, "明天": 1, "tomorrow": 1, "后天": 2, "昨天": -1, "yesterday": -1, "前天": -2}
_STEP = re.compile(r"([+-]\d{1,4})(?:天|d)?")
_DIGITS = re.compile(r"\d+")
_PARTS_ALLOWED = re.compile(r"[\d\-./\s年月日号]+")
_LONGEST_YEAR = 4
_CENTURY = 2000


class Leaning(Enum):
    """Which way an incomplete day is completed."""

    FUTURE = "future"  # a promise: the next such day, today included
    PAST = "past"  # a purchase: the last such day, today included


def parse_day(text: str, today: date, leaning: Leaning = Leaning.FUTURE) -> date | None:
    """Read what a clerk types for a day; None when it is none.

    Args:
        text: ``26``, ``11-26``, ``11.26``, ``11月26日``, ``26-11-26``, ``2026-11-26``, ``20261126``, ``+5``, ``明天``.
        today: the store's day.
        leaning: how a missing month or year is chosen.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if plain in _RELATIVE:
        return today + timedelta(days=_RELATIVE[plain])
    step = _STEP.fullmatch(plain)
    if step:
        return today + timedelta(days=int(step[1]))
    if not _PARTS_ALLOWED.fullmatch(plain):
        return None
    with suppress(ValueError):
        return _from_parts(_DIGITS.findall(plain), today, leaning)
    return None


def _from_parts(parts: list[str], today: date, leaning: Leaning) -> date | None:
    if len(parts) == 1 and len(parts[0]) == len("20261126"):
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
    if any(len(part) > _LONGEST_YEAR for part in parts):
        return None
    numbers = [int(part) for part in parts]
    match numbers:
        case [day]:
            return _nearest(today, leaning, lambda month: date(month.year, month.month, day))
        case [month, day]:
            return _nearest_year(today, leaning, month, day)
        case [year, month, day]:
            return date(year if len(parts[0]) == _LONGEST_YEAR else _CENTURY + year, month, day)
        case _:
            return None


def _nearest(today: date, leaning: Leaning, in_month: Callable[[date], date]) -> date:
    month = today.replace(day=1)
    for _attempt in range(3):  # 31 may need to skip a short month
        with suppress(ValueError):
            found = in_month(month)
            if (found >= today) if leaning is Leaning.FUTURE else (found <= today):
                return found
        month = _next_month(month) if leaning is Leaning.FUTURE else (month - timedelta(days=1)).replace(day=1)
    return in_month(month)


def _next_month(month: date) -> date:
    return month + timedelta(days=calendar.monthrange(month.year, month.month)[1])


def _nearest_year(today: date, leaning: Leaning, month: int, day: int) -> date:
    step = 1 if leaning is Leaning.FUTURE else -1
    for year in range(today.year, today.year + 9 * step, step):  # 29 February comes within eight years
        with suppress(ValueError):
            found = date(year, month, day)
            if (found >= today) if leaning is Leaning.FUTURE else (found <= today):
                return found
    return date(today.year, month, day)


def day_text(day: date, today: date | None = None) -> str:
    """Give a day for the screen; the year is left out when it is `today`'s."""
    weekday = gettext(WEEKDAYS[day.weekday()])
    with_year = today is None or day.year != today.year
    if current_language() == "zh_CN":
        return f"{day.year}年{day.month}月{day.day}日 {weekday}" if with_year else f"{day.month}月{day.day}日 {weekday}"
    short = f"{day.day} {gettext(MONTHS[day.month - 1])}"
    return f"{weekday} {short} {day.year}" if with_year else f"{weekday} {short}"


def moment_text(moment: datetime, zone: str) -> str:
    """Give a moment (aware) for the screen in the IANA `zone`: 11-21 14:02."""
    return f"{local_time(moment, zone):%m-%d %H:%M}"


def due_text(due: date, today: date) -> str:
    """Say how far a due day is: 还剩 2 天, 今天到期, 逾期 1 天."""
    days = (due - today).days
    if days == 0:
        return gettext("due today")
    if days > 0:
        return ngettext("{count} day left", "{count} days left", days).format(count=days)
    return ngettext("{count} day late", "{count} days late", -days).format(count=-days)
