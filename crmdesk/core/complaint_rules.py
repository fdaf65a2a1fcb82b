"""When a complaint is complete: what closing asks for (domain rule 1, Complaint)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Protocol

from crmdesk.core.care import CareClass
from crmdesk.core.money import Money
from crmdesk.core.tickets import Compensation, RootCause, Severity

# A remedy that is only words needs no carrying out.
WORDS_ONLY: Final = frozenset({Compensation.APOLOGY})
_SEVERITY_RANK: Final = {Severity.CRITICAL: 0, Severity.HIGH: 1, Severity.MEDIUM: 3, Severity.LOW: 4}
_KEY_RANK: Final = 2
_UNRATED: Final = 5


class ClosingFacts(Protocol):
    """What closing looks at."""

    @property
    def root_cause(self) -> RootCause | None:
        """What caused it."""

    @property
    def decided_at(self) -> datetime | None:
        """When it was decided."""

    @property
    def told_at(self) -> datetime | None:
        """When the customer was told the decision."""

    @property
    def remedy_done_at(self) -> datetime | None:
        """When the last remedy was carried out; at once where the decision is words only."""


def needs_carrying_out(case: ClosingFacts) -> bool:
    """Tell whether something was decided that nobody has carried out yet."""
    return case.decided_at is not None and case.remedy_done_at is None


def missing_for_closing(case: ClosingFacts) -> tuple[str, ...]:
    """List what a complaint still lacks before it may close: root_cause, decision, telling, remedy."""
    lacks = (
        ("root_cause", case.root_cause is None),
        ("decision", case.decided_at is None),
        ("telling", case.told_at is None),
        ("remedy", needs_carrying_out(case)),
    )
    return tuple(name for name, lacking in lacks if lacking)


def rank(severity: Severity | None, care_class: CareClass) -> int:
    """Give the place in lists and in telling, smaller first: critical, high, key members, then the rest."""
    by_severity = _SEVERITY_RANK[severity] if severity is not None else _UNRATED
    return min(by_severity, _KEY_RANK) if care_class is CareClass.KEY else by_severity


def who_may_approve(limits: Iterable[tuple[int, Money | None]], amount: Money) -> tuple[int, ...]:
    """Give who is next in the chain for ``amount``: those with the lowest limit that suffices.

    Args:
        limits: people's keys with their limits; None is without limit.
        amount: what is to be approved.
    """
    fitting = [(key, limit) for key, limit in limits if limit is None or amount <= limit]
    bounded = [limit for _key, limit in fitting if limit is not None]
    lowest = min(bounded) if bounded else None
    return tuple(key for key, limit in fitting if limit == lowest)
