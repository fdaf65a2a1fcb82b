"""The edges of the figures, each worked out by hand: returns, leap days, ninety days, fourteen days, windows."""

from datetime import date, timedelta

import pytest

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CallbackReason, CallbackState, CallOutcome, Channel
from crmdesk.core.loaners import LoanerState
from crmdesk.core.members import BirthdayCalendar, MemberState, TouchpointState
from crmdesk.core.roles import Role
from crmdesk.core.tickets import TicketState
from crmdesk.queries.loaner_days import LoanerDays, days_of_loaners
from crmdesk.queries.report_span import Span
from crmdesk.services.member_file import SaveMember, save
from crmdesk.services.members import MemberFacts
from tests.builders.ledger_rows import Rows, at
from tests.integration.figures.conftest import LAST, Ask

DAY = timedelta(days=1)


def november(day: int) -> date:
    return date(2026, 11, day)


def test_an_empty_store_divides_by_nothing(ask: Ask) -> None:
    found = ask()
    assert (found.sales.net_fen, found.sales.return_rate_amount, found.sales.year_on_year) == (0, None, None)
    assert (found.service.turnaround_median, found.service.loaner_utilisation) == (None, None)
    assert (found.care.reach, found.care.lost, found.care.follower_loss) == (None, 0, None)


def test_returns_lower_the_amount_and_are_no_visit(rows: Rows, ask: Ask) -> None:
    zhou, wu = rows.member(), rows.member()
    rows.receipt(zhou, november(1), 30_000, 3)
    rows.receipt(zhou, november(9), -10_000, -1)
    rows.receipt(wu, november(9), -500, -1)
    rows.receipt(None, november(21), 10_000, 1)
    rows.receipt(zhou, november(1) - DAY, 77_777)
    found = ask().sales
    assert (found.net_fen, found.returned_fen, found.tickets, found.buyers) == (29_500, 10_500, 2, 1)
    assert (found.return_rate_amount, found.return_rate_pieces) == (10_500 / 40_000, 2 / 4)
    assert (found.items_per_ticket, found.repeat_rate, found.two_in_a_month) == (2.0, 0.0, 0.0)


def test_only_returns(rows: Rows, ask: Ask) -> None:
    rows.receipt(rows.member(), november(9), -500, -1)
    found = ask().sales
    assert (found.net_fen, found.return_rate_amount, found.buyers, found.repeat_rate) == (-500, None, 0, None)


def test_two_days_across_a_month_end_are_a_repeat_and_not_two_in_a_month(rows: Rows, ask: Ask) -> None:
    one, two = rows.member(), rows.member()
    for member, day in ((one, date(2026, 10, 31)), (one, november(1)), (two, november(1)), (two, november(21))):
        rows.receipt(member, day, 100)
    rows.receipt(two, november(21), 100)  # a second receipt of the same day
    found = ask(date(2026, 10, 1)).sales
    assert (found.buyers, found.repeat_rate, found.two_in_a_month) == (2, 1.0, 1 / 3)


def test_who_has_no_member_file_is_no_buyer_but_her_money_counts(rows: Rows, ask: Ask) -> None:
    for state in (MemberState.WALK_IN, MemberState.MERGED, MemberState.ERASED):
        gone = rows.member(state=state)
        rows.receipt(gone, november(3), 1_000)
        rows.receipt(gone, november(4), 1_000)
    found = ask()
    assert (found.sales.net_fen, found.sales.tickets, found.sales.buyers, found.care.members) == (6_000, 6, 0, 0)


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ((date(2028, 2, 1), date(2028, 2, 29)), (date(2027, 2, 1), date(2027, 2, 28))),
        ((date(2029, 2, 1), date(2029, 2, 28)), (date(2028, 2, 1), date(2028, 2, 29))),
        ((date(2028, 2, 29), date(2028, 3, 31)), (date(2027, 2, 28), date(2027, 3, 31))),
        ((date(2028, 1, 1), date(2028, 2, 28)), (date(2027, 1, 1), date(2027, 2, 28))),
        ((date(2029, 4, 1), date(2029, 4, 30)), (date(2028, 4, 1), date(2028, 4, 30))),
    ],
)
def test_the_same_period_last_year(rows: Rows, ask: Ask, period: tuple[date, date], before: tuple[date, date]) -> None:
    rows.shop.clock.moment = at(date(2030, 1, 1))
    member = rows.member()
    for day, fen in ((before[0] - DAY, 1), (before[0], 20), (before[1], 300), (before[1] + DAY, 4_000)):
        rows.receipt(member, day, fen)
    rows.receipt(member, period[1], 640)
    assert ask(*period).sales.year_on_year == 1.0


def test_lost_after_a_year_and_a_day_also_over_a_leap_day(rows: Rows, ask: Ask) -> None:
    last = date(2028, 3, 1)
    rows.shop.clock.moment = at(last)
    for days in (0, 365, 366, 900):
        rows.receipt(rows.member(), last - timedelta(days=days), 100)
    returned = rows.member()
    rows.receipt(returned, date(2026, 1, 1), 100)
    rows.receipt(returned, date(2028, 2, 29), -100, -1)  # a return is no purchase
    rows.member()
    found = ask(date(2028, 2, 1), last).care
    assert (found.members, found.ever_bought, found.lost) == (6, 5, 3)


def test_a_report_of_the_past_does_not_know_what_came_later(rows: Rows, ask: Ask) -> None:
    buyer = rows.member(joined=date(2026, 11, 10))
    rows.receipt(buyer, date(2026, 9, 30), 100)
    rows.receipt(buyer, november(11), 100)
    rows.member(joined=november(12))
    rows.repair(buyer, date(2026, 10, 1), ready_at=date(2026, 10, 20), handed_back_at=november(5))
    rows.repair(buyer, date(2026, 10, 2), ready_at=november(2), state=TicketState.READY)
    found = ask(date(2026, 10, 1), date(2026, 10, 31))
    assert (found.care.members, found.care.new_members, found.care.ever_bought) == (1, 0, 1)
    assert found.service.uncollected == 1, "it stood there on the last day of October, the other was not ready"
    assert found.service.turnaround_median == 35
    assert ask().service.repairs == 0


def test_days_of_a_repair_are_the_stores_days(rows: Rows, ask: Ask) -> None:
    member = rows.member()
    late_evening = at(november(1), 0, 5)  # still 31 October in UTC
    rows.repair(member, late_evening, ready_at=at(november(5), 23, 59), promised_on=november(5))
    rows.repair(member, at(november(2), 23, 59), handed_back_at=at(november(3), 0, 1))
    found = ask().service
    assert (found.repairs, found.turnaround_median, found.on_time) == (2, 1, 1.0)


def test_the_ninetieth_percentile_lies_between_two_repairs(rows: Rows, ask: Ask) -> None:
    member = rows.member()
    for days in (1, 2, 3, 13):
        rows.repair(member, november(2), handed_back_at=november(2) + timedelta(days=days))
    found = ask().service
    assert (found.turnaround_median, found.turnaround_p90) == (2.5, 3 + (9 * 3 / 10 - 2) * 10)


@pytest.mark.parametrize(("days", "again"), [(0, 1), (89, 1), (90, 1), (91, 0)])
def test_come_backs_at_exactly_ninety_days(rows: Rows, ask: Ask, days: int, again: int) -> None:
    member = rows.member()
    item = rows.item(member)
    collected = november(10) - timedelta(days=days)
    rows.repair(member, collected - 3 * DAY, item, ("wheel", "zip"), handed_back_at=at(collected, 9))
    rows.repair(member, at(november(10), 19), item, ("zip",))
    assert ask().service.come_backs == again


def test_what_is_no_come_back(rows: Rows, ask: Ask) -> None:
    member = rows.member()
    item = rows.item(member)
    rows.repair(member, november(1), item, ("wheel",), handed_back_at=november(3))
    rows.repair(member, november(2), item, ("wheel",))  # brought while the other was still here
    rows.repair(member, november(4), item, ("zip",))
    rows.repair(member, november(4), item)
    rows.repair(member, november(4), rows.item(member), ("wheel",))
    rows.repair(member, november(1), None, ("wheel",), handed_back_at=november(2))
    rows.repair(member, november(4), None, ("wheel",))
    assert ask().service.come_backs == 0


def test_scrapped_goods_wait_for_nobody(rows: Rows, ask: Ask) -> None:
    member = rows.member()
    for state in (TicketState.READY, TicketState.NOTIFIED, TicketState.SCRAPPED, TicketState.CANCELLED):
        rows.repair(member, november(2), ready_at=november(4), state=state)
    assert ask().service.uncollected == 2


def test_loans_that_cross_the_edges_of_the_period(rows: Rows, ask: Ask) -> None:
    member = rows.member()
    before = rows.loaner((date(2026, 10, 1), "register"), (date(2026, 10, 20), "lent"), (november(4), "returned"))
    rows.loan(before, member, date(2026, 10, 20), november(4))  # 1, 2, 3 November; afterwards it waits
    after = rows.loaner((november(11), "register"), (november(20), "lent"))
    rows.loan(after, member, november(20), None)  # shelf 11 to 19, lent 20 and 21
    same_day = rows.loaner((november(21), "register"))
    rows.loan(same_day, member, november(21), november(21))
    broken = rows.loaner((november(1), "register"), (november(6), "in_repair"), (november(16), "reserved"))
    rows.loaner((november(1), "register"), (november(1), "retired"))
    assert broken
    assert ask().service.loaner_utilisation == (3 + 2) / (3 + 2 + 9 + 1 + 5 + 6)


def test_loaners_that_came_from_elsewhere_have_no_steps(rows: Rows) -> None:
    member = rows.member()
    lent = rows.loaner(state=LoanerState.LENT, bought_on=november(12))
    rows.loan(lent, member, november(18), None)
    gone = rows.loaner(state=LoanerState.LOST)
    with rows.shop.reading() as session:
        found = days_of_loaners(session, Span(november(1), LAST, "Asia/Shanghai"))
    assert found == {lent: LoanerDays(4, 6, 1), gone: LoanerDays()}


def test_a_purchase_credits_one_contact_the_latest_within_fourteen_days(rows: Rows, ask: Ask) -> None:
    one, two, three, four = (rows.member() for _ in range(4))
    rows.talk(one, november(1))
    rows.receipt(one, november(15), 100)  # day 14
    rows.talk(two, november(1))
    rows.receipt(two, november(16), 2_000)  # day 15
    rows.receipt(two, date(2026, 10, 31), 2_000)  # before
    rows.talk(three, november(2))
    rows.talk(three, november(8))
    rows.receipt(three, november(8), 30_000)  # counts once
    rows.receipt(three, november(9), -7, -1)
    rows.talk(four, november(3))
    rows.contact(four, november(5))  # a talk that no callback asked for takes it
    rows.receipt(four, november(6), 400_000)
    assert ask().care.credited_fen == 30_100


def test_a_contact_without_effect_brings_nothing(rows: Rows, ask: Ask) -> None:
    member = rows.member()
    key = rows.callback(member, november(2), november(4), attempts=1, outcome=CallOutcome.NO_ANSWER)
    rows.contact(member, november(2), key, effective=False, outcome=CallOutcome.NO_ANSWER)
    rows.receipt(member, november(3), 100)
    found = ask().care
    assert (found.attempted, found.reach, found.credited_fen) == (1, 0.0, 0)


def test_windows_pass_at_the_end_of_their_last_day(rows: Rows, ask: Ask) -> None:
    member = rows.member()
    rows.callback(member, november(10), at(november(20), 9))  # passed yesterday, nobody tried
    rows.callback(member, november(10), at(LAST, 9))  # today is its last day
    late_hour = rows.callback(member, november(10), at(november(12), 9), attempts=1, outcome=CallOutcome.BUSY)
    rows.contact(member, at(november(12), 18), late_hour)  # after the hour, on the day
    late_day = rows.callback(member, november(10), at(november(12), 9), attempts=2, outcome=CallOutcome.NEUTRAL)
    rows.contact(member, at(november(13), 9), late_day)
    rows.contact(member, at(november(14), 9), late_day)
    rows.callback(member, november(10), november(11), state=CallbackState.CANCELLED)
    rows.callback(member, date(2026, 10, 31), november(11))
    rows.callback(member, november(22), november(25))  # still to come
    found = ask(last=november(30)).care
    assert (found.callbacks, found.attempted, found.reach, found.overdue) == (4, 2, 0.5, 2)
    earlier = ask(last=november(12)).care
    assert earlier.overdue == 0, "on the 12th no window had passed yet"


def test_followers_and_new_contacts(rows: Rows, ask: Ask) -> None:
    before, inside = date(2026, 10, 31), november(1)
    active, blocked, deleted = TouchpointState.ACTIVE, TouchpointState.BLOCKED, TouchpointState.DELETED
    for channel, state, since in (
        (Channel.WECHAT, active, before),
        (Channel.WECHAT, active, None),
        (Channel.WECHAT, active, inside),
        (Channel.WECOM, active, LAST),
        (Channel.EMAIL, active, inside),
        (Channel.WECHAT, blocked, inside),
        (Channel.WECHAT, deleted, LAST),
        (Channel.WECHAT, blocked, before),
        (Channel.WECHAT, deleted, None),
    ):
        rows.touchpoint(rows.member(), channel, state, since)
    rows.touchpoint(rows.member(state=MemberState.ERASED), Channel.WECHAT, deleted, inside)
    found = ask().care
    assert (found.new_contacts, found.follower_loss) == (2, 2 / 4)


def test_a_contact_that_is_blocked_is_lost_on_that_day(rows: Rows, ask: Ask) -> None:
    shop, wechat = rows.shop, Channel.WECHAT
    shop.clock.moment = at(date(2026, 10, 5))
    facts = MemberFacts("周敏")
    active = {wechat: TouchpointState.ACTIVE}
    made = shop.do(save, SaveMember(facts, touchpoints=active), shop.context(Role.MANAGER))
    shop.clock.moment = at(november(12))
    again = shop.do(save, SaveMember(facts, made.id, made.version, touchpoints=active), shop.context(Role.MANAGER))
    assert ask().care.follower_loss == 0
    blocked = SaveMember(facts, made.id, again.version, touchpoints={wechat: TouchpointState.BLOCKED})
    shop.do(save, blocked, shop.context(Role.MANAGER))
    assert ask(last=november(11)).care.follower_loss == 0
    assert ask(last=november(12)).care.follower_loss == 1


def test_birthday_recall_by_both_calendars(rows: Rows, ask: Ask) -> None:
    solar, lunar = BirthdayCalendar.SOLAR, BirthdayCalendar.LUNAR
    born = (
        (Birthday(solar, 1990, 11, 5), november(1), november(30)),
        # The tenth day of the tenth lunar month is 18 November 2026; bought in another month.
        (Birthday(lunar, None, 10, 10), november(15), date(2026, 12, 18)),
        (Birthday(lunar, None, 10, 10), november(15), november(2)),
        # Reached on the first of the next month: the birthday was in October, so was the purchase.
        (Birthday(solar, None, 10, 31), november(1), date(2026, 10, 2)),
        (None, november(3), november(3)),
    )
    rows.shop.clock.moment = at(date(2026, 12, 31))
    for birthday, reached, bought in born:
        member = rows.member(birthday=birthday)
        rows.talk(member, reached, reason=CallbackReason.BIRTHDAY)
        rows.receipt(member, bought, 100)
    twice = rows.member(birthday=born[0][0])
    rows.talk(twice, november(1), reason=CallbackReason.BIRTHDAY)
    rows.talk(twice, november(5), reason=CallbackReason.BIRTHDAY)
    unreached = rows.member(birthday=born[0][0])
    rows.callback(unreached, november(1), november(6), reason=CallbackReason.BIRTHDAY, attempts=1)
    found = ask(last=november(30), birthday_recall=3 / 5).care
    assert found.birthday_recall == 3 / 5
