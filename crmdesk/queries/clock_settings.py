"""What the settings show about clocks and working days, and what a change of a clock would do."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core import clock_rules, work_calendar
from crmdesk.core.clock_rules import ClockRule, spoken
from crmdesk.core.clocks import ClockBook
from crmdesk.core.context import Context
from crmdesk.core.settings_service import CLOCK_REGION, CLOCK_WARNING_PERCENT
from crmdesk.core.tones import Tone
from crmdesk.models.clock_rule import CalendarDay
from crmdesk.models.clock_rule import ClockRule as OwnRule
from crmdesk.queries.clock_book import BY_SETTING, calendar_of, clock_book, store_rules
from crmdesk.queries.clock_lists import waiting_readings
from crmdesk.queries.settings import store_settings


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock of the store; ``id`` is its place, ``version`` 0 when it is as shipped."""

    id: int
    rule: ClockRule
    version: int
    changed: bool


@dataclass(frozen=True, slots=True)
class ClockSettings:
    """The store's clocks; ``unannounced`` is a year whose worked Saturdays and Sundays are not known yet, or None."""

    region: str
    warning_percent: int
    clocks: tuple[ClockRow, ...]
    unannounced: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """On how many orders that the store works on a clock has run out or warns: now, and after a change."""

    late_now: int
    warning_now: int
    late_then: int
    warning_then: int


@dataclass(frozen=True, slots=True)
class DayFacts:
    """A day of the calendar: worked or not, its name, whether that is shipped as a feast, whether it is the store's."""

    day: date
    working: bool
    name: str
    named: bool
    own: bool


@dataclass(frozen=True, slots=True)
class YearFacts:
    """A year day by day; ``announced`` is false while the days worked instead are unknown."""

    year: int
    days: tuple[DayFacts, ...]
    source: str
    announced: bool
    stamp: int
    first_year: int
    last_year: int


def clock_settings(session: Session, context: Context) -> ClockSettings:
    """Give the clocks of the context's store, also those that are switched off."""
    store_id = context.store.id
    settings = store_settings(session, store_id)
    changed = session.execute(select(OwnRule.key, OwnRule.version).where(OwnRule.store_id == store_id))
    versions = {row.key: row.version for row in changed}
    rules = store_rules(session, store_id)
    rows = (
        ClockRow(place, rule, versions.get(rule.key, 0), _is_changed(rule)) for place, rule in enumerate(rules, start=1)
    )
    calendar, this_year = calendar_of(session, store_id), context.today().year
    unknown = [year for year in (this_year, this_year + 1) if not work_calendar.is_announced(year, calendar)]
    return ClockSettings(
        settings.get(CLOCK_REGION), settings.get(CLOCK_WARNING_PERCENT), tuple(rows), unknown[0] if unknown else None
    )


def _is_changed(rule: ClockRule) -> bool:
    """Tell whether a shipped clock is not as shipped; what only follows its setting is compared with the usual one."""
    if not rule.shipped:
        return False
    shipped = next(one for one in clock_rules.shipped() if one.key == rule.key)
    usual = replace(shipped, days=BY_SETTING[rule.key].default) if rule.key in BY_SETTING else shipped
    return rule != usual


def preview(session: Session, wanted: ClockRule, context: Context) -> Preview:
    """Count what ``wanted`` would make of the orders that the store works on, in place of the clock with its key."""
    book = clock_book(session, context.store.id)
    present = next((rule for rule in store_rules(session, context.store.id) if rule.key == wanted.key), None)
    now = _tones(session, present, book, context) if present is not None else (0, 0)
    return Preview(*now, *_tones(session, wanted, book, context))


def _tones(session: Session, rule: ClockRule, book: ClockBook, context: Context) -> tuple[int, int]:
    alone = replace(book, rules=(rule,) if rule.active else ())
    read = [clocks[0].tone for _key, _kind, clocks in waiting_readings(session, context, alone) if clocks]
    return read.count(Tone.LATE), read.count(Tone.WARN)


def calendar_year(session: Session, year: int, context: Context) -> YearFacts:
    """Give a year of the store's calendar; one outside what can be entered gives the nearest that can."""
    first, last = work_calendar.reach(context.today())
    year = min(max(year, first.year), last.year)
    store_id = context.store.id
    begin, end = date(year, 1, 1), date(year, 12, 31)
    rows = session.execute(
        select(CalendarDay.day, CalendarDay.working, CalendarDay.name).where(
            CalendarDay.store_id == store_id, CalendarDay.day.between(begin, end)
        )
    )
    own = {row.day: (row.working, row.name) for row in rows}
    calendar, shipped = calendar_of(session, store_id), work_calendar.shipped_year(year)
    names = {day: spoken(words) for day, words in shipped.names.items()} if shipped else {}
    days = []
    for step in range((end - begin).days + 1):
        day = begin + timedelta(days=step)
        name = own[day][1] if day in own else names.get(day, "")
        days.append(DayFacts(day, calendar.is_working(day), name, day in names and day not in own, day in own))
    source = spoken(shipped.source) if shipped else ""
    announced = work_calendar.is_announced(year, calendar)
    return YearFacts(year, tuple(days), source, announced, work_calendar.stamp(own), first.year, last.year)
