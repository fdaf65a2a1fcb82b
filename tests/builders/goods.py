"""Goods of a test store with many repairs, written row by row: thousands in a moment."""

from datetime import timedelta
from random import Random

from sqlalchemy import insert

from crmdesk.core.ids import new_id
from crmdesk.core.roles import Role
from crmdesk.core.tickets import ItemCategory, TicketKind, TicketState
from crmdesk.models.item import Item
from crmdesk.models.ticket import Ticket, TicketFault
from tests.builders.loaners import add_member
from tests.builders.shop import OPENING, STORE_ID, Shop, staff_id

FAULTS = ("wheel_broken", "rod_jam", "zip_fault", "handle")
SPAN_DAYS = 400


def many_repairs(shop: Shop, count: int, seed: int = 7) -> None:
    """Write ``count`` repairs of suitcases over the last 400 days; some things come again, a few are cancelled."""
    source, member = Random(seed), add_member(shop, "批量", "13700000000")
    items, tickets, faults = [], [], []
    known: list[int] = []
    for number in range(count):
        received = OPENING - timedelta(days=source.random() * SPAN_DAYS)
        if known and source.random() < 0.15:
            item = source.choice(known)
        else:
            item = new_id()
            known.append(item)
            brand, model = source.choice(("AirLite", "aurora", "")), source.choice(("20", "S-7", "S-8", ""))
            items.append(_item(item, member, brand, f"{model}{number % max(1, count // 300)}" if model else ""))
        key = new_id()
        back = received + timedelta(days=source.randrange(1, 40))
        state = TicketState.CANCELLED if source.random() < 0.05 else TicketState.CLOSED
        tickets.append(_ticket(key, number, member, item, (received, back, state)))
        for ordinal, code in enumerate(source.sample(FAULTS, source.randrange(0, 3))):
            faults.append({"id": new_id(), "store_id": STORE_ID, "ticket_id": key, "ordinal": ordinal, "code": code})
    with shop.database.transaction() as session:
        for model_, rows in ((Item, items), (Ticket, tickets), (TicketFault, faults)):
            if rows:
                session.execute(insert(model_), rows)


def _item(key: int, member: int, brand: str, model: str) -> dict[str, object]:
    return {
        "id": key, "store_id": STORE_ID, "member_id": member, "category": ItemCategory.SUITCASE, "name": "拉杆箱",
        "brand": brand, "model": model, "version": 1,
    }  # fmt: skip


def _ticket(
    key: int, number: int, member: int, item: int, when: tuple[object, object, TicketState]
) -> dict[str, object]:
    received, back, state = when
    return {
        "id": key, "store_id": STORE_ID, "home_store_id": STORE_ID, "number": f"R-99-{number}",
        "kind": TicketKind.REPAIR, "state": state, "member_id": member, "item_id": item,
        "received_by_id": staff_id(Role.CLERK), "owner_id": staff_id(Role.CLERK), "received_at": received,
        "handed_back_at": back, "last_event_at": back, "version": 1,
    }  # fmt: skip
