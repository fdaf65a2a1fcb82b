"""What a store's clocks count by: its region's rules with its own changes, its calendar, its warning share."""

from dataclasses import replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core import clock_rules, work_calendar
from crmdesk.core.clock_rules import ClockPause, ClockStart, ClockStop
from crmdesk.core.clocks import ClockBook
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

_BY_SETTING: Final = {"quote_answer": QUOTE_VALID_DAYS, "uncollected": UNCOLLECTED_FIRST_DAYS}


def clock_book(session: Session, store_id: int) -> ClockBook:
    """Give what the clocks of a store count by."""
    settings = store_settings(session, store_id)
    changed = {rule.key: rule for rule in own_rules(session, store_id)}
    # Two lengths are settings of their own; the clock follows them unless the store changed the clock itself.
    for rule in clock_rules.shipped():
        if rule.key in _BY_SETTING and rule.key not in changed:
            changed[rule.key] = replace(rule, days=settings.get(_BY_SETTING[rule.key]))
    rules = clock_rules.rules_for(settings.get(CLOCK_REGION), changed.values())
    return ClockBook(rules, calendar_of(session, store_id), settings.get(CLOCK_WARNING_PERCENT))


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
