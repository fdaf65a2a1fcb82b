"""Deposit, late fee and settlement by the store's rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.loan_rules import (
    DepositRule,
    days_late,
    deposit_due,
    late_fee,
    proposed_settlement,
    reminder_stage,
    size_steps,
)
from crmdesk.core.loaners import SizeClass
from crmdesk.core.members import CardTier
from crmdesk.core.money import Money

SHARES = {CardTier.ORDINARY: 30, CardTier.SILVER: 20, CardTier.GOLD: 10, CardTier.DIAMOND: 0}
RULE = DepositRule(SHARES)
VALUE = Money.yuan(999)


@pytest.mark.parametrize(
    ("tier", "yuan"),
    [(CardTier.ORDINARY, 300), (CardTier.SILVER, 200), (CardTier.GOLD, 100), (CardTier.DIAMOND, 0)],
)
def test_each_level_pays_its_own_share(tier: CardTier, yuan: int) -> None:
    assert deposit_due(VALUE, Money(0), tier, RULE) == Money.yuan(yuan)


def test_an_own_deposit_is_not_asked_from_a_level_that_pays_none() -> None:
    assert deposit_due(VALUE, Money.yuan(200), CardTier.DIAMOND, RULE) == Money(0)


def test_the_share_is_rounded_to_whole_yuan() -> None:
    assert deposit_due(Money(33_333), Money(0), CardTier.ORDINARY, RULE) == Money.yuan(100)
    assert deposit_due(Money(33_166), Money(0), CardTier.ORDINARY, RULE) == Money.yuan(99)


def test_an_own_deposit_goes_before_the_share() -> None:
    assert deposit_due(VALUE, Money.yuan(200), CardTier.SILVER, RULE) == Money.yuan(200)


def test_late_days_cost_from_the_day_after_the_due_day() -> None:
    due = date(2026, 11, 26)
    assert days_late(due, date(2026, 11, 20)) == 0
    assert late_fee(due, due, Money.yuan(5)) == Money(0)
    assert late_fee(due, date(2026, 12, 1), Money.yuan(5)) == Money.yuan(25)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_proposed_settlement_always_balances(deposit: int, fees: int) -> None:
    parts = proposed_settlement(Money(deposit), Money(fees))
    assert parts.total() == Money(deposit)
    assert parts.kept <= Money(fees)
    assert not parts.has_negative()


def test_sizes_are_steps() -> None:
    assert size_steps(SizeClass.SMALL, SizeClass.MEDIUM) == 1
    assert size_steps(SizeClass.LARGE, SizeClass.SMALL) == -2
    assert size_steps(SizeClass.ONE_SIZE, SizeClass.LARGE) == 0


def test_the_ladder_of_reminders() -> None:
    assert [reminder_stage(late, (1, 3, 7)) for late in (0, 1, 2, 3, 7, 90)] == [0, 1, 1, 2, 3, 3]
