"""Rules of lending: what deposit is asked, what a late day costs, how a deposit is settled (L2, L4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crmdesk.core.charges import ChargeKind
from crmdesk.core.loaners import SizeClass
from crmdesk.core.members import CardTier
from crmdesk.core.money import FEN_PER_YUAN, Money

_SIZES = (SizeClass.SMALL, SizeClass.MEDIUM, SizeClass.LARGE)
_PERCENT = 100
REMIND_PAUSE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class DepositRule:
    """The store's rule: which share of the value each level pays, in percent; 0 pays nothing."""

    shares: Mapping[CardTier, int]


@dataclass(frozen=True, slots=True)
class Settlement:
    """Where a deposit went; the three parts add up to it, to the fen."""

    kept: Money = Money(0)
    returned: Money = Money(0)
    set_off: Money = Money(0)

    def total(self) -> Money:
        """Add the parts up."""
        return self.kept + self.returned + self.set_off

    def has_negative(self) -> bool:
        """Tell whether a part is below zero."""
        return min(self.kept, self.returned, self.set_off) < Money(0)


def deposit_due(value: Money, fixed: Money, tier: CardTier, rule: DepositRule) -> Money:
    """Give the deposit of a loan.

    Args:
        value: what the loaner is worth.
        fixed: the loaner's own deposit, asked from every level that pays one; zero takes the level's share of the
            value, in whole yuan.
        tier: the member's level.
        rule: the store's rule.
    """
    percent = rule.shares.get(tier, 0)
    if not percent:
        return Money(0)
    if fixed:
        return fixed
    share = value.fen * percent
    yuan = (share + _PERCENT * FEN_PER_YUAN // 2) // (_PERCENT * FEN_PER_YUAN)
    return Money.yuan(yuan)


def days_late(due_on: date, day: date) -> int:
    """Give how many days after the due day ``day`` is; 0 when it is not late."""
    return max((day - due_on).days, 0)


def late_fee(due_on: date, day: date, per_day: Money) -> Money:
    """Give what coming back on ``day`` costs."""
    return per_day * days_late(due_on, day)


def proposed_settlement(deposit: Money, fees: Money) -> Settlement:
    """Keep the fees as far as the deposit reaches and give the rest back."""
    kept = min(deposit, fees)
    return Settlement(kept=kept, returned=deposit - kept)


def size_steps(wanted: SizeClass, offered: SizeClass) -> int:
    """Give how far ``offered`` is from ``wanted``: 0 same, 1 one size up, -1 one size down; one size fits all."""
    if SizeClass.ONE_SIZE in (wanted, offered):
        return 0
    return _SIZES.index(offered) - _SIZES.index(wanted)


def reminder_stage(late: int, ladder: tuple[int, ...]) -> int:
    """Give how many reminders are due after ``late`` days, by the store's ladder."""
    return sum(late >= step for step in ladder)


def next_reminder(due_on: date, sent: int, ladder: tuple[int, ...]) -> date | None:
    """Give the day of the reminder after ``sent`` of them; None when the ladder has no further step."""
    return due_on + timedelta(days=ladder[sent]) if sent < len(ladder) else None


def may_remind_again(last: datetime | None, now: datetime) -> bool:
    """Tell whether a day has passed since the last reminder."""
    return last is None or now - last >= REMIND_PAUSE


Fees = Sequence[tuple[ChargeKind, Money]]


def beyond_deposit(fees: Fees, kept: Money) -> list[tuple[ChargeKind, Money]]:
    """Give what of the fees the kept deposit does not cover; it covers them in their order."""
    left, found = kept, []
    for kind, amount in fees:
        covered = min(left, amount)
        left -= covered
        if amount > covered:
            found.append((kind, amount - covered))
    return found
