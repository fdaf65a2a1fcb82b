"""The list of callbacks: whose, which view, what is held back, and the day's cadence."""

from datetime import timedelta

import pytest

from crmdesk.core.care import CallbackReason, CallbackState, CallOutcome, CareClass, ConsentPurpose, HoldReason
from crmdesk.core.errors import NotFoundError
from crmdesk.core.order import Order
from crmdesk.core.roles import Role
from crmdesk.queries import callbacks
from crmdesk.queries.call_run import CallCard, call_card
from crmdesk.queries.callback_rows import due_keys
from crmdesk.queries.callbacks import CallFilter, CallRow, CallView
from crmdesk.queries.day_work import CADENCE_PER_DAY
from crmdesk.queries.figures import figures_between
from crmdesk.services.consents import SetConsent, set_consent
from crmdesk.services.day_begin import begin_day
from tests.builders.calls import CLERK, GUIDE, add_customer, buy, call_for, get, log, of_member, spoke
from tests.builders.shop import Shop


def keys(
    shop: Shop, view: CallView, role: Role = Role.MANAGER, text: str = "", order: Order | None = None
) -> list[int]:
    with shop.reading() as session:
        return callbacks.ids(session, CallFilter(view, text), shop.context(role), order)


def run(shop: Shop, view: CallView = CallView.TODAY) -> list[int]:
    with shop.reading() as session:
        return callbacks.run_keys(session, CallFilter(view), shop.context(Role.MANAGER))


def rows(shop: Shop, view: CallView) -> list[CallRow]:
    with shop.reading() as session:
        return callbacks.first(session, CallFilter(view), shop.context(Role.MANAGER), None, 50)


def card(shop: Shop, call: int, role: Role = Role.MANAGER) -> CallCard:
    with shop.reading() as session:
        return call_card(session, call, shop.context(role))


def talked(shop: Shop, person: int, times: int, reason: CallbackReason = CallbackReason.OTHER) -> None:
    for _time in range(times):
        log(shop, call_for(shop, person, reason), CallOutcome.SATISFIED)


def test_each_person_sees_what_is_hers(shop: Shop) -> None:
    own, other = add_customer(shop, "周敏"), add_customer(shop, "王芳", guide_id=None)
    hers = call_for(shop, own, owner_id=GUIDE)
    nobodys = call_for(shop, own, CallbackReason.DORMANT, owner_id=None)
    clerks = call_for(shop, other, owner_id=CLERK)
    stray = call_for(shop, other, CallbackReason.DORMANT, owner_id=None)
    seen = {role: set(keys(shop, CallView.TODAY, role)) for role in Role}
    assert seen == {
        Role.CLERK: {clerks},
        Role.GUIDE: {hers, nobodys},
        Role.MANAGER: {hers, nobodys, clerks, stray},
        Role.HEAD_OFFICE: set(),
        Role.OWNER: {hers, nobodys, clerks, stray},
        Role.ADMINISTRATOR: set(),
    }
    with pytest.raises(NotFoundError):
        card(shop, hers, Role.CLERK)
    with shop.reading() as session:
        assert callbacks.rows(session, [hers], shop.context()) == []


def test_views_count_what_they_hold(shop: Shop) -> None:
    now = shop.clock.now()
    people = [add_customer(shop, name) for name in ("周敏", "王芳", "李静", "赵燕", "孙丽")]
    late = call_for(shop, people[0], due_until=now - timedelta(days=1))
    repair = call_for(shop, people[1], CallbackReason.AFTER_REPAIR)
    asked = call_for(shop, people[2], CallbackReason.COMPLAINT_SATISFACTION)
    evening = call_for(shop, people[3], CallbackReason.AGREED, due_from=now + timedelta(hours=5))
    call_for(shop, people[4], due_from=now + timedelta(days=2), due_until=now + timedelta(days=4))
    log(shop, call_for(shop, people[4], CallbackReason.AFTER_PURCHASE), CallOutcome.SATISFIED)
    assert keys(shop, CallView.TODAY) == [late, repair, asked, evening]
    assert keys(shop, CallView.OVERDUE) == [late]
    assert keys(shop, CallView.AFTER_REPAIR) == [repair]
    assert keys(shop, CallView.COMPLAINT) == [asked]
    assert keys(shop, CallView.CADENCE) == [late]
    assert run(shop) == [late, repair, asked]  # the agreed hour has not come
    with shop.reading() as session:
        counted = callbacks.counts(session, shop.context(Role.MANAGER))
    assert counted == {view: len(keys(shop, view)) for view in CallView}
    assert counted[CallView.DONE] == 1


def test_yesterdays_calls_are_not_in_todays_done(shop: Shop) -> None:
    log(shop, call_for(shop, add_customer(shop)), CallOutcome.SATISFIED)
    shop.clock.advance(timedelta(days=1))
    assert keys(shop, CallView.DONE) == []


def test_filter_and_order(shop: Shop) -> None:
    first = call_for(shop, add_customer(shop, "安琪"), subject="轮子断", due_until=shop.clock.now() + timedelta(days=2))
    second = call_for(shop, add_customer(shop, "周敏"), subject="换锁")
    assert keys(shop, CallView.TODAY, text="轮子") == [first]
    assert keys(shop, CallView.TODAY, text="周 换锁") == [second]
    assert keys(shop, CallView.TODAY, text="%") == []
    assert keys(shop, CallView.TODAY, order=Order("subject")) == [second, first]
    assert keys(shop, CallView.TODAY, order=Order("due", descending=True)) == [first, second]


@pytest.mark.parametrize(("times", "hold"), [(1, None), (2, HoldReason.CAP_WEEK)])
def test_two_contacts_a_week_are_enough(shop: Shop, times: int, hold: HoldReason | None) -> None:
    person = add_customer(shop)
    talked(shop, person, times)
    call = call_for(shop, person)
    view = CallView.HELD if hold else CallView.TODAY
    assert [(row.id, row.hold) for row in rows(shop, view)] == [(call, hold)]
    assert run(shop) == ([] if hold else [call])
    assert card(shop, call).may_be_called(shop.clock.now()) is (hold is None)
    shop.clock.advance(timedelta(days=7, minutes=1))
    assert run(shop) == [call]


def test_four_contacts_a_month_are_enough(shop: Shop) -> None:
    person = add_customer(shop)
    for _week in range(2):
        talked(shop, person, 2)
        shop.clock.advance(timedelta(days=8))
    call = call_for(shop, person)
    assert [row.hold for row in rows(shop, CallView.HELD)] == [HoldReason.CAP_MONTH]
    shop.clock.advance(timedelta(days=15))
    assert run(shop) == [call]


def test_notices_about_a_ticket_do_not_count_and_are_not_held(shop: Shop) -> None:
    person = add_customer(shop)
    talked(shop, person, 3, CallbackReason.LOAN_DUE)
    call = call_for(shop, person)
    assert run(shop) == [call]
    talked(shop, person, 2)
    notice = call_for(shop, person, CallbackReason.LOAN_DUE)
    assert run(shop) == [notice]


def test_a_refused_consent_and_a_missing_phone_hold_back(shop: Shop) -> None:
    silent, wrong = add_customer(shop, "周敏"), add_customer(shop, "王芳", "13905719999")
    no = SetConsent(silent, ConsentPurpose.CALLBACKS, given=False, how="电话")
    shop.do(set_consent, no, shop.context(Role.MANAGER))
    log(shop, call_for(shop, wrong, CallbackReason.OTHER), CallOutcome.WRONG_NUMBER)
    calls = {call_for(shop, silent): HoldReason.NO_CONSENT, call_for(shop, wrong): HoldReason.NO_PHONE}
    assert {row.id: row.hold for row in rows(shop, CallView.HELD)} == calls
    with shop.reading() as session:
        assert due_keys(session, shop.context(Role.MANAGER)) == []


@pytest.mark.parametrize(
    ("care", "days", "due"),
    [
        (CareClass.KEY, 29, False),
        (CareClass.KEY, 30, True),
        (CareClass.IMPORTANT, 59, False),
        (CareClass.IMPORTANT, 60, True),
        (CareClass.ORDINARY, 89, False),
        (CareClass.ORDINARY, 90, True),
    ],
)
def test_cadence_by_care_class(shop: Shop, care: CareClass, days: int, *, due: bool) -> None:
    person = add_customer(shop)
    spoke(shop, person, days, care)
    assert shop.do(begin_day, shop.context()) == int(due)
    assert [one.reason for one in of_member(shop, person)] == [CallbackReason.CADENCE] * due


def test_the_day_begins_once(shop: Shop) -> None:
    spoke(shop, add_customer(shop), 100)
    assert shop.do(begin_day, shop.context()) == 1
    spoke(shop, add_customer(shop, "王芳"), 100)
    assert shop.do(begin_day, shop.context()) == 0
    shop.clock.advance(timedelta(days=1))
    assert shop.do(begin_day, shop.context()) == 1


def test_the_day_leaves_alone_who_cannot_or_will_not_be_called(shop: Shop) -> None:
    unwilling, silent, unreachable, waiting = (add_customer(shop, name) for name in ("周敏", "王芳", "李静", "赵燕"))
    log(shop, call_for(shop, unwilling), CallOutcome.DO_NOT_CALL)
    no = SetConsent(silent, ConsentPurpose.CALLBACKS, given=False, how="电话")
    shop.do(set_consent, no, shop.context(Role.MANAGER))
    log(shop, call_for(shop, unreachable, CallbackReason.OTHER), CallOutcome.WRONG_NUMBER)
    call_for(shop, waiting, CallbackReason.AFTER_REPAIR)
    for person in (unwilling, silent, unreachable, waiting):
        spoke(shop, person, 100)
    assert shop.do(begin_day, shop.context()) == 0


def test_a_refused_call_is_not_asked_again_the_next_day(shop: Shop) -> None:
    person = add_customer(shop)
    spoke(shop, person, 100)
    shop.do(begin_day, shop.context())
    (call,) = of_member(shop, person)
    log(shop, call.id, CallOutcome.REFUSED)
    shop.clock.advance(timedelta(days=1))
    assert shop.do(begin_day, shop.context()) == 0
    shop.clock.advance(timedelta(days=30))
    assert shop.do(begin_day, shop.context()) == 1


def test_a_day_has_room_for_so_many(shop: Shop) -> None:
    for number in range(CADENCE_PER_DAY + 2):
        spoke(shop, add_customer(shop, f"周敏{number}"), 100 + number)
    assert shop.do(begin_day, shop.context()) == CADENCE_PER_DAY
    shop.clock.advance(timedelta(days=1))
    assert shop.do(begin_day, shop.context()) == 2


def test_the_card_shows_what_the_call_needs(shop: Shop) -> None:
    person = add_customer(shop, care_class=CareClass.KEY, preferences="驼色、简约", garment_size="M")
    buy(shop, person, "X-0", "连衣裙 墨绿 S", days_ago=90)
    buy(shop, person)
    (call,) = of_member(shop, person)
    shop.clock.advance(timedelta(hours=3))
    seen = card(shop, call.id)
    assert [(one.goods, one.guide) for one in seen.bought] == [
        (("羊绒大衣 驼色 M",), "林婉"),
        (("连衣裙 墨绿 S",), "林婉"),
    ]
    assert seen.member.phones[0].masked == "138****2345"
    assert (seen.member.care_class, seen.owner) == (CareClass.KEY, "林婉")
    assert seen.situation.next_step is not None
    assert seen.member.three.touchpoints == 1
    log(shop, call.id, CallOutcome.SATISFIED, note="很喜欢")
    assert [one.note for one in card(shop, call.id).talks] == ["很喜欢"]
    assert card(shop, call.id).state is CallbackState.DONE


def test_a_new_purchase_takes_the_place_of_the_older_plan(shop: Shop) -> None:
    person = add_customer(shop)
    buy(shop, person)
    shop.clock.advance(timedelta(days=2))
    newer = buy(shop, person, "X-2", "丝巾")
    assert [(one.purchase_id, one.subject) for one in of_member(shop, person)] == [(newer, "丝巾")]


@pytest.mark.parametrize(("days", "step"), [(2, 0), (3, 1), (14, 1), (15, 2), (28, 2), (29, None)])
def test_a_step_that_nobody_took_in_time_gives_way_to_the_next(shop: Shop, days: int, step: int | None) -> None:
    person = add_customer(shop)
    buy(shop, person)
    shop.clock.advance(timedelta(days=days, hours=4))
    shop.do(begin_day, shop.context())
    assert [one.step for one in of_member(shop, person)] == ([] if step is None else [step])
    given_up = of_member(shop, person, CallbackState.GIVEN_UP)
    assert [(one.step, one.attempts) for one in given_up] == ([] if step == 0 else [(0, 0)])


def late_in_figures(shop: Shop) -> int:
    today = shop.context().today()
    with shop.reading() as session:
        return figures_between(session, today - timedelta(days=9), today, shop.context(Role.MANAGER)).care.overdue


def test_what_was_tried_in_its_window_is_not_late_however_long_the_retry_takes(shop: Shop) -> None:
    tried = call_for(shop, add_customer(shop, "周敏"))
    untried = call_for(shop, add_customer(shop, "王芳"))
    log(shop, tried, CallOutcome.NO_ANSWER)
    shop.clock.advance(timedelta(days=4))
    assert keys(shop, CallView.OVERDUE) == [untried]
    assert late_in_figures(shop) == 1
    with shop.reading() as session:
        rows = {row.id: row for row in callbacks.rows(session, [tried, untried], shop.context(Role.MANAGER))}
    assert {key: row.is_late(shop.clock.now()) for key, row in rows.items()} == {tried: False, untried: True}


def test_what_was_tried_too_late_stays_late_when_it_is_tried_again(shop: Shop) -> None:
    call = call_for(shop, add_customer(shop))
    ends = get(shop, call).due_until
    shop.clock.advance(timedelta(days=2))
    logged = log(shop, call, CallOutcome.NO_ANSWER)
    assert (get(shop, call).due_from, get(shop, call).due_until) == (logged.next_at, ends)
    assert late_in_figures(shop) == 1
    shop.clock.advance(timedelta(days=1))
    assert keys(shop, CallView.OVERDUE) == [call]
    log(shop, call, CallOutcome.SATISFIED)
    assert keys(shop, CallView.OVERDUE) == []
    assert late_in_figures(shop) == 1


def test_a_retry_is_called_behind_what_is_due_before_it(shop: Shop) -> None:
    now = shop.clock.now()
    again = call_for(shop, add_customer(shop, "周敏"), due_until=now + timedelta(minutes=30))
    other = call_for(shop, add_customer(shop, "王芳"), due_until=now + timedelta(hours=2))
    log(shop, again, CallOutcome.NO_ANSWER)  # tried again in four hours
    shop.clock.advance(timedelta(hours=5))
    assert run(shop) == [other, again]
