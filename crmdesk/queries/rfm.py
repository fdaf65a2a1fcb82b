"""Recency, frequency and money of every member, summed by the covering index of purchases (domain rule 4)."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Select, String, func, select, type_coerce
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.figures import Rfm, counted_scores, quintile_scale
from crmdesk.core.roles import Right
from crmdesk.db.plain_rows import plain_rows
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase
from crmdesk.queries.figure_members import IS_SALE, no_members

_AT_ONCE = 2000
_NET = type_coerce(func.sum(Purchase.net), BigInteger)
# SQLite keeps days as text; the same few come again and again, so each is turned once, by `_Days`.
_LAST_DAY = type_coerce(func.max(Purchase.day), String)


def _whole(values: Iterable[int] = ()) -> "array[int]":
    return array("q", values)


class RfmRow(NamedTuple):
    """One member's line: days since the last purchase, purchase days − 1, net amount ÷ tickets, quintile scores."""

    number: str
    recency_days: int
    frequency: int
    tickets: int
    net_fen: int
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

    def scores(self) -> tuple[bytes, bytes, bytes]:
        """Give the quintile scores of recency, frequency and money, line by line, one byte each."""
        means = [net / tickets for net, tickets in zip(self.net, self.tickets, strict=True)]
        money = bytes(quintile_scale(means).scores(means))
        recency, frequency = counted_scores(self.recency, high_is_good=False), counted_scores(self.days)
        return bytes(recency), bytes(frequency), money

    def line(self, place: int) -> tuple[int, int, int, int]:
        """Give recency, days, tickets and net of one line."""
        return self.recency[place], self.days[place], self.tickets[place], self.net[place]

    def value(self, place: int) -> Rfm:
        """Give one line."""
        since, days, tickets, net = self.line(place)
        return Rfm(since, days - 1, tickets, days, net, net / tickets)


def rfm_table(session: Session, as_of: date, first: date | None = None) -> RfmTable:
    """Sum up the receipts from ``first`` (or ever) to ``as_of`` by member; members without a sale are left out."""
    table, since = RfmTable(as_of), _Days(as_of)
    nobody = set(session.scalars(no_members()))
    for chunk in plain_rows(session, _sales(as_of, first), _AT_ONCE):
        members = [row for row in chunk if row[0] not in nobody] if nobody else chunk
        keys, last_days, days, tickets, net = zip(*members, strict=True) if members else ((),) * 5
        table.keys.extend(_whole(keys))
        table.recency.extend(_whole([since[last] for last in last_days]))
        table.days.extend(_whole(days))
        table.tickets.extend(_whole(tickets))
        table.net.extend(_whole(tuple(map(int, net))))
    for key, back in chain.from_iterable(_read(session, _receipts(as_of, first, _NET).where(~IS_SALE))):
        place = table.place_of(key)
        if place is not None:
            table.net[place] += int(back)
    return table


class _Days(dict[Any, int]):
    """Days from a last day, text or date as the database keeps it, to ``as_of``."""

    def __init__(self, as_of: date) -> None:
        super().__init__()
        self._as_of = as_of.toordinal()

    def __missing__(self, last: str | date) -> int:
        day = last if isinstance(last, date) else date.fromisoformat(last)
        self[last] = since = self._as_of - day.toordinal()
        return since


def _read(session: Session, wanted: Select[*tuple[Any, ...]]) -> Iterator[Sequence[Any]]:
    """Read plain rows a few at a time: there are as many as members."""
    return session.connection().execute(wanted, execution_options={"yield_per": _AT_ONCE}).partitions()


def _sales(as_of: date, first: date | None) -> Select[Any]:
    """Give key, last day, days, tickets and amount; the index of member, day and amount holds all that is asked."""
    found = _receipts(as_of, first, _LAST_DAY, func.count(Purchase.day.distinct()), func.count(), _NET)
    return found.where(IS_SALE).order_by(Purchase.member_id)


def _receipts(as_of: date, first: date | None, *columns: ColumnElement[Any]) -> Select[Any]:
    found = (
        select(Purchase.member_id, *columns)
        .where(Purchase.member_id.is_not(None), Purchase.day <= as_of)
        .group_by(Purchase.member_id)
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
    recency, frequency, money = table.scores()
    # By number is the order of an index as long as nothing is asked about state.
    place = 0
    members = _read(session, select(Member.id, Member.number).order_by(Member.number))
    for key, number in chain.from_iterable(members):
        # Numbers mostly rise with keys, so that the next line is mostly hers.
        if place >= len(table.keys) or table.keys[place] != key:
            place = bisect_left(table.keys, key)
        if place < len(table.keys) and table.keys[place] == key:
            since, days, tickets, net = table.line(place)
            yield RfmRow(number, since, days - 1, tickets, net, recency[place], frequency[place], money[place])
            place += 1
