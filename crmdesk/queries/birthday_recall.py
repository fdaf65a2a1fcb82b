"""Members who were reached about their birthday, and those of them who bought in its month (domain rule 4)."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crmdesk.core.birthday import Birthday, CalendarRangeError
from crmdesk.core.care import TALKED, CallbackReason
from crmdesk.core.members import BirthdayCalendar
from crmdesk.models.calendar import solar_day_of
from crmdesk.models.callback import Callback
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase
from crmdesk.queries.figure_members import IS_SALE, in_days
from crmdesk.queries.period_calls import due_in
from crmdesk.queries.report_span import Span

# The stages of a birthday run from the first of its month to the first of the next (domain rule 3).
_NEAR = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Recall:
    """Birthdays about which somebody was reached, and those in whose month she bought."""

    reached: int
    bought: int


def birthday_recall(session: Session, span: Span) -> Recall:
    """Count the birthdays that the period's callbacks were about; several talks about one count once."""
    talked = (*due_in(span), Callback.reason == CallbackReason.BIRTHDAY, Callback.outcome.in_(sorted(TALKED)))
    found = session.execute(
        select(
            Callback.member_id,
            Callback.due_from,
            Member.birthday_calendar,
            Member.birthday_month,
            Member.birthday_day,
        )
        .join(Member, Callback.member_id == Member.id)
        .where(*talked)
    )
    reached: set[tuple[int, date]] = set()
    for member_id, due, calendar, month, day in found:
        if calendar is not None and month is not None and day is not None:
            kept = _nearest((calendar, month, day), span.day(due) or span.first)
            reached |= set() if kept is None else {(member_id, kept)}
    return Recall(len(reached), len(_bought(session, reached, select(Callback.member_id).where(*talked))))


def _nearest(birthday: tuple[BirthdayCalendar, int, int], day: date) -> date | None:
    """Give the day nearest to ``day`` on which the birthday is kept."""
    days = (_kept(*birthday, year) for year in range(day.year - 1, day.year + 2))
    near = [one for one in days if one is not None and abs(one - day) <= _NEAR]
    return min(near, key=lambda one: abs(one - day), default=None)


@cache
def _kept(calendar: BirthdayCalendar, month: int, day: int, year: int) -> date | None:
    try:
        return solar_day_of(Birthday(calendar, None, month, day), year)
    except CalendarRangeError:
        return None


def _bought(session: Session, reached: set[tuple[int, date]], members: Select[int]) -> set[tuple[int, date]]:
    if not reached:
        return set()
    first, last = min(day for _key, day in reached), max(day for _key, day in reached)
    inside = in_days(first.replace(day=1), last + timedelta(days=31))
    sales = select(Purchase.member_id, Purchase.day).where(IS_SALE, inside, Purchase.member_id.in_(members))
    months = {(key, day.year, day.month) for key, day in session.execute(sales)}
    return {(key, day) for key, day in reached if (key, day.year, day.month) in months}
