"""Goods handed over whole or in part; what is refused, and two desks at once."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from crmdesk.core.charges import ChargeKind
from crmdesk.core.desk_errors import LoanerOutError, MoneyOpenError, NotSignedError
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError, NotAllowedError, NotFoundError, StaleError
from crmdesk.core.goods_errors import AlreadyHandedError, NothingTickedError
from crmdesk.core.hand_over import SignPurpose
from crmdesk.core.money import Money, MoneyError
from crmdesk.core.repair_errors import MoneyToReturnError
from crmdesk.core.roles import Role
from crmdesk.core.strokes import Strokes, to_text
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace, TicketState
from crmdesk.models.callback import Callback
from crmdesk.models.hand_over import HandOver, Signature
from crmdesk.queries import signatures
from crmdesk.queries.ticket_money import charges_of
from crmdesk.services import charges, pickup
from crmdesk.services.charges import MakeCharge, WaiveCharge
from crmdesk.services.hand_overs import HandedOver, HandOverGoods, hand_over
from crmdesk.services.pickup import Pay
from crmdesk.services.signatures import Sign, sign
from tests.builders.loaners import add_loaner, lend_to
from tests.builders.repairs import quoted, ready, seen
from tests.builders.shop import Shop

STROKES: Strokes = (((200, 100), (300, 180), (400, 90)), ((420, 80), (500, 200)))


def paid(shop: Shop, **changes: object) -> int:
    """Give a ready ticket with nothing to pay."""
    ticket_id = ready(shop, accessories=("密码锁", "防尘袋"), **changes)
    shop.do(pickup.pay, Pay(ticket_id, seen(shop, ticket_id).version, Money.yuan(80), "cash"), shop.context())
    return ticket_id


def wish(shop: Shop, ticket_id: int, *names: str, item: bool = True) -> HandOverGoods:
    """Give the request of handing over the item and the accessories with these names."""
    now = seen(shop, ticket_id)
    keys = frozenset(one.id for one in now.accessories if one.name in names)
    return HandOverGoods(ticket_id, now.version, "周建国", item_back=item, accessories=keys, on_paper=True)


def go(shop: Shop, request: HandOverGoods, role: Role = Role.CLERK) -> HandedOver:
    return shop.do(hand_over, request, shop.context(role))


def test_everything_at_once_closes_and_plans_the_call(shop: Shop) -> None:
    ticket_id = paid(shop)
    made = go(shop, replace(wish(shop, ticket_id, "密码锁", "防尘袋"), on_paper=False, strokes=to_text(STROKES)))
    assert (made.whole, made.left, made.state) == (True, (), TicketState.CLOSED)
    assert made.given == ("轮子断", "密码锁", "防尘袋")
    now = seen(shop, ticket_id)
    assert (now.goods_place, now.shelf, now.collected_by) == (GoodsPlace.CUSTOMER, "", "周建国")
    assert all(one.handed_back for one in now.accessories)
    with shop.reading() as session:
        assert session.scalar(select(func.count()).select_from(Callback).where(Callback.ticket_id == ticket_id)) == 1
        signed = signatures.of_ticket(session, ticket_id, SignPurpose.HAND_BACK, shop.context())
    assert signed is not None
    assert (signed.person, signed.strokes) == ("周建国", STROKES)


def test_a_part_stays_and_is_fetched_later(shop: Shop) -> None:
    ticket_id = paid(shop)
    first = go(shop, wish(shop, ticket_id, "密码锁"))
    assert (first.left, first.state) == (("防尘袋",), TicketState.NOTIFIED)
    now = seen(shop, ticket_id)
    assert (now.goods_place, now.shelf, now.collected_by) == (GoodsPlace.SHELF, "A3", "")
    assert now.events[0].act is TicketAct.PARTLY_COLLECTED
    assert now.events[0].note == "轮子断、密码锁 → 防尘袋"
    with shop.reading() as session:
        assert session.scalar(select(func.count()).select_from(Callback).where(Callback.ticket_id == ticket_id)) == 0
    second = go(
        shop, replace(wish(shop, ticket_id, "防尘袋", item=False), person="周太太", stands_for="妻子", seen="单据")
    )
    assert (second.given, second.left, second.state) == (("防尘袋",), (), TicketState.CLOSED)
    with shop.reading() as session:
        kept = session.scalars(select(HandOver).order_by(HandOver.id))
        found = [(one.person, one.item_back, one.whole, one.stands_for) for one in kept]
    assert found == [
        ("周建国", True, False, ""),
        ("周太太", False, True, "妻子"),
    ]
    assert seen(shop, ticket_id).collected_by == "周太太"


def test_accessories_may_go_before_the_money_the_item_may_not(shop: Shop) -> None:
    ticket_id = ready(shop, accessories=("密码锁", "防尘袋"))
    assert go(shop, wish(shop, ticket_id, "密码锁", item=False)).left == ("轮子断", "防尘袋")
    with pytest.raises(MoneyOpenError) as refused:
        go(shop, wish(shop, ticket_id))
    assert refused.value.amount == Money.yuan(80)


def test_nothing_goes_twice(shop: Shop) -> None:
    ticket_id = paid(shop)
    go(shop, wish(shop, ticket_id, "密码锁"))
    with pytest.raises(AlreadyHandedError) as refused:
        go(shop, wish(shop, ticket_id, "密码锁", "防尘袋"))
    assert refused.value.names == ("轮子断", "密码锁")
    with pytest.raises(AlreadyHandedError):
        go(shop, wish(shop, ticket_id, "密码锁", item=False))


def test_nothing_ticked_and_things_of_others(shop: Shop) -> None:
    ticket_id, other = paid(shop), paid(shop, name="王芳")
    with pytest.raises(NothingTickedError):
        go(shop, wish(shop, ticket_id, item=False))
    strange = frozenset(one.id for one in seen(shop, other).accessories)
    with pytest.raises(NotFoundError):
        go(shop, replace(wish(shop, ticket_id), accessories=strange))


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"person": " \u3000"}, "person"), ({"stands_for": "儿子"}, "seen"), ({"strokes": "[[1]]"}, "signature")],
)
def test_who_takes_it_must_be_known(shop: Shop, changes: dict[str, Any], field: str) -> None:
    ticket_id = paid(shop)
    with pytest.raises(InvalidFieldError) as refused:
        go(shop, replace(wish(shop, ticket_id), **changes))
    assert refused.value.field == field
    assert seen(shop, ticket_id).state is TicketState.READY


def test_without_a_signature_nothing_goes(shop: Shop) -> None:
    ticket_id = paid(shop)
    with pytest.raises(NotSignedError):
        go(shop, replace(wish(shop, ticket_id), on_paper=False))
    with pytest.raises(NotSignedError):
        go(shop, replace(wish(shop, ticket_id), on_paper=False, strokes="[[[5,5]]]"))
    with shop.reading() as session:
        assert session.scalar(select(func.count()).select_from(HandOver)) == 0
        assert session.scalar(select(func.count()).select_from(Signature)) == 0


def test_the_loaner_stops_everything(shop: Shop) -> None:
    ticket_id = paid(shop)
    lend_to(shop, add_loaner(shop).id, seen(shop, ticket_id).member_id, ticket_id)
    with pytest.raises(LoanerOutError):
        go(shop, wish(shop, ticket_id, "密码锁", item=False))


def test_money_to_the_fen_also_with_a_waived_charge(shop: Shop) -> None:
    ticket_id = paid(shop)
    with pytest.raises(MoneyError):
        Money.parse("12.345")
    wanted = MakeCharge(ticket_id, seen(shop, ticket_id).version, ChargeKind.EXAMINATION, Money.parse("0.01"), "检测")
    assert shop.do(charges.charge, wanted, shop.context()) == Money(1)
    with pytest.raises(MoneyOpenError):
        go(shop, wish(shop, ticket_id, "密码锁", "防尘袋"))
    shop.do(pickup.pay, Pay(ticket_id, seen(shop, ticket_id).version, Money(1), "cash"), shop.context())
    with shop.reading() as session:
        (made,) = charges_of(session, ticket_id)
    shop.do(charges.waive, WaiveCharge(made.id, made.version, "老客户"), shop.context(Role.MANAGER))
    with pytest.raises(MoneyToReturnError) as refused:
        go(shop, wish(shop, ticket_id, "密码锁", "防尘袋"))
    assert refused.value.amount == Money(1)


def test_what_is_not_ready_does_not_go(shop: Shop) -> None:
    ticket_id = quoted(shop)
    with pytest.raises(IllegalMoveError):
        go(shop, wish(shop, ticket_id))
    with pytest.raises(NotAllowedError):
        go(shop, wish(shop, ticket_id), Role.ADMINISTRATOR)


def test_a_screen_that_is_behind_hands_nothing_over(shop: Shop) -> None:
    ticket_id = paid(shop)
    old = wish(shop, ticket_id, "密码锁", "防尘袋")
    go(shop, wish(shop, ticket_id, "密码锁", item=False))
    with pytest.raises(StaleError):
        go(shop, old)


def test_a_signature_apart_from_a_step(shop: Shop) -> None:
    ticket_id = quoted(shop)
    shop.do(sign, Sign(SignPurpose.APPROVAL, "周建国", to_text(STROKES), ticket_id=ticket_id), shop.context())
    assert seen(shop, ticket_id).events[0].act is TicketAct.SIGNED
    with pytest.raises(NotSignedError):
        shop.do(sign, Sign(SignPurpose.APPROVAL, "周建国", "[]", ticket_id=ticket_id), shop.context())


HANDER = """
import sys
from pathlib import Path
from typing import Any
from crmdesk.core.errors import RefusedError, StaleError
from crmdesk.db.engine import Database
from crmdesk.migrations.schema import metadata
from crmdesk.services.hand_overs import hand_over
from tests.builders.shop import Shop
from tests.integration.goods.test_hand_overs import wish

metadata()
path, ticket_id, desk = sys.argv[1:]
shop = Shop(Database.open(Path(path)))
request = wish(shop, int(ticket_id), "密码锁", "防尘袋")
print("ready", flush=True)
sys.stdin.readline()
try:
    shop.do(hand_over, request, shop.context(desk=desk))
    print("handed over")
except (RefusedError, StaleError) as error:
    print(type(error).__name__)
shop.close()
"""


def test_two_desks_hand_back_at_once(shop: Shop, repository: Path) -> None:
    ticket_id = paid(shop)
    desks = []
    for number in range(2):
        process = subprocess.Popen(
            [sys.executable, "-c", HANDER, str(shop.database.path), str(ticket_id), f"desk-{number}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=repository,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        desks.append(process)
    for desk in desks:
        assert desk.stdin is not None
        desk.stdin.write("go\n")
        desk.stdin.flush()
    answers = sorted(desk.communicate(timeout=60)[0].strip() for desk in desks)
    assert answers == ["StaleError", "handed over"]
    with shop.reading() as session:
        assert session.scalar(select(func.count()).select_from(HandOver)) == 1
        assert session.scalar(select(func.count()).select_from(Callback)) == 1
