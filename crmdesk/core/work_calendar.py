"""Working days: weekends, public holidays and the days that are worked instead (调休)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any, Final
from zlib import crc32

from crmdesk.core.resources import resource_path

_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)
# A calendar in which nobody ever works would count for ever.
_LONGEST_REST: Final = 366


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked; what ``named`` does not name follows the week, Monday to Friday."""

    named: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Tell whether ``day`` is worked."""
        return self.named.get(day, day.weekday() < _SATURDAY)

    def working_from(self, day: date) -> date:
        """Give ``day`` itself when it is worked, else the next day that is."""
        last = day + timedelta(days=_LONGEST_REST)
        while day < last and not self.is_working(day):
            day += _DAY
        return day

    def add(self, start: date, days: int) -> date:
        """Count ``days`` working days on from ``start``; 0 gives ``start`` or the next working day."""
        day = self.working_from(start)
        # A start on a day of rest counts from that day of rest: the next working day is the first.
        left = days - (day != start)
        while left > 0:
            day = self.working_from(day + _DAY)
            left -= 1
        return day

    def count(self, start: date, end: date) -> int:
        """Count the working days after ``start`` up to and with ``end``; negative when ``end`` comes first."""
        if end < start:
            return -self.count(end, start)
        return sum(self.is_working(start + timedelta(days=step)) for step in range(1, (end - start).days + 1))

    def changed(self, days: Mapping[date, bool]) -> "WorkCalendar":
        """Give a calendar in which ``days`` are worked or not, whatever this one says."""
        return WorkCalendar({**self.named, **days}) if days else self


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A shipped year: where it comes from, whether it is final, and its days with their names by language."""

    year: int
    source: Mapping[str, str]
    final: bool
    days: Mapping[date, bool]
    names: Mapping[date, Mapping[str, str]]


@cache
def shipped_years() -> tuple[CalendarYear, ...]:
    """Give the shipped years, in order."""
    read = json.loads(resource_path("rules", "work_calendar.json").read_text(encoding="utf-8"))
    return tuple(_year(one) for one in read["years"])


@cache
def shipped() -> WorkCalendar:
    """Give the shipped calendar over all its years."""
    return WorkCalendar({day: working for year in shipped_years() for day, working in year.days.items()})


def shipped_year(year: int) -> CalendarYear | None:
    """Give a shipped year; None when the program came without it."""
    return next((one for one in shipped_years() if one.year == year), None)


def reach(today: date) -> tuple[date, date]:
    """Give the first and last day that a store may change: the shipped years, and from last year to the next."""
    years = [one.year for one in shipped_years()]
    return date(min(*years, today.year - 1), 1, 1), date(max(*years, today.year + 1), 12, 31)


def is_announced(year: int, calendar: WorkCalendar) -> bool:
    """Tell whether the days worked instead are known for ``year``: it came final, or the store entered some."""
    known = shipped_year(year)
    if known is not None and known.final:
        return True
    return any(working and day.year == year and day.weekday() >= _SATURDAY for day, working in calendar.named.items())


def stamp(days: Mapping[date, tuple[bool, str]]) -> int:
    """Give a number that tells one set of a store's own days from another."""
    text = ";".join(f"{day}={int(working)}{name}" for day, (working, name) in sorted(days.items()))
    return crc32(text.encode())


def _year(read: Mapping[str, Any]) -> CalendarYear:
    days: dict[date, bool] = {}
    names: dict[date, Mapping[str, str]] = {}
    for feast in read["feasts"]:
        first, last = date.fromisoformat(feast["from"]), date.fromisoformat(feast["to"])
        for step in range((last - first).days + 1):
            days[first + timedelta(days=step)] = False
            names[first + timedelta(days=step)] = feast["name"]
        for worked in map(date.fromisoformat, feast.get("work", [])):
            days[worked] = True
            names[worked] = feast["name"]
    return CalendarYear(read["year"], read["source"], read["final"], days, names)
