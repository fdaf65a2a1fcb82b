"""Refusals around clocks and the calendar of working days."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crmdesk.core.errors import RefusedError


class UnknownClockError(RefusedError):
    """The store has no clock of this key, or its region has none."""

    def __init__(self, key: str) -> None:
        """Keep the key."""
        super().__init__(key)
        self.key = key


class ClockDaysError(RefusedError):
    """A clock of so many days cannot be."""

    field = "days"

    def __init__(self, days: int, least: int, most: int) -> None:
        """Keep what was asked for and the limits, both allowed."""
        super().__init__(f"{days} not in {least}..{most}")
        self.days = days
        self.least = least
        self.most = most


class ClockTitleError(RefusedError):
    """Another clock has this title already."""

    field = "title"

    def __init__(self, title: str) -> None:
        """Keep the title."""
        super().__init__(title)
        self.title = title


class ClockNeverRunsError(RefusedError):
    """What starts the clock, what stops it and what pauses it leave no moment in which it runs."""

    field = "stops"

    def __init__(self, title: str) -> None:
        """Keep the title."""
        super().__init__(title)
        self.title = title


class CalendarReachError(RefusedError):
    """A day outside the years that the calendar holds."""

    field = "first"

    def __init__(self, day: date, first: date, last: date) -> None:
        """Keep the day and the ends of the calendar."""
        super().__init__(f"{day} not in {first}..{last}")
        self.day = day
        self.first = first
        self.last = last


class CalendarSpanError(RefusedError):
    """A span whose end lies before its begin, or that is longer than may be changed at once."""

    field = "last"

    def __init__(self, first: date, last: date, most: int) -> None:
        """Keep the span and the most days of one."""
        super().__init__(f"{first}..{last} > {most}")
        self.first = first
        self.last = last
        self.most = most


class SheetTrouble(StrEnum):
    """Why a row of a calendar file cannot be taken."""

    NO_DAY = "no_day"
    NO_WORD = "no_word"
    OTHER_YEAR = "other_year"
    TWICE = "twice"
    LONG_NAME = "long_name"


@dataclass(frozen=True, slots=True)
class RowRefusal:
    """A row as numbered in the file, what is wrong, and the text that is."""

    row: int
    trouble: SheetTrouble
    text: str = ""


class CalendarSheetError(RefusedError):
    """A calendar file with rows that cannot be taken, or with none at all; nothing of it was taken."""

    def __init__(self, name: str, rows: tuple[RowRefusal, ...]) -> None:
        """Keep the file's name and every refused row."""
        super().__init__(f"{name}: {len(rows)}")
        self.name = name
        self.rows = rows
