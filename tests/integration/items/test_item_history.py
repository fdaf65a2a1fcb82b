"""One thing's life on one page: money, days away, failed repairs; two rows of one thing become one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from crmdesk.core.errors import NotFoundError, StaleError
from crmdesk.core.money import Money
from crmdesk.core.return_errors import ItemsDifferError
from crmdesk.core.roles import Role
from crmdesk.core.tickets import GoodsCondition, ItemCategory
from crmdesk.models.audit import AuditEntry
from crmdesk.models.item import Item
from crmdesk.models.ticket import Ticket
from crmdesk.queries.item_history import ItemAct, ItemHistory, item_history
from crmdesk.services import items, repair, return_execution
from crmdesk.services.items import MergeItems
from crmdesk.services.purchases import LineFacts
from crmdesk.services.ticket_intake import ItemFacts
from tests.builders.cases import add_line, add_purchase, add_return, check_all, decide_refund, step
from tests.builders.loaners import add_member
from tests.builders.repairs import taken_in
from tests.builders.shop import Shop

CASE = LineFacts("拉杆箱 20寸", Money.yuan(400), style="A20", category=ItemCategory.SUITCASE)


def told(shop: Shop, item_id: int, role: Role = Role.CLERK) -> ItemHistory:
    with shop.reading() as session:
        return item_history(session, item_id, shop.context(role))


def item_of(shop: Shop, ticket_id: int) -> int:
    with shop.reading() as session:
        return session.get_one(Ticket, ticket_id).item_id or 0


def hand_back(shop: Shop, ticket_id: int) -> None:
    """Note that the goods went home today."""
    with shop.database.transaction() as session:
        session.get_one(Ticket, ticket_id).handed_back_at = shop.clock.now()


def test_from_the_till_over_two_repairs_to_the_return(shop: Shop) -> None:
    member = add_member(shop)
    (line,) = add_purchase(shop, member, CASE)
    goods = ItemFacts(ItemCategory.SUITCASE, "拉杆箱 20寸", purchase_line_id=line, model="A20")
    first = taken_in(shop, member_id=member, item=goods)
    item = item_of(shop, first)
    shop.clock.moment += timedelta(days=4)
    hand_back(shop, first)
    shop.clock.moment += timedelta(days=10)
    again = taken_in(shop, member_id=member, item=ItemFacts(ItemCategory.SUITCASE, "", item_id=item), promised_on=None)
    shop.clock.moment += timedelta(days=3)
    back = add_return(shop, member)
    return_line = add_line(shop, back, line)
    check_all(shop, back, GoodsCondition.USED)
    decide_refund(shop, back, return_line, Money.yuan(400))
    shop.do(return_execution.carry_out, step(shop, back), shop.context())
    found = told(shop, item)
    assert [event.act for event in found.events] == [
        ItemAct.RETURN,
        ItemAct.REPAIR,
        ItemAct.REPAIR,
        ItemAct.PURCHASE,
    ]
    assert (found.repairs, found.failed, found.days_away) == (2, 1, 7)
    assert [event.again for event in found.events if event.ref and event.ref.id == again] == [True]
    assert (found.events[0].money, found.paid, found.events[3].money) == (
        Money.yuan(-400),
        Money.yuan(-400),
        Money.yuan(400),
    )


def test_who_sees_no_money_and_who_sees_nothing(shop: Shop) -> None:
    ticket = taken_in(shop, item=ItemFacts(ItemCategory.SUITCASE, "拉杆箱", price=Money.yuan(300)))
    item = item_of(shop, ticket)
    assert told(shop, item).price == Money.yuan(300)
    with pytest.raises(NotFoundError):
        told(shop, item, Role.ADMINISTRATOR)
    with pytest.raises(NotFoundError):
        told(shop, item + 1)


def twins(shop: Shop, serial: str = "SN-1", other: str = "SN-1") -> tuple[int, int, int]:
    member = add_member(shop)
    keys = [
        item_of(shop, taken_in(shop, member_id=member, item=ItemFacts(ItemCategory.SUITCASE, name, serial=number)))
        for name, number in (("拉杆箱 银色", serial), ("银色箱子", other))
    ]
    return member, keys[0], keys[1]


def test_two_rows_of_one_serial_become_one(shop: Shop) -> None:
    _member, keep, drop = twins(shop)
    before = told(shop, keep)
    (twin,) = before.twins
    assert (twin.id, twin.tickets) == (drop, 1)
    request = MergeItems(keep, before.version, twin.id, twin.version)
    assert shop.do(items.merge, request, shop.context()) == 1
    after = told(shop, keep)
    assert (after.repairs, after.twins) == (2, ())
    with shop.reading() as session:
        assert session.get(Item, drop) is None
        assert session.scalars(select(AuditEntry.act).where(AuditEntry.act == "item.merge")).all() == ["item.merge"]
    with pytest.raises(StaleError):
        shop.do(items.merge, request, shop.context())


def test_what_is_not_the_same_thing_stays_apart(shop: Shop) -> None:
    _member, keep, drop = twins(shop, other="SN-2")
    first, second = told(shop, keep), told(shop, drop)
    with pytest.raises(ItemsDifferError):
        shop.do(items.merge, MergeItems(keep, first.version, drop, second.version), shop.context())
    with pytest.raises(ItemsDifferError):
        shop.do(items.merge, MergeItems(keep, first.version, keep, first.version), shop.context())
    with pytest.raises(StaleError):
        shop.do(items.merge, MergeItems(keep, first.version + 1, drop, second.version), shop.context())


def test_a_cancelled_repair_counts_for_nothing(shop: Shop) -> None:
    ticket = taken_in(shop)
    shop.do(repair.cancel, step(shop, ticket, "客户改主意"), shop.context())
    found = told(shop, item_of(shop, ticket))
    assert (found.repairs, found.days_away, found.events[0].act) == (0, 0, ItemAct.REPAIR)
