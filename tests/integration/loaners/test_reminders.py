"""Reminding somebody who is late, extending with a limit, and lending although a loan is late."""

from datetime import date, timedelta

import pytest

from crmdesk.core.desk_errors import LoansBlockedError
from crmdesk.core.errors import IllegalMoveError, NotAllowedError, StaleError
from crmdesk.core.loan_errors import ExtendedTooOftenError, NotLateError, RemindedAlreadyError
from crmdesk.core.loan_events import LoanAct
from crmdesk.core.loan_words import LateLoan, reminder_text
from crmdesk.core.loaners import ReturnGrade
from crmdesk.core.members import CardTier, Gender
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.tickets import TellChannel
from crmdesk.models.loan import Loan
from crmdesk.queries.loan_events import reminder_start, time_line
from crmdesk.queries.loaner_rows import LoanerFilter, LoanerView, first
from crmdesk.services.loan_reminders import Remind, remind
from crmdesk.services.loan_returns import TakeBack, take_back
from crmdesk.services.loans import LendLoaner, MoveDueDay, extend, lend, take_over
from tests.builders.loaners import add_loaner, add_member, add_repair, lend_to, wait
from tests.builders.shop import Shop


def late_loan(shop: Shop, days: int) -> int:
    made = lend_to(shop, add_loaner(shop).id, add_member(shop), due_on=shop.context().today())
    wait(shop, days)
    return made.id


def test_the_ladder_is_climbed_by_the_days(shop: Shop) -> None:
    loan_id = late_loan(shop, 1)
    stages = []
    for days in (2, 4, 8):
        stages.append(shop.do(remind, Remind(loan_id, TellChannel.MESSAGE, "请归还"), shop.context()).stage)
        wait(shop, days)
    assert stages == [1, 2, 3]
    with shop.reading() as session:
        start = reminder_start(session, loan_id, shop.context())
        row = first(session, LoanerFilter(LoanerView.OVERDUE), shop.context(), None, 5)[0]
    assert ([one.stage for one in start.sent], start.next_on, start.stage) == ([1, 2, 3], None, 3)
    assert (row.reminded, row.days_late) == (3, 15)


def test_nobody_is_reminded_twice_within_a_day(shop: Shop) -> None:
    loan_id = late_loan(shop, 2)
    shop.do(remind, Remind(loan_id, TellChannel.PHONE), shop.context())
    shop.clock.advance(timedelta(hours=23, minutes=59))
    with pytest.raises(RemindedAlreadyError) as refused:
        shop.do(remind, Remind(loan_id, TellChannel.PHONE), shop.context())
    assert refused.value.hours == 23
    with shop.reading() as session:
        assert not reminder_start(session, loan_id, shop.context()).may_send
    shop.clock.advance(timedelta(minutes=1))
    shop.do(remind, Remind(loan_id, TellChannel.PHONE), shop.context())


def test_who_is_not_late_is_not_reminded(shop: Shop) -> None:
    loan_id = late_loan(shop, 0)
    with pytest.raises(NotLateError):
        shop.do(remind, Remind(loan_id, TellChannel.PHONE), shop.context())
    wait(shop, 1)
    with pytest.raises(StaleError):
        shop.do(remind, Remind(loan_id, TellChannel.PHONE, "", 99), shop.context())
    with shop.reading() as session:
        deposit = first(session, LoanerFilter(LoanerView.OUT), shop.context(), None, 5)[0].deposit
    assert deposit is not None
    shop.do(take_back, TakeBack(loan_id, ReturnGrade.AS_LENT, returned=deposit), shop.context())
    with pytest.raises(IllegalMoveError):
        shop.do(remind, Remind(loan_id, TellChannel.PHONE), shop.context())


def test_the_message_names_the_borrower_as_one_does() -> None:
    facts = LateLoan("周敏", Gender.FEMALE, "文三路店", "20寸拉杆箱 L-007", _day(), 4, Money.yuan(20))
    chinese, english = (reminder_text(facts, 2, language) for language in ("zh_CN", "en"))
    assert chinese.startswith("周女士您好，这里是文三路店。")
    assert "逾期 4 天" in chinese
    assert "¥20.00" in chinese
    assert english.startswith("Ms Zhou, this is 文三路店.")
    assert english.endswith("Late fee so far: ¥20.00.")
    assert reminder_text(facts, 9, "en") == reminder_text(facts, 3, "en")
    assert reminder_text(facts, 0, "en") == reminder_text(facts, 1, "en")


def _day() -> date:
    return date(2026, 12, 31)


def test_a_clerk_extends_twice_a_manager_further(shop: Shop) -> None:
    loan_id = late_loan(shop, 0)
    today = shop.context().today()
    for days in (2, 4):
        shop.do(extend, MoveDueDay(loan_id, "配件未到", today + timedelta(days=days)), shop.context())
    more = MoveDueDay(loan_id, "客户出差", today + timedelta(days=6))
    with pytest.raises(ExtendedTooOftenError):
        shop.do(extend, more, shop.context())
    shop.do(extend, more, shop.context(Role.MANAGER))
    with shop.reading() as session:
        lines = time_line(session, session.get_one(Loan, loan_id).loaner_id)
    extended = [line.note for line in lines if line.act is LoanAct.EXTENDED]
    assert len(extended) == 3
    assert extended[0].endswith("客户出差")


def test_a_manager_lends_although_a_loan_is_late(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    lend_to(shop, loaner.id, member, due_on=shop.context().today())
    wait(shop, 8)
    other = add_loaner(shop, "L-008")
    with pytest.raises(LoansBlockedError):
        lend_to(shop, other.id, member)
    with pytest.raises(NotAllowedError):
        lend_to(shop, other.id, member, override_reason="婚礼急用")
    request = LendLoaner(other.id, None, member, override_reason="婚礼急用")
    made = shop.do(lend, request, shop.context(Role.MANAGER))
    with shop.reading() as session:
        lent = next(line for line in time_line(session, other.id) if line.act is LoanAct.LENT)
    assert "婚礼急用" in lent.note
    assert lent.loan_number == made.number


def test_taking_over_stands_on_the_time_line(shop: Shop) -> None:
    member = add_member(shop, tier=CardTier.GOLD)
    ticket = add_repair(shop, member)
    loaner = add_loaner(shop)
    made = lend_to(shop, loaner.id, member, ticket.id)
    later = MoveDueDay(made.id, "客户在外地", shop.context().today() + timedelta(days=20))
    shop.do(take_over, later, shop.context(Role.MANAGER))
    with shop.reading() as session:
        assert time_line(session, loaner.id)[0].act is LoanAct.TAKEN_OVER
