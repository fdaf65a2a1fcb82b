"""The periods a report can be made for."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crmdesk.core.i18n import gettext, mark


class PeriodName(StrEnum):
    """A period named from today."""

    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"


_WORDS = {
    PeriodName.THIS_MONTH: mark("This month"),
    PeriodName.LAST_MONTH: mark("Last month"),
    PeriodName.THIS_QUARTER: mark("This quarter"),
    PeriodName.THIS_YEAR: mark("This year"),
    PeriodName.LAST_YEAR: mark("Last year"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included."""

    first: date
    last: date

    @property
    def file_name(self) -> str:
        """Give the period for a file's name: 2026-01-01_2026-12-31."""
        return f"{self.first.isoformat()}_{self.last.isoformat()}"


def words_of(name: PeriodName) -> str:
    """Give the words of a period."""
    return gettext(_WORDS[name])


def period(name: PeriodName, today: date) -> Period:
    """Give the days of a named period."""
    month = today.replace(day=1)
    if name is PeriodName.THIS_MONTH:
        return Period(month, _next_month(month) - timedelta(days=1))
    if name is PeriodName.LAST_MONTH:
        before = month - timedelta(days=1)
        return Period(before.replace(day=1), before)
    if name is PeriodName.THIS_QUARTER:
        first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
        return Period(first, _next_month(_next_month(_next_month(first))) - timedelta(days=1))
    year = today.year if name is PeriodName.THIS_YEAR else today.year - 1
    return Period(date(year, 1, 1), date(year, 12, 31))


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
