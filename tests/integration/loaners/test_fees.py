"""Fees above the deposit: charged, paid in parts with receipts, waived by a manager; sums always agree."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from crmdesk.core.charges import ChargeKind
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, NotFoundError, ReasonMissingError, StaleError
from crmdesk.core.loan_errors import FeeSettledError, MoreThanOpenError
from crmdesk.core.loaners import ReturnGrade
from crmdesk.core.money import Money
from crmdesk.core.repair_errors import PaymentFixedError
from crmdesk.core.roles import Role
from crmdesk.core.settings_service import LOANER_LATE_FEE
from crmdesk.models.charge import Charge
from crmdesk.queries.lend_start import lend_start_of_reservation
from crmdesk.queries.loan_fees import fees_of_loan
from crmdesk.queries.loan_papers import fee_receipt, return_note
from crmdesk.queries.loaner_rows import LoanerFilter, LoanerView, ids
from crmdesk.services.loan_fees import PayFees, TakeBackFee, WaiveFee, open_fees, pay, waive
from crmdesk.services.loan_fees import take_back as take_payment_back
from crmdesk.services.loan_returns import LoseLoaner, TakeBack, lose, take_back
from crmdesk.services.settings import ChangeSettings, change_settings
from tests.builders.loaners import add_loaner, add_member, add_repair, lend_to, wait
from tests.builders.shop import Shop


@dataclass(frozen=True)
class Ended:
    """A loan that ended with fees."""

    loan_id: int
    loaner_id: int
    fees: tuple[int, ...]


@pytest.fixture
def ended(shop: Shop) -> Ended:
    """Deposit 300, damage 450: 150 are open."""
    loaner, member = add_loaner(shop), add_member(shop)
    made = lend_to(shop, loaner.id, member)
    back = TakeBack(made.id, ReturnGrade.DAMAGED, "拉杆断", damage_fee=Money.yuan(450), kept=Money.yuan(300))
    shop.do(take_back, back, shop.context())
    with shop.reading() as session:
        fees = tuple(session.scalars(select(Charge.id)))
    return Ended(made.id, loaner.id, fees)


def still_open(shop: Shop, loan_id: int) -> Money:
    with shop.reading() as session:
        return open_fees(session, loan_id)


def test_what_the_deposit_does_not_cover_is_charged(shop: Shop, ended: Ended) -> None:
    with shop.reading() as session:
        known = fees_of_loan(session, ended.loan_id)
        listed = ids(session, LoanerFilter(LoanerView.FEES), shop.context())
    assert [(one.kind, one.amount) for one in known.fees] == [(ChargeKind.DAMAGE, Money.yuan(150))]
    assert known.open_of(ended.loan_id) == Money.yuan(150)
    assert listed == [ended.loaner_id]


def test_a_fee_is_paid_in_parts_each_with_its_receipt(shop: Shop, ended: Ended) -> None:
    first = shop.do(pay, PayFees(ended.loan_id, Money.yuan(100), "微信"), shop.context())
    assert first.still_open == Money.yuan(50)
    second = shop.do(pay, PayFees(ended.loan_id, Money(5_000), "现金"), shop.context())
    assert (second.still_open, first.receipt != second.receipt) == (Money(0), True)
    with shop.reading() as session:
        facts = fee_receipt(session, second.payment_id, shop.context(), "zh_CN")
        assert ids(session, LoanerFilter(LoanerView.FEES), shop.context()) == []
    assert (facts.number, facts.amount, facts.open_after, facts.paid_by) == (
        second.receipt,
        Money(5_000),
        Money(0),
        "现金",
    )
    assert [line.amount for line in facts.fees] == [Money.yuan(150), Money.yuan(-100), Money.yuan(-50)]


@pytest.mark.parametrize(
    ("fen", "refusal"),
    [(0, InvalidFieldError), (-1, InvalidFieldError), (15_001, MoreThanOpenError), (10**12, MoreThanOpenError)],
)
def test_amounts_that_cannot_be_paid(shop: Shop, ended: Ended, fen: int, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        shop.do(pay, PayFees(ended.loan_id, Money(fen)), shop.context())
    assert still_open(shop, ended.loan_id) == Money.yuan(150)


def test_a_fee_of_no_loan(shop: Shop) -> None:
    with pytest.raises(NotFoundError):
        shop.do(pay, PayFees(7, Money(1)), shop.context())
    with pytest.raises(NotFoundError):
        shop.do(waive, WaiveFee(7, "原因"), shop.context(Role.MANAGER))
    with shop.reading() as session, pytest.raises(NotFoundError):
        fee_receipt(session, 7, shop.context(), "en")
    with shop.reading() as session, pytest.raises(NotFoundError):
        lend_start_of_reservation(session, 7, shop.context())


def test_only_a_manager_waives_with_a_reason_and_once(shop: Shop, ended: Ended) -> None:
    fee = ended.fees[0]
    with pytest.raises(NotAllowedError):
        shop.do(waive, WaiveFee(fee, "老顾客"), shop.context())
    with pytest.raises(ReasonMissingError):
        shop.do(waive, WaiveFee(fee, "  "), shop.context(Role.MANAGER))
    with pytest.raises(StaleError):
        shop.do(waive, WaiveFee(fee, "老顾客", 99), shop.context(Role.MANAGER))
    assert shop.do(waive, WaiveFee(fee, "老顾客", 1), shop.context(Role.MANAGER)) == Money.yuan(150)
    assert still_open(shop, ended.loan_id) == Money(0)
    with pytest.raises(FeeSettledError):
        shop.do(waive, WaiveFee(fee, "老顾客"), shop.context(Role.MANAGER))
    with pytest.raises(MoreThanOpenError):
        shop.do(pay, PayFees(ended.loan_id, Money(1)), shop.context())


def test_of_a_fee_that_is_partly_paid_the_rest_is_waived(shop: Shop, ended: Ended) -> None:
    shop.do(pay, PayFees(ended.loan_id, Money.yuan(40)), shop.context())
    assert shop.do(waive, WaiveFee(ended.fees[0], "赔偿过高"), shop.context(Role.MANAGER)) == Money.yuan(110)
    with shop.reading() as session:
        known = fees_of_loan(session, ended.loan_id)
    assert sorted((one.amount, one.waived_at is None) for one in known.fees) == [
        (Money.yuan(40), True),
        (Money.yuan(110), False),
    ]
    assert known.open_of(ended.loan_id) == Money(0)


def test_paid_at_once_on_return(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    made = lend_to(shop, loaner.id, member)
    request = LoseLoaner(made.id, "机场遗失", Money.yuan(999), Money.yuan(300), paid_now=True, paid_by="支付宝")
    lost = shop.do(lose, request, shop.context())
    assert lost.to_pay == Money(0)
    assert lost.payment_id is not None
    with shop.reading() as session:
        facts = fee_receipt(session, lost.payment_id, shop.context(), "zh_CN")
    assert (facts.amount, facts.open_after, facts.paid_by) == (Money.yuan(699), Money(0), "支付宝")


def test_late_over_the_year_end(shop: Shop) -> None:
    """Due on 30 December, back on 2 January: three days late, and the deposit covers the late fee first."""
    shop.clock.moment = datetime(2026, 12, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(ZoneInfo("UTC"))
    fee = ChangeSettings({LOANER_LATE_FEE.key: Money.yuan(120)})
    shop.do(change_settings, fee, shop.context(Role.OWNER))
    loaner, member = add_loaner(shop), add_member(shop)
    ticket = add_repair(shop, member, promised_in=8)
    made = lend_to(shop, loaner.id, member, ticket.id)
    assert made.due_on == date(2026, 12, 30)
    wait(shop, 13)
    assert shop.context().today() == date(2027, 1, 2)
    back = TakeBack(made.id, ReturnGrade.DIRTY, "需清洗", Money.yuan(360), Money.yuan(50), kept=Money.yuan(300))
    assert shop.do(take_back, back, shop.context()).to_pay == Money.yuan(110)
    with shop.reading() as session:
        known = fees_of_loan(session, made.id)
        note = return_note(session, made.id, shop.context(), "zh_CN")
    assert [(one.kind, one.amount) for one in known.fees] == [
        (ChargeKind.LATE, Money.yuan(60)),
        (ChargeKind.DAMAGE, Money.yuan(50)),
    ]
    assert note.returned_at - note.lent_at == timedelta(days=13)


def test_a_wrong_payment_is_taken_back_once_with_a_receipt_and_can_be_taken_anew(shop: Shop, ended: Ended) -> None:
    paid = shop.do(pay, PayFees(ended.loan_id, Money.yuan(150), "cash"), shop.context())
    request = TakeBackFee(paid.payment_id, "收错现金")
    with pytest.raises(NotAllowedError):
        shop.do(take_payment_back, request, shop.context())
    manager = shop.context(Role.MANAGER)
    with pytest.raises(ReasonMissingError):
        shop.do(take_payment_back, TakeBackFee(paid.payment_id, " "), manager)
    with pytest.raises(NotFoundError):
        shop.do(take_payment_back, TakeBackFee(1, "错"), manager)
    assert shop.do(take_payment_back, request, manager) == Money.yuan(150)
    with pytest.raises(PaymentFixedError):
        shop.do(take_payment_back, request, manager)
    with shop.reading() as session:
        known = fees_of_loan(session, ended.loan_id)
    first, counter = known.payments
    assert (first.amount, counter.amount) == (Money.yuan(150), -Money.yuan(150))
    assert counter.receipt not in ("", first.receipt)
    assert known.to_take_back() == ()
    with pytest.raises(PaymentFixedError):
        shop.do(take_payment_back, TakeBackFee(counter.id, "再退"), manager)
    shop.do(pay, PayFees(ended.loan_id, Money.yuan(150), "wechat"), shop.context())
    assert still_open(shop, ended.loan_id) == Money(0)
