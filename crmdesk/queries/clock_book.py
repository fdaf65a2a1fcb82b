"""What a store's clocks count by: its region's rules with its own changes, its calendar, its warning share."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core import clock_rules, work_calendar
from crmdesk.core.clock_rules import ClockPause, ClockStart, ClockStop
from crmdesk.core.clocks import ClockBook
from crmdesk.core.setting import Setting
from crmdesk.core.settings_service import (
    CLOCK_REGION,
    CLOCK_WARNING_PERCENT,
    QUOTE_VALID_DAYS,
    UNCOLLECTED_FIRST_DAYS,
)
from crmdesk.core.tickets import TicketKind
from crmdesk.core.work_calendar import WorkCalendar
from crmdesk.models.clock_rule import CalendarDay, ClockRule
from crmdesk.queries.settings import store_settings

# Two lengths are settings of their own, which other rules follow too; their clocks take them from there.
BY_SETTING: Final[Mapping[str, Setting[int]]] = {
    "quote_answer": QUOTE_VALID_DAYS,
    "uncollected": UNCOLLECTED_FIRST_DAYS,
}


def clock_book(session: Session, store_id: int) -> ClockBook:
    """Give what the clocks of a store count by."""
    settings = store_settings(session, store_id)
    rules = tuple(rule for rule in store_rules(session, store_id) if rule.active)
    return ClockBook(rules, calendar_of(session, store_id), settings.get(CLOCK_WARNING_PERCENT))


def store_rules(session: Session, store_id: int) -> tuple[clock_rules.ClockRule, ...]:
    """Give the clocks of a store's region as it changed them, and its own, with those that are switched off."""
    settings = store_settings(session, store_id)
    found = clock_rules.all_rules(settings.get(CLOCK_REGION), own_rules(session, store_id))
    return tuple(
        replace(rule, days=settings.get(BY_SETTING[rule.key])) if rule.key in BY_SETTING else rule for rule in found
    )


def own_rules(session: Session, store_id: int) -> list[clock_rules.ClockRule]:
    """Give the clocks that a store changed or added, in the order in which it did."""
    known = {rule.key: rule for rule in clock_rules.shipped()}
    rows = session.scalars(select(ClockRule).where(ClockRule.store_id == store_id).order_by(ClockRule.id))
    return [_rule(row, known.get(row.key)) for row in rows]


def _rule(row: ClockRule, shipped: clock_rules.ClockRule | None) -> clock_rules.ClockRule:
    return clock_rules.ClockRule(
        key=row.key,
        kinds=frozenset(map(TicketKind, row.kinds.split())),
        start=ClockStart(row.start),
        days=row.days,
        stops=ClockStop(row.stops),
        working=row.working,
        pauses=ClockPause(row.pauses),
        earlier=shipped.earlier if shipped else False,
        regions=shipped.regions if shipped else frozenset(),
        active=row.active,
        shipped=shipped is not None,
        # A store writes in its own language; shipped words that it left alone stay in both.
        title=shipped.title if shipped and row.title in shipped.title.values() else {"": row.title},
        source=shipped.source if shipped and row.source in shipped.source.values() else {"": row.source},
    )


def calendar_of(session: Session, store_id: int) -> WorkCalendar:
    """Give the shipped calendar with the days that a store changed."""
    own = session.execute(select(CalendarDay.day, CalendarDay.working).where(CalendarDay.store_id == store_id))
    return work_calendar.shipped().changed({row.day: row.working for row in own})
