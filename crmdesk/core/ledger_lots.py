"""Which points of a ledger are left and when they expire: worked out from the lines, never stored (domain rule 5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

_NEVER: Final = date.max


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of a ledger, in the order of the keys.

    Attributes:
        key: of the line.
        amount: points or fen; negative takes away.
        expires_on: the last day on which what came can be used; None is without end.
        sale: the receipt that it belongs to.
        reverses: the line that this one takes back.
    """

    key: int
    amount: int
    expires_on: date | None = None
    sale: int | None = None
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class Lot:
    """What is left of one line that brought something."""

    key: int
    left: int
    expires_on: date | None


@dataclass(slots=True)
class _Open:
    """A lot while the lines are gone through."""

    key: int
    expires_on: date | None
    sale: int | None
    left: int

    @property
    def rank(self) -> tuple[date, int]:
        return self.expires_on or _NEVER, self.key


@dataclass(slots=True)
class _Walk:
    """Goes through the lines once; ``taken`` tells from which lots each line took."""

    lots: dict[int, _Open] = field(default_factory=dict)
    taken: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    short: int = 0

    def go(self, line: Movement) -> None:
        if line.amount < 0:
            self._take(line)
        elif line.amount > 0 and line.reverses in self.taken:
            self._give_back(line)
        elif line.amount > 0:
            self._open(line.key, line.amount, line.expires_on, line.sale)

    def _open(self, key: int, amount: int, expires_on: date | None, sale: int | None) -> None:
        # What was taken before there was anything is missing from what comes next.
        missing = min(self.short, amount)
        self.short -= missing
        self.lots[key] = _Open(key, expires_on, sale, amount - missing)

    def _take(self, line: Movement) -> None:
        wanted, took = -line.amount, []
        for lot in self._in_turn(line):
            part = min(wanted, lot.left)
            if part:
                lot.left -= part
                wanted -= part
                took.append((lot.key, part))
        self.short += wanted
        self.taken[line.key] = took

    def _in_turn(self, line: Movement) -> list[_Open]:
        """Give the lots in the order in which a line takes from them: its own first, then the nearest expiry."""
        own = [lot for lot in self.lots.values() if lot.left and _belongs(lot, line)]
        rest = sorted((lot for lot in self.lots.values() if lot.left and not _belongs(lot, line)), key=_rank)
        return [*sorted(own, key=_rank), *rest]

    def _give_back(self, line: Movement) -> None:
        left = line.amount
        for key, part in self.taken.pop(line.reverses or 0):
            back = min(left, part)
            self.lots[key].left += back
            left -= back
        if left:
            self._open(line.key, left, line.expires_on, line.sale)


def _rank(lot: _Open) -> tuple[date, int]:
    return lot.rank


def _belongs(lot: _Open, line: Movement) -> bool:
    """Tell whether a line takes back just this lot: the counter entry of it, or the return of its sale."""
    return lot.key == line.reverses or (line.sale is not None and lot.sale == line.sale)


def lots_left(lines: Iterable[Movement]) -> tuple[Lot, ...]:
    """Give what is left of each line that brought something, the nearest expiry first.

    A line that takes away uses the nearest expiry first; a counter entry and the return of a sale take from the very
    line they belong to as far as it reaches; the counter entry of a line that took away gives back to the lots it
    took from, with their own expiry.
    """
    walk = _Walk()
    for line in lines:
        walk.go(line)
    left = [lot for lot in walk.lots.values() if lot.left]
    return tuple(Lot(lot.key, lot.left, lot.expires_on) for lot in sorted(left, key=_rank))


def next_expiry(lots: Sequence[Lot]) -> date | None:
    """Give the day on which the first of these lots expires."""
    return min((lot.expires_on for lot in lots if lot.expires_on is not None), default=None)


def expired(lots: Sequence[Lot], today: date) -> tuple[Lot, ...]:
    """Give the lots whose last day is over."""
    return tuple(lot for lot in lots if lot.expires_on is not None and lot.expires_on < today)


def by_day(lots: Sequence[Lot]) -> dict[date, int]:
    """Give how much expires on which day, the next first."""
    days: dict[date, int] = {}
    for lot in lots:
        if lot.expires_on is not None:
            days[lot.expires_on] = days.get(lot.expires_on, 0) + lot.left
    return dict(sorted(days.items()))


def points_end(earned_on: date, years: int) -> date:
    """Give the last day of points: the end of the year ``years`` after the one in which they were earned."""
    return date(earned_on.year + years, 12, 31)
