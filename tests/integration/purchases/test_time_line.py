"""The time line of a member: periods, purchases that open, looks for those who answer for them."""

from datetime import date, timedelta

import pytest

from crmdesk.core.member_words import Look
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Role
from crmdesk.models.access import AccessEntry
from crmdesk.models.purchase import Purchase
from crmdesk.queries.member_history import History, HistoryKind, member_history
from tests.builders.member_shop import buy, people
from tests.builders.shop import STORE_ID, Shop, staff_id

TODAY = date(2026, 11, 21)


def line(shop: Shop, member: int, kind: HistoryKind | None, days: int | None, role: Role = Role.MANAGER) -> History:
    with shop.reading() as session:
        return member_history(session, member, shop.context(role), kind, 2, days)


@pytest.mark.parametrize(
    ("days", "count", "more"), [(1, 1, False), (30, 1, False), (31, 2, False), (365, 2, True), (None, 2, True)]
)
def test_a_period_ends_today_and_counts_its_first_day(shop: Shop, days: int | None, count: int, more: bool) -> None:  # noqa: FBT001
    member = people(shop)["周建国"]
    for back in (0, 30, 100, 364, 365):
        buy(shop, member, TODAY - timedelta(days=back))
    found = line(shop, member, HistoryKind.PURCHASE, days)
    assert (len(found.rows), found.more) == (count, more)


def test_a_purchase_opens_its_receipt(shop: Shop) -> None:
    member = people(shop)["周建国"]
    buy(shop, member, TODAY, number="P77")
    (row,) = line(shop, member, HistoryKind.PURCHASE, None).rows
    assert row.ref == EntityRef(EntityKind.PURCHASE, row.id)
    with shop.reading() as session:
        assert session.get_one(Purchase, row.id).number == "P77"


def test_looks_are_told_to_who_answers_for_them_and_only_when_asked_for(shop: Shop) -> None:
    member = people(shop)["周建国"]
    with shop.database.transaction() as session:
        session.add(
            AccessEntry(
                id=1,
                store_id=STORE_ID,
                at=shop.clock.now(),
                staff_id=staff_id(Role.CLERK),
                member_id=member,
                look=Look.PHONE,
                where="member",
            )
        )
    (seen,) = line(shop, member, HistoryKind.LOOK, None).rows
    assert seen.who
    assert HistoryKind.LOOK not in {row.kind for row in line(shop, member, None, None).rows}
    assert line(shop, member, HistoryKind.LOOK, None, Role.CLERK).rows == ()
