"""Sums of returns: nothing comes back that was not paid, whatever the order."""

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.money import Money
from crmdesk.core.return_money import Earned, PaidWith, lot_price, most_refund, points_due

FEN = st.integers(0, 10_000_000).map(Money)


@given(paid=FEN, lots=st.lists(st.integers(1, 5), min_size=1, max_size=8))
def test_lots_make_exactly_what_was_paid(paid: Money, lots: list[int]) -> None:
    bought, held, sums = sum(lots), 0, Money(0)
    for pieces in lots:
        price = lot_price(paid, bought, held, sums, pieces)
        assert Money(0) <= price
        held, sums = held + pieces, sums + price
        assert sums <= paid
    assert sums == paid


@given(paid=FEN, gift=FEN, back=st.sampled_from([None, True, False]))
def test_a_kept_gift_comes_off_and_never_below_nothing(*, paid: Money, gift: Money, back: bool | None) -> None:
    most = most_refund(paid, gift, gift_back=back)
    assert Money(0) <= most <= paid
    if back is False:
        assert most == Money(max(0, paid.fen - gift.fen))


@given(net=st.integers(1, 10_000_000), per_yuan=st.integers(0, 5), parts=st.lists(st.integers(1, 100), max_size=6))
def test_points_taken_back_are_what_the_returned_money_earned(net: int, per_yuan: int, parts: list[int]) -> None:
    points = net // 100 * per_yuan
    refunded, taken = 0, 0
    for part in parts:
        refund = min(net - refunded, net * part // 100)
        due = points_due(Earned(points, Money(net), Money(refunded), taken), Money(refund))
        assert due >= 0
        refunded, taken = refunded + refund, taken + due
        assert points - taken == points * (net - refunded) // net
    if refunded == net:
        assert taken == points


@given(principal=FEN, bonus=FEN, share=st.integers(0, 100))
def test_stored_value_comes_back_bonus_first(principal: Money, bonus: Money, share: int) -> None:
    paid = PaidWith(0, principal, bonus)
    stored = Money(paid.stored.fen * share // 100)
    first, second = paid.split(stored)
    assert first + second == stored
    assert second == min(stored, bonus)
    left = paid.less(0, stored)
    assert (left.principal, left.bonus) == (principal - first, bonus - second)
