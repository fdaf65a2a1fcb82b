"""Refunds of complaints and returns are payments that went back; a wrong payment is countered, never changed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from crmdesk.core.errors import InvalidFieldError, NotAllowedError, NotFoundError, ReasonMissingError, StaleError
from crmdesk.core.money import Money
from crmdesk.core.repair_errors import PaymentFixedError
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Compensation, TellChannel, TicketState
from crmdesk.models.complaint_work import ComplaintRemedy
from crmdesk.models.judgement import Payment
from crmdesk.models.ticket import Ticket
from crmdesk.queries import workbook_cases
from crmdesk.queries.audit import verify_audit
from crmdesk.queries.report_span import Span
from crmdesk.queries.ticket_money import ticket_money
from crmdesk.queries.ticket_payments import payments_of
from crmdesk.services import complaint_remedies, complaint_rounds, complaints, payments, pickup, return_execution
from crmdesk.services.complaint_remedies import CarryOut
from crmdesk.services.complaints import Tell
from crmdesk.services.payments import TakeBackPayment
from crmdesk.services.pickup import Pay
from crmdesk.services.purchases import LineFacts
from tests.builders.cases import (
    add_line,
    add_purchase,
    add_return,
    check_all,
    decide_refund,
    decided,
    step,
    version,
)
from tests.builders.loaners import add_member
from tests.builders.repairs import ready, seen
from tests.builders.shop import Shop


def rows(shop: Shop, ticket_id: int) -> list[Payment]:
    with shop.reading() as session:
        found = list(session.scalars(select(Payment).where(Payment.ticket_id == ticket_id).order_by(Payment.id)))
        session.expunge_all()
        return found


def refunded(shop: Shop) -> int:
    """Settle a complaint with a refund of 300 yuan."""
    ticket_id = decided(shop)
    request = CarryOut(ticket_id, version(shop, ticket_id), "转账凭证 8841", method="transfer")
    shop.do(complaint_remedies.carry_out, request, shop.context())
    return ticket_id


def take_back(
    shop: Shop, ticket_id: int, payment_id: int, reason: str = "金额记错", role: Role = Role.MANAGER
) -> Money:
    request = TakeBackPayment(ticket_id, version(shop, ticket_id), payment_id, reason)
    return shop.do(payments.take_back, request, shop.context(role))


def open_of(shop: Shop, ticket_id: int) -> Money:
    with shop.reading() as session:
        return ticket_money(session, ticket_id).open


def test_a_refund_is_money_that_went_back_with_reason_and_receipt(shop: Shop) -> None:
    ticket_id = refunded(shop)
    [paid] = rows(shop, ticket_id)
    assert (paid.amount, paid.method, bool(paid.receipt)) == (Money.yuan(-300), "transfer", True)
    assert paid.note.startswith("转账凭证 8841")
    assert open_of(shop, ticket_id) == Money(0)
    acts = [event.act for event in seen(shop, ticket_id).events]
    assert acts[:2] == [TicketAct.REMEDY_DONE, TicketAct.PAID]


def test_the_workbook_counts_what_every_round_was_settled_with_once(shop: Shop) -> None:
    ticket_id = refunded(shop)
    told = Tell(ticket_id, version(shop, ticket_id), TellChannel.PHONE, "已告知")
    shop.do(complaints.tell, told, shop.context())
    today = shop.context().today()

    def counted() -> list[int]:
        with shop.reading() as session:
            lines = workbook_cases.complaint_lines(session, Span(today, today, shop.context().store.zone))
            return [line.compensation_fen for line in lines]

    assert counted() == [30000]
    shop.do(complaint_rounds.reopen, step(shop, ticket_id, "又来投诉"), shop.context())
    assert counted() == [30000]


@pytest.mark.parametrize("kind", [Compensation.VOUCHER, Compensation.GIFT])
def test_other_remedies_move_no_money(shop: Shop, kind: Compensation) -> None:
    ticket_id = decided(shop, compensation=kind)
    shop.do(complaint_remedies.carry_out, step(shop, ticket_id, "券号 7"), shop.context())
    assert rows(shop, ticket_id) == []


def test_nothing_is_paid_without_what_shows_it(shop: Shop) -> None:
    ticket_id = decided(shop)
    with pytest.raises(InvalidFieldError):
        shop.do(complaint_remedies.carry_out, step(shop, ticket_id, " "), shop.context())
    assert rows(shop, ticket_id) == []


def test_a_countered_refund_is_paid_again_and_counts_once(shop: Shop) -> None:
    ticket_id = refunded(shop)
    [wrong] = rows(shop, ticket_id)
    assert take_back(shop, ticket_id, wrong.id) == Money(0)
    with shop.reading() as session:
        [remedy] = session.scalars(select(ComplaintRemedy))
        assert (remedy.done_at, remedy.evidence) == (None, "")
    again = CarryOut(ticket_id, version(shop, ticket_id), "现金签收单", method="cash")
    shop.do(complaint_remedies.carry_out, again, shop.context())
    made = rows(shop, ticket_id)
    assert [one.amount.fen for one in made] == [-30000, 30000, -30000]
    assert made[1].counters_id == wrong.id
    assert len({one.receipt for one in made}) == 3
    assert Money.total(one.amount for one in made) == Money.yuan(-300)
    assert open_of(shop, ticket_id) == Money(0)
    with shop.reading() as session:
        assert verify_audit(session).whole


def test_a_refund_of_a_complaint_that_ended_stays(shop: Shop) -> None:
    ticket_id = refunded(shop)
    with shop.database.transaction() as session:
        session.get_one(Ticket, ticket_id).state = TicketState.CLOSED
    [paid] = rows(shop, ticket_id)
    with pytest.raises(PaymentFixedError):
        take_back(shop, ticket_id, paid.id)


def test_a_return_is_refunded_with_a_receipt_and_paid_again_after_a_counter_entry(shop: Shop) -> None:
    member = add_member(shop)
    ticket_id = add_return(shop, member)
    [bought] = add_purchase(shop, member, LineFacts("羊毛大衣", Money.yuan(400)))
    line = add_line(shop, ticket_id, bought)
    check_all(shop, ticket_id)
    decide_refund(shop, ticket_id, line, Money.yuan(100))
    shop.do(return_execution.carry_out, step(shop, ticket_id), shop.context())
    [paid] = rows(shop, ticket_id)
    assert (paid.amount, bool(paid.receipt)) == (Money.yuan(-100), True)
    assert open_of(shop, ticket_id) == Money(0)
    assert take_back(shop, ticket_id, paid.id) == Money.yuan(-100)
    back = Pay(ticket_id, version(shop, ticket_id), Money.yuan(-100), "cash")
    assert shop.do(pickup.pay, back, shop.context()) == Money(0)
    assert [bool(one.receipt) for one in rows(shop, ticket_id)] == [True, True, True]


def test_a_wrong_payment_of_a_repair_is_open_again(shop: Shop) -> None:
    ticket_id = ready(shop)
    shop.do(pickup.pay, Pay(ticket_id, version(shop, ticket_id), Money.yuan(80), "cash"), shop.context())
    [paid] = rows(shop, ticket_id)
    assert take_back(shop, ticket_id, paid.id) == Money.yuan(80)
    with shop.reading() as session:
        assert [one.fixed for one in payments_of(session, ticket_id)] == [True, True]


@pytest.mark.parametrize(
    ("reason", "role", "refusal"), [("  ", Role.MANAGER, ReasonMissingError), ("错", Role.CLERK, NotAllowedError)]
)
def test_only_a_manager_with_a_reason_takes_back(shop: Shop, reason: str, role: Role, refusal: type[Exception]) -> None:
    ticket_id = refunded(shop)
    [paid] = rows(shop, ticket_id)
    with pytest.raises(refusal):
        take_back(shop, ticket_id, paid.id, reason, role)
    assert len(rows(shop, ticket_id)) == 1


def test_nothing_is_taken_back_twice_nor_from_another_ticket(shop: Shop) -> None:
    ticket_id, other = refunded(shop), ready(shop)
    [paid] = rows(shop, ticket_id)
    with pytest.raises(NotFoundError):
        take_back(shop, other, paid.id)
    stale = TakeBackPayment(ticket_id, version(shop, ticket_id), paid.id, "错")
    shop.clock.advance(timedelta(seconds=1))
    take_back(shop, ticket_id, paid.id)
    with pytest.raises(StaleError):
        shop.do(payments.take_back, stale, shop.context(Role.MANAGER))
    for one in rows(shop, ticket_id):
        with pytest.raises(PaymentFixedError):
            take_back(shop, ticket_id, one.id)
    assert len(rows(shop, ticket_id)) == 2
