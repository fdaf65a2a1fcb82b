"""Goods that nobody collects: every rung of the ladder, on time and too early, over the year's end."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from crmdesk.core.errors import InvalidFieldError, NotAllowedError, ReasonMissingError
from crmdesk.core.goods_errors import (
    LetterMissingError,
    LetterWrittenError,
    NoFeeError,
    NotWaitingError,
    RemindedRecentlyError,
    TooEarlyError,
)
from crmdesk.core.hand_over import DisposalKind
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.settings_service import UNCOLLECTED_DISPOSAL_DAYS, UNCOLLECTED_FEE
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace, TellChannel, TicketState
from crmdesk.core.uncollected import ReminderStage, UncollectedStep
from crmdesk.models.charge import Charge
from crmdesk.models.hand_over import Disposal
from crmdesk.models.reminder import Reminder
from crmdesk.queries import reminder_words
from crmdesk.queries import reminders as shown
from crmdesk.queries.reminders import WaitingRow
from crmdesk.queries.ticket_money import charges_of
from crmdesk.services import charges, pickup, reminders
from crmdesk.services.charges import WaiveCharge
from crmdesk.services.reminders import Remind
from crmdesk.services.settings import ChangeSettings, change_settings
from tests.builders.repairs import ready, seen, step
from tests.builders.shop import Shop

# Told on 20 December 2026 at ten in Hangzhou: seven days are 2026, thirty are 2027.
TOLD = datetime(2026, 12, 20, 2, 0, tzinfo=UTC)


@pytest.fixture
def ticket_id(shop: Shop) -> int:
    """Give goods of which the customer was told."""
    key = ready(shop)
    shop.clock.moment = TOLD
    shop.do(pickup.tell, step(shop, key), shop.context(), channel=TellChannel.PHONE)
    return key


def later(shop: Shop, days: float) -> None:
    shop.clock.moment = TOLD + timedelta(days=days)


def remind(shop: Shop, ticket_id: int, words: str = "请来取") -> ReminderStage:
    request = Remind(ticket_id, seen(shop, ticket_id).version, TellChannel.MESSAGE, words)
    return shop.do(reminders.remind, request, shop.context()).stage


def write(shop: Shop, ticket_id: int) -> ReminderStage:
    request = Remind(ticket_id, seen(shop, ticket_id).version, TellChannel.LETTER, "请来取")
    return shop.do(reminders.write_letter, request, shop.context()).stage


def row(shop: Shop, ticket_id: int) -> WaitingRow:
    with shop.reading() as session:
        (found,) = shown.waiting_list(session, shop.context())
    assert found.id == ticket_id
    return found


def set_rules(shop: Shop, fee: Money, days: int = 0) -> None:
    values = {UNCOLLECTED_FEE.key: fee, UNCOLLECTED_DISPOSAL_DAYS.key: days}
    shop.do(change_settings, ChangeSettings(values), shop.context(Role.OWNER))


def test_the_first_reminder_waits_seven_days(shop: Shop, ticket_id: int) -> None:
    later(shop, 6.5)
    assert row(shop, ticket_id).next.step is UncollectedStep.WAIT
    with pytest.raises(TooEarlyError) as refused:
        remind(shop, ticket_id)
    assert (refused.value.step, refused.value.day) == (UncollectedStep.REMIND, date(2026, 12, 27))
    later(shop, 7)
    assert row(shop, ticket_id).next.step is UncollectedStep.REMIND
    assert remind(shop, ticket_id) is ReminderStage.FIRST
    assert seen(shop, ticket_id).events[0].act is TicketAct.REMINDED


def test_not_again_within_48_hours(shop: Shop, ticket_id: int) -> None:
    later(shop, 12)
    remind(shop, ticket_id)
    later(shop, 13.99)
    with pytest.raises(RemindedRecentlyError) as refused:
        remind(shop, ticket_id)
    assert refused.value.next_at == TOLD + timedelta(days=14)
    later(shop, 14)
    assert remind(shop, ticket_id) is ReminderStage.AGAIN
    known = row(shop, ticket_id)
    assert known.reminded == (TOLD + timedelta(days=12), TOLD + timedelta(days=14))
    assert known.days == 14


def test_telling_again_does_not_begin_anew(shop: Shop, ticket_id: int) -> None:
    later(shop, 6)
    shop.do(pickup.tell, step(shop, ticket_id), shop.context(), channel=TellChannel.PHONE)
    later(shop, 7)
    assert row(shop, ticket_id).days == 7


def test_the_letter_is_for_the_thirtieth_day(shop: Shop, ticket_id: int) -> None:
    later(shop, 29.4)
    with pytest.raises(TooEarlyError) as refused:
        write(shop, ticket_id)
    assert (refused.value.step, refused.value.day) == (UncollectedStep.WRITE, date(2027, 1, 19))
    later(shop, 30)
    assert row(shop, ticket_id).next.step is UncollectedStep.WRITE
    assert write(shop, ticket_id) is ReminderStage.LETTER
    with pytest.raises(LetterWrittenError) as written:
        write(shop, ticket_id)
    assert written.value.day == date(2027, 1, 19)
    later(shop, 33)
    assert remind(shop, ticket_id) is ReminderStage.LAST


def test_fees_by_the_day_posted_by_a_person_and_waived(shop: Shop, ticket_id: int) -> None:
    set_rules(shop, Money.parse("1.50"))
    later(shop, 30)
    write(shop, ticket_id)
    with pytest.raises(NoFeeError):
        shop.do(reminders.charge_fee, step(shop, ticket_id), shop.context())
    later(shop, 34)
    assert row(shop, ticket_id).fee_due == Money(600)
    assert shop.do(reminders.charge_fee, step(shop, ticket_id), shop.context()) == Money(600)
    with pytest.raises(NoFeeError):
        shop.do(reminders.charge_fee, step(shop, ticket_id), shop.context())
    assert row(shop, ticket_id).open_amount == Money.yuan(86)
    with shop.reading() as session:
        (made,) = charges_of(session, ticket_id)
    assert made.note == "4 × ¥1.50, 2027-01-23"
    shop.do(charges.waive, WaiveCharge(made.id, made.version, "客户住院"), shop.context(Role.MANAGER))
    assert row(shop, ticket_id).open_amount == Money.yuan(80)
    # A higher fee holds for the days to come only; waived days are not charged again.
    set_rules(shop, Money.yuan(2))
    later(shop, 36)
    assert shop.do(reminders.charge_fee, step(shop, ticket_id), shop.context()) == Money.yuan(4)


def test_no_fee_where_none_is_set(shop: Shop, ticket_id: int) -> None:
    later(shop, 30)
    write(shop, ticket_id)
    later(shop, 60)
    assert row(shop, ticket_id).fee_due == Money(0)
    with pytest.raises(NoFeeError):
        shop.do(reminders.charge_fee, step(shop, ticket_id), shop.context())
    with shop.reading() as session:
        assert session.scalar(select(func.count()).select_from(Charge)) == 0


def test_the_owner_decides_last(shop: Shop, ticket_id: int) -> None:
    owner = shop.context(Role.OWNER)
    later(shop, 95)
    with pytest.raises(LetterMissingError):
        shop.do(reminders.decide, step(shop, ticket_id, "捐赠"), owner)
    write(shop, ticket_id)
    with pytest.raises(TooEarlyError) as never:
        shop.do(reminders.decide, step(shop, ticket_id, "捐赠"), owner)
    assert never.value.day is None
    set_rules(shop, Money(0), 100)
    with pytest.raises(TooEarlyError) as refused:
        shop.do(reminders.decide, step(shop, ticket_id, "捐赠"), owner)
    assert refused.value.day == date(2027, 3, 30)
    later(shop, 100)
    assert row(shop, ticket_id).next.step is UncollectedStep.DECIDE
    with pytest.raises(NotAllowedError):
        shop.do(reminders.decide, step(shop, ticket_id, "捐赠"), shop.context(Role.MANAGER))
    with pytest.raises(ReasonMissingError):
        shop.do(reminders.decide, step(shop, ticket_id, " "), owner)
    assert shop.do(reminders.decide, step(shop, ticket_id, "捐赠给慈善机构"), owner) is TicketState.CLOSED
    now = seen(shop, ticket_id)
    assert (now.goods_place, now.shelf) == (GoodsPlace.NONE, "")
    with shop.reading() as session:
        one = session.scalars(select(Disposal)).one()
        kept = (one.kind, one.words, one.ticket_id)
        assert shown.waiting_list(session, owner) == []
    assert kept == (DisposalKind.UNCOLLECTED, "捐赠给慈善机构", ticket_id)


def test_what_was_not_told_is_told_first(shop: Shop) -> None:
    key = ready(shop)
    shop.clock.moment = TOLD + timedelta(days=300)
    assert row(shop, key).next.step is UncollectedStep.TELL
    with pytest.raises(NotWaitingError):
        remind(shop, key)
    with pytest.raises(NotWaitingError):
        write(shop, key)


def test_a_reminder_needs_words(shop: Shop, ticket_id: int) -> None:
    later(shop, 8)
    with pytest.raises(InvalidFieldError):
        remind(shop, ticket_id, " \n ")
    with shop.reading() as session:
        assert session.scalar(select(func.count()).select_from(Reminder)) == 0


@pytest.mark.parametrize(
    ("stage", "language", "wanted"),
    [
        (
            ReminderStage.FIRST,
            "zh_CN",
            "周建国您好，这里是文三路店。您的拉杆箱 20寸 银色（服务单 {number}）已修好 8 天，"  # noqa: ISC004
            "一直为您保管着，方便的话请带上服务单来取。需付 ¥80。",
        ),
        (
            ReminderStage.AGAIN,
            "en",
            "Hello 周建国, 文三路店 reminds you again: "  # noqa: ISC004
            "your 拉杆箱 20寸 银色 (order {number}) has been waiting for 8 days. "
            "Please collect it before 19 January 2027, or tell us and we will send it to you. There are ¥80 to pay.",
        ),
    ],
)
def test_words_with_the_facts(shop: Shop, ticket_id: int, stage: ReminderStage, language: str, wanted: str) -> None:
    later(shop, 8)
    known = row(shop, ticket_id)
    with shop.reading() as session:
        said = reminder_words.words(session, known, stage, shop.context(), language)
    assert said == wanted.replace("{number}", known.number)
