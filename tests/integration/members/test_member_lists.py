"""Lists of members: what each view holds, what the filter finds, what a role sees."""

from datetime import date

import pytest

from crmdesk.core.context import Context
from crmdesk.core.money import Money
from crmdesk.core.order import Order
from crmdesk.core.roles import Role
from crmdesk.queries import member_rows
from crmdesk.queries.member_rows import MemberFilter, MemberRow, MemberView
from tests.builders.member_shop import LONG_NAME, ZHOU, buy, people
from tests.builders.shop import Shop


@pytest.fixture
def known(shop: Shop) -> dict[str, int]:
    made = people(shop)
    buy(shop, made["周建国"], date(2026, 11, 18), 2980)
    buy(shop, made["单雪芹"], date(2026, 5, 1), 500)
    return made


def names(shop: Shop, chosen: MemberFilter, order: Order | None = None, context: Context | None = None) -> list[str]:
    with shop.reading() as session:
        context = context or shop.context()
        keys = list(member_rows.ids(session, chosen, context, order))
        found = {row.id: row.name for row in member_rows.rows(session, keys, context)}
        first = [row.name for row in member_rows.first(session, chosen, context, order, 100)]
        assert member_rows.count(session, chosen, context) == len(keys)
    assert first == [found[key] for key in keys]
    return first


def row_of(shop: Shop, member_id: int, role: Role = Role.CLERK) -> MemberRow:
    with shop.reading() as session:
        return member_rows.rows(session, [member_id], shop.context(role))[0]


def test_views(shop: Shop, known: dict[str, int]) -> None:
    everybody = [name for name in known if name != "王女士"]
    assert names(shop, MemberFilter()) == everybody[::-1]
    assert names(shop, MemberFilter(MemberView.WALK_IN)) == ["王女士"]
    assert names(shop, MemberFilter(MemberView.KEY)) == ["周建国"]
    assert names(shop, MemberFilter(MemberView.DO_NOT_CONTACT)) == ["买买提·艾力"]
    assert names(shop, MemberFilter(MemberView.SILENT)) == ["单雪芹"]


def test_birthdays_of_the_month_in_both_calendars_by_day(shop: Shop, known: dict[str, int]) -> None:
    assert names(shop, MemberFilter(MemberView.BIRTHDAY)) == ["林婉清", "周建国"]
    assert row_of(shop, known["周建国"]).next_birthday == date(2026, 11, 26)
    assert row_of(shop, known["林婉清"]).next_birthday == date(2027, 11, 7)  # 18 November is past


@pytest.mark.usefixtures("known")
def test_counts_are_those_of_the_views(shop: Shop) -> None:
    with shop.reading() as session:
        counts = member_rows.counts(session, shop.context())
    assert counts == {view: len(names(shop, MemberFilter(view))) for view in MemberView}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("建", ["周建国"]),
        ("shanxueq", ["单雪芹"]),
        ("5678", ["周建国"]),
        ("571234", ["单雪芹"]),
        ("𠮷", [LONG_NAME, "𠮷田美嘉"]),
        ("买买提", [LONG_NAME, "买买提·艾力"]),
        ("%", []),
        ("'; drop table member", []),
        ("nobody", []),
    ],
)
@pytest.mark.usefixtures("known")
def test_the_filter_is_the_search_box(shop: Shop, text: str, found: list[str]) -> None:
    assert names(shop, MemberFilter(text=text)) == found


def test_the_filter_finds_the_member_number(shop: Shop, known: dict[str, int]) -> None:
    number = row_of(shop, known["单雪芹"]).number
    assert names(shop, MemberFilter(text=number)) == ["单雪芹"]


def test_orders(shop: Shop, known: dict[str, int]) -> None:
    assert names(shop, MemberFilter(), Order("net", descending=True))[:2] == ["周建国", "单雪芹"]
    assert names(shop, MemberFilter(), Order("last", descending=True))[:2] == ["周建国", "单雪芹"]
    assert names(shop, MemberFilter(), Order("number")) == [name for name in known if name != "王女士"]
    by_name = names(shop, MemberFilter(), Order("name"))
    assert by_name == sorted(by_name)


def test_a_row(shop: Shop, known: dict[str, int]) -> None:
    row = row_of(shop, known["周建国"])
    assert (row.phone, row.more_phones, row.guide) == ("138****5678", 1, "林婉")
    assert (row.net, row.purchases, row.last_day) == (Money.yuan(2980), 1, date(2026, 11, 18))
    assert row.tags == ("常出差", "老客户")
    assert row.birthday == ZHOU.birthday


def test_nobody_gets_a_phone_in_full_from_a_list(shop: Shop, known: dict[str, int]) -> None:
    for role in (Role.CLERK, Role.GUIDE, Role.MANAGER, Role.OWNER):
        assert row_of(shop, known["周建国"], role).phone == "138****5678"


def test_a_role_without_business_with_customers_sees_nobody(shop: Shop, known: dict[str, int]) -> None:
    assert names(shop, MemberFilter(), context=shop.context(Role.ADMINISTRATOR)) == []
    with shop.reading() as session:
        assert member_rows.rows(session, list(known.values()), shop.context(Role.ADMINISTRATOR)) == []
