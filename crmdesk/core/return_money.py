"""Money and points of returns, to the fen: lots of a line, gifts, exchanges, points earned and spent."""

from dataclasses import dataclass

from crmdesk.core.money import Money


def lot_price(paid: Money, bought: int, held: int, held_price: Money, pieces: int) -> Money:
    """Give what the next ``pieces`` of a receipt line cost.

    Args:
        paid: what was paid for the whole line.
        bought: its pieces.
        held: pieces that other returns hold already.
        held_price: what those were counted at.
        pieces: how many come back now; at most ``bought - held``.

    Lots that come back one after the other never cost more than the line, and exactly as much when all are back.
    """
    left = bought - held
    return Money(max(0, paid.fen - held_price.fen) * pieces // left) if left > 0 else Money(0)


def most_refund(price_paid: Money, gift_value: Money, *, gift_back: bool | None) -> Money:
    """Give the highest refund: the price paid, less a gift that came along and is not back (domain rule 1)."""
    kept = gift_value if gift_back is False else Money(0)
    return Money(max(0, price_paid.fen - kept.fen))


@dataclass(frozen=True, slots=True)
class Earned:
    """Points of one sale: ``points`` earned for ``net``; ``refunded`` and ``taken`` (back or owed) before."""

    points: int
    net: Money
    refunded: Money = Money(0)
    taken: int = 0


def points_due(sale: Earned, refund: Money) -> int:
    """Give the points to take back for ``refund``, so that what is kept is what the kept money earned, rounded down."""
    if sale.points <= 0 or sale.net <= Money(0):
        return 0
    kept_money = max(0, sale.net.fen - sale.refunded.fen - refund.fen)
    kept = sale.points * kept_money // sale.net.fen
    return max(0, sale.points - kept - sale.taken)


@dataclass(frozen=True, slots=True)
class PaidWith:
    """What of one sale was paid with points and stored value and has not been given back yet."""

    points: int = 0
    principal: Money = Money(0)
    bonus: Money = Money(0)

    @property
    def stored(self) -> Money:
        """Give the stored value of both sorts."""
        return self.principal + self.bonus

    def less(self, points: int, stored: Money) -> "PaidWith":
        """Give what is left after that was given back; what was spent last comes back first: the bonus."""
        bonus = min(stored.fen, self.bonus.fen)
        rest = max(0, self.principal.fen - (stored.fen - bonus))
        return PaidWith(max(0, self.points - points), Money(rest), Money(self.bonus.fen - bonus))

    def split(self, stored: Money) -> tuple[Money, Money]:
        """Split an amount to give back into principal and bonus."""
        bonus = min(stored.fen, self.bonus.fen)
        return Money(stored.fen - bonus), Money(bonus)
