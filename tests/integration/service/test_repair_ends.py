"""The rarely used edges of a repair, each as it happens at the desk: with its refusals, time line, money and goods."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from crmdesk.core.desk_errors import LoanerOutError, MoneyOpenError, NotSignedError, SplitError
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError, NotAllowedError, ReasonMissingError
from crmdesk.core.money import Money
from crmdesk.core.repair_errors import (
    MoneyToReturnError,
    NotHereError,
    RemedyOwedError,
)
from crmdesk.core.repair_rules import waits_for_goods
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace, Liability, Payer, Remedy, TicketKind, TicketState
from crmdesk.models.hand_over import Disposal, Posting
from crmdesk.models.judgement import Approval, Quote
from crmdesk.models.ticket import Ticket
from crmdesk.services import judgement, pickup, quotes, repair, repair_ends, repair_links
from crmdesk.services.judgement import Judge
from crmdesk.services.repair_links import TurnInto
from crmdesk.services.undelivered import ParcelBack, take_parcel_back
from tests.builders.loaners import add_loaner, lend_to
from tests.builders.repair_hands import acts, answer, handed, judged, parcel, pay, quote, scrap_of
from tests.builders.repairs import approved, quoted, ready, seen, step, taken_in
from tests.builders.shop import Shop

_S = TicketState


def parcel_back(shop: Shop, ticket_id: int, note: str = "无人签收", shelf: str = "C2") -> ParcelBack:
    return ParcelBack(ticket_id, seen(shop, ticket_id).version, note, shelf)


# -- quotes ----------------------------------------------------------------------------


def test_a_declined_quote_is_made_cheaper_and_agreed_to(shop: Shop) -> None:
    ticket_id = quoted(shop)
    answer(shop, ticket_id, Money.yuan(80), agreed=False)
    assert seen(shop, ticket_id).state is _S.DECLINED
    quote(shop, ticket_id, 50)
    answer(shop, ticket_id, Money.yuan(50))
    now = seen(shop, ticket_id)
    assert (now.state, now.open_amount) == (_S.APPROVED, Money.yuan(50))


def test_an_expired_quote_is_made_again(shop: Shop) -> None:
    ticket_id = quoted(shop)
    with pytest.raises(InvalidFieldError):
        shop.do(quotes.expire_quote, step(shop, ticket_id), shop.context())
    shop.clock.advance(timedelta(days=8))
    shop.do(quotes.expire_quote, step(shop, ticket_id), shop.context())
    assert seen(shop, ticket_id).state is _S.EXPIRED
    quote(shop, ticket_id, 80)
    answer(shop, ticket_id, Money.yuan(80))
    assert seen(shop, ticket_id).state is _S.APPROVED


def test_a_higher_quote_stops_the_work_visibly_until_the_customer_agrees(shop: Shop) -> None:
    ticket_id = approved(shop)
    shop.do(repair.start_work, step(shop, ticket_id), shop.context())
    quote(shop, ticket_id, 120)
    assert acts(shop, ticket_id)[-2:] == [TicketAct.QUOTED, TicketAct.WORK_STOPPED]
    with pytest.raises(IllegalMoveError):
        shop.do(repair.finish_work, step(shop, ticket_id), shop.context())
    answer(shop, ticket_id, Money.yuan(120))
    shop.do(repair.start_work, step(shop, ticket_id), shop.context())
    assert seen(shop, ticket_id).open_amount == Money.yuan(120)


def test_a_quote_that_is_not_higher_keeps_the_agreement_and_its_day(shop: Shop) -> None:
    ticket_id = approved(shop)
    shop.do(repair.start_work, step(shop, ticket_id), shop.context())
    before = seen(shop, ticket_id)
    quote(shop, ticket_id, 60)
    now = seen(shop, ticket_id)
    assert (now.state, now.open_amount) == (_S.IN_WORK, Money.yuan(60))
    assert before.quote is not None
    assert now.quote is not None
    assert (now.quote.valid_until, now.quote.answered_by) == (before.quote.valid_until, "周建国")
    with shop.reading() as session:
        amounts = session.scalars(select(Approval.amount).join(Quote, Approval.quote_id == Quote.id)).all()
    assert amounts == [Money.yuan(80)] * 2, "the evidence says what was agreed to"


def test_what_somebody_else_bears_is_agreed_to_and_not_owed(shop: Shop) -> None:
    ticket_id = taken_in(shop)
    quote(shop, ticket_id, 90, payer=Payer.SUPPLIER)
    answer(shop, ticket_id, Money.yuan(90))
    assert seen(shop, ticket_id).open_amount == Money(0)


def test_only_examined_goods_go_back_with_a_fee_or_without(shop: Shop) -> None:
    for fee in (Money(0), Money.yuan(20)):
        ticket_id = taken_in(shop)
        with shop.database.transaction() as session:
            session.get_one(Ticket, ticket_id).estimate_only = True
        quote(shop, ticket_id, 90)
        answer(shop, ticket_id, Money.yuan(90), agreed=False)
        shop.do(repair.make_ready, step(shop, ticket_id), shop.context(), shelf="B1", examination=fee)
        assert seen(shop, ticket_id).open_amount == fee
        if fee:
            with pytest.raises(MoneyOpenError):
                shop.do(pickup.hand_back, handed(shop, ticket_id), shop.context())
            pay(shop, ticket_id, fee)
        assert shop.do(pickup.hand_back, handed(shop, ticket_id), shop.context()) is _S.CLOSED


def test_what_was_agreed_is_not_owed_when_the_repair_fails(shop: Shop) -> None:
    ticket_id = approved(shop)
    pay(shop, ticket_id, Money.yuan(80))
    shop.do(repair.start_work, step(shop, ticket_id), shop.context())
    shop.do(repair.make_ready, step(shop, ticket_id, "修不好"), shop.context())
    assert seen(shop, ticket_id).open_amount == -Money.yuan(80)
    with pytest.raises(MoneyToReturnError):
        shop.do(pickup.hand_back, handed(shop, ticket_id), shop.context())
    with pytest.raises(InvalidFieldError):
        pay(shop, ticket_id, -Money.yuan(81))
    pay(shop, ticket_id, -Money.yuan(80))
    assert shop.do(pickup.hand_back, handed(shop, ticket_id), shop.context()) is _S.CLOSED


def test_repaired_goods_do_not_pass_by_the_check(shop: Shop) -> None:
    ticket_id = approved(shop)
    shop.do(repair.start_work, step(shop, ticket_id), shop.context())
    shop.do(repair.finish_work, step(shop, ticket_id), shop.context())
    with pytest.raises(IllegalMoveError):
        shop.do(repair.make_ready, step(shop, ticket_id), shop.context())
    with pytest.raises(ReasonMissingError):
        shop.do(repair.check_quality, step(shop, ticket_id), shop.context(), passed=False)
    shop.do(repair.check_quality, step(shop, ticket_id, "轮子还响"), shop.context(), passed=False)
    assert seen(shop, ticket_id).state is _S.IN_WORK


# -- judgement -------------------------------------------------------------------------


def test_shares_must_make_the_cost_to_the_fen(shop: Shop) -> None:
    ticket_id = taken_in(shop)
    version = seen(shop, ticket_id).version
    shares = {Payer.CUSTOMER: Money(3333), Payer.STORE: Money(3333), Payer.SUPPLIER: Money(3333)}
    short = Judge(ticket_id, version, Liability.WEAR, Remedy.REPAIR_PAID, shares=shares, cost=Money(10000))
    with pytest.raises(SplitError) as split:
        shop.do(judgement.judge, short, shop.context(Role.MANAGER))
    assert (split.value.total, split.value.split) == (Money(10000), Money(9999))
    free = Judge(ticket_id, version, Liability.WEAR, Remedy.REPAIR_FREE, shares={Payer.CUSTOMER: Money(1)})
    negative = Judge(ticket_id, version, Liability.WEAR, Remedy.REPAIR_PAID, shares={Payer.STORE: Money(-1)})
    stranger = Judge(ticket_id, version, Liability.WEAR, Remedy.REPAIR_PAID, photos=("0" * 64,))
    for request, field in ((free, "remedy"), (negative, "store"), (stranger, "photos")):
        with pytest.raises(InvalidFieldError) as refused:
            shop.do(judgement.judge, request, shop.context(Role.MANAGER))
        assert refused.value.field == field


@pytest.mark.parametrize("remedy", [Remedy.REPLACE_SAME, Remedy.REPLACE_COMPARABLE, Remedy.REFUND, Remedy.VOUCHER])
def test_who_gets_something_else_does_not_just_get_the_goods_back(shop: Shop, remedy: Remedy) -> None:
    ticket_id = judged(shop, remedy)
    with pytest.raises(RemedyOwedError):
        shop.do(repair.make_ready, step(shop, ticket_id), shop.context())
    assert seen(shop, ticket_id).state is _S.JUDGING


# -- turned, scrapped, posted ----------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "letter", "remedy"),
    [(TicketKind.RETURN, "T", Remedy.REFUND), (TicketKind.COMPLAINT, "C", Remedy.REFUSE)],
)
def test_a_repair_becomes_something_else_and_the_goods_go_along(
    shop: Shop, kind: TicketKind, letter: str, remedy: Remedy
) -> None:
    ticket_id = judged(shop, remedy, shelf="A7")
    made = shop.do(
        repair_links.turn_into,
        TurnInto(ticket_id, seen(shop, ticket_id).version, kind, "7 天内质量问题"),
        shop.context(),
    )
    old, new = seen(shop, ticket_id), seen(shop, made.id)
    assert made.number.startswith(letter)
    assert (old.state, old.goods_place, old.shelf) == (_S.CLOSED, GoodsPlace.NONE, "")
    assert (new.state, new.shelf, new.version) == (_S.RECEIVED, "A7", made.version)
    assert new.goods_place is GoodsPlace.COUNTER
    assert (new.item_id, new.member_id, new.customer_words) == (old.item_id, old.member_id, old.customer_words)
    assert [one.name for one in new.accessories] == ["密码锁"]
    assert (new.linked_ticket_id, new.faults, len(new.marks)) == (ticket_id, old.faults, 1)
    assert acts(shop, ticket_id)[-2:] == [TicketAct.TURNED, TicketAct.CLOSED]
    assert TicketAct.LINKED in acts(shop, made.id)


def test_what_stops_a_repair_from_being_turned(shop: Shop) -> None:
    ticket_id = judged(shop, Remedy.REFUND)
    version = seen(shop, ticket_id).version
    for request, field in (
        (TurnInto(ticket_id, version, TicketKind.REPAIR, "x"), "kind"),
        (TurnInto(ticket_id, version, TicketKind.RETURN, " "), "reason"),
    ):
        with pytest.raises(InvalidFieldError) as refused:
            shop.do(repair_links.turn_into, request, shop.context())
        assert refused.value.field == field
    loaner = add_loaner(shop)
    lend_to(shop, loaner.id, seen(shop, ticket_id).member_id, ticket_id)
    version = seen(shop, ticket_id).version
    with pytest.raises(LoanerOutError):
        shop.do(repair_links.turn_into, TurnInto(ticket_id, version, TicketKind.RETURN, "退"), shop.context())
    at_work = approved(shop, name="王芳")
    shop.do(repair.start_work, step(shop, at_work), shop.context())
    request = TurnInto(at_work, seen(shop, at_work).version, TicketKind.RETURN, "退")
    with pytest.raises(IllegalMoveError):
        shop.do(repair_links.turn_into, request, shop.context())


def test_goods_are_kept_only_with_consent_and_by_a_manager(shop: Shop) -> None:
    ticket_id = judged(shop, Remedy.REFUSE)
    manager = shop.context(Role.MANAGER)
    with pytest.raises(NotAllowedError):
        shop.do(repair_ends.scrap, scrap_of(shop, ticket_id), shop.context())
    for changes, field in (({"person": " "}, "person"), ({"words": ""}, "words")):
        with pytest.raises(InvalidFieldError) as refused:
            shop.do(repair_ends.scrap, scrap_of(shop, ticket_id, **changes), manager)
        assert refused.value.field == field
    with pytest.raises(NotSignedError):
        shop.do(repair_ends.scrap, scrap_of(shop, ticket_id, on_paper=False), manager)
    assert shop.do(repair_ends.scrap, scrap_of(shop, ticket_id), shop.context(Role.OWNER)) is _S.CLOSED
    now = seen(shop, ticket_id)
    assert (now.goods_place, now.shelf) == (GoodsPlace.NONE, "")
    assert acts(shop, ticket_id)[-2:] == [TicketAct.SCRAPPED, TicketAct.CLOSED]
    with shop.reading() as session:
        assert session.scalars(select(Disposal.person)).all() == ["周建国"]


def test_posted_back_with_a_fee_and_closed_when_it_arrived(shop: Shop) -> None:
    ticket_id = ready(shop)
    with pytest.raises(MoneyOpenError):
        shop.do(repair_ends.post_back, parcel(shop, ticket_id), shop.context())
    pay(shop, ticket_id, Money.yuan(80))
    for name in ("courier", "tracking", "recipient", "address"):
        with pytest.raises(InvalidFieldError) as refused:
            shop.do(repair_ends.post_back, parcel(shop, ticket_id, **{name: " "}), shop.context())
        assert refused.value.field == name
    fee = {"fee": Money(1250), "payer": Payer.CUSTOMER}
    with pytest.raises(InvalidFieldError) as unpaid:
        shop.do(repair_ends.post_back, parcel(shop, ticket_id, **fee), shop.context())
    assert unpaid.value.field == "paid_by"
    state = shop.do(repair_ends.post_back, parcel(shop, ticket_id, **fee, paid_by="wechat"), shop.context())
    now = seen(shop, ticket_id)
    assert (state, now.goods_place, now.open_amount, now.paid) == (
        _S.POSTED_BACK,
        GoodsPlace.TRANSIT,
        Money(0),
        Money(9250),
    )
    assert shop.do(repair_ends.note_delivery, step(shop, ticket_id), shop.context()) is _S.CLOSED
    assert acts(shop, ticket_id)[-5:] == [
        TicketAct.CHARGED,
        TicketAct.PAID,
        TicketAct.POSTED_BACK,
        TicketAct.DELIVERED,
        TicketAct.CLOSED,
    ]
    with pytest.raises(NotHereError):
        shop.do(repair_ends.note_delivery, step(shop, ticket_id), shop.context())
    with shop.reading() as session:
        assert session.scalars(select(Posting.tracking)).all() == ["SF1234567890"]


def test_a_parcel_that_comes_back_waits_again_and_goes_once_more(shop: Shop) -> None:
    ticket_id = ready(shop)
    pay(shop, ticket_id, Money.yuan(80))
    ready_at = seen(shop, ticket_id).ready_at
    with pytest.raises(NotHereError):
        shop.do(take_parcel_back, parcel_back(shop, ticket_id), shop.context())
    shop.do(repair_ends.post_back, parcel(shop, ticket_id), shop.context())
    shop.clock.advance(timedelta(days=3))
    with pytest.raises(ReasonMissingError):
        shop.do(take_parcel_back, parcel_back(shop, ticket_id, note=" "), shop.context())
    assert shop.do(take_parcel_back, parcel_back(shop, ticket_id), shop.context()) is _S.READY
    now = seen(shop, ticket_id)
    assert (now.goods_place, now.shelf, now.ready_at) == (GoodsPlace.SHELF, "C2", ready_at)
    assert (now.handed_back_at, now.events[0].act, now.events[0].note) == (None, TicketAct.UNDELIVERED, "无人签收")
    for verb in (repair_ends.note_delivery, take_parcel_back):
        with pytest.raises(NotHereError):
            shop.do(verb, parcel_back(shop, ticket_id), shop.context())
    shop.do(repair_ends.post_back, parcel(shop, ticket_id, tracking="SF2"), shop.context())
    assert shop.do(repair_ends.note_delivery, step(shop, ticket_id), shop.context()) is _S.CLOSED
    with shop.reading() as session:
        sent = session.execute(select(Posting.tracking, Posting.delivered_at.is_not(None)).order_by(Posting.id)).all()
        assert [tuple(one) for one in sent] == [("SF1234567890", False), ("SF2", True)]


def test_the_parcel_of_a_cancelled_repair_comes_back_to_the_counter(shop: Shop) -> None:
    ticket_id = taken_in(shop)
    shop.do(repair.cancel, step(shop, ticket_id, "不修了"), shop.context())
    shop.do(repair_ends.post_back, parcel(shop, ticket_id), shop.context())
    assert shop.do(take_parcel_back, parcel_back(shop, ticket_id, shelf=""), shop.context()) is _S.CANCELLED
    now = seen(shop, ticket_id)
    assert (now.goods_place, waits_for_goods(now.state, now.goods_place)) == (GoodsPlace.COUNTER, True)


def test_nothing_is_posted_while_the_loaner_is_out(shop: Shop) -> None:
    ticket_id = ready(shop)
    pay(shop, ticket_id, Money.yuan(80))
    lend_to(shop, add_loaner(shop).id, seen(shop, ticket_id).member_id, ticket_id)
    with pytest.raises(LoanerOutError):
        shop.do(repair_ends.post_back, parcel(shop, ticket_id), shop.context())
