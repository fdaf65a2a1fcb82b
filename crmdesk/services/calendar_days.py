"""A store's own days of rest and worked days against the shipped calendar: one by one, as a span, a whole year."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core import work_calendar
from crmdesk.core.clock_errors import CalendarReachError, CalendarSpanError
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, StaleError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.topics import Topic
from crmdesk.core.work_calendar import WorkCalendar
from crmdesk.models.clock_rule import CalendarDay
from crmdesk.services import audit

LONGEST_SPAN, LONGEST_NAME = 62, 40
_CHANGED = frozenset({Topic.SETTINGS, Topic.TICKETS})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SetDays:
    """Days from ``first`` to ``last``, worked or not; ``seen_stamp`` is the year of ``first`` as it was seen."""

    first: date
    last: date
    working: bool
    name: str = ""
    seen_stamp: int = 0


@dataclass(frozen=True, slots=True)
class ClearDays:
    """Days from ``first`` to ``last`` that are as shipped again."""

    first: date
    last: date
    seen_stamp: int = 0


@dataclass(frozen=True, slots=True)
class TakeYear:
    """A whole year as announced: the named days; all others follow the week, whatever was shipped or entered."""

    year: int
    days: Mapping[date, tuple[bool, str]] = field(default_factory=dict)
    seen_stamp: int = 0


def set_days(session: Session, request: SetDays, context: Context) -> Outcome[int]:
    """Say of a span that it is worked or not, and why; give how many days that changes.

    Raises:
        NotAllowedError: the person may not change settings.
        CalendarReachError: a day outside the years that can be entered.
        CalendarSpanError: the end lies before the begin, or too many days at once.
        InvalidFieldError: the name is too long.
        StaleError: somebody changed days of this year since.
    """
    days = _span(request.first, request.last, context)
    name = _named(request.name)
    own = _fresh(session, request.first.year, request.seen_stamp, context)
    wanted = dict.fromkeys(days, (request.working, name))
    changed = _put(session, {day: own.get(day) for day in days}, wanted, context)
    if changed:
        detail: audit.Detail = {
            "first": str(request.first),
            "last": str(request.last),
            "worked": request.working,
            "day_name": name,
        }
        audit.record(session, context, "calendar.set", (EntityKind.CALENDAR, context.store.id), detail)
    return Outcome(changed, _CHANGED)


def clear_days(session: Session, request: ClearDays, context: Context) -> Outcome[int]:
    """Let a span be as shipped again; give how many days were the store's own.

    Raises:
        NotAllowedError: the person may not change settings.
        CalendarReachError: a day outside the years that can be entered.
        CalendarSpanError: the end lies before the begin, or too many days at once.
        StaleError: somebody changed days of this year since.
    """
    days = _span(request.first, request.last, context)
    own = _fresh(session, request.first.year, request.seen_stamp, context)
    gone = [own[day] for day in days if day in own]
    for row in gone:
        session.delete(row)
    session.flush()
    if gone:
        detail = {"first": str(request.first), "last": str(request.last)}
        audit.record(session, context, "calendar.clear", (EntityKind.CALENDAR, context.store.id), detail)
    return Outcome(len(gone), _CHANGED)


def take_year(session: Session, request: TakeYear, context: Context) -> Outcome[int]:
    """Enter a whole year as it was announced, in place of what was entered before; give how many days it names.

    Raises:
        NotAllowedError: the person may not change settings.
        CalendarReachError: the year, or a day, lies outside what can be entered.
        InvalidFieldError: a name is too long.
        StaleError: somebody changed days of this year since.
    """
    context.require(Right.SETTINGS)
    first, last = date(request.year, 1, 1), date(request.year, 12, 31)
    _reached(first, context)
    for day, (_working, name) in request.days.items():
        if not first <= day <= last:
            raise CalendarReachError(day, first, last)
        _named(name)
    own = _fresh(session, request.year, request.seen_stamp, context)
    week = WorkCalendar()
    wanted = {day: (week.is_working(day), "") for day in _each(first, last)}
    wanted |= {day: (working, _named(name)) for day, (working, name) in request.days.items()}
    _put(session, {day: own.get(day) for day in wanted}, wanted, context)
    detail = {"year": request.year, "named_days": len(request.days)}
    audit.record(session, context, "calendar.take", (EntityKind.CALENDAR, context.store.id), detail)
    return Outcome(len(request.days), _CHANGED)


def _span(first: date, last: date, context: Context) -> list[date]:
    context.require(Right.SETTINGS)
    _reached(first, context)
    _reached(last, context)
    if last < first or (last - first).days >= LONGEST_SPAN or last.year != first.year:
        raise CalendarSpanError(first, last, LONGEST_SPAN)
    return _each(first, last)


def _each(first: date, last: date) -> list[date]:
    return [first + step * _DAY for step in range((last - first).days + 1)]


def _reached(day: date, context: Context) -> None:
    first, last = work_calendar.reach(context.today())
    if not first <= day <= last:
        raise CalendarReachError(day, first, last)


def _named(typed: str) -> str:
    name = clean_line(typed)
    if len(name) > LONGEST_NAME:
        raise InvalidFieldError("name", "too_long", name)
    return name


def _fresh(session: Session, year: int, seen_stamp: int, context: Context) -> dict[date, CalendarDay]:
    """Give the store's own days of a year, as long as they are what the person saw."""
    own = select(CalendarDay).where(
        CalendarDay.store_id == context.store.id, CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31))
    )
    found = {row.day: row for row in session.scalars(own)}
    current = work_calendar.stamp({day: (row.working, row.name) for day, row in found.items()})
    if current != seen_stamp:
        raise StaleError(EntityKind.CALENDAR, context.store.id, seen_stamp, current)
    return found


def _put(
    session: Session,
    own: Mapping[date, CalendarDay | None],
    wanted: Mapping[date, tuple[bool, str]],
    context: Context,
) -> int:
    """Write what differs from the shipped calendar, or has a name of its own; give how many days changed."""
    shipped, changed = work_calendar.shipped(), 0
    for day, (working, name) in sorted(wanted.items()):
        row = own[day]
        if shipped.is_working(day) == working and not name:
            if row is not None:
                session.delete(row)
                changed += 1
        elif row is None:
            session.add(CalendarDay(store_id=context.store.id, day=day, working=working, name=name))
            changed += 1
        elif (row.working, row.name) != (working, name):
            row.working, row.name = working, name
            changed += 1
    session.flush()
    return changed
