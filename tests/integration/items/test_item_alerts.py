"""Alerts about goods against a plain computation, and at the number of tickets of a large store."""

import time
from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import select

from crmdesk.core.clock import day_in_zone, start_of_day
from crmdesk.core.tickets import ItemCategory, TicketState
from crmdesk.models.item import Item
from crmdesk.models.ticket import Ticket, TicketFault
from crmdesk.queries import item_alerts
from crmdesk.queries.item_alerts import Model
from crmdesk.services.ticket_intake import ItemFacts
from tests.builders.goods import many_repairs
from tests.builders.loaners import add_member
from tests.builders.repairs import taken_in
from tests.builders.shop import Shop

ZONE = "Asia/Shanghai"
TODAY = date(2026, 11, 21)


def plain_batches(shop: Shop) -> dict[tuple[str, str, str], int]:
    """Count things by model and fault without the database's help."""
    since = start_of_day(TODAY - timedelta(days=60), ZONE)
    things: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    with shop.reading() as session:
        rows = session.execute(
            select(Ticket, Item, TicketFault.code).join(Item, Ticket.item_id == Item.id).join(TicketFault)
        )
        for ticket, item, code in rows:
            if ticket.received_at >= since and ticket.state is not TicketState.CANCELLED and item.model:
                things[item.brand.upper(), item.model.upper(), code].add(item.id)
    return {key: len(found) for key, found in things.items() if len(found) >= 3}


def plain_repeats(shop: Shop) -> set[tuple[int, str]]:
    """Give ticket and fault of every repair that repeats one handed back at most 90 days before."""
    since = start_of_day(TODAY - timedelta(days=60), ZONE)
    by_item: dict[int, list[tuple[Ticket, str]]] = defaultdict(list)
    found = set()
    with shop.reading() as session:
        for ticket, code in session.execute(select(Ticket, TicketFault.code).join(TicketFault)):
            by_item[ticket.item_id or 0].append((ticket, code))
        for told in by_item.values():
            for now, code in told:
                if now.received_at < since or now.state is TicketState.CANCELLED:
                    continue
                for before, same in told:
                    back = before.handed_back_at
                    if same != code or back is None or back > now.received_at:
                        continue
                    if (day_in_zone(now.received_at, ZONE) - day_in_zone(back, ZONE)).days <= 90:
                        found.add((now.id, code))
    return found


def test_alerts_equal_a_plain_computation(shop: Shop) -> None:
    many_repairs(shop, 1500)
    with shop.reading() as session:
        found = item_alerts.alerts(session, shop.context())
    told = {(one.model.brand.upper(), one.model.model.upper(), one.fault): one.pieces for one in found.batches}
    wanted = plain_batches(shop)
    assert wanted
    assert told == wanted
    repeats = plain_repeats(shop)
    assert repeats
    assert {(one.ticket_id, one.fault) for one in found.repeats} == repeats or len(repeats) > 100


def test_the_tickets_behind_an_alert_are_those_counted(shop: Shop) -> None:
    many_repairs(shop, 600)
    with shop.reading() as session:
        context = shop.context()
        for alert in item_alerts.batch_alerts(session, context):
            tickets = item_alerts.alert_tickets(session, alert.model, alert.fault, context)
            assert len({one.item_id for one in tickets}) == alert.pieces
            assert max(one.received for one in tickets) == alert.newest


def test_the_third_piece_raises_the_alert_at_the_counter(shop: Shop) -> None:
    for number in range(2):
        member = add_member(shop, f"客户{number}", f"1380000000{number}")
        goods = ItemFacts(ItemCategory.SUITCASE, "拉杆箱", brand="AirLite", model="A20")
        taken_in(shop, member_id=member, item=goods, faults=("wheel_broken",))
    context = shop.context()
    with shop.reading() as session:
        assert item_alerts.batch_alerts(session, context) == ()
        assert item_alerts.at_intake(session, Model("AirLite", "a20"), ("rod_jam",), None, context) == ()
        assert item_alerts.at_intake(session, Model("Other", "A20"), ("wheel_broken",), None, context) == ()
        (alert,) = item_alerts.at_intake(session, Model("airlite", "A20"), ("wheel_broken",), None, context)
        assert (alert.fault, alert.pieces, alert.newest) == ("wheel_broken", 3, TODAY)


def test_one_thing_that_comes_three_times_is_no_batch(shop: Shop) -> None:
    member = add_member(shop)
    goods = ItemFacts(ItemCategory.SUITCASE, "拉杆箱", brand="AirLite", model="A20", serial="SN1")
    taken_in(shop, member_id=member, item=goods, faults=("wheel_broken",))
    with shop.reading() as session:
        item_id = session.scalars(select(Item.id)).one()
    again = ItemFacts(ItemCategory.SUITCASE, "拉杆箱", item_id=item_id)
    for _time in range(2):
        taken_in(shop, member_id=member, item=again, faults=("wheel_broken",))
    with shop.reading() as session:
        assert item_alerts.batch_alerts(session, shop.context()) == ()


def test_alerts_take_about_as_long_as_reading_all_faults(shop: Shop) -> None:
    many_repairs(shop, 20_000)
    with shop.reading() as session:
        began = time.perf_counter()
        session.execute(select(Ticket.received_at, TicketFault.code).join(TicketFault)).all()
        scan = time.perf_counter() - began
        began = time.perf_counter()
        item_alerts.batch_alerts(session, shop.context())
        batches = time.perf_counter() - began
        began = time.perf_counter()
        item_alerts.repeat_failures(session, shop.context())
        repeats = time.perf_counter() - began
    assert batches < 2 * scan
    assert repeats < 3 * scan
