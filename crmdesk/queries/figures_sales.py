"""Figures about sales, returns and repeat buying (domain rule 4), summed by the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import BigInteger, ColumnElement, case, func, literal, select, type_coerce
from sqlalchemy.orm import Session

from crmdesk.core import figures as pure
from crmdesk.core.figures import Repeat
from crmdesk.models.purchase import Purchase
from crmdesk.queries.figure_members import IS_SALE, in_days, no_members
from crmdesk.queries.report_span import Span, same_period_last_year

_NET = type_coerce(Purchase.net, BigInteger)
# From so many days on it is quicker to read all receipts in the order of members than some in the order of days.
_LONG = 60


@dataclass(frozen=True, slots=True)
class SalesFigures:
    """Sales of the period; money in fen, shares 0 to 1, None where nothing is there to divide by.

    Attributes:
        net_fen: sales − returns.
        returned_fen: amount of the receipts below zero, as a positive number.
        return_rate_amount: returned ÷ sold, by amount.
        return_rate_pieces: returned ÷ sold, by pieces.
        tickets: sales receipts.
        items_per_ticket: pieces sold ÷ sales receipts.
        buyers: members with a sale in the period.
        repeat_rate: members with two purchase days or more ÷ buyers.
        two_in_a_month: the same inside each calendar month, over all months of the period.
        year_on_year: this period ÷ the same period last year − 1.
    """

    net_fen: int
    returned_fen: int
    return_rate_amount: float | None
    return_rate_pieces: float | None
    tickets: int
    items_per_ticket: float | None
    buyers: int
    repeat_rate: float | None
    two_in_a_month: float | None
    year_on_year: float | None


def sales_figures(session: Session, span: Span) -> SalesFigures:
    """Compute the sales figures of a period."""
    inside = in_days(span.first, span.last)
    sums = session.execute(select(*_sums()).where(inside)).one()
    sold, returned, pieces, pieces_back, tickets = (int(one or 0) for one in sums)
    net = pure.net_sales(sold, returned)
    before = net_of_last_year(session, span)
    whole, months = _repeats(session, span)
    return SalesFigures(
        net_fen=net,
        returned_fen=returned,
        return_rate_amount=pure.return_rate(returned, sold),
        return_rate_pieces=pure.return_rate(pieces_back, pieces),
        tickets=tickets,
        items_per_ticket=pure.items_per_ticket(pieces, tickets),
        buyers=whole.buyers,
        repeat_rate=whole.share,
        two_in_a_month=months.share,
        year_on_year=None if before is None else pure.year_on_year(net, before),
    )


def net_of_last_year(session: Session, span: Span) -> int | None:
    """Give the net sales in fen of the same period last year; None without any receipt in it."""
    first, last = same_period_last_year(span)
    found = session.execute(select(func.sum(_NET)).where(in_days(first, last))).scalar()
    return None if found is None else int(found)


def _sums() -> tuple[ColumnElement[int], ...]:
    """Give amount sold, amount returned, pieces sold, pieces returned, number of sales."""
    return (
        func.sum(case((IS_SALE, _NET), else_=0)),
        func.sum(case((~IS_SALE, -_NET), else_=0)),
        func.sum(case((IS_SALE, Purchase.pieces), else_=0)),
        func.sum(case((~IS_SALE, -Purchase.pieces), else_=0)),
        func.count(case((IS_SALE, Purchase.id))),
    )


def _repeats(session: Session, span: Span) -> tuple[Repeat, Repeat]:
    """Count buyers and those with two purchase days, in the period and in its months; four numbers leave the database.

    A member has two purchase days when the first is not the last.
    """
    in_month = (
        select(Purchase.member_id, func.min(Purchase.day).label("first"), func.max(Purchase.day).label("last"))
        .where(IS_SALE, Purchase.member_id.is_not(None), _inside(span))
        .group_by(Purchase.member_id, _month(_month_starts(span)))
        .subquery()
    )
    by_member = (
        select(
            func.count().label("months"),
            func.sum(_one_if(in_month.c.first < in_month.c.last)).label("months_twice"),
            _one_if(func.min(in_month.c.first) < func.max(in_month.c.last)).label("twice"),
        )
        .where(in_month.c.member_id.not_in(no_members()))
        .group_by(in_month.c.member_id)
        .subquery()
    )
    sums = (func.sum(by_member.c.twice), func.sum(by_member.c.months), func.sum(by_member.c.months_twice))
    buyers, *counts = session.execute(select(func.count(), *sums).select_from(by_member)).one()
    twice, months, months_twice = (int(one or 0) for one in counts)
    return Repeat(buyers, twice), Repeat(months, months_twice)


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _inside(span: Span) -> ColumnElement[bool]:
    if (span.last - span.first).days < _LONG:
        return in_days(span.first, span.last)
    # A column inside a function is not looked up in an index of days.
    return func.coalesce(Purchase.day, span.first).between(span.first, span.last)


def _month_starts(span: Span) -> list[date]:
    starts = [span.first.replace(day=1)]
    while (following := (starts[-1] + timedelta(days=31)).replace(day=1)) <= span.last:
        starts.append(following)
    return starts


def _month(starts: Sequence[date]) -> ColumnElement[int]:
    """Give the month that a receipt is of, as a number of its own: a few comparisons, on every database the same."""
    if len(starts) == 1:
        return literal(starts[0].toordinal())
    middle = len(starts) // 2
    return case((Purchase.day < starts[middle], _month(starts[:middle])), else_=_month(starts[middle:]))
