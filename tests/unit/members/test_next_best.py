"""What to do next, as a table: each fact alone, and the order when several hold."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.next_best import BY_CONTACT, Best, Soon, Waits, steps

TODAY = date(2026, 11, 21)
SOON = Soon()


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


ALONE = [
    (Waits(), []),
    (Waits(loan_due=day(-1)), [Best.LOAN_LATE]),
    (Waits(loan_due=TODAY), [Best.LOAN_DUE]),
    (Waits(loan_due=day(1)), [Best.LOAN_DUE]),
    (Waits(loan_due=day(2)), []),
    (Waits(ticket_ready=True), [Best.TICKET_READY]),
    (Waits(ticket_open=True), [Best.TICKET_OPEN]),
    (Waits(ticket_open=True, promised=TODAY), [Best.TICKET_OPEN]),
    (Waits(ticket_open=True, promised=day(-1)), [Best.TICKET_LATE]),
    (Waits(call_due=True), [Best.CALL_DUE]),
    (Waits(birthday=TODAY), [Best.BIRTHDAY]),
    (Waits(birthday=day(14)), [Best.BIRTHDAY]),
    (Waits(birthday=day(15)), []),
    (Waits(points_end=day(30)), [Best.POINTS_EXPIRING]),
    (Waits(points_end=day(31)), []),
    (Waits(points_end=day(-1)), []),
    (Waits(bought_like=True), [Best.INTENT_ASKED]),
    (Waits(wanted=day(-6)), []),
    (Waits(wanted=day(-7)), [Best.INTENT]),
    (Waits(last_bought=day(-89)), []),
    (Waits(last_bought=day(-90)), [Best.SILENT]),
    (Waits(consent_asked=False), [Best.CONSENT_MISSING]),
]
# One fact for each step, all of them true at once.
ALL = Waits(
    loan_due=day(-1),
    ticket_ready=True,
    ticket_open=True,
    promised=day(-1),
    call_due=True,
    birthday=TODAY,
    points_end=TODAY,
    wanted=day(-9),
    bought_like=True,
    last_bought=day(-99),
    consent_asked=False,
)


@pytest.mark.parametrize(("waits", "wanted"), ALONE)
def test_each_fact_alone(waits: Waits, wanted: list[Best]) -> None:
    assert steps(waits, TODAY, SOON) == wanted


def test_the_order_is_that_of_the_declaration() -> None:
    assert steps(ALL, TODAY, SOON) == [one for one in Best if one not in {Best.LOAN_DUE, Best.TICKET_OPEN}]
    gentler = replace(ALL, loan_due=TODAY, promised=None)
    assert steps(gentler, TODAY, SOON) == [one for one in Best if one not in {Best.LOAN_LATE, Best.TICKET_LATE}]


def test_nobody_is_contacted_who_does_not_want_it() -> None:
    found = steps(replace(ALL, do_not_contact=True), TODAY, SOON)
    assert found == [Best.LOAN_LATE, Best.TICKET_READY, Best.TICKET_LATE, Best.INTENT_ASKED]
    assert not BY_CONTACT & set(found)


def test_the_stores_own_lengths_count() -> None:
    waits = Waits(wanted=day(-3), last_bought=day(-30), points_end=day(60))
    assert steps(waits, TODAY, Soon(points=60, intent=3, silent=30)) == [
        Best.POINTS_EXPIRING,
        Best.INTENT,
        Best.SILENT,
    ]


_DAYS = st.none() | st.dates(day(-400), day(400))


@given(st.builds(Waits, **{one.name: _DAYS if one.default is None else st.booleans() for one in fields(Waits)}))
def test_no_step_twice_and_always_in_order(waits: Waits) -> None:
    found = steps(waits, TODAY, SOON)
    assert found == sorted(set(found), key=list(Best).index)
    assert not {Best.LOAN_LATE, Best.LOAN_DUE} <= set(found)
    assert not {Best.TICKET_LATE, Best.TICKET_OPEN} <= set(found)
