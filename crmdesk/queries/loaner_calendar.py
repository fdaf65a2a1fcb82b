"""Who has which loaner when: loans and reservations of every loaner over some weeks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.loaners import LoanerState, LoanState
from crmdesk.core.tickets import ItemCategory
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member

_SHOWN = (LoanState.RESERVED, LoanState.OUT, LoanState.BACK, LoanState.LOST)


@dataclass(frozen=True, slots=True)
class CalendarSpan:
    """A loan or reservation, both days included; what is out and late runs on until today."""

    loan_id: int
    number: str
    state: LoanState
    first: date
    last: date
    member_name: str
    late: bool


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One loaner with what stands in its days."""

    loaner_id: int
    code: str
    name: str
    category: ItemCategory
    state: LoanerState
    spans: tuple[CalendarSpan, ...]

    def at(self, day: date) -> CalendarSpan | None:
        """Give what stands on a day; a loan that begins goes before one that ended the same day."""
        return next((one for one in reversed(self.spans) if one.first <= day <= one.last), None)


def calendar(
    session: Session, first: date, days: int, context: Context, category: ItemCategory | None = None
) -> tuple[CalendarRow, ...]:
    """Give every loaner that is not retired with its loans of ``days`` days from ``first`` on."""
    last = first + timedelta(days=days - 1)
    wanted = [Loaner.store_id == context.store.id, Loaner.state != LoanerState.RETIRED]
    if category is not None:
        wanted.append(Loaner.category == category)
    spans = _spans(session, first, last, context)
    found = session.execute(
        select(Loaner.id, Loaner.code, Loaner.name, Loaner.category, Loaner.state).where(*wanted).order_by(Loaner.code)
    )
    return tuple(CalendarRow(*one, tuple(spans[one.id])) for one in found)


def _spans(session: Session, first: date, last: date, context: Context) -> dict[int, list[CalendarSpan]]:
    today = context.today()
    found = session.execute(
        select(
            Loan.loaner_id,
            Loan.id,
            Loan.number,
            Loan.state,
            Loan.from_day,
            Loan.due_on,
            Loan.back_day,
            Member.name.label("member_name"),
        )
        .join(Member, Member.id == Loan.member_id)
        .where(
            Loan.store_id == context.store.id,
            Loan.state.in_(_SHOWN),
            Loan.from_day <= last,
            or_(Loan.state == LoanState.OUT, Loan.back_day >= first, Loan.due_on >= first),
        )
        .order_by(Loan.from_day, Loan.id)
    )
    spans: defaultdict[int, list[CalendarSpan]] = defaultdict(list)
    for one in found:
        late = one.state is LoanState.OUT and one.due_on < today
        end = one.back_day or (max(one.due_on, today) if late else one.due_on)
        span = CalendarSpan(one.id, one.number, one.state, one.from_day, end, one.member_name, late)
        if span.last >= first:
            spans[one.loaner_id].append(span)
    return spans
