"""Rules of lending: what deposit is asked, what a late day costs, how a deposit is settled (L2, L4)."""

from dataclasses import dataclass
from datetime import date

from crmdesk.core.loaners import SizeClass
from crmdesk.core.members import CardTier
from crmdesk.core.money import FEN_PER_YUAN, Money

NO_FREE_LEVEL = "none"
_TIERS = tuple(CardTier)
_SIZES = (SizeClass.SMALL, SizeClass.MEDIUM, SizeClass.LARGE)
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class DepositRule:
    """The store's rule: a share of the value, nothing from a level on (``none``: every level pays)."""

    percent: int
    free_level: str


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
        fixed: the loaner's own deposit; zero takes the share of its value, in whole yuan.
        tier: the member's level.
        rule: the store's rule.
    """
    if rule.free_level != NO_FREE_LEVEL and _TIERS.index(tier) >= _TIERS.index(CardTier(rule.free_level)):
        return Money(0)
    if fixed:
        return fixed
    share = value.fen * rule.percent
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
