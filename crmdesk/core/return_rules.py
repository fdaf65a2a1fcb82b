"""What the law gives a buyer by the age of a purchase (domain rule 2; not legal advice)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class ReturnWindow(StrEnum):
    """What a buyer may ask for when the goods are faulty."""

    RETURN = "return"  # return, exchange or repair
    EXCHANGE = "exchange"  # exchange or repair
    WARRANTY = "warranty"  # repair under the house warranty
    OVER = "over"  # by agreement only


@dataclass(frozen=True, slots=True)
class WindowLengths:
    """Lengths a store works with: days for return and exchange, months of house warranty."""

    return_days: int = 7
    exchange_days: int = 15
    warranty_months: int = 3


@dataclass(frozen=True, slots=True)
class WindowReading:
    """Which window a purchase is in, how old it is, and the last day of the window; None when all are over."""

    window: ReturnWindow
    days_old: int
    until: date | None


def return_window(bought_on: date, today: date, lengths: WindowLengths) -> WindowReading:
    """Say what a buyer of faulty goods may ask for.

    Consumer protection law, art. 24 (7 days); Zhejiang consumer regulation, art. 26 (7 and 15 days); house warranty.
    The day of the purchase is not counted.
    """
    days_old = (today - bought_on).days
    for window, until in (
        (ReturnWindow.RETURN, bought_on + timedelta(days=lengths.return_days)),
        (ReturnWindow.EXCHANGE, bought_on + timedelta(days=lengths.exchange_days)),
        (ReturnWindow.WARRANTY, _months_later(bought_on, lengths.warranty_months)),
    ):
        if today <= until:
            return WindowReading(window, days_old, until)
    return WindowReading(ReturnWindow.OVER, days_old, None)


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    following = date(day.year + years + (month == 11), (month + 1) % 12 + 1, 1)  # noqa: PLR2004 - December
    last = (following - timedelta(days=1)).day
    return date(day.year + years, month + 1, min(day.day, last))
