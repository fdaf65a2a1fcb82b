"""What happens when: acts are put down for their moments and carried out in the order of time."""

import heapq
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from crmdesk.core.clock import FixedClock, local_time

Act = Callable[[], None]

_OPENS, _CLOSES = 10, 20


class Timetable:
    """A queue of acts by moment; the clock stands at each act's moment while it runs."""

    def __init__(self, clock: FixedClock, end: datetime, zone: str) -> None:
        """Take the clock to move and the moment after which nothing happens any more."""
        self._clock = clock
        self._end = end
        self._zone = zone
        self._queue: list[tuple[datetime, int, Act]] = []
        self._order = itertools.count()

    def at(self, moment: datetime, act: Act) -> None:
        """Put ``act`` down for ``moment``, moved into opening hours; what lies past the end never happens."""
        heapq.heappush(self._queue, (self._open(moment), next(self._order), act))

    def later(self, days: float, act: Act) -> None:
        """Put ``act`` down for so many days from now."""
        self.at(self._clock.now() + timedelta(days=days), act)

    def run(self) -> None:
        """Carry everything out up to the end, then set the clock to the end."""
        while self._queue and self._queue[0][0] <= self._end:
            moment, _order, act = heapq.heappop(self._queue)
            self._clock.moment = max(moment, self._clock.moment)
            act()
        self._clock.moment = self._end

    def _open(self, moment: datetime) -> datetime:
        local = local_time(moment, self._zone)
        if _OPENS <= local.hour < _CLOSES:
            return moment
        day = local if local.hour < _OPENS else local + timedelta(days=1)
        return day.replace(hour=_OPENS, minute=local.minute).astimezone(UTC)
