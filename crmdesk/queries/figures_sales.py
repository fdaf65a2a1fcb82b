"""Figures about sales, returns and repeat buying (domain rule 4), summed by the database."""

from dataclasses import dataclass

from sqlalchemy import BigInteger, ColumnElement, Select, case, extract, func, select, type_coerce
from sqlalchemy.orm import Session

from crmdesk.core import figures as pure
from crmdesk.core.figures import ENOUGH_VISITS, Repeat
from crmdesk.models.purchase import Purchase
from crmdesk.queries.figure_members import IS_SALE, in_days, no_members
from crmdesk.queries.report_span import Span, same_period_last_year

_NET = type_coerce(Purchase.net, BigInteger)
_MONTH = extract("year", Purchase.day) * 12 + extract("month", Purchase.day)


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
    repeat = _counted(session, select(Purchase.member_id, _days()).where(inside).group_by(Purchase.member_id))
    by_month = select(Purchase.member_id, _days()).where(inside).group_by(Purchase.member_id, _MONTH)
    return SalesFigures(
        net_fen=net,
        returned_fen=returned,
        return_rate_amount=pure.return_rate(returned, sold),
        return_rate_pieces=pure.return_rate(pieces_back, pieces),
        tickets=tickets,
        items_per_ticket=pure.items_per_ticket(pieces, tickets),
        buyers=repeat.buyers,
        repeat_rate=repeat.share,
        two_in_a_month=_counted(session, by_month).share,
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


def _days() -> ColumnElement[int]:
    return func.count(Purchase.day.distinct()).label("days")


def _counted(session: Session, days_of_buyers: Select[int | None, int]) -> Repeat:
    """Count groups of sales, and those with two purchase days; only two numbers leave the database."""
    found = days_of_buyers.where(IS_SALE, Purchase.member_id.is_not(None)).subquery()
    repeated = func.sum(case((found.c.days >= ENOUGH_VISITS, 1), else_=0))
    members = select(func.count(), repeated).where(found.c.member_id.not_in(no_members()))
    buyers, twice = session.execute(members).one()
    return Repeat(buyers, int(twice or 0))
