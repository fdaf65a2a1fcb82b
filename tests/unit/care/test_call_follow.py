"""What follows from an outcome, when it is tried again, and what is a nuisance."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from crmdesk.core.call_follow import CallSituation, Follow, Following, follow
from crmdesk.core.care import CallbackReason, CallOutcome, HoldReason
from crmdesk.core.contact_rules import ContactFacts, ContactLimits, hold_reason, is_quiet, next_allowed, retry_at
from crmdesk.core.i18n import set_language
from crmdesk.core.purchase_plan import PurchasePlan, opens_at
from crmdesk.core.scripts import ScriptFacts, script_for

ZONE = "Asia/Shanghai"
LIMITS = ContactLimits(2, 4, time(9), time(19), (timedelta(hours=4), timedelta(days=1), timedelta(days=3)))
PLAN = PurchasePlan(3, 3, 15)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Give a moment of November 2026 in Hangzhou."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


NOW = at(21, 10)
PLAIN = CallSituation(0, ZONE, LIMITS)


@pytest.mark.parametrize("outcome", [CallOutcome.NO_ANSWER, CallOutcome.BUSY, CallOutcome.SWITCHED_OFF])
def test_unreached_is_tried_three_times_more(outcome: CallOutcome) -> None:
    moments = [follow(outcome, CallSituation(tries, ZONE, LIMITS), NOW) for tries in range(4)]
    assert moments == [
        Following(Follow.RETRY, at(21, 14)),
        Following(Follow.RETRY, at(22, 10)),
        Following(Follow.RETRY, at(24, 10)),
        Following(Follow.GIVE_UP),
    ]


def test_a_retry_never_falls_into_quiet_hours() -> None:
    assert retry_at(1, at(21, 16), ZONE, LIMITS) == at(22, 9)
    assert retry_at(1, at(21, 14, 59), ZONE, LIMITS) == at(21, 18, 59)
    assert retry_at(1, at(21, 3), ZONE, LIMITS) == at(21, 9)


@pytest.mark.parametrize(
    ("moment", "quiet", "opens"),
    [
        (at(21, 9), False, at(21, 9)),
        (at(21, 8, 59), True, at(21, 9)),
        (at(21, 18, 59), False, at(21, 18, 59)),
        (at(21, 19), True, at(22, 9)),
        (at(22, 0), True, at(22, 9)),
    ],
)
def test_quiet_hours(moment: datetime, opens: datetime, *, quiet: bool) -> None:
    assert is_quiet(moment, ZONE, LIMITS) is quiet
    assert next_allowed(moment, ZONE, LIMITS) == opens


@pytest.mark.parametrize(
    ("outcome", "situation", "expected"),
    [
        (CallOutcome.SATISFIED, PLAIN, Following(Follow.DONE)),
        (CallOutcome.REFUSED, PLAIN, Following(Follow.DONE)),
        (CallOutcome.DO_NOT_CALL, PLAIN, Following(Follow.STOP)),
        (CallOutcome.WRONG_NUMBER, PLAIN, Following(Follow.NO_NUMBER)),
        (CallOutcome.SENT, PLAIN, Following(Follow.DONE)),
        (
            CallOutcome.NEUTRAL,
            CallSituation(0, ZONE, LIMITS, cadence_months=2),
            Following(Follow.NEXT_CADENCE, NOW + timedelta(days=60)),
        ),
        (
            CallOutcome.SENT,
            CallSituation(0, ZONE, LIMITS, next_step=at(24, 9)),
            Following(Follow.NEXT_STEP, at(24, 9)),
        ),
        (CallOutcome.REFUSED, CallSituation(0, ZONE, LIMITS, next_step=at(24, 9)), Following(Follow.DONE)),
        (
            CallOutcome.WRONG_NUMBER,
            CallSituation(0, ZONE, LIMITS, other_phone=True),
            Following(Follow.OTHER_NUMBER, NOW),
        ),
    ],
)
def test_other_outcomes(outcome: CallOutcome, situation: CallSituation, expected: Following) -> None:
    assert follow(outcome, situation, NOW) == expected


def test_the_moment_that_the_customer_names_stands() -> None:
    evening = at(21, 20, 30)
    assert follow(CallOutcome.CALL_LATER, PLAIN, NOW, evening) == Following(Follow.AGREED, evening)


def test_three_three_fifteen() -> None:
    bought = date(2026, 11, 21)
    assert opens_at(PLAN, 0, bought, (NOW, ZONE, LIMITS)) == at(21, 13)
    assert opens_at(PLAN, 0, bought, (at(21, 17), ZONE, LIMITS)) == at(22, 9)
    assert opens_at(PLAN, 1, bought, (at(21, 15), ZONE, LIMITS)) == at(24, 9)
    assert opens_at(PLAN, 2, bought, (at(24, 11), ZONE, LIMITS)) == at(21, 9) + timedelta(days=15)


def test_a_late_step_leaves_a_day_between() -> None:
    assert opens_at(PLAN, 1, date(2026, 11, 1), (NOW, ZONE, LIMITS)) == at(22, 10)


@pytest.mark.parametrize(
    ("reason", "facts", "expected"),
    [
        (CallbackReason.CADENCE, ContactFacts(1, 3), None),
        (CallbackReason.CADENCE, ContactFacts(2, 2), HoldReason.CAP_WEEK),
        (CallbackReason.CADENCE, ContactFacts(1, 4), HoldReason.CAP_MONTH),
        (CallbackReason.CADENCE, ContactFacts(0, 0, do_not_contact=True), HoldReason.DO_NOT_CONTACT),
        (CallbackReason.CADENCE, ContactFacts(0, 0, consent=False), HoldReason.NO_CONSENT),
        (CallbackReason.CADENCE, ContactFacts(0, 0, has_phone=False), HoldReason.NO_PHONE),
        (CallbackReason.LOAN_DUE, ContactFacts(9, 9, do_not_contact=True, consent=False), None),
        (CallbackReason.READY_FOR_PICKUP, ContactFacts(9, 9, has_phone=False), HoldReason.NO_PHONE),
        (CallbackReason.AGREED, ContactFacts(9, 9), None),
        (CallbackReason.AGREED, ContactFacts(0, 0, do_not_contact=True), HoldReason.DO_NOT_CONTACT),
    ],
)
def test_what_is_held_back(reason: CallbackReason, facts: ContactFacts, expected: HoldReason | None) -> None:
    assert hold_reason(reason, facts, LIMITS) is expected


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("reason", list(CallbackReason))
@pytest.mark.parametrize("what", ["羊绒大衣", ""])
def test_every_reason_has_words(reason: CallbackReason, what: str, language: str) -> None:
    set_language(language)
    for step in range(3):
        script = script_for(reason, ScriptFacts("周女士", "陈可", "文三路店", what, step))
        assert script.why
        assert script.words.count("周女士") == 1
        assert "{" not in script.why + script.words
    set_language("en")


@pytest.mark.parametrize(("days", "said"), [(0, "今天"), (1, "昨天"), (3, "3 天前"), (None, "前几天")])
def test_how_long_ago_it_was_bought(days: int | None, said: str) -> None:
    set_language("zh_CN")
    facts = ScriptFacts("周女士", "陈可", "文三路店", "大衣", 1, days)
    assert script_for(CallbackReason.AFTER_PURCHASE, facts).why.startswith(f"{said}买了大衣")
    set_language("en")


def test_steps_after_a_purchase_say_different_things() -> None:
    words = {
        script_for(CallbackReason.AFTER_PURCHASE, ScriptFacts("周女士", "陈可", "店", "大衣", step)).words
        for step in range(3)
    }
    assert len(words) == 3
