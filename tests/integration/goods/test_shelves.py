"""Shelves: their register, goods put by scan, room, what lies where."""

import pytest

from crmdesk.core.batch_errors import UnknownCodeError
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, StaleError
from crmdesk.core.goods_errors import ShelfFullError, ShelfInUseError, ShelfTakenError, UnknownShelfError
from crmdesk.core.repair_errors import NotHereError
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace
from crmdesk.queries import shelves as shown
from crmdesk.queries.shelves import LyingRow, ShelfRow
from crmdesk.services import repair, shelves
from crmdesk.services.shelves import Put, PutGoods, ShelfFacts
from tests.builders.repairs import ready, seen, step, taken_in
from tests.builders.shop import Shop


def add(shop: Shop, code: str, room: int | None = None) -> tuple[str, ...]:
    return shop.do(shelves.add, ShelfFacts(code, room=room), shop.context(Role.MANAGER))


def put(shop: Shop, ticket_id: int, shelf: str, *, anyway: bool = False) -> Put:
    request = PutGoods(seen(shop, ticket_id).number.lower().replace("-", ""), shelf, anyway)
    return shop.do(shelves.put, request, shop.context())


def listed(shop: Shop) -> list[ShelfRow]:
    with shop.reading() as session:
        return shown.shelves(session, shop.context())


def lying(shop: Shop, shelf: str | None = None) -> list[LyingRow]:
    with shop.reading() as session:
        return shown.lying(session, shop.context(), shelf=shelf)


def test_a_run_of_shelves_at_once(shop: Shop) -> None:
    assert add(shop, "a1-a12", 3) == tuple(f"A{number}" for number in range(1, 13))
    assert add(shop, "Ｂ０１－Ｂ０３") == ("B01", "B02", "B03")
    assert [one.ordinal for one in listed(shop)] == list(range(1, 16))
    with pytest.raises(ShelfTakenError):
        add(shop, "A12-A14")
    assert len(listed(shop)) == 15


@pytest.mark.parametrize("code", ["", "  ", "A9-A1", "A1-A999", "X" * 13])
def test_codes_that_are_none(shop: Shop, code: str) -> None:
    with pytest.raises(InvalidFieldError):
        add(shop, code)


def test_room_is_counted_from_one(shop: Shop) -> None:
    for room in (0, -3, 1000):
        with pytest.raises(InvalidFieldError):
            add(shop, "A1", room)


def test_only_who_arranges_adds(shop: Shop) -> None:
    with pytest.raises(NotAllowedError):
        shop.do(shelves.add, ShelfFacts("A1"), shop.context(Role.CLERK))
    assert shop.do(shelves.add, ShelfFacts("A1"), shop.context(Role.ADMINISTRATOR)) == ("A1",)


def test_without_a_register_any_code_will_do(shop: Shop) -> None:
    ticket_id = taken_in(shop)
    assert put(shop, ticket_id, "窗 边").shelf == "窗边"
    assert seen(shop, ticket_id).goods_place is GoodsPlace.SHELF


def test_put_and_move_by_scan(shop: Shop) -> None:
    add(shop, "A1-A3", 1)
    ticket_id = taken_in(shop)
    assert put(shop, ticket_id, "a1") == Put(ticket_id, seen(shop, ticket_id).number, "A1", "")
    assert put(shop, ticket_id, "A2").before == "A1"
    put(shop, ticket_id, "A2")
    events = [one.note for one in seen(shop, ticket_id).events if one.act is TicketAct.SHELVED]
    assert events == ["A2", "A1"]
    assert [(one.code, one.used) for one in listed(shop)] == [("A1", 0), ("A2", 1), ("A3", 0)]
    assert [one.id for one in lying(shop, "A2")] == [ticket_id]
    assert lying(shop, "A1") == []


def test_a_full_shelf_names_one_with_room(shop: Shop) -> None:
    add(shop, "A1-A2", 1)
    add(shop, "C1", 5)
    first, second = taken_in(shop), taken_in(shop, name="王芳")
    put(shop, first, "A1")
    with pytest.raises(ShelfFullError) as refused:
        put(shop, second, "A1")
    assert (refused.value.room, refused.value.free) == (1, "C1")
    assert put(shop, second, "A1", anyway=True).shelf == "A1"
    with shop.reading() as session:
        assert shown.suggested(session, shop.context()) == ("C1", "A2")


def test_unknown_codes(shop: Shop) -> None:
    add(shop, "A1-A2", 1)
    ticket_id = taken_in(shop)
    with pytest.raises(UnknownShelfError) as refused:
        put(shop, ticket_id, "Z9")
    assert refused.value.codes == ("A1", "A2")
    with pytest.raises(UnknownCodeError):
        shop.do(shelves.put, PutGoods("R-01-261121-0019", "A1"), shop.context())
    with pytest.raises(InvalidFieldError):
        put(shop, ticket_id, " ")


def test_goods_that_are_away_lie_nowhere(shop: Shop) -> None:
    ticket_id = taken_in(shop)
    shop.do(repair.send_away, step(shop, ticket_id, "SF123"), shop.context())
    with pytest.raises(NotHereError):
        put(shop, ticket_id, "A1")
    assert lying(shop) == []


def test_goods_without_a_place_are_listed(shop: Shop) -> None:
    here, _there = taken_in(shop), ready(shop, name="王芳")
    assert [one.id for one in lying(shop, "")] == [here]
    shop.do(repair.cancel, step(shop, here, "客户不修了"), shop.context())
    assert [one.id for one in lying(shop, "")] == [here]


def test_a_shelf_in_use_keeps_its_code(shop: Shop) -> None:
    add(shop, "A1-A2")
    ticket_id = taken_in(shop)
    put(shop, ticket_id, "A1")
    first, second = listed(shop)
    manager = shop.context(Role.MANAGER)
    for facts in (ShelfFacts("A9"), ShelfFacts("A1", active=False)):
        with pytest.raises(ShelfInUseError):
            shop.do(shelves.edit, first.id, first.version, facts, manager)
    assert shop.do(shelves.edit, first.id, first.version, ShelfFacts("A1", "靠窗", 4), manager) == "A1"
    with pytest.raises(StaleError):
        shop.do(shelves.edit, first.id, first.version, ShelfFacts("A1"), manager)
    with pytest.raises(ShelfTakenError):
        shop.do(shelves.edit, second.id, second.version, ShelfFacts("A1"), manager)
    with pytest.raises(InvalidFieldError):
        shop.do(shelves.edit, second.id, second.version, ShelfFacts("B1-B4"), manager)
    shop.do(shelves.edit, second.id, second.version, ShelfFacts("B1", active=False), manager)
    with pytest.raises(UnknownShelfError):
        put(shop, ticket_id, "B1")
