"""How much the loaners are used over a period, each by itself and by kind and size (domain rule 4)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.figures import utilisation
from crmdesk.core.loaners import LoanerState, SizeClass
from crmdesk.core.money import Money
from crmdesk.core.tickets import ItemCategory
from crmdesk.models.loaner import Loaner
from crmdesk.queries.loaner_days import LoanerDays, days_of_loaners
from crmdesk.queries.report_span import span_of

_NONE = LoanerDays()


@dataclass(frozen=True, slots=True)
class UseRow:
    """Days of one loaner, or of all of one kind and size (then without code and state)."""

    id: int
    code: str
    name: str
    category: ItemCategory
    size_class: SizeClass
    state: LoanerState | None
    value: Money
    count: int
    times: int
    lent: int
    shelf: int

    @property
    def share(self) -> float | None:
        """Give lent days by lent and shelf days; None without any day."""
        return utilisation(self.lent, self.shelf)


def use_of_loaners(session: Session, first: date, last: date, context: Context) -> tuple[UseRow, ...]:
    """Give every loaner of the store with its days, the most used first."""
    days = days_of_loaners(session, span_of(first, last, context))
    found = session.scalars(select(Loaner).where(Loaner.store_id == context.store.id).order_by(Loaner.code))
    rows = [_row(one, days.get(one.id, _NONE)) for one in found]
    return tuple(sorted(rows, key=lambda row: (-(row.share or 0.0), row.code)))


def use_of_classes(rows: tuple[UseRow, ...]) -> tuple[UseRow, ...]:
    """Add the loaners up by kind and size."""
    groups: dict[tuple[ItemCategory, SizeClass], list[UseRow]] = {}
    for row in rows:
        groups.setdefault((row.category, row.size_class), []).append(row)
    return tuple(
        UseRow(
            id=number,
            code="",
            name="",
            category=category,
            size_class=size,
            state=None,
            value=Money.total(row.value for row in group),
            count=len(group),
            times=sum(row.times for row in group),
            lent=sum(row.lent for row in group),
            shelf=sum(row.shelf for row in group),
        )
        for number, ((category, size), group) in enumerate(sorted(groups.items()))
    )


def _row(loaner: Loaner, days: LoanerDays) -> UseRow:
    return UseRow(
        id=loaner.id,
        code=loaner.code,
        name=loaner.name,
        category=loaner.category,
        size_class=loaner.size_class,
        state=loaner.state,
        value=loaner.value,
        count=1,
        times=days.times,
        lent=days.lent,
        shelf=days.shelf,
    )
