"""Receipts typed in, goods taken back, wrong receipts put right: points, value, level and calls follow exactly."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackState
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, NotFoundError, ReasonMissingError
from crmdesk.core.member_words import PurchaseOrigin
from crmdesk.core.members import CardTier, LedgerKind, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.purchase_errors import ReceiptFixedError, WhyFixed
from crmdesk.core.return_errors import AlreadyReturnedError
from crmdesk.core.roles import Role
from crmdesk.models.callback import Callback
from crmdesk.models.member import Member, MemberValue
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.services import ledger
from crmdesk.services.purchase_desk import BackLine, Effect, PutRight, TakeBack, enter, put_right, take_back
from crmdesk.services.purchases import LineFacts, PurchaseExistsError, PurchaseFacts
from tests.builders.member_shop import people
from tests.builders.shop import Shop, staff_id

TODAY = date(2026, 11, 21)
COAT = LineFacts("羊绒大衣", Money.yuan(2_000), 2, "HC-201")
BELT = LineFacts("皮带", Money.yuan(300))
GIFT = LineFacts("鞋油", Money(0))
SALE = PurchaseFacts("", TODAY, (COAT, BELT, GIFT))


def sold(shop: Shop, name: str | None = "林婉清", facts: PurchaseFacts = SALE) -> Effect:
    key = people_of(shop)[name] if name else None
    return shop.do(enter, replace(facts, member_id=key), shop.context())


def people_of(shop: Shop) -> dict[str, int]:
    with shop.reading() as session:
        known = {row.name: row.id for row in session.execute(select(Member.name, Member.id))}
    return known or people(shop)


def lines(shop: Shop, purchase_id: int) -> list[PurchaseLine]:
    wanted = select(PurchaseLine).where(PurchaseLine.purchase_id == purchase_id).order_by(PurchaseLine.ordinal)
    with shop.reading() as session:
        found = list(session.scalars(wanted))
        session.expunge_all()
    return found


def back(shop: Shop, sale: Effect, pieces: Sequence[int], day: date = TODAY) -> Effect:
    wanted = tuple(BackLine(line.id, count) for line, count in zip(lines(shop, sale.id), pieces, strict=True))
    return shop.do(take_back, TakeBack(sale.id, wanted, day), shop.context())


def value(shop: Shop, name: str) -> tuple[int, int, Money, date | None]:
    with shop.reading() as session:
        found = session.get(MemberValue, people_of(shop)[name])
        return (found.purchases, found.pieces, found.net, found.last_day) if found else (0, 0, Money(0), None)


def points(shop: Shop, name: str) -> tuple[int, int]:
    with shop.reading() as session:
        stands = ledger.standing(session, people_of(shop)[name], LedgerKind.POINTS)
    return stands.amount, stands.owed


def test_a_receipt_typed_in_earns_points_and_reaches_a_level(shop: Shop) -> None:
    made = sold(shop)
    assert made.number.startswith("P-")
    assert (made.points, made.balance, made.owed) == (2_300, 2_300, 0)
    assert (made.tier_before, made.tier) == (CardTier.ORDINARY, CardTier.SILVER)
    assert value(shop, "林婉清") == (1, 4, Money.yuan(2_300), TODAY)
    with shop.reading() as session:
        assert session.get_one(Purchase, made.id).origin is PurchaseOrigin.BY_HAND


def test_a_receipt_of_nobody_has_no_points(shop: Shop) -> None:
    made = sold(shop, None)
    assert (made.member_id, made.points, made.tier) == (None, 0, None)


def test_numbers_of_the_till_are_kept_and_taken_once(shop: Shop) -> None:
    assert sold(shop, facts=replace(SALE, number=" xs 88 ")).number == "XS88"
    with pytest.raises(PurchaseExistsError):
        sold(shop, facts=replace(SALE, number="XS88"))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (replace(SALE, lines=()), "lines"),
        (replace(SALE, lines=(replace(BELT, name="  "),)), "name"),
        (replace(SALE, lines=(replace(BELT, quantity=0),)), "quantity"),
        (replace(SALE, lines=(replace(BELT, quantity=-1),)), "quantity"),
        (replace(SALE, lines=(replace(BELT, quantity=10_000),)), "quantity"),
        (replace(SALE, lines=(replace(BELT, amount=Money(-1)),)), "amount"),
        (replace(SALE, day=TODAY + timedelta(days=1)), "day"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(shop: Shop, facts: PurchaseFacts, field: str) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        sold(shop, facts=facts)
    assert caught.value.field == field
    with shop.reading() as session:
        assert session.scalar(select(func.count()).select_from(Purchase)) == 0


def test_nobody_and_no_guide_of_a_key_is_said(shop: Shop) -> None:
    for facts in (replace(SALE, member_id=77), replace(SALE, guide_id=77)):
        with pytest.raises(NotFoundError):
            shop.do(enter, facts, shop.context())


@pytest.mark.parametrize("role", [Role.OWNER, Role.HEAD_OFFICE, Role.ADMINISTRATOR])
def test_who_does_not_serve_types_nothing_in(shop: Shop, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        shop.do(enter, SALE, shop.context(role))


def test_goods_that_come_back_take_points_value_and_level_along(shop: Shop) -> None:
    made = sold(shop, facts=replace(SALE, guide_id=staff_id(Role.GUIDE)))
    gone = back(shop, made, (1, 0, 0))
    assert (gone.points, gone.balance, gone.owed) == (-1_000, 1_300, 0)
    assert value(shop, "林婉清")[1:3] == (3, Money.yuan(1_300))
    with shop.reading() as session:
        receipt = session.get_one(Purchase, gone.id)
        assert (receipt.pieces, receipt.net, receipt.corrects_id) == (-1, Money.yuan(-1_000), made.id)
        assert receipt.guide_id == staff_id(Role.GUIDE)
    assert [line.returns_line_id for line in lines(shop, gone.id)] == [lines(shop, made.id)[0].id]


def test_never_more_comes_back_than_was_bought(shop: Shop) -> None:
    made = sold(shop)
    back(shop, made, (1, 1, 1))
    for pieces in ((2, 0, 0), (0, 1, 0), (0, 0, 1)):
        with pytest.raises(AlreadyReturnedError):
            back(shop, made, pieces)
    back(shop, made, (1, 0, 0))
    assert value(shop, "林婉清")[1:3] == (0, Money(0))
    assert points(shop, "林婉清") == (0, 0)


def test_a_line_named_twice_counts_twice(shop: Shop) -> None:
    made = sold(shop)
    belt = lines(shop, made.id)[1].id
    twice = TakeBack(made.id, (BackLine(belt, 1), BackLine(belt, 1)), TODAY)
    with pytest.raises(AlreadyReturnedError):
        shop.do(take_back, twice, shop.context())


def test_nothing_a_foreign_line_or_an_early_day_is_refused(shop: Shop) -> None:
    made, other = sold(shop), sold(shop)
    with pytest.raises(InvalidFieldError):
        back(shop, made, (0, 0, 0))
    with pytest.raises(InvalidFieldError):
        back(shop, made, (-1, 1, 0))
    with pytest.raises(InvalidFieldError):
        back(shop, made, (1, 0, 0), TODAY - timedelta(days=1))
    foreign = TakeBack(made.id, (BackLine(lines(shop, other.id)[0].id, 1),), TODAY)
    with pytest.raises(NotFoundError):
        shop.do(take_back, foreign, shop.context())
    gone = back(shop, made, (1, 0, 0))
    with pytest.raises(AlreadyReturnedError):
        back(shop, gone, (1,))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fen=st.integers(0, 99_999), bought=st.integers(1, 7), data=st.data())
def test_pieces_that_come_back_one_lot_after_the_other_cost_what_was_paid(
    shop: Shop, fen: int, bought: int, data: st.DataObject
) -> None:
    made = sold(shop, facts=PurchaseFacts("", TODAY, (LineFacts("鞋", Money(fen), bought),)))
    before = points(shop, "林婉清")
    left, total = bought, Money(0)
    while left:
        lot = data.draw(st.integers(1, left))
        gone = back(shop, made, (lot,))
        total += lines(shop, gone.id)[0].amount
        left -= lot
    assert total == Money(-fen)
    assert points(shop, "林婉清")[0] == before[0] - fen // 100


def test_points_that_were_spent_are_owed(shop: Shop) -> None:
    made = sold(shop)
    spend = ledger.Post(made.member_id or 0, LedgerKind.POINTS, LedgerReason.SPENT, -2_000)
    shop.do(spent, spend, shop.context())
    gone = back(shop, made, (2, 1, 1))
    assert (gone.points, gone.balance, gone.owed) == (-300, 0, 2_000)


def spent(session: Session, post: ledger.Post, context: Context) -> Outcome[int]:
    return Outcome(ledger.post(session, post, context), frozenset())


def right(name: str, shop: Shop, *goods: LineFacts) -> PurchaseFacts:
    return PurchaseFacts("", TODAY, goods or (BELT,), people_of(shop)[name])


def test_a_receipt_of_the_wrong_member_moves_to_the_right_one(shop: Shop) -> None:
    wrong = sold(shop, "林婉清")
    made = shop.do(put_right, PutRight(wrong.id, "刷错会员", right("单雪芹", shop, COAT)), shop.context(Role.MANAGER))
    assert (made.points, made.balance) == (2_000, 2_000)
    assert points(shop, "林婉清") == (0, 0)
    assert value(shop, "林婉清") == (0, 0, Money(0), None)
    assert value(shop, "单雪芹") == (1, 2, Money.yuan(2_000), TODAY)
    with shop.reading() as session:
        assert session.get_one(Member, people_of(shop)["林婉清"]).tier_until is not None  # the grace has begun
        whole = session.execute(select(func.sum(Purchase.net), func.sum(Purchase.pieces))).one()
        assert (whole[0], whole[1]) == (Money.yuan(2_000), 2)
        open_calls = session.scalars(select(Callback).where(Callback.state == CallbackState.DUE)).all()
        assert {call.purchase_id for call in open_calls} == {made.id}


def test_a_wrong_price_is_put_right_in_the_same_file(shop: Shop) -> None:
    wrong = sold(shop)
    request = PutRight(wrong.id, "价格", right("林婉清", shop, replace(BELT, amount=Money.yuan(30))))
    made = shop.do(put_right, request, shop.context(Role.MANAGER))
    assert (made.points, made.balance, made.owed) == (30, 30, 0)
    assert value(shop, "林婉清") == (1, 1, Money.yuan(30), TODAY)


def test_points_spent_from_a_wrong_receipt_are_owed_and_settled_by_the_right_one(shop: Shop) -> None:
    wrong = sold(shop)
    spend = ledger.Post(wrong.member_id or 0, LedgerKind.POINTS, LedgerReason.SPENT, -2_300)
    shop.do(spent, spend, shop.context())
    made = shop.do(put_right, PutRight(wrong.id, "价格", right("林婉清", shop, COAT)), shop.context(Role.MANAGER))
    assert (made.balance, made.owed) == (0, 300)


def test_what_cannot_be_put_right_says_why(shop: Shop) -> None:
    manager = shop.context(Role.MANAGER)
    returned = sold(shop)
    gone = back(shop, returned, (0, 1, 0))
    twice = sold(shop)
    shop.do(put_right, PutRight(twice.id, "错", right("林婉清", shop)), manager)
    for made, why in (
        (returned, WhyFixed.GOODS_CAME_BACK),
        (gone, WhyFixed.RETURN),
        (twice, WhyFixed.PUT_RIGHT),
    ):
        with pytest.raises(ReceiptFixedError) as caught:
            shop.do(put_right, PutRight(made.id, "错", right("林婉清", shop)), manager)
        assert caught.value.why is why


def test_putting_right_needs_a_reason_and_somebody_who_decides(shop: Shop) -> None:
    made = sold(shop)
    with pytest.raises(ReasonMissingError):
        shop.do(put_right, PutRight(made.id, " ", right("林婉清", shop)), shop.context(Role.MANAGER))
    with pytest.raises(NotAllowedError):
        shop.do(put_right, PutRight(made.id, "错", right("林婉清", shop)), shop.context(Role.CLERK))


def test_a_right_receipt_that_cannot_be_leaves_the_wrong_one_alone(shop: Shop) -> None:
    made = sold(shop)
    request = PutRight(made.id, "错", replace(right("林婉清", shop), day=TODAY + timedelta(days=1)))
    with pytest.raises(InvalidFieldError):
        shop.do(put_right, request, shop.context(Role.MANAGER))
    assert value(shop, "林婉清") == (1, 4, Money.yuan(2_300), TODAY)
    assert points(shop, "林婉清") == (2_300, 0)
