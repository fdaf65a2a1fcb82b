"""The period of a report: its days and moments, the same period a year before, what a person types for one."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crmdesk.core.clock import day_in_zone, start_of_day
from crmdesk.core.context import Context
from crmdesk.core.phone import mask
from crmdesk.core.roles import Right

_LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True)
class Span:
    """The period, both days included, with the zone its days are counted in; ``full_phones`` by the asker's right.

    ``last`` is also the day that open things are counted to.
    """

    first: date
    last: date
    zone: str
    full_phones: bool = False

    @property
    def opens(self) -> datetime:
        """The moment the period begins."""
        return start_of_day(self.first, self.zone)

    @property
    def closes(self) -> datetime:
        """The moment after the period."""
        return start_of_day(self.last + timedelta(days=1), self.zone)

    def day(self, moment: datetime | None) -> date | None:
        """Give a moment's day."""
        return None if moment is None else day_in_zone(moment, self.zone)

    def phone(self, digits: str | None) -> str:
        """Give a phone as the asker may see it."""
        return "" if digits is None else digits if self.full_phones else mask(digits)


def span_of(first: date, last: date, context: Context) -> Span:
    """Give the period from ``first`` to ``last``; days to come count as not there yet."""
    until = max(min(last, context.today()), first)
    return Span(first, until, context.store.zone, full_phones=context.may(Right.SEE_PHONES))


def year_to(as_of: date) -> tuple[date, date]:
    """Give first and last day of the twelve months up to ``as_of``."""
    return same_end_last_year(as_of) + timedelta(days=1), as_of


def same_period_last_year(span: Span) -> tuple[date, date]:
    """Give first and last day of the same period a year before."""
    first = span.first
    start = first.replace(year=first.year - 1, day=28 if (first.month, first.day) == _LEAP_DAY else first.day)
    return start, same_end_last_year(span.last)


def same_end_last_year(last: date) -> date:
    """Give the end of a period a year before: the same day, and the end of February for the end of February."""
    length = monthrange(last.year - 1, last.month)[1]
    is_month_end = last.day == monthrange(last.year, last.month)[1]
    return last.replace(year=last.year - 1, day=length if is_month_end else last.day)


def period_of(text: str) -> tuple[date, date]:
    """Read a period: ``2026``, ``2026-11``, ``2026Q4``, or ``2026-01-01..2026-06-30``.

    Raises:
        ValueError: none of these, or the end before the beginning.
    """
    plain = text.strip().upper()
    if ".." not in plain:
        return _named(plain)
    first, last = (date.fromisoformat(part.strip()) for part in plain.split("..", 1))
    if last < first:
        raise ValueError(text)
    return first, last


def _named(plain: str) -> tuple[date, date]:
    if "Q" in plain:
        year, quarter = plain.split("Q", 1)
        return _months(year, 3 * int(quarter) - 2, 3)
    if "-" in plain:
        year, month = plain.split("-", 1)
        return _months(year, int(month), 1)
    return _months(plain, 1, 12)


def _months(year_text: str, month: int, count: int) -> tuple[date, date]:
    if len(year_text) != len("2026"):
        raise ValueError(year_text)
    first = date(int(year_text), month, 1)
    until = month + count - 1
    return first, first.replace(month=until, day=monthrange(first.year, until)[1])
