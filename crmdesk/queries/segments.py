"""Segments as SQL over a million members: the condition, the count, the kept ones with their rights."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, func, not_, or_, select, true
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.member_words import LifeCycle
from crmdesk.core.money import Money
from crmdesk.core.segments import About, Condition, Group, Is, Shape, day_value, shape_of
from crmdesk.models.calendar import lunar_of
from crmdesk.models.member import Member
from crmdesk.models.segment import Segment
from crmdesk.queries import birthdays
from crmdesk.queries.member_here import HERE
from crmdesk.queries.segment_terms import Term, Where, born_by, edge, term_of, values_of

_M: Final = Member.__table__.c
_Made = Callable[[Term, Condition, Context], Where]


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A kept segment with its last count; ``shared`` when everybody has it."""

    id: int
    version: int
    name: str
    wanted: str
    shared: bool
    people: int | None
    counted_at: datetime | None


def where(group: Group, context: Context) -> Where:
    """Give the condition on members that a group of conditions is.

    Raises:
        SegmentError: a value that its field does not know.
    """
    parts = [where(part, context) if isinstance(part, Group) else _one(part, context) for part in group.parts]
    if not parts:
        found: Where = true()
    else:
        found = or_(*parts) if group.any_of else and_(*parts)
    return not_(func.coalesce(found, False)) if group.negated else found


def count(session: Session, group: Group, context: Context) -> int:
    """Give how many members of the store meet a group of conditions."""
    wanted = select(func.count()).select_from(Member.__table__).where(_M.store_id == context.store.id, HERE)
    return session.execute(wanted.where(where(group, context))).scalar_one()


def kept(session: Session, context: Context) -> list[SegmentRow]:
    """Give the kept segments that the person has: her own and everybody's, in their order."""
    rows = session.execute(
        select(Segment)
        .where(
            Segment.store_id == context.store.id,
            or_(Segment.staff_id.is_(None), Segment.staff_id == context.actor.staff_id),
        )
        .order_by(Segment.ordinal, Segment.id)
    ).scalars()
    return [
        SegmentRow(one.id, one.version, one.name, one.wanted, one.staff_id is None, one.people, one.counted_at)
        for one in rows
    ]


def _one(condition: Condition, context: Context) -> Where:
    if condition.about is About.AGE:
        return _age(condition, context)
    if condition.about is About.BIRTHDAY and condition.how is Is.NEXT_DAYS:
        return _birthday_near(int(condition.values[0]), context.today())
    return _HOW[condition.how](term_of(condition, context), condition, context)


# -- one comparison each ------------------------------------------------------------------------------


def _one_of(term: Term, condition: Condition, _context: Context) -> Where:
    values = values_of(condition)
    found = term.holds(term.column.in_(values))
    if condition.about is About.LIFE_CYCLE and LifeCycle.NO_PURCHASE in values:
        return or_(found, term.fails(term.column.is_not(None)))  # who never bought has no score and so no row
    return found


def _not_one_of(term: Term, condition: Condition, context: Context) -> Where:
    return not_(func.coalesce(_one_of(term, condition, context), False))


def _contains(term: Term, condition: Condition, _context: Context) -> Where:
    return term.holds(term.column.icontains(str(condition.values[0]), autoescape=True))


def _starts(term: Term, condition: Condition, _context: Context) -> Where:
    return term.holds(term.column.istartswith(str(condition.values[0]), autoescape=True))


def _something(term: Term, condition: Condition) -> Where:
    words = shape_of(condition.about, condition.shape) is Shape.WORDS
    return term.column != "" if words else term.column.is_not(None)


def _filled(term: Term, condition: Condition, _context: Context) -> Where:
    return term.holds(_something(term, condition))


def _empty(term: Term, condition: Condition, _context: Context) -> Where:
    return term.fails(_something(term, condition))


def _yes(term: Term, condition: Condition, _context: Context) -> Where:
    flag = condition.about is About.DO_NOT_CONTACT
    return term.holds(term.column.is_(True) if flag else term.column.is_not(None))


def _no(term: Term, condition: Condition, _context: Context) -> Where:
    flag = condition.about is About.DO_NOT_CONTACT
    return term.fails(term.column.is_(True) if flag else term.column.is_not(None))


def _at_least(term: Term, condition: Condition, _context: Context) -> Where:
    return _from(term, condition, int(condition.values[0]))


def _at_most(term: Term, condition: Condition, _context: Context) -> Where:
    return _up_to(term, condition, int(condition.values[0]))


def _between(term: Term, condition: Condition, context: Context) -> Where:
    first, last = condition.values
    if shape_of(condition.about, condition.shape) is Shape.DAY:
        return _within(term, day_value(first), day_value(last), context)
    return and_(_from(term, condition, int(first)), _up_to(term, condition, int(last)))


def _from(term: Term, condition: Condition, least: int) -> Where:
    kept_as = _amount(condition, least)
    if term.default is not None and term.default >= least:
        return term.fails(term.column < kept_as)
    return term.holds(term.column >= kept_as)


def _up_to(term: Term, condition: Condition, most: int) -> Where:
    kept_as = _amount(condition, most)
    if term.default is not None and term.default <= most:
        return term.fails(term.column > kept_as)
    return term.holds(term.column <= kept_as)


def _amount(condition: Condition, value: int) -> Any:  # noqa: ANN401 - as the column keeps it
    return Money(value) if condition.about in {About.NET, About.NET_IN} else value


def _since(term: Term, condition: Condition, context: Context) -> Where:
    return term.holds(term.column >= edge(term, day_value(condition.values[0]), context))


def _before(term: Term, condition: Condition, context: Context) -> Where:
    return term.holds(term.column < edge(term, day_value(condition.values[0]), context))


def _last_days(term: Term, condition: Condition, context: Context) -> Where:
    return _within(term, _days_ago(condition, context), context.today(), context)


def _not_last_days(term: Term, condition: Condition, context: Context) -> Where:
    return term.fails(term.column >= edge(term, _days_ago(condition, context), context))


def _next_days(term: Term, condition: Condition, context: Context) -> Where:
    today = context.today()
    return _within(term, today, today + timedelta(days=int(condition.values[0]) - 1), context)


def _days_ago(condition: Condition, context: Context) -> date:
    return context.today() - timedelta(days=int(condition.values[0]) - 1)


def _within(term: Term, first: date, last: date, context: Context) -> Where:
    """Give the condition that a day lies in a span, both ends included."""
    after = edge(term, last + timedelta(days=1), context)
    return term.holds(and_(term.column >= edge(term, first, context), term.column < after))


_HOW: Final[dict[Is, _Made]] = {
    Is.ONE_OF: _one_of,
    Is.NOT_ONE_OF: _not_one_of,
    Is.CONTAINS: _contains,
    Is.STARTS: _starts,
    Is.EMPTY: _empty,
    Is.FILLED: _filled,
    Is.AT_LEAST: _at_least,
    Is.AT_MOST: _at_most,
    Is.BETWEEN: _between,
    Is.SINCE: _since,
    Is.BEFORE: _before,
    Is.LAST_DAYS: _last_days,
    Is.NOT_LAST_DAYS: _not_last_days,
    Is.NEXT_DAYS: _next_days,
    Is.YES: _yes,
    Is.NO: _no,
}


# -- birthdays ----------------------------------------------------------------------------------------


def _age(condition: Condition, context: Context) -> Where:
    today = context.today()
    lunar = lunar_of(today)
    here = today, (lunar.year, lunar.month, lunar.day)
    known: Where = _M.birthday_year.is_not(None)
    least = condition.values[0] if condition.how is not Is.AT_MOST else None
    most = condition.values[-1] if condition.how is not Is.AT_LEAST else None
    parts = [known]
    if least is not None:
        parts.append(born_by(int(least), here))
    if most is not None:
        parts.append(not_(func.coalesce(born_by(int(most) + 1, here), False)))
    return and_(*parts)


def _birthday_near(days: int, today: date) -> Where:
    """Give the condition that a birthday is kept today or on one of the days after it."""
    if days > 366:  # noqa: PLR2004 - a whole year: everybody who told it
        return _M.birthday_month.is_not(None)
    return birthdays.on_days([today + timedelta(days=ahead) for ahead in range(days)])
