"""Where the program gets the time: one protocol, so that rules can be tested on any day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Source of the current moment."""

    def now(self) -> datetime:
        """Give the current moment, aware, in UTC."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """Give the current moment in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place that may ask the computer


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until it is moved: for one write, for tests and the demonstration day."""

    moment: datetime

    def now(self) -> datetime:
        """Give the moment it was set to."""
        return self.moment

    def advance(self, step: timedelta) -> None:
        """Move forward by ``step``."""
        self.moment += step


def day_in_zone(moment: datetime, zone: str) -> date:
    """Give the calendar day that ``moment`` (aware) falls on in the IANA ``zone``."""
    return moment.astimezone(ZoneInfo(zone)).date()


def local_time(moment: datetime, zone: str) -> datetime:
    """Give ``moment`` (aware) as wall-clock time in the IANA ``zone``."""
    return moment.astimezone(ZoneInfo(zone))


def start_of_day(day: date, zone: str) -> datetime:
    """Give the UTC moment at which ``day`` begins in the IANA ``zone``."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
