"""A birthday as people give it: solar or lunar, often without the year."""

import calendar as solar_calendar
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crmdesk.core.errors import RefusedError
from crmdesk.core.members import BirthdayCalendar

_MONTHS: Final = 12
_LONGEST_LUNAR_MONTH: Final = 30
_SHORTEST_MONTH: Final = 28
_LEAP_YEAR: Final = 2000
_FIRST_YEAR: Final = 1850
_LAST_YEAR: Final = 2100


class BirthdayTrouble(StrEnum):
    """Why three numbers are no birthday."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class BirthdayError(RefusedError):
    """A day that does not exist in its calendar."""

    def __init__(self, reason: BirthdayTrouble, year: int | None, month: int, day: int) -> None:
        """Keep which part is wrong and the three numbers."""
        super().__init__(f"{reason}: {year}-{month}-{day}")
        self.reason = reason
        self.year = year
        self.month = month
        self.day = day


class CalendarRangeError(RefusedError):
    """The tables of the lunar calendar do not reach that year (1900 to 2100)."""

    def __init__(self, year: int) -> None:
        """Keep the year."""
        super().__init__(str(year))
        self.year = year


@dataclass(frozen=True, slots=True)
class Birthday:
    """Month and day in one calendar, with the year when the person told it.

    A lunar birthday in a leap month is kept as the ordinary month of the same number (domain rule 3).

    Attributes:
        calendar: solar (公历) or lunar (农历); `year`, `month` and `day` are counted in it.
        year: 1850 to 2100, or None.
        month: 1 to 12.
        day: 1 to the length of the month; 29 February is allowed when the year is unknown or a leap year,
            lunar months have up to 30 days.

    Raises:
        BirthdayError: the day does not exist.
    """

    calendar: BirthdayCalendar
    year: int | None
    month: int
    day: int

    def __post_init__(self) -> None:
        """Refuse a day that does not exist."""
        trouble = self._trouble()
        if trouble:
            raise BirthdayError(trouble, self.year, self.month, self.day)

    def _trouble(self) -> BirthdayTrouble | None:
        if self.year is not None and not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            return BirthdayTrouble.YEAR
        if not 1 <= self.month <= _MONTHS:
            return BirthdayTrouble.MONTH
        if not (1 <= self.day <= _SHORTEST_MONTH or 1 <= self.day <= self._longest()):
            return BirthdayTrouble.DAY
        return None

    def _longest(self) -> int:
        if self.calendar is BirthdayCalendar.LUNAR:
            return _LONGEST_LUNAR_MONTH
        return solar_calendar.monthrange(self.year or _LEAP_YEAR, self.month)[1]
