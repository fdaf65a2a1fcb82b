"""Who does something, where and when: handed to every service and query."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from crmdesk.core.clock import Clock, FixedClock, day_in_zone
from crmdesk.core.errors import NotAllowedError
from crmdesk.core.money import Money
from crmdesk.core.roles import Right, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in staff member; ``approve_limit`` None is without limit."""

    staff_id: int
    name: str
    role: Role
    rights: frozenset[Right]
    approve_limit: Money | None = Money(0)


@dataclass(frozen=True, slots=True)
class StoreRef:
    """The store where it happens; ``code`` goes into numbers, ``zone`` is an IANA name."""

    id: int
    code: str
    name: str
    zone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Context:
    """One call's surroundings; immutable, safe to hand to another thread."""

    clock: Clock
    actor: Actor
    store: StoreRef
    desk: str = ""
    language: str = "zh_CN"

    def now(self) -> datetime:
        """Give the current moment in UTC."""
        return self.clock.now()

    def today(self) -> date:
        """Give the store's current day."""
        return day_in_zone(self.clock.now(), self.store.zone)

    def at_one_moment(self) -> "Context":
        """Give the same surroundings with the clock stopped: what belongs together happens at the same moment."""
        return replace(self, clock=FixedClock(self.clock.now()))

    def may(self, right: Right) -> bool:
        """Tell whether the person has ``right``."""
        return right in self.actor.rights

    def require(self, right: Right) -> None:
        """Stop here without ``right``.

        Raises:
            NotAllowedError: the person lacks it.
        """
        if right not in self.actor.rights:
            raise NotAllowedError(right, self.actor.role)

    def may_approve(self, amount: Money) -> bool:
        """Tell whether ``amount`` is within the person's limit."""
        limit = self.actor.approve_limit
        return limit is None or amount <= limit
