"""The figures of domain rule 4 for the twelve months up to a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from crmdesk.core import figures as pure
from crmdesk.core.context import Context
from crmdesk.core.figures import Repeat
from crmdesk.core.money import Money
from crmdesk.core.roles import Right
from crmdesk.models.member import Member, MemberValue
from crmdesk.models.purchase import Purchase
from crmdesk.queries.rfm import month_start, year_before
from crmdesk.queries.workbook_people import callback_lines
from crmdesk.queries.workbook_service import Span, loaner_lines, repair_lines


@dataclass(frozen=True, slots=True)
class SalesFigures:
    """Sales of the period; money in fen, shares 0 to 1, None where nothing is there to divide by."""

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


@dataclass(frozen=True, slots=True)
class ServiceFigures:
    """Repairs received in the period, and loaners."""

    repairs: int
    turnaround_median: float | None
    turnaround_p90: float | None
    on_time: float | None
    come_backs: int
    uncollected: int
    loaner_utilisation: float | None


@dataclass(frozen=True, slots=True)
class CareFigures:
    """Callbacks whose window begins in the period, and members."""

    callbacks: int
    attempted: int
    reach: float | None
    overdue: int
    credited_fen: int
    members: int
    new_members: int
    lost: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures; ``first`` and ``as_of`` are both in the period."""

    first: date
    as_of: date
    sales: SalesFigures
    service: ServiceFigures
    care: CareFigures


def figures(session: Session, as_of: date, context: Context) -> Figures:
    """Compute the figures of the twelve months up to ``as_of``.

    Raises:
        NotAllowedError: the person does not see reports.
    """
    return figures_between(session, year_before(as_of) + timedelta(days=1), as_of, context)


def figures_between(session: Session, first: date, last: date, context: Context) -> Figures:
    """Compute the figures of a period, both days included; days to come count as not there yet.

    Raises:
        NotAllowedError: the person does not see reports.
    """
    context.require(Right.SEE_REPORTS)
    as_of = max(min(last, context.today()), first)
    span = Span(first, as_of, context.store.zone)
    return Figures(first, as_of, _sales(session, span), _service(session, span), _care(session, span))


def _sales(session: Session, span: Span) -> SalesFigures:
    sale = Purchase.net >= Money(0)
    row = session.execute(
        select(
            func.sum(case((sale, Purchase.net))),
            func.sum(case((~sale, Purchase.net))),
            func.sum(case((sale, Purchase.pieces), else_=0)),
            func.sum(case((~sale, Purchase.pieces), else_=0)),
            func.count(case((sale, Purchase.id))),
        ).where(Purchase.day >= span.first, Purchase.day <= span.last)
    ).one()
    sold, returned = (_fen(row[0]), -_fen(row[1]))
    pieces, pieces_back, tickets = int(row[2] or 0), -int(row[3] or 0), row[4]
    repeat = _repeat(session, span)
    before = session.scalar(
        select(func.sum(Purchase.net)).where(
            Purchase.day >= year_before(span.first), Purchase.day <= year_before(span.last)
        )
    )
    net = pure.net_sales(sold, returned)
    return SalesFigures(
        net_fen=net,
        returned_fen=returned,
        return_rate_amount=pure.return_rate(returned, sold),
        return_rate_pieces=pure.return_rate(pieces_back, pieces),
        tickets=tickets,
        items_per_ticket=pure.items_per_ticket(pieces, tickets),
        buyers=repeat.buyers,
        repeat_rate=repeat.share,
        two_in_a_month=_two_in_a_month(session, span),
        year_on_year=pure.year_on_year(net, _fen(before)) if before else None,
    )


def _fen(amount: Money | None) -> int:
    return amount.fen if amount else 0


def _repeat(session: Session, span: Span) -> Repeat:
    """Count buyers and those with two purchase days, in the database: only two numbers come out."""
    days = (
        select(func.count(Purchase.day.distinct()).label("days"))
        .where(Purchase.member_id.is_not(None), Purchase.net >= Money(0))
        .where(Purchase.day >= span.first, Purchase.day <= span.last)
        .group_by(Purchase.member_id)
        .subquery()
    )
    row = session.execute(select(func.count(), func.sum(case((days.c.days >= 2, 1), else_=0))).select_from(days)).one()  # noqa: PLR2004 - two days make a repeat
    return Repeat(row[0], int(row[1] or 0))


def _two_in_a_month(session: Session, span: Span) -> float | None:
    """Give the mean over the period's months of the share with two purchase days, months weighted by buyers."""
    buyers = repeated = 0
    month = month_start(span.first)
    while month <= span.last:
        following = month_start(month + timedelta(days=31))
        inside = Span(max(month, span.first), min(following - timedelta(days=1), span.last), span.zone)
        found = _repeat(session, inside)
        buyers, repeated = buyers + found.buyers, repeated + found.repeated
        month = following
    return pure.ratio(repeated, buyers)


def _service(session: Session, span: Span) -> ServiceFigures:
    lines = list(repair_lines(session, span))
    days = [taken for line in lines if (taken := pure.turnaround_days(line.received, line.collected)) is not None]
    punctual = [good for line in lines if (good := pure.on_time(line.ready, line.promised)) is not None]
    loaners = list(loaner_lines(session, span, span.last))
    return ServiceFigures(
        repairs=len(lines),
        turnaround_median=pure.median(days),
        turnaround_p90=pure.percentile(days, 0.9),
        on_time=pure.ratio(sum(punctual), len(punctual)),
        come_backs=sum(line.come_back for line in lines),
        uncollected=sum(pure.uncollected_days(line.ready, line.collected, span.last) is not None for line in lines),
        loaner_utilisation=pure.utilisation(
            sum(one.lent_days for one in loaners), sum(one.shelf_days for one in loaners)
        ),
    )


def _care(session: Session, span: Span) -> CareFigures:
    calls = list(callback_lines(session, span))
    attempted = [call for call in calls if call.attempts]
    lost = (
        select(func.count())
        .select_from(MemberValue)
        .where(MemberValue.last_day < span.last - timedelta(days=pure.LOST_AFTER_DAYS))
    )
    joined = select(func.count()).select_from(Member).where(Member.joined_on <= span.last)
    return CareFigures(
        callbacks=len(calls),
        attempted=len(attempted),
        reach=pure.callback_reach(sum(call.talked for call in attempted), len(attempted)),
        overdue=sum(pure.is_overdue(call.window_end, call.first_attempt, span.last) for call in calls),
        credited_fen=sum(call.credited_fen for call in calls),
        members=session.scalar(joined) or 0,
        new_members=session.scalar(joined.where(Member.joined_on >= span.first)) or 0,
        lost=session.scalar(lost) or 0,
    )
