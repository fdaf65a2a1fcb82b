"""The figures of a store, defined once: pure functions over primitives (domain rules, section 4).

Everything that shows a figure (board, command line, workbook) gives what these functions give; where a database
computes the same in SQL, its tests compare with these. A ratio without a denominator is None, never 0.
"""

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import chain, repeat
from typing import Final, TypeVar

Key = TypeVar("Key", bound=Hashable)

QUINTILES: Final = 5
LOST_AFTER_DAYS: Final = 365
COME_BACK_DAYS: Final = 90
ATTRIBUTION_DAYS: Final = 14
ENOUGH_VISITS: Final = 2
LATE_PERCENTILE: Final = 0.9
# Published marks that the owner's sheets stand beside our own number.
MARK_TWICE_IN_A_MONTH: Final = 0.29
MARK_FILE_RATE: Final = 0.80
MARK_ADD_RATE: Final = 0.30
MARK_BIRTHDAY_RECALL: Final = 0.70
MARK_FOLLOWER_LOSS: Final = 0.15


def ratio(part: float, whole: float) -> float | None:
    """Give ``part`` ÷ ``whole``, None when ``whole`` is zero."""
    return part / whole if whole else None


def percentile(values: Iterable[float], share: float) -> float | None:
    """Give the ``share`` (0 to 1) percentile by linear interpolation between the two nearest ranks.

    The position is ``share × (n − 1)`` counted from 0: Hyndman and Fan's type 7, the PERCENTILE of Excel and
    LibreOffice. None when there are no values.
    """
    ordered = sorted(values)
    if not ordered:
        return None
    position = share * (len(ordered) - 1)
    below = math.floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def median(values: Iterable[float]) -> float | None:
    """Give the median: the middle value, or the mean of the two middle ones; None without values."""
    return percentile(values, 0.5)


# -- recency, frequency, money


@dataclass(frozen=True, slots=True)
class Rfm:
    """One member's buying. ``frequency`` is purchase days − 1; ``monetary_fen`` is net amount ÷ tickets, in fen."""

    recency_days: int
    frequency: int
    tickets: int
    purchase_days: int
    net_fen: int
    monetary_fen: float


def rfm(purchases: Iterable[tuple[Key, date, int]], as_of: date) -> dict[Key, Rfm]:
    """Give recency, frequency and money per member from ``(member, day, net fen)``, one entry per receipt.

    A receipt with a negative amount is a return: it lowers the money and is neither a ticket nor a purchase day.
    Receipts after ``as_of`` do not count. Members without a sale are left out.
    """
    days: defaultdict[Key, set[date]] = defaultdict(set)
    tickets: defaultdict[Key, int] = defaultdict(int)
    net: defaultdict[Key, int] = defaultdict(int)
    for member, day, fen in purchases:
        if day > as_of:
            continue
        net[member] += fen
        if fen >= 0:
            days[member].add(day)
            tickets[member] += 1
    return {
        member: Rfm(
            recency_days=(as_of - max(seen)).days,
            frequency=len(seen) - 1,
            tickets=tickets[member],
            purchase_days=len(seen),
            net_fen=net[member],
            monetary_fen=net[member] / tickets[member],
        )
        for member, seen in days.items()
    }


@dataclass(frozen=True, slots=True)
class QuintileScale:
    """Scores values from 1 (worst fifth) to 5 (best fifth); ``bounds`` are the least values of scores 2, 3, 4 and 5.

    Score = 1 + ⌊5 × number of values that are strictly worse ÷ number of values⌋. Equal values get equal scores,
    whatever the order they come in; in SQL: ``1 + 5 * (RANK() OVER (ORDER BY value) - 1) / COUNT(*) OVER ()`` in whole
    numbers.
    """

    bounds: tuple[float, ...]

    def score(self, value: float) -> int:
        """Give a value's score."""
        return 1 + bisect_right(self.bounds, value)

    def scores(self, values: Iterable[float]) -> Iterator[int]:
        """Give the scores of many values."""
        return map(partial(bisect_right, (-math.inf, *self.bounds)), values)


def quintile_scale(values: Iterable[float]) -> QuintileScale:
    """Give the scale of some values, where high is good."""
    ordered = sorted(values)
    return QuintileScale(tuple(_bound(ordered, fifth) for fifth in range(1, QUINTILES)))


def _bound(ordered: Sequence[float], fifth: int) -> float:
    """Give the least value that at least ``fifth`` fifths of all are strictly worse than; infinite when none is."""
    worse = -(-fifth * len(ordered) // QUINTILES)
    if worse >= len(ordered):
        return math.inf
    value = ordered[worse]
    place = worse if bisect_left(ordered, value) >= worse else bisect_right(ordered, value)
    return ordered[place] if place < len(ordered) else math.inf


def counted_scores(values: Sequence[int], *, high_is_good: bool = True) -> Iterator[int]:
    """Give the quintile scores of many values of which few differ, in their order."""
    counts = Counter(values)
    sign = 1 if high_is_good else -1
    rising = sorted(counts, reverse=not high_is_good)
    scale = quintile_scale(chain.from_iterable(repeat(sign * value, counts[value]) for value in rising))
    scores = {value: scale.score(sign * value) for value in rising}
    return map(scores.__getitem__, values)


def quintile_scores(values: Mapping[Key, float], *, high_is_good: bool = True) -> dict[Key, int]:
    """Give each key the score of its value (see `QuintileScale`).

    Recency is scored with ``high_is_good=False``: few days are good.
    """
    sign = 1 if high_is_good else -1
    scale = quintile_scale(sign * value for value in values.values())
    return {key: scale.score(sign * value) for key, value in values.items()}


@dataclass(frozen=True, slots=True)
class RfmScore:
    """Quintile scores of one member, each 1 to 5."""

    recency: int
    frequency: int
    monetary: int


def rfm_scores(members: Mapping[Key, Rfm]) -> dict[Key, RfmScore]:
    """Give the three quintile scores of every member of `rfm`."""
    recency = quintile_scores({key: one.recency_days for key, one in members.items()}, high_is_good=False)
    frequency = quintile_scores({key: one.frequency for key, one in members.items()})
    monetary = quintile_scores({key: one.monetary_fen for key, one in members.items()})
    return {key: RfmScore(recency[key], frequency[key], monetary[key]) for key in members}


# -- sales


def net_sales(sales_fen: int, returns_fen: int) -> int:
    """Give sales − returns, both as positive fen."""
    return sales_fen - returns_fen


def return_rate(returned: int, sold: int) -> float | None:
    """Give returned ÷ sold; by amount when both are fen, by pieces when both are pieces."""
    return ratio(returned, sold)


def mean_fen(net_fen: int, tickets: int) -> int | None:
    """Give the mean net amount of a ticket in whole fen, half a fen away from zero; None without tickets."""
    if not tickets:
        return None
    rounded = (2 * abs(net_fen) + tickets) // (2 * tickets)
    return rounded if net_fen >= 0 else -rounded


def items_per_ticket(pieces: int, tickets: int) -> float | None:
    """Give 连带率: pieces sold ÷ sales tickets."""
    return ratio(pieces, tickets)


@dataclass(frozen=True, slots=True)
class Repeat:
    """Buyers of a period, and those among them who came on two days or more."""

    buyers: int
    repeated: int

    @property
    def share(self) -> float | None:
        """Give repeated ÷ buyers."""
        return ratio(self.repeated, self.buyers)


def repeat_rate(visits: Iterable[tuple[Key, date]]) -> Repeat:
    """Count members with at least two purchase days among the buyers of ``(member, day)``."""
    days: defaultdict[Key, set[date]] = defaultdict(set)
    for member, day in visits:
        days[member].add(day)
    return Repeat(len(days), sum(len(seen) >= ENOUGH_VISITS for seen in days.values()))


def twice_in_a_month(visits: Iterable[tuple[Key, date]]) -> dict[date, Repeat]:
    """Give, per calendar month (its first day), the buyers and those with two purchase days inside that month."""
    months: defaultdict[date, list[tuple[Key, date]]] = defaultdict(list)
    for member, day in visits:
        months[day.replace(day=1)].append((member, day))
    return {month: repeat_rate(months[month]) for month in sorted(months)}


def year_on_year(now: float, before: float) -> float | None:
    """Give this period ÷ the same period last year − 1."""
    share = ratio(now, before)
    return None if share is None else share - 1


# -- members


def file_rate(new_files: int, walk_ins: int) -> float | None:
    """Give 建档率: new member files ÷ walk-ins counted (mark 80 %)."""
    return ratio(new_files, walk_ins)


def add_rate(new_contacts: int, walk_ins: int) -> float | None:
    """Give 加粉率: new WeChat contacts ÷ walk-ins counted (mark 30 %)."""
    return ratio(new_contacts, walk_ins)


def birthday_recall(bought: int, reached: int) -> float | None:
    """Give birthday members who bought in their birthday month ÷ birthday members reached (mark 70 %)."""
    return ratio(bought, reached)


def follower_loss(blocked: int, deleted: int, active_at_start: int) -> float | None:
    """Give (blocked + deleted) ÷ active at the start (10–15 % is ordinary)."""
    return ratio(blocked + deleted, active_at_start)


def is_lost(last_purchase: date | None, as_of: date, after_days: int = LOST_AFTER_DAYS) -> bool:
    """Tell whether somebody who has bought before has not bought for more than ``after_days`` days."""
    return last_purchase is not None and (as_of - last_purchase).days > after_days


# -- service


def turnaround_days(received: date, collected: date | None) -> int | None:
    """Give collected − received in calendar days; None while the goods are here."""
    return None if collected is None else (collected - received).days


def on_time(ready: date | None, promised: date | None) -> bool | None:
    """Tell ready ≤ promised; None when either is not known."""
    return None if ready is None or promised is None else ready <= promised


def waiting_days(since: date | None, until: date | None, as_of: date) -> int | None:
    """Give the days from ``since`` to ``until``, or to ``as_of`` while it goes on; None when it has not begun."""
    if since is None or (until is None and since > as_of):
        return None
    return ((until or as_of) - since).days


def uncollected_days(ready: date | None, collected: date | None, as_of: date, *, gone: bool = False) -> int | None:
    """Give how many days finished goods have been waiting for their owner on ``as_of``; None when they were not.

    ``gone``: the goods are no longer here; without a day of collection they were scrapped, say, and nobody waits.
    """
    left_otherwise = gone and collected is None
    if ready is None or left_otherwise or not is_going_on(ready, collected, as_of):
        return None
    return (as_of - ready).days


def is_going_on(since: date | None, until: date | None, as_of: date) -> bool:
    """Tell whether something had begun and not ended at the end of ``as_of``."""
    return since is not None and since <= as_of and (until is None or until > as_of)


def come_backs(
    repairs: Iterable[tuple[Hashable, str, date, date | None]], within_days: int = COME_BACK_DAYS
) -> list[bool]:
    """Tell for each ``(item, fault, received, collected)`` whether it came back.

    A repair is a come-back when the same item with the same fault was collected at most ``within_days`` days before it
    was received. The answers are in the order of the input.
    """
    given = list(repairs)
    answers = [False] * len(given)
    handed_over: dict[tuple[Hashable, str], list[date]] = defaultdict(list)
    for place in sorted(range(len(given)), key=lambda index: given[index][2]):
        item, fault, received, collected = given[place]
        earlier = handed_over[item, fault]
        answers[place] = any(timedelta(0) <= received - day <= timedelta(within_days) for day in earlier)
        if collected is not None:
            earlier.append(collected)
    return answers


# -- callbacks and loaners


def callback_reach(talked: int, attempted: int) -> float | None:
    """Give talked ÷ attempted."""
    return ratio(talked, attempted)


def is_overdue(window_end: date, first_attempt: date | None, as_of: date) -> bool:
    """Tell whether a callback's window has passed by ``as_of`` without an attempt (its last day counts as inside)."""
    return as_of > window_end and (first_attempt is None or first_attempt > window_end)


def utilisation(lent_days: int, shelf_days: int) -> float | None:
    """Give lent days ÷ (lent + shelf) days; days in repair or lost count in neither."""
    return ratio(lent_days, lent_days + shelf_days)


def days_inside(spans: Iterable[tuple[date, date | None]], first: date, last: date) -> int:
    """Add up the days of ``[out, back)`` spans that fall in the period ``first`` to ``last``, both included.

    An open span runs to the end of the period.
    """
    end = last + timedelta(days=1)
    return sum(max((min(back or end, end) - max(out, first)).days, 0) for out, back in spans)


def credited(purchase: date, contact: date, within_days: int = ATTRIBUTION_DAYS) -> bool:
    """Tell whether a purchase is credited to an effective contact: on its day or at most ``within_days`` days after."""
    return 0 <= (purchase - contact).days <= within_days
