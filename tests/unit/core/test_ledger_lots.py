"""Lots of points: what is left and when it ends, against counting every single point by hand."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.ledger_lots import Movement, by_day, expired, lots_left, next_expiry

DAYS = [date(2026, 12, 31), date(2027, 12, 31), date(2028, 12, 31), None]


def left(*lines: Movement) -> dict[int, int]:
    return {lot.key: lot.left for lot in lots_left(lines)}


def test_nearest_expiry_is_spent_first() -> None:
    lines = (Movement(1, 100, DAYS[1]), Movement(2, 50, DAYS[0]), Movement(3, -70))
    assert left(*lines) == {1: 80}
    assert next_expiry(lots_left(lines)) == DAYS[1]


def test_what_never_expires_is_spent_last() -> None:
    assert left(Movement(1, 100, None), Movement(2, 50, DAYS[2]), Movement(3, -50)) == {1: 100}


def test_a_lot_that_came_after_a_spend_stays_whole() -> None:
    lines = (Movement(1, 10, DAYS[1]), Movement(2, -10), Movement(3, 10, DAYS[0]))
    assert left(*lines) == {3: 10}


def test_a_return_takes_from_its_own_sale() -> None:
    lines = (Movement(1, 100, DAYS[0], sale=7), Movement(2, 100, DAYS[1], sale=8), Movement(3, -60, sale=8))
    assert left(*lines) == {1: 100, 2: 40}


def test_a_counter_entry_of_something_earned_takes_just_that() -> None:
    lines = (Movement(1, 100, DAYS[0]), Movement(2, 30, DAYS[1]), Movement(3, -30, reverses=2))
    assert left(*lines) == {1: 100}


def test_a_counter_entry_of_something_spent_gives_back_with_its_own_end() -> None:
    lines = (Movement(1, 20, DAYS[0]), Movement(2, 30, DAYS[1]), Movement(3, -40), Movement(4, 40, reverses=3))
    assert left(*lines) == {1: 20, 2: 30}
    assert by_day(lots_left(lines)) == {DAYS[0]: 20, DAYS[1]: 30}


def test_the_last_day_still_counts() -> None:
    lots = lots_left([Movement(1, 5, date(2026, 12, 31)), Movement(2, 6, None)])
    assert expired(lots, date(2026, 12, 31)) == ()
    assert [lot.key for lot in expired(lots, date(2027, 1, 1))] == [1]


def test_nothing_is_left_of_nothing() -> None:
    assert lots_left([]) == ()
    assert next_expiry(()) is None
    assert lots_left([Movement(1, 0, DAYS[0])]) == ()


class Coin:
    """One single point."""

    def __init__(self, lot: int, ends: date | None, sale: int | None) -> None:
        self.lot, self.ends, self.sale = lot, ends, sale


def come(purse: list[Coin], line: Movement, count: int, debt: int) -> int:
    purse += [Coin(line.key, line.expires_on, line.sale) for _ in range(max(0, count - debt))]
    return debt - min(debt, max(0, count))


def naive(lines: list[Movement]) -> dict[int, int]:
    """Move every point by itself: a purse of single coins, looked through for each coin that goes."""
    purse: list[Coin] = []
    gone: dict[int, list[Coin]] = {}
    debt = 0
    for line in lines:
        if line.amount > 0 and line.reverses in gone:
            back = gone.pop(line.reverses)
            purse += back[: line.amount]
            debt = come(purse, line, line.amount - len(back), debt)
        elif line.amount > 0:
            debt = come(purse, line, line.amount, debt)
        else:
            gone[line.key] = []
            for _ in range(-line.amount):
                own = [c for c in purse if c.lot == line.reverses or (line.sale is not None and c.sale == line.sale)]
                pool = own or purse
                if not pool:
                    debt += 1
                    continue
                coin = min(pool, key=lambda c: (c.ends or date.max, c.lot))
                purse.remove(coin)
                gone[line.key].append(coin)
    count: dict[int, int] = {}
    for coin in purse:
        count[coin.lot] = count.get(coin.lot, 0) + 1
    return count


@st.composite
def histories(draw: st.DrawFn) -> list[Movement]:
    """Any history: earned, spent, returned, put right; now and then more goes than there is."""
    lines: list[Movement] = []
    for key in range(1, draw(st.integers(1, 14)) + 1):
        amount = draw(st.integers(-25, 30))
        ends = draw(st.sampled_from(DAYS)) if amount > 0 else None
        sale = draw(st.sampled_from([None, None, 1, 2]))
        reverses = None
        if lines and draw(st.sampled_from([True, False])):
            known = draw(st.sampled_from(lines))
            if known.amount and all(line.reverses != known.key for line in lines):
                amount, reverses = -known.amount, known.key
        lines.append(Movement(key, amount, ends, sale, reverses))
    return lines


@given(histories())
def test_lots_agree_with_single_points(lines: list[Movement]) -> None:
    assert left(*lines) == naive(lines)


@given(histories())
def test_lots_and_what_is_missing_add_up(lines: list[Movement]) -> None:
    balance = 0
    whole = [line for line in lines if (balance := balance + line.amount) >= 0 or line.amount >= 0]
    total = sum(line.amount for line in whole)
    if all(sum(line.amount for line in whole[: end + 1]) >= 0 for end in range(len(whole))):
        assert sum(lot.left for lot in lots_left(whole)) == total
