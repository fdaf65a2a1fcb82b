"""Open fees of a loan stop the hand-back like other open money, are shown with their loan, and are taken there too."""

import pytest
from sqlalchemy import select

from crmdesk.core.desk_errors import MoneyOpenError
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.loaners import ReturnGrade
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.tickets import TellChannel, TicketState
from crmdesk.models.judgement import Payment
from crmdesk.queries import reminders as waiting
from crmdesk.queries.loan_fees import fees_of_ticket, open_of_tickets
from crmdesk.queries.ticket_money import ticket_money
from crmdesk.services import loan_fees, pickup
from crmdesk.services.loan_fees import WaiveFee
from crmdesk.services.loan_returns import TakeBack, take_back
from crmdesk.services.pickup import Pay
from crmdesk.services.ticket_steps import Step
from tests.builders.loaners import add_loaner, lend_to
from tests.builders.repair_hands import handed
from tests.builders.repairs import ready, seen
from tests.builders.shop import Shop


def damaged(shop: Shop, ticket_id: int, code: str = "L-007", fee: int = 150) -> int:
    """Lend a loaner for the ticket and take it back broken; ``fee`` yuan stay open beyond the deposit of 300."""
    made = lend_to(shop, add_loaner(shop, code).id, seen(shop, ticket_id).member_id, ticket_id)
    asked = made.deposit + Money.yuan(fee)
    back = TakeBack(made.id, ReturnGrade.DAMAGED, "拉杆断", damage_fee=asked, kept=made.deposit)
    shop.do(take_back, back, shop.context())
    return made.id


def pay(shop: Shop, ticket_id: int, amount: Money) -> Money:
    return shop.do(pickup.pay, Pay(ticket_id, seen(shop, ticket_id).version, amount, "wechat"), shop.context())


def payments(shop: Shop) -> list[tuple[bool, int, bool]]:
    """Give (of the ticket, fen, has a receipt) of each payment."""
    with shop.reading() as session:
        rows = session.scalars(select(Payment).order_by(Payment.id))
        return [(one.ticket_id is not None, one.amount.fen, bool(one.receipt)) for one in rows]


def test_open_fees_stop_the_hand_back_until_they_are_paid(shop: Shop) -> None:
    ticket_id = ready(shop)
    damaged(shop, ticket_id)
    assert seen(shop, ticket_id).open_amount == Money.yuan(230)
    assert pay(shop, ticket_id, Money.yuan(80)) == Money.yuan(150)
    with pytest.raises(MoneyOpenError) as refused:
        shop.do(pickup.hand_back, handed(shop, ticket_id), shop.context())
    assert refused.value.amount == Money.yuan(150)
    assert pay(shop, ticket_id, Money.yuan(150)) == Money(0)
    assert shop.do(pickup.hand_back, handed(shop, ticket_id), shop.context()) is TicketState.CLOSED
    assert payments(shop) == [(True, 8000, False), (False, 15000, True)]


def test_one_payment_settles_the_repair_and_two_loans(shop: Shop) -> None:
    ticket_id = ready(shop)
    first, second = damaged(shop, ticket_id), damaged(shop, ticket_id, "L-008", 20)
    assert pay(shop, ticket_id, Money.yuan(240)) == Money.yuan(10)
    assert payments(shop) == [(True, 8000, False), (False, 15000, True), (False, 1000, True)]
    with shop.reading() as session:
        known = fees_of_ticket(session, ticket_id)
        assert (known.open_of(first), known.open_of(second)) == (Money(0), Money.yuan(10))
        assert open_of_tickets(session, (ticket_id,)) == {ticket_id: Money.yuan(10)}
    with pytest.raises(InvalidFieldError):
        pay(shop, ticket_id, Money.yuan(10) + Money(1))


def test_what_was_paid_too_much_goes_back_before_fees_are_asked(shop: Shop) -> None:
    ticket_id = ready(shop)
    pay(shop, ticket_id, Money.yuan(80))
    with shop.database.transaction() as session:
        session.add(
            Payment(store_id=1, ticket_id=ticket_id, amount=Money.yuan(5), at=shop.clock.now(), staff_id=_any(shop))
        )
    damaged(shop, ticket_id)
    assert seen(shop, ticket_id).open_amount == Money.yuan(-5)
    with pytest.raises(InvalidFieldError):
        pay(shop, ticket_id, Money.yuan(150))
    assert pay(shop, ticket_id, Money.yuan(-2)) == Money.yuan(-3)
    assert pay(shop, ticket_id, Money.yuan(-3)) == Money.yuan(150)
    assert pay(shop, ticket_id, Money.yuan(150)) == Money(0)


def _any(shop: Shop) -> int:
    return shop.context().actor.staff_id


def test_a_waived_fee_is_not_asked_for(shop: Shop) -> None:
    ticket_id = ready(shop)
    pay(shop, ticket_id, Money.yuan(80))
    damaged(shop, ticket_id)
    with shop.reading() as session:
        (fee,) = fees_of_ticket(session, ticket_id).fees
    shop.do(loan_fees.waive, WaiveFee(fee.id, "老客户"), shop.context(Role.MANAGER))
    assert seen(shop, ticket_id).open_amount == Money(0)
    assert shop.do(pickup.hand_back, handed(shop, ticket_id), shop.context()) is TicketState.CLOSED


def test_the_list_of_waiting_goods_says_the_same_sum(shop: Shop) -> None:
    ticket_id = ready(shop)
    damaged(shop, ticket_id)
    step = Step(ticket_id, seen(shop, ticket_id).version)
    shop.do(pickup.tell, step, shop.context(), channel=TellChannel.PHONE)
    with shop.reading() as session:
        row = waiting.row(session, ticket_id, shop.context())
        assert row is not None
        assert row.open_amount == ticket_money(session, ticket_id).open == Money.yuan(230)
