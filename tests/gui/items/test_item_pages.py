"""History of one thing and alerts about goods, reached from an order and by command, driven by keys."""

from PySide6.QtCore import Qt

from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tickets import ItemCategory
from crmdesk.models.ticket import Ticket
from crmdesk.queries.find import find
from crmdesk.services.ticket_intake import ItemFacts
from crmdesk.views.service.item_alerts import ItemAlertsPage
from crmdesk.views.service.item_page import ItemPage
from crmdesk.views.support.widgets.card_row import CardRow
from tests.builders.loaners import add_member
from tests.builders.repairs import taken_in
from tests.builders.shop import Shop
from tests.gui.service.conftest import Counter


def suitcase(serial: str = "", model: str = "") -> ItemFacts:
    return ItemFacts(ItemCategory.SUITCASE, "拉杆箱 银色", brand="AirLite", model=model, serial=serial)


def item_of(shop: Shop, ticket_id: int) -> int:
    with shop.reading() as session:
        return session.get_one(Ticket, ticket_id).item_id or 0


def page(counter: Counter) -> ItemPage:
    counter.settle()
    shown = counter.desk.navigator.screen("item")
    assert isinstance(shown, ItemPage)
    return shown


def test_from_the_order_to_its_goods_and_to_their_owner(counter: Counter) -> None:
    ticket = taken_in(counter.shop, item=suitcase("SN-88217"))
    counter.open(ticket)
    counter.screen.panel._facts.link_chosen.emit("item")
    shown = page(counter)
    assert shown.title() == "拉杆箱 银色"
    assert not shown.failed.isVisibleTo(shown)
    assert not shown.twin.isVisibleTo(shown)


def test_the_same_serial_twice_is_offered_and_merged(counter: Counter) -> None:
    member = add_member(counter.shop)
    first, second = (taken_in(counter.shop, member_id=member, item=suitcase("SN-1")) for _time in range(2))
    keep = item_of(counter.shop, first)
    assert item_of(counter.shop, second) != keep
    counter.desk.navigator.open(EntityRef(EntityKind.ITEM, keep))
    shown = page(counter)
    assert "once more" in shown.twin.accessibleName()
    shown.merge.setFocus()
    counter.press(Qt.Key.Key_Space)
    counter.settle()
    assert counter.toasts.texts[-1] == "Merged, 1 order moved"
    assert item_of(counter.shop, second) == keep
    assert not shown.twin.isVisibleTo(shown)


def test_a_serial_number_finds_the_goods(counter: Counter) -> None:
    ticket = taken_in(counter.shop, item=suitcase("SN-88217"))
    with counter.shop.reading() as session:
        (hit,) = find(session, "sn-882", counter.person.context()).items
        assert find(session, "sn-", counter.person.context()).items == ()
    assert (hit.opens, hit.title) == (EntityRef(EntityKind.ITEM, item_of(counter.shop, ticket)), "SN-88217")


def test_the_third_of_one_model_stands_on_the_page_of_alerts(counter: Counter) -> None:
    for number in range(3):
        member = add_member(counter.shop, f"客户{number}", f"1380000000{number}")
        taken_in(counter.shop, member_id=member, item=suitcase(model="A20"))
    counter.desk.navigator.run("items.alerts")
    counter.settle()
    shown = counter.desk.navigator.screen("items.alerts")
    assert isinstance(shown, ItemAlertsPage)
    rows = shown.batches.findChildren(CardRow)
    assert [row.accessibleName() for row in rows] == ["AirLite A20 · Wheel broken 3 pieces in 60 days"]
    assert len(shown.behind.findChildren(CardRow)) == 3
