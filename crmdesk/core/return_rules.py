"""What the law and the house give a buyer by the age of a purchase (domain rule 2; not legal advice)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crmdesk.core.i18n import mark
from crmdesk.core.tickets import GoodsCondition, ReturnDecision, ReturnReason


class ReturnWindow(StrEnum):
    """What a buyer may ask for."""

    DISTANCE = "distance"  # bought at a distance: return without a reason
    RETURN = "return"  # faulty: return, exchange or repair
    EXCHANGE = "exchange"  # faulty: exchange or repair
    WARRANTY = "warranty"  # faulty: repair under the house warranty
    OVER = "over"  # by agreement only


_ART_24 = mark("Consumer protection law, art. 24; Zhejiang consumer regulation, art. 26; not legal advice")
_SOURCES = {
    ReturnWindow.DISTANCE: mark("Consumer protection law, art. 25 (distance sale); not legal advice"),
    ReturnWindow.RETURN: _ART_24,
    ReturnWindow.EXCHANGE: mark("Zhejiang consumer regulation, art. 26; not legal advice"),
    ReturnWindow.WARRANTY: mark("House warranty"),
    ReturnWindow.OVER: _ART_24,
}
# Goods that are not what was agreed: faulty, or others than ordered.
FAULTS = frozenset({ReturnReason.QUALITY, ReturnReason.WRONG_GOODS})
# What may go back without a reason is whole: tried on at most.
_WHOLE = frozenset({GoodsCondition.UNUSED, GoodsCondition.TRIED})
_D = ReturnDecision
_BY_RIGHT = {
    ReturnWindow.DISTANCE: frozenset({_D.REFUND, _D.EXCHANGE, _D.REPAIR}),
    ReturnWindow.RETURN: frozenset({_D.REFUND, _D.EXCHANGE, _D.REPAIR}),
    ReturnWindow.EXCHANGE: frozenset({_D.EXCHANGE, _D.REPAIR}),
    ReturnWindow.WARRANTY: frozenset({_D.REPAIR}),
    ReturnWindow.OVER: frozenset[ReturnDecision](),
}


@dataclass(frozen=True, slots=True)
class WindowLengths:
    """Lengths a store works with: days for return and exchange, months of house warranty, days of a distance sale."""

    return_days: int = 7
    exchange_days: int = 15
    warranty_months: int = 3
    distance_days: int = 7
    distance_refund_days: int = 7


@dataclass(frozen=True, slots=True)
class WindowReading:
    """Which window a purchase is in, how old it is, and the last day of the window; None when all are over.

    ``ended`` is then the last day of the last one; ``source`` is a marked text.
    """

    window: ReturnWindow
    days_old: int
    until: date | None
    ended: date | None = None

    @property
    def source(self) -> str:
        """Give where the period comes from."""
        return _SOURCES[self.window]


@dataclass(frozen=True, slots=True)
class Sale:
    """What the rules ask about one line: bought when, why it comes back, sold at a distance and arrived when."""

    bought_on: date
    reason: ReturnReason
    distance: bool = False
    arrived_on: date | None = None
    condition: GoodsCondition | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """The check of one line: its window, what the buyer may ask for by right, and by when money has to be back."""

    reading: WindowReading
    by_right: frozenset[ReturnDecision]
    refund_due: date | None = None


def return_window(bought_on: date, today: date, lengths: WindowLengths) -> WindowReading:
    """Say what a buyer of faulty goods may ask for.

    Consumer protection law, art. 24 (7 days); Zhejiang consumer regulation, art. 26 (7 and 15 days); house warranty.
    The day of the purchase is not counted.
    """
    days_old = (today - bought_on).days
    windows = (
        (ReturnWindow.RETURN, bought_on + timedelta(days=lengths.return_days)),
        (ReturnWindow.EXCHANGE, bought_on + timedelta(days=lengths.exchange_days)),
        (ReturnWindow.WARRANTY, _months_later(bought_on, lengths.warranty_months)),
    )
    for window, until in windows:
        if today <= until:
            return WindowReading(window, days_old, until)
    return WindowReading(ReturnWindow.OVER, days_old, None, max(until for _window, until in windows))


def distance_window(arrived_on: date, today: date, lengths: WindowLengths) -> WindowReading:
    """Say whether goods bought at a distance may go back without a reason.

    Consumer protection law, art. 25: 7 days from the day they arrived; that day is not counted.
    """
    until = arrived_on + timedelta(days=lengths.distance_days)
    days_old = (today - arrived_on).days
    if today <= until:
        return WindowReading(ReturnWindow.DISTANCE, days_old, until)
    return WindowReading(ReturnWindow.OVER, days_old, None, until)


def policy(sale: Sale, asked_on: date, lengths: WindowLengths) -> Policy:
    """Check one line on the day the customer came with it.

    A fault opens the periods for faulty goods; any other reason gives a right at a distance sale only, where the money
    is due 7 days after the goods came back (Consumer protection law, art. 25).
    """
    faulty = sale.reason in FAULTS
    if sale.distance and sale.condition in _WHOLE | {None}:
        reading = distance_window(sale.arrived_on or sale.bought_on, asked_on, lengths)
        if reading.window is ReturnWindow.DISTANCE:
            rights = _BY_RIGHT[ReturnWindow.DISTANCE] if faulty else frozenset({ReturnDecision.REFUND})
            return Policy(reading, rights, asked_on + timedelta(days=lengths.distance_refund_days))
    reading = return_window(sale.bought_on, asked_on, lengths)
    return Policy(reading, _BY_RIGHT[reading.window] if faulty else frozenset())


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    following = date(day.year + years + (month == 11), (month + 1) % 12 + 1, 1)  # noqa: PLR2004 - December
    last = (following - timedelta(days=1)).day
    return date(day.year + years, month + 1, min(day.day, last))
