"""Repairs after their end: cancelled goods go back, repairs come back, charges are owed or waived."""

from datetime import timedelta

import pytest

from crmdesk.core.charges import ChargeKind
from crmdesk.core.desk_errors import LoanerOutError
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError, NotAllowedError, ReasonMissingError, StaleError
from crmdesk.core.hand_over import TicketLink
from crmdesk.core.money import Money
from crmdesk.core.repair_errors import (
    AlreadyInError,
    AlreadyWaivedError,
    MoneyToReturnError,
    NotHereError,
)
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace, TicketState
from crmdesk.models.ticket import Ticket
from crmdesk.queries.ticket_money import charges_of
from crmdesk.services import charges, repair, repair_ends, repair_links
from crmdesk.services.charges import MakeCharge, WaiveCharge
from crmdesk.services.repair_links import ComeBack
from tests.builders.loaners import add_loaner, lend_to
from tests.builders.repair_hands import acts, collected, handed, parcel, pay
from tests.builders.repairs import approved, ready, seen, step, taken_in
from tests.builders.shop import Shop

_S = TicketState


# -- cancelled -------------------------------------------------------------------------


def test_cancelled_goods_still_have_to_go_back_and_the_loaner_and_money_too(shop: Shop) -> None:
    ticket_id = approved(shop)
    loaner = add_loaner(shop)
    lend_to(shop, loaner.id, seen(shop, ticket_id).member_id, ticket_id)
    pay(shop, ticket_id, Money.yuan(80))
    shop.do(repair.cancel, step(shop, ticket_id, "客户不修了"), shop.context())
    assert seen(shop, ticket_id).goods_place is GoodsPlace.COUNTER
    with pytest.raises(LoanerOutError):
        shop.do(repair_ends.hand_goods_out, handed(shop, ticket_id), shop.context())
    with shop.database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE loan SET state = 'back'")
    with pytest.raises(MoneyToReturnError):
        shop.do(repair_ends.hand_goods_out, handed(shop, ticket_id), shop.context())
    pay(shop, ticket_id, -Money.yuan(80))
    assert shop.do(repair_ends.hand_goods_out, handed(shop, ticket_id), shop.context()) is _S.CANCELLED
    now = seen(shop, ticket_id)
    assert (now.goods_place, now.collected_by) == (GoodsPlace.CUSTOMER, "周建国")
    with pytest.raises(NotHereError):
        shop.do(repair_ends.hand_goods_out, handed(shop, ticket_id), shop.context())


def test_cancelled_goods_may_be_posted(shop: Shop) -> None:
    ticket_id = taken_in(shop)
    shop.do(repair.cancel, step(shop, ticket_id, "客户不修了"), shop.context())
    assert shop.do(repair_ends.post_back, parcel(shop, ticket_id), shop.context()) is _S.CANCELLED
    shop.do(repair_ends.note_delivery, step(shop, ticket_id), shop.context())
    assert seen(shop, ticket_id).goods_place is GoodsPlace.CUSTOMER


def test_open_goods_are_not_handed_out_by_that_step(shop: Shop) -> None:
    ticket_id = ready(shop)
    with pytest.raises(NotHereError):
        shop.do(repair_ends.hand_goods_out, handed(shop, ticket_id), shop.context())


# -- come-back -------------------------------------------------------------------------


def test_a_come_back_is_linked_with_the_first_of_its_chain(shop: Shop) -> None:
    first = collected(shop)
    shop.clock.advance(timedelta(days=20))
    second = shop.do(repair_links.come_back, ComeBack(first, "轮子又掉了"), shop.context()).id
    with pytest.raises(AlreadyInError):
        shop.do(repair_links.come_back, ComeBack(first, "轮子又掉了"), shop.context())
    shop.do(repair.cancel, step(shop, second, "试错"), shop.context())
    with pytest.raises(IllegalMoveError):
        shop.do(repair_links.come_back, ComeBack(second, "轮子又掉了"), shop.context())
    third = shop.do(repair_links.come_back, ComeBack(first, "轮子又掉了"), shop.context()).id
    for ticket_id in (second, third):
        with shop.reading() as session:
            known = session.get_one(Ticket, ticket_id)
            assert (known.link, known.linked_ticket_id) == (TicketLink.COME_BACK, first)
    assert acts(shop, first)[-2:] == [TicketAct.LINKED] * 2


@pytest.mark.parametrize(
    ("days", "faults", "link"),
    [
        (90, None, TicketLink.COME_BACK),
        (91, None, TicketLink.RELATED),
        (3, ("zip_fault",), TicketLink.RELATED),
        (3, ("zip_fault", "wheel_broken"), TicketLink.COME_BACK),
    ],
)
def test_what_counts_as_a_come_back(shop: Shop, days: int, faults: tuple[str, ...] | None, link: TicketLink) -> None:
    first = collected(shop)
    shop.clock.advance(timedelta(days=days))
    again = shop.do(repair_links.come_back, ComeBack(first, "又坏了", faults), shop.context()).id
    with shop.reading() as session:
        assert session.get_one(Ticket, again).link is link


def test_what_was_not_handed_back_does_not_come_back(shop: Shop) -> None:
    with pytest.raises(IllegalMoveError):
        shop.do(repair_links.come_back, ComeBack(ready(shop), "又坏了"), shop.context())


# -- charges ---------------------------------------------------------------------------


def test_a_charge_is_owed_until_a_manager_waives_it_with_a_reason(shop: Shop) -> None:
    ticket_id = ready(shop)
    for amount in (Money(0), Money(-1)):
        request = MakeCharge(ticket_id, seen(shop, ticket_id).version, ChargeKind.OTHER, amount)
        with pytest.raises(InvalidFieldError):
            shop.do(charges.charge, request, shop.context())
    request = MakeCharge(ticket_id, seen(shop, ticket_id).version, ChargeKind.OTHER, Money(1550), "包装")
    assert shop.do(charges.charge, request, shop.context()) == Money(9550)
    with shop.reading() as session:
        (made,) = charges_of(session, ticket_id)
    with pytest.raises(NotAllowedError):
        shop.do(charges.waive, WaiveCharge(made.id, made.version, "老客户"), shop.context())
    manager = shop.context(Role.MANAGER)
    with pytest.raises(ReasonMissingError):
        shop.do(charges.waive, WaiveCharge(made.id, made.version, " "), manager)
    with pytest.raises(StaleError):
        shop.do(charges.waive, WaiveCharge(made.id, made.version + 1, "老客户"), manager)
    assert shop.do(charges.waive, WaiveCharge(made.id, made.version, "老客户"), manager) == Money.yuan(80)
    with pytest.raises(AlreadyWaivedError):
        shop.do(charges.waive, WaiveCharge(made.id, made.version, "老客户"), manager)
    assert acts(shop, ticket_id)[-2:] == [TicketAct.CHARGED, TicketAct.CHARGE_WAIVED]
