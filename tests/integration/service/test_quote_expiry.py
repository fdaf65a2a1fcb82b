"""Quotes run out by themselves when their last day is over: on the time line, in the list, once, in short writes."""

from datetime import timedelta

from crmdesk.core.money import Money
from crmdesk.core.quotes import QuoteState
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import TicketState
from crmdesk.queries.audit import verify_audit
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from crmdesk.queries.ticket_rows import ids
from crmdesk.services import repair
from crmdesk.services.quote_expiry import AT_ONCE, expire_quotes
from tests.builders.repair_hands import answer, quote
from tests.builders.repairs import approved, quoted, seen, step, taken_in
from tests.builders.shop import Shop


def expire(shop: Shop) -> int:
    with shop.database.transaction() as session:
        return expire_quotes(session, shop.context(Role.ADMINISTRATOR)).value


def listed(shop: Shop) -> list[int]:
    with shop.reading() as session:
        return list(ids(session, TicketFilter(TicketView.QUOTE_OVER), shop.context()))


def test_a_quote_is_good_through_its_last_day_and_no_longer(shop: Shop) -> None:
    ticket_id, agreed = quoted(shop), approved(shop)
    shop.clock.advance(timedelta(days=7))
    assert (expire(shop), listed(shop)) == (0, [])
    last_day = shop.context().today()
    shop.clock.advance(timedelta(days=1))
    assert expire(shop) == 1
    now = seen(shop, ticket_id)
    assert now.quote is not None
    assert (now.state, now.quote.state) == (TicketState.EXPIRED, QuoteState.EXPIRED)
    assert (now.events[0].act, now.events[0].note) == (TicketAct.QUOTE_EXPIRED, last_day.isoformat())
    assert listed(shop) == [ticket_id]
    assert seen(shop, agreed).state is TicketState.APPROVED
    assert expire(shop) == 0
    quote(shop, ticket_id, 70)
    answer(shop, ticket_id, Money.yuan(70))
    assert (seen(shop, ticket_id).state, listed(shop)) == (TicketState.APPROVED, [])
    with shop.reading() as session:
        assert verify_audit(session).whole


def test_many_run_out_in_several_short_writes(shop: Shop) -> None:
    for number in range(AT_ONCE + 2):
        quoted(shop, name=f"客户{number}")
    shop.clock.advance(timedelta(days=30))
    assert [expire(shop), expire(shop), expire(shop)] == [AT_ONCE, 2, 0]


def test_goods_of_ended_orders_that_are_still_here_have_a_list(shop: Shop) -> None:
    cancelled, _open = taken_in(shop), taken_in(shop)
    shop.do(repair.cancel, step(shop, cancelled, "不修了"), shop.context())
    with shop.reading() as session:
        assert list(ids(session, TicketFilter(TicketView.GOODS_LEFT), shop.context())) == [cancelled]
