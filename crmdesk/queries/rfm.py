"""Recency, frequency and money of every member, summed by the covering index of purchases (domain rule 4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from crmdesk.core.figures import Rfm, RfmScore, rfm_scores
from crmdesk.core.money import Money
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase


@dataclass(frozen=True, slots=True)
class RfmRow:
    """One member's line: number, recency (days), frequency (purchase days − 1), monetary (fen a ticket), scores."""

    number: str
    value: Rfm
    score: RfmScore


def rfm_of_members(session: Session, as_of: date, first: date | None = None) -> dict[int, Rfm]:
    """Give recency, frequency and money by member key, for receipts from ``first`` (or ever) to ``as_of``.

    Equals ``core.figures.rfm`` on the same receipts; members without a sale are left out.
    """
    sale_day = case((Purchase.net >= Money(0), Purchase.day))
    statement = (
        select(
            Purchase.member_id,
            func.max(sale_day),
            func.count(sale_day.distinct()),
            func.count(sale_day),
            func.sum(Purchase.net),
        )
        .where(Purchase.member_id.is_not(None), Purchase.day <= as_of)
        .group_by(Purchase.member_id)
    )
    if first is not None:
        statement = statement.where(Purchase.day >= first)
    found: dict[int, Rfm] = {}
    for member_id, last, days, tickets, net in session.execute(statement):
        if member_id is None or last is None or not tickets:
            continue
        fen = net.fen
        found[member_id] = Rfm((as_of - last).days, days - 1, tickets, days, fen, fen / tickets)
    return found


def rfm_rows(session: Session, as_of: date) -> Iterator[RfmRow]:
    """Give one line per member with a sale, in the order of member numbers."""
    values = rfm_of_members(session, as_of)
    scores = rfm_scores(values)
    for key, number in session.execute(select(Member.id, Member.number).order_by(Member.number)):
        if key in values:
            yield RfmRow(number, values[key], scores[key])


def month_start(day: date) -> date:
    """Give the first day of a day's month."""
    return day.replace(day=1)


def year_before(day: date) -> date:
    """Give the same day a year before; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day - timedelta(days=366)
