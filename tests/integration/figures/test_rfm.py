"""Recency, frequency and money: equal to the pure definition on any receipts, and to what was published for CDNOW."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from crmdesk.core import figures
from crmdesk.core.errors import NotAllowedError
from crmdesk.core.members import MemberState
from crmdesk.core.roles import Role
from crmdesk.models.purchase import Purchase
from crmdesk.queries.rfm import rfm_of_members, rfm_rows, rfm_table
from tests.builders.ledger_rows import Rows, at
from tests.builders.shop import Shop

CDNOW = Path(__file__).resolve().parents[2] / "data" / "cdnow"
AS_OF = date(2026, 11, 21)
Line = tuple[int, int, int]


@dataclass
class Book:
    """Ten members whose receipts are replaced again and again."""

    rows: Rows
    members: list[int]

    def write(self, lines: list[Line]) -> list[tuple[int, date, int]]:
        """Take member's place, days ago and fen; the eleventh member has no file."""
        receipts = [(self.members[place], AS_OF - timedelta(days=ago), fen) for place, ago, fen in lines]
        with self.rows.shop.database.transaction() as session:
            session.execute(delete(Purchase))
        self.rows.receipts([*receipts, (None, AS_OF, 100)])
        return [one for one in receipts if one[0] != self.members[-1]]


@pytest.fixture
def book(rows: Rows) -> Book:
    members = [rows.member() for _ in range(10)]
    return Book(rows, [*members, rows.member(state=MemberState.WALK_IN)])


LINES = st.lists(st.tuples(st.integers(0, 10), st.integers(-3, 40), st.integers(-5_000, 20_000)), max_size=60)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(LINES)
def test_any_receipts(book: Book, lines: list[Line]) -> None:
    receipts = book.write(lines)
    expected = figures.rfm(receipts, AS_OF)
    scores = figures.rfm_scores(expected)
    with book.rows.shop.reading() as session:
        assert rfm_of_members(session, AS_OF) == expected
        since = AS_OF - timedelta(days=9)
        assert rfm_of_members(session, AS_OF, since) == figures.rfm((r for r in receipts if r[1] >= since), AS_OF)
        found = list(rfm_rows(session, AS_OF, book.rows.shop.context(Role.OWNER)))
        table = rfm_table(session, AS_OF)
    by_place = {key: tuple(column[place] for column in table.scores()) for place, key in enumerate(table.keys)}
    assert by_place == {key: (one.recency, one.frequency, one.monetary) for key, one in scores.items()}
    # The builder gives numbers in the order of keys.
    assert found == [
        (f"M01{place + 1:05d}", one.recency_days, one.frequency, one.tickets, one.net_fen, *by_place[key])
        for place, key in enumerate(book.members)
        if (one := expected.get(key)) is not None
    ]


def test_numbers_in_another_order_than_keys(rows: Rows) -> None:
    numbers = ["M0100003", "M0100001", "M0100004", "M0100002"]
    members = [rows.member(number=number) for number in numbers]
    for member in (members[0], members[1], members[3]):
        rows.receipt(member, AS_OF, member % 1000)
    with rows.shop.reading() as session:
        found = rfm_rows(session, AS_OF, rows.shop.context(Role.OWNER))
        assert {row.number: row.net_fen for row in found} == {
            number: member % 1000 for number, member in zip(numbers, members, strict=True) if number != "M0100004"
        }


@pytest.mark.parametrize("role", [Role.CLERK, Role.GUIDE, Role.HEAD_OFFICE, Role.ADMINISTRATOR])
def test_a_line_per_member_is_an_export(shop: Shop, role: Role) -> None:
    with shop.reading() as session, pytest.raises(NotAllowedError):
        rfm_rows(session, AS_OF, shop.context(role))


def published() -> Iterator[dict[str, str]]:
    with gzip.open(CDNOW / "published.csv.gz", "rt", encoding="ascii") as source:
        yield from csv.DictReader(source)


def purchases() -> Iterator[tuple[int, date, int]]:
    """Give key, day and cents."""
    with gzip.open(CDNOW / "purchases.txt.gz", "rt", encoding="ascii") as source:
        for line in source:
            _key, key, day, _discs, dollars = line.split()
            yield int(key), date.fromisoformat(day), round(float(dollars) * 100)


def test_what_was_published_for_cdnow(rows: Rows) -> None:
    """Frequency, recency and money of 2,357 people as printed: weeks and dollars with two places."""
    end = date(1997, 9, 30)
    rows.shop.clock.moment = at(end)
    bought = list(purchases())
    people = sorted({key for key, *_ in bought})
    members = dict(zip(people, rows.members(len(people)), strict=True))
    rows.receipts((members[key], day, cents) for key, day, cents in bought)
    with rows.shop.reading() as session:
        found = rfm_of_members(session, end)
    first_days: dict[int, date] = {}
    first_cents: dict[int, int] = defaultdict(int)
    for key, day, cents in sorted(bought):
        if day == first_days.setdefault(key, day):
            first_cents[key] += cents
    for person in published():
        key = int(person["ID"])
        ours = found[members[key]]
        length = (end - first_days[key]).days
        repeat = (ours.net_fen - first_cents[key]) / ours.frequency / 100 if ours.frequency else 0
        assert (ours.frequency, length, length - ours.recency_days) == (
            int(person["x"]),
            round(float(person["T"]) * 7),
            round(float(person["t_x"]) * 7),
        )
        assert repeat == pytest.approx(float(person["zbar"]), abs=0.0051)
