"""Wishes: noted, closed by the same article, asked about after something like it, ended by hand."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from crmdesk.core.care import CallbackReason, CallbackState
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, NotFoundError, StaleError
from crmdesk.core.intent_errors import WishEndedError
from crmdesk.core.member_words import IntentState
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.tickets import ItemCategory
from crmdesk.models.callback import Callback
from crmdesk.queries import intents as wishes
from crmdesk.queries.intents import IntentRow, IntentView
from crmdesk.queries.member_page import member_page
from crmdesk.services.intents import EndIntent, NoteIntent, end, note, purchases_gone
from crmdesk.services.purchases import LineFacts, PurchaseFacts, record
from tests.builders.member_shop import people
from tests.builders.shop import Shop

TODAY = date(2026, 11, 21)
CASE = ItemCategory.SUITCASE


def wish(
    shop: Shop, member_id: int, what: str = "24 inch case", style: str = "", category: ItemCategory | None = CASE
) -> int:
    request = NoteIntent(member_id, what, style, category, Money.yuan(1280))
    return shop.do(note, request, shop.context(Role.GUIDE))


def mine(shop: Shop, member_id: int) -> tuple[IntentRow, ...]:
    with shop.reading() as session:
        return wishes.of_member(session, member_id, shop.context(Role.MANAGER))


def buy(
    shop: Shop, member_id: int, number: str, style: str = "", category: ItemCategory = CASE, quantity: int = 1
) -> int:
    line = LineFacts("case", Money.yuan(900 * quantity), quantity, style, category)
    return shop.do(record, PurchaseFacts(number, TODAY, (line,), member_id), shop.context()).id


def calls(shop: Shop, member_id: int) -> list[CallbackState]:
    with shop.reading() as session:
        wanted = Callback.member_id == member_id, Callback.reason == CallbackReason.OTHER
        return list(session.scalars(select(Callback.state).where(*wanted).order_by(Callback.id)))


def test_a_wish_is_noted_with_its_call(shop: Shop) -> None:
    key = people(shop)["周建国"]
    wish(shop, key)
    (one,) = mine(shop, key)
    assert (one.what, one.category, one.price, one.day, one.state) == (
        *("24 inch case", CASE, Money.yuan(1280)),
        *(TODAY, IntentState.OPEN),
    )
    with shop.reading() as session:
        call = session.scalars(select(Callback).where(Callback.member_id == key)).one()
        assert (call.subject, (call.due_from - shop.context().now()).days) == ("24 inch case", 7)


def test_nobody_is_called_who_does_not_want_it(shop: Shop) -> None:
    key = people(shop)["买买提·艾力"]
    wish(shop, key)
    assert calls(shop, key) == []


def test_the_same_article_closes_it_by_itself(shop: Shop) -> None:
    key = people(shop)["周建国"]
    wish(shop, key, style="AB-1")
    bought = buy(shop, key, "T1", style="AB-1")
    (one,) = mine(shop, key)
    assert (one.state, one.closed_on, one.purchase_id, one.receipt) == (IntentState.BOUGHT, TODAY, bought, "T1")
    assert calls(shop, key) == [CallbackState.CANCELLED]


def test_something_like_it_is_asked_about(shop: Shop) -> None:
    key = people(shop)["周建国"]
    wish(shop, key, style="AB-1")
    buy(shop, key, "T1", style="CD-2")
    (one,) = mine(shop, key)
    assert one.asked
    assert calls(shop, key) == [CallbackState.DUE]
    with shop.reading() as session:
        assert member_page(session, key, shop.context(Role.MANAGER)).value.bought_like
    shop.do(end, EndIntent(one.id, one.version, IntentState.OPEN), shop.context())
    (again,) = mine(shop, key)
    assert (again.asked, again.state) == (False, IntentState.OPEN)
    shop.do(end, EndIntent(again.id, again.version, IntentState.BOUGHT), shop.context())
    assert mine(shop, key)[0].state is IntentState.BOUGHT


@pytest.mark.parametrize("quantity", [-1])
def test_goods_that_come_back_close_nothing(shop: Shop, quantity: int) -> None:
    key = people(shop)["周建国"]
    wish(shop, key, style="AB-1")
    buy(shop, key, "T1", style="AB-1", quantity=quantity)
    assert mine(shop, key)[0].state is IntentState.OPEN


def test_other_peoples_goods_and_other_kinds_close_nothing(shop: Shop) -> None:
    known = people(shop)
    key = known["周建国"]
    wish(shop, key, style="AB-1")
    wish(shop, key, "a scarf", category=None)
    buy(shop, known["林婉清"], "T1", style="AB-1")
    buy(shop, key, "T2", category=ItemCategory.SHOE)
    assert [(one.state, one.asked) for one in mine(shop, key)] == [(IntentState.OPEN, False)] * 2


def test_an_import_taken_back_opens_it_again(shop: Shop) -> None:
    key = people(shop)["周建国"]
    wish(shop, key, style="AB-1")
    bought = buy(shop, key, "T1", style="AB-1")
    with shop.database.transaction() as session:
        purchases_gone(session, [bought])
    (one,) = mine(shop, key)
    assert (one.state, one.purchase_id, one.closed_on) == (IntentState.OPEN, None, None)


def test_dropped_by_hand_and_opened_again(shop: Shop) -> None:
    key = people(shop)["周建国"]
    wish(shop, key)
    (one,) = mine(shop, key)
    shop.do(end, EndIntent(one.id, one.version, IntentState.DROPPED), shop.context())
    assert calls(shop, key) == [CallbackState.CANCELLED]
    (gone,) = mine(shop, key)
    with pytest.raises(WishEndedError):
        shop.do(end, EndIntent(gone.id, gone.version, IntentState.BOUGHT), shop.context())
    with pytest.raises(StaleError):
        shop.do(end, EndIntent(gone.id, one.version, IntentState.OPEN), shop.context())
    shop.do(end, EndIntent(gone.id, gone.version, IntentState.OPEN), shop.context())
    assert mine(shop, key)[0].state is IntentState.OPEN


@pytest.mark.parametrize("what", ["", " \t\u200b", "x" * 121])
def test_bad_words_are_refused(shop: Shop, what: str) -> None:
    key = people(shop)["周建国"]
    with pytest.raises(InvalidFieldError):
        shop.do(note, NoteIntent(key, what), shop.context())
    with pytest.raises(InvalidFieldError):
        shop.do(note, NoteIntent(key, "case", price=Money(-1)), shop.context())
    assert mine(shop, key) == ()


def test_who_has_no_business_with_customers_sees_and_notes_nothing(shop: Shop) -> None:
    key = people(shop)["周建国"]
    wish(shop, key)
    administrator = shop.context(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        shop.do(note, NoteIntent(key, "case"), administrator)
    with pytest.raises(NotFoundError):
        shop.do(note, NoteIntent(1, "case"), shop.context())
    with shop.reading() as session:
        assert wishes.of_member(session, key, administrator) == ()
        assert wishes.first(session, IntentView.OPEN, administrator, None, 9) == []
        assert wishes.counts(session, administrator)[IntentView.OPEN] == 0


def test_the_list_counts_and_orders(shop: Shop) -> None:
    known = people(shop)
    wish(shop, known["周建国"], style="AB-1")
    wish(shop, known["林婉清"], "boots", category=ItemCategory.SHOE)
    buy(shop, known["周建国"], "T1")
    shop.clock.advance(timedelta(days=8))
    context = shop.context(Role.MANAGER)
    with shop.reading() as session:
        assert wishes.counts(session, context) == {
            IntentView.OPEN: 2,
            IntentView.ASKED: 1,
            IntentView.OLD: 2,
            IntentView.BOUGHT: 0,
            IntentView.DROPPED: 0,
        }
        found = wishes.first(session, IntentView.OPEN, context, None, 10)
        assert [one.what for one in found] == ["24 inch case", "boots"]
        assert list(wishes.ids(session, IntentView.OPEN, context, None)) == [one.id for one in found]
        assert wishes.rows(session, [found[1].id], context) == [found[1]]
