"""When a complaint is complete: what closing asks for (domain rule 1, Complaint)."""

from datetime import datetime
from typing import Final, Protocol

from crmdesk.core.tickets import Compensation, RootCause

# A remedy that is only words needs no carrying out.
WORDS_ONLY: Final = frozenset({Compensation.APOLOGY})


class ClosingFacts(Protocol):
    """What closing looks at."""

    @property
    def root_cause(self) -> RootCause | None:
        """What caused it."""

    @property
    def compensation(self) -> Compensation | None:
        """What settles it."""

    @property
    def decided_at(self) -> datetime | None:
        """When it was decided."""

    @property
    def told_at(self) -> datetime | None:
        """When the customer was told the decision."""

    @property
    def remedy_done_at(self) -> datetime | None:
        """When the remedy was carried out."""


def needs_carrying_out(case: ClosingFacts) -> bool:
    """Tell whether there is a remedy besides words that nobody has carried out yet."""
    words_only = case.compensation is None or case.compensation in WORDS_ONLY
    return not words_only and case.remedy_done_at is None


def missing_for_closing(case: ClosingFacts) -> tuple[str, ...]:
    """List what a complaint still lacks before it may close: root_cause, decision, telling, remedy."""
    lacks = (
        ("root_cause", case.root_cause is None),
        ("decision", case.decided_at is None),
        ("telling", case.told_at is None),
        ("remedy", needs_carrying_out(case)),
    )
    return tuple(name for name, lacking in lacks if lacking)
