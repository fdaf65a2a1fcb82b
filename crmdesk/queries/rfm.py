"""Recency, frequency and money of every member, summed by the covering index of purchases (domain rule 4)."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import BigInteger, Select, case, func, select, type_coerce
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.figures import Rfm, quintile_scale
from crmdesk.core.members import MemberState
from crmdesk.core.roles import Right
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase
from crmdesk.queries.figure_members import IS_SALE, no_members

_AT_ONCE = 2000


def _whole() -> "array[int]":
    return array("q")


class RfmRow(NamedTuple):
    """One member's line: her number, her buying, and the quintile score of each figure."""

    number: str
    value: Rfm
    r_score: int
    f_score: int
    m_score: int


@dataclass(slots=True)
class RfmTable:
    """Columns of equal length, eight bytes a cell: a million members fit into forty megabytes. Keys rise."""

    as_of: date
    keys: "array[int]" = field(default_factory=_whole)
    recency: "array[int]" = field(default_factory=_whole)
    days: "array[int]" = field(default_factory=_whole)
    tickets: "array[int]" = field(default_factory=_whole)
    net: "array[int]" = field(default_factory=_whole)

    def place_of(self, key: int) -> int | None:
        """Give where a member's line is; None without one."""
        place = bisect_left(self.keys, key)
        return place if place < len(self.keys) and self.keys[place] == key else None

    def mean(self, place: int) -> float:
        """Give the mean net amount of a ticket in fen."""
        return self.net[place] / self.tickets[place]

    def value(self, place: int) -> Rfm:
        """Give one line."""
        days, tickets, net = self.days[place], self.tickets[place], self.net[place]
        return Rfm(self.recency[place], days - 1, tickets, days, net, net / tickets)


def rfm_table(session: Session, as_of: date, first: date | None = None) -> RfmTable:
    """Sum up the receipts from ``first`` (or ever) to ``as_of`` by member; members without a sale are left out."""
    table = RfmTable(as_of)
    today = as_of.toordinal()
    for key, last, days, tickets, net in session.execute(_sums(as_of, first)):
        if key is not None and last is not None:
            table.keys.append(key)
            table.recency.append(today - last.toordinal())
            table.days.append(days)
            table.tickets.append(tickets)
            table.net.append(int(net or 0))
    return table


def _sums(as_of: date, first: date | None) -> Select[int | None, date | None, int, int, int | None]:
    sale_day = case((IS_SALE, Purchase.day))
    found = (
        select(
            Purchase.member_id,
            func.max(sale_day),
            func.count(sale_day.distinct()),
            func.count(sale_day),
            type_coerce(func.sum(Purchase.net), BigInteger),
        )
        .where(Purchase.member_id.is_not(None), Purchase.day <= as_of, Purchase.member_id.not_in(no_members()))
        .group_by(Purchase.member_id)
        .order_by(Purchase.member_id)
        .execution_options(yield_per=_AT_ONCE)
    )
    return found if first is None else found.where(Purchase.day >= first)


def rfm_of_members(session: Session, as_of: date, first: date | None = None) -> dict[int, Rfm]:
    """Give recency, frequency and money by member key, for receipts from ``first`` (or ever) to ``as_of``.

    Equals ``core.figures.rfm`` on the same receipts.
    """
    table = rfm_table(session, as_of, first)
    return {key: table.value(place) for place, key in enumerate(table.keys)}


def rfm_rows(session: Session, as_of: date, context: Context) -> Iterator[RfmRow]:
    """Give one line per member with a sale, in the order of member numbers.

    Raises:
        NotAllowedError: the person may not export.
    """
    context.require(Right.EXPORT)
    return _by_number(session, rfm_table(session, as_of))


def _by_number(session: Session, table: RfmTable) -> Iterator[RfmRow]:
    recency = quintile_scale(-days for days in table.recency)
    frequency = quintile_scale(table.days)
    money = quintile_scale(net / tickets for net, tickets in zip(table.net, table.tickets, strict=True))
    members = (
        select(Member.id, Member.number)
        .where(Member.state == MemberState.ACTIVE)
        .order_by(Member.number)
        .execution_options(yield_per=_AT_ONCE)
    )
    for key, number in session.execute(members):
        place = table.place_of(key)
        if place is not None:
            value = table.value(place)
            yield RfmRow(
                number,
                value,
                recency.score(-value.recency_days),
                frequency.score(value.purchase_days),
                money.score(value.monetary_fen),
            )
