"""How many days of a period each loaner was lent, and how many it stood on the shelf (domain rule 4)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.figures import days_inside
from crmdesk.core.loaners import LoanerState
from crmdesk.core.refs import EntityKind
from crmdesk.models.audit import AuditEntry
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.queries.report_span import Span

# What stands there, free or kept for somebody; what waits for inspection, cleaning or repair cannot be lent.
_ON_SHELF = frozenset({LoanerState.ON_SHELF, LoanerState.RESERVED})
_REGISTERED = "loaner.register"
_STATE_OF = {f"loaner.{state}": state for state in LoanerState} | {_REGISTERED: LoanerState.ON_SHELF}

Days = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class LoanerDays:
    """Days of one loaner in a period, and how often it was lent in it."""

    lent: int = 0
    shelf: int = 0
    times: int = 0


def days_of_loaners(session: Session, span: Span) -> dict[int, LoanerDays]:
    """Give the days of every loaner in the period, by its key.

    Lent days come from the loans, shelf days from the steps in the audit. Of a loaner without any (it came from
    elsewhere) all that it was not lent since it was bought counts as shelf.
    """
    lent, steps = _lent(session, span), _steps(session, span)
    found = {}
    for key, bought, state in session.execute(select(Loaner.id, Loaner.bought_on, Loaner.state)):
        out = lent.get(key, [])
        days_out = days_inside(out, span.first, span.last)
        if key in steps:
            on_shelf = days_inside(_on_shelf(steps[key]), span.first, span.last)
        elif state in _ON_SHELF or state is LoanerState.LENT:
            on_shelf = days_inside([(bought or span.first, None)], span.first, span.last) - days_out
        else:
            on_shelf = 0
        times = sum(span.first <= day <= span.last for day, _back in out)
        found[key] = LoanerDays(days_out, max(on_shelf, 0), times)
    return found


def _lent(session: Session, span: Span) -> dict[int, list[Days]]:
    found = session.execute(
        select(Loan.loaner_id, Loan.out_at, Loan.back_day).where(
            Loan.out_at < span.closes, Loan.back_day.is_(None) | (Loan.back_day >= span.first)
        )
    )
    loans: defaultdict[int, list[Days]] = defaultdict(list)
    for key, out, back in found:
        day = span.day(out)
        if day is not None:
            loans[key].append((day, back))
    return loans


def _steps(session: Session, span: Span) -> dict[int, list[tuple[date, LoanerState]]]:
    """Give each loaner's states in the order of time with the days on which they began."""
    found = session.execute(
        select(AuditEntry.entity_id, AuditEntry.at, AuditEntry.act)
        .where(
            AuditEntry.entity_kind == EntityKind.LOANER.value,
            AuditEntry.act.in_(list(_STATE_OF)),
            AuditEntry.at < span.closes,
        )
        .order_by(AuditEntry.entity_id, AuditEntry.id)
    )
    steps: defaultdict[int, list[tuple[date, LoanerState]]] = defaultdict(list)
    for key, at, act in found:
        day = span.day(at)
        if day is not None:
            steps[key].append((day, _STATE_OF[act]))
    return steps


def _on_shelf(steps: Sequence[tuple[date, LoanerState]]) -> Iterator[Days]:
    for (day, state), (following, _next) in pairwise(steps):
        if state in _ON_SHELF:
            yield day, following
    day, state = steps[-1]
    if state in _ON_SHELF:
        yield day, None
