"""Returns line by line: what comes back, what it cost, who may decide, what happens to the points."""

from datetime import date

import pytest
from sqlalchemy import select

from crmdesk.core.case_errors import LinesFixedError
from crmdesk.core.desk_errors import AboveLimitError, RefundTooHighError
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError, NotAllowedError, ReasonMissingError, StaleError
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.return_errors import AlreadyReturnedError, LinesOpenError
from crmdesk.core.roles import Role
from crmdesk.core.tickets import GoodsCondition, ReturnDecision, ReturnReason, TicketState
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.return_line import ReturnLine
from crmdesk.queries import ticket_detail
from crmdesk.services import ledger, repair, return_decisions, return_execution, return_lines
from crmdesk.services.ledger import Post
from crmdesk.services.purchases import LineFacts
from crmdesk.services.return_decisions import CheckLines, DecideLines, LineCheck, LineDecision
from crmdesk.services.return_execution import CarryOut
from crmdesk.services.return_lines import AddLine, RemoveLine
from crmdesk.services.unit import perform
from tests.builders.cases import (
    add_complaint,
    add_line,
    add_purchase,
    add_return,
    check_all,
    decide_refund,
    step,
    version,
)
from tests.builders.loaners import add_member
from tests.builders.shop import Shop

COAT = LineFacts("羊毛大衣 驼色", Money.yuan(400), unit_price=Money.yuan(400))
SOCKS = LineFacts("棉袜", Money.parse("100.00"), quantity=3)


def lines(shop: Shop, ticket_id: int) -> list[ReturnLine]:
    with shop.reading() as session:
        found = return_lines.lines_of(session, ticket_id)
        session.expunge_all()
        return found


def state(shop: Shop, ticket_id: int) -> TicketState:
    with shop.reading() as session:
        return ticket_detail.detail(session, ticket_id, shop.context()).state


def points(shop: Shop, member_id: int) -> int:
    with shop.reading() as session:
        return ledger.balance(session, member_id, LedgerKind.POINTS)


def spend(shop: Shop, member_id: int, amount: int) -> None:
    entry = Post(member_id, LedgerKind.POINTS, LedgerReason.SPENT, -amount)
    context = shop.context()
    perform(shop.database, context, lambda session, _c: Outcome(ledger.post(session, entry, context)))


def test_the_whole_way(shop: Shop) -> None:
    member = add_member(shop)
    coat, _socks = add_purchase(shop, member, COAT, SOCKS)
    assert points(shop, member) == 500
    ticket_id = add_return(shop, member)
    line_id = add_line(shop, ticket_id, coat)
    check_all(shop, ticket_id)
    assert decide_refund(shop, ticket_id, line_id, Money.yuan(400)) == Money.yuan(400)
    paid_back = CarryOut(ticket_id, version(shop, ticket_id), method="wechat")
    assert shop.do(return_execution.carry_out, paid_back, shop.context()) is TicketState.CLOSED
    done = lines(shop, ticket_id)[0]
    assert (done.refund, done.refund_method, done.points_back, done.points_owed) == (
        Money.yuan(400),
        "wechat",
        400,
        0,
    )
    assert points(shop, member) == 100


def test_a_refund_above_the_price_is_refused(shop: Shop) -> None:
    member = add_member(shop)
    (coat,) = add_purchase(shop, member, COAT)
    ticket_id = add_return(shop, member)
    line_id = add_line(shop, ticket_id, coat)
    check_all(shop, ticket_id)
    with pytest.raises(RefundTooHighError) as refused:
        decide_refund(shop, ticket_id, line_id, Money.parse("400.01"), Role.OWNER)
    assert (refused.value.refund, refused.value.paid) == (Money.parse("400.01"), Money.yuan(400))
    with pytest.raises(InvalidFieldError):
        decide_refund(shop, ticket_id, line_id, Money(0))
    assert lines(shop, ticket_id)[0].decision is None


def test_amount_limits(shop: Shop) -> None:
    member = add_member(shop)
    (coat,) = add_purchase(shop, member, LineFacts("皮衣", Money.yuan(5_200)))
    ticket_id = add_return(shop, member)
    line_id = add_line(shop, ticket_id, coat)
    check_all(shop, ticket_id)
    for role, error in ((Role.CLERK, NotAllowedError), (Role.MANAGER, AboveLimitError)):
        with pytest.raises(error):
            decide_refund(shop, ticket_id, line_id, Money.yuan(501), role)
    with pytest.raises(AboveLimitError):
        decide_refund(shop, ticket_id, line_id, Money.yuan(5_001), Role.HEAD_OFFICE)
    assert decide_refund(shop, ticket_id, line_id, Money.yuan(5_200), Role.OWNER) == Money.yuan(5_200)


def test_without_receipt_a_manager_gives_the_reason(shop: Shop) -> None:
    ticket_id = add_return(shop, add_member(shop))
    request = AddLine(
        ticket_id,
        version(shop, ticket_id),
        ReturnReason.QUALITY,
        name="皮带",
        price_paid=Money.yuan(199),
        no_receipt_reason="小票遗失，监控核对购买",
    )
    with pytest.raises(NotAllowedError):
        shop.do(return_lines.add_line, request, shop.context(Role.CLERK))
    silent = AddLine(ticket_id, version(shop, ticket_id), ReturnReason.QUALITY, name="皮带", price_paid=Money.yuan(199))
    with pytest.raises(ReasonMissingError):
        shop.do(return_lines.add_line, silent, shop.context(Role.MANAGER))
    shop.do(return_lines.add_line, request, shop.context(Role.MANAGER))
    assert lines(shop, ticket_id)[0].no_receipt_reason == "小票遗失，监控核对购买"


def test_no_more_comes_back_than_was_bought_over_all_returns(shop: Shop) -> None:
    member = add_member(shop)
    (socks,) = add_purchase(shop, member, SOCKS)
    first, second = add_return(shop, member), add_return(shop, member)
    add_line(shop, first, socks, 2)
    with pytest.raises(AlreadyReturnedError) as refused:
        add_line(shop, second, socks, 2)
    assert (refused.value.bought, refused.value.returned) == (3, 2)
    add_line(shop, second, socks, 1)
    together = [lines(shop, ticket_id)[0].price_paid for ticket_id in (first, second)]
    assert together == [Money.parse("66.66"), Money.parse("33.34")]


def test_a_cancelled_or_rejected_return_gives_the_pieces_free_again(shop: Shop) -> None:
    member = add_member(shop)
    (coat,) = add_purchase(shop, member, COAT)
    first = add_return(shop, member)
    add_line(shop, first, coat)
    shop.do(repair.cancel, step(shop, first, "客户改主意"), shop.context())
    second = add_return(shop, member)
    line_id = add_line(shop, second, coat)
    check_all(shop, second, GoodsCondition.DAMAGED)
    reject = LineDecision(line_id, ReturnDecision.REJECT, note="人为损坏")
    shop.do(return_decisions.decide, DecideLines(second, version(shop, second), (reject,)), shop.context(Role.MANAGER))
    third = add_return(shop, member)
    assert add_line(shop, third, coat)


def test_points_are_taken_back_but_never_below_zero_and_the_rest_is_owed(shop: Shop) -> None:
    member = add_member(shop)
    coat, _socks = add_purchase(shop, member, COAT, SOCKS)
    spend(shop, member, 450)
    ticket_id = add_return(shop, member)
    line_id = add_line(shop, ticket_id, coat)
    check_all(shop, ticket_id)
    decide_refund(shop, ticket_id, line_id, Money.yuan(400))
    shop.do(return_execution.carry_out, step(shop, ticket_id), shop.context())
    assert points(shop, member) == 0
    done = lines(shop, ticket_id)[0]
    assert (done.points_back, done.points_owed) == (50, 350)
    with shop.reading() as session:
        noted = session.execute(select(LedgerEntry).where(LedgerEntry.reason == LedgerReason.RETURN)).scalar_one()
        assert (noted.amount, noted.owed) == (-50, 350)


def test_what_is_owed_is_noted_also_when_nothing_is_there(shop: Shop) -> None:
    member = add_member(shop)
    (coat,) = add_purchase(shop, member, COAT)
    spend(shop, member, 400)
    ticket_id = add_return(shop, member)
    line_id = add_line(shop, ticket_id, coat)
    check_all(shop, ticket_id)
    decide_refund(shop, ticket_id, line_id, Money.yuan(400))
    shop.do(return_execution.carry_out, step(shop, ticket_id), shop.context())
    with shop.reading() as session:
        noted = session.execute(select(LedgerEntry).where(LedgerEntry.reason == LedgerReason.RETURN)).scalar_one()
        assert (noted.amount, noted.owed) == (0, 400)


def test_the_points_come_from_who_bought_it(shop: Shop) -> None:
    buyer, friend = add_member(shop), add_member(shop, "沈冰", "13900001111")
    (coat,) = add_purchase(shop, buyer, COAT)
    ticket_id = add_return(shop, friend)
    line_id = add_line(shop, ticket_id, coat)
    check_all(shop, ticket_id)
    decide_refund(shop, ticket_id, line_id, Money.yuan(400))
    shop.do(return_execution.carry_out, step(shop, ticket_id), shop.context())
    assert points(shop, buyer) == 0


def test_every_line_is_looked_at_and_decided(shop: Shop) -> None:
    member = add_member(shop)
    coat, socks = add_purchase(shop, member, COAT, SOCKS)
    ticket_id = add_return(shop, member)
    with pytest.raises(LinesOpenError):
        shop.do(return_decisions.check, CheckLines(ticket_id, version(shop, ticket_id)), shop.context())
    first = add_line(shop, ticket_id, coat)
    check_all(shop, ticket_id)
    add_line(shop, ticket_id, socks)
    with pytest.raises(LinesOpenError) as refused:
        decide_refund(shop, ticket_id, first, Money.yuan(400))
    assert refused.value.names == ("棉袜",)
    check_all(shop, ticket_id)
    with pytest.raises(LinesOpenError):
        decide_refund(shop, ticket_id, first, Money.yuan(400))


def test_a_rejection_says_why_and_an_exchange_what_for(shop: Shop) -> None:
    member = add_member(shop)
    (coat,) = add_purchase(shop, member, COAT)
    ticket_id = add_return(shop, member)
    line_id = add_line(shop, ticket_id, coat)
    check_all(shop, ticket_id)
    manager = shop.context(Role.MANAGER)
    for decision, error in ((ReturnDecision.REJECT, ReasonMissingError), (ReturnDecision.EXCHANGE, InvalidFieldError)):
        request = DecideLines(ticket_id, version(shop, ticket_id), (LineDecision(line_id, decision),))
        with pytest.raises(error):
            shop.do(return_decisions.decide, request, manager)


def test_looking_again_opens_the_decision_again(shop: Shop) -> None:
    member = add_member(shop)
    (coat,) = add_purchase(shop, member, COAT)
    ticket_id = add_return(shop, member)
    line_id = add_line(shop, ticket_id, coat)
    check_all(shop, ticket_id)
    decide_refund(shop, ticket_id, line_id, Money.yuan(400))
    check_all(shop, ticket_id, GoodsCondition.USED)
    line = lines(shop, ticket_id)[0]
    assert (state(shop, ticket_id), line.decision, line.refund) == (TicketState.CHECKED, None, Money(0))


def test_lines_are_fixed_once_it_is_decided(shop: Shop) -> None:
    member = add_member(shop)
    coat, socks = add_purchase(shop, member, COAT, SOCKS)
    ticket_id = add_return(shop, member)
    line_id = add_line(shop, ticket_id, coat)
    spare = add_line(shop, ticket_id, socks)
    assert (
        shop.do(return_lines.remove_line, RemoveLine(ticket_id, version(shop, ticket_id), spare), shop.context())
        == "棉袜"
    )
    check_all(shop, ticket_id)
    decide_refund(shop, ticket_id, line_id, Money.yuan(400))
    with pytest.raises(LinesFixedError):
        add_line(shop, ticket_id, socks)
    with pytest.raises(LinesFixedError):
        shop.do(return_lines.remove_line, RemoveLine(ticket_id, version(shop, ticket_id), line_id), shop.context())
    with pytest.raises(LinesFixedError):
        add_line(shop, add_complaint(shop, member), socks)


def test_carried_out_once(shop: Shop) -> None:
    member = add_member(shop)
    (coat,) = add_purchase(shop, member, COAT, day=date(2026, 11, 1))
    ticket_id = add_return(shop, member)
    line_id = add_line(shop, ticket_id, coat)
    with pytest.raises(IllegalMoveError):
        shop.do(return_execution.carry_out, step(shop, ticket_id), shop.context())
    check_all(shop, ticket_id)
    decide_refund(shop, ticket_id, line_id, Money.yuan(400))
    shop.do(return_execution.carry_out, step(shop, ticket_id), shop.context())
    with pytest.raises(IllegalMoveError):
        shop.do(return_execution.carry_out, step(shop, ticket_id), shop.context())
    assert points(shop, member) == 0


def test_two_desks_deciding_at_once(shop: Shop) -> None:
    member = add_member(shop)
    (coat,) = add_purchase(shop, member, COAT)
    ticket_id = add_return(shop, member)
    line_id = add_line(shop, ticket_id, coat)
    check_all(shop, ticket_id)
    seen = version(shop, ticket_id)
    refund = DecideLines(ticket_id, seen, (LineDecision(line_id, ReturnDecision.REFUND, Money.yuan(400)),))
    reject = DecideLines(ticket_id, seen, (LineDecision(line_id, ReturnDecision.REJECT, note="超期"),))
    shop.do(return_decisions.decide, refund, shop.context(Role.MANAGER))
    with pytest.raises(StaleError):
        shop.do(return_decisions.decide, reject, shop.context(Role.MANAGER, "desk-2"))
    with pytest.raises(StaleError):
        shop.do(
            return_decisions.check,
            CheckLines(ticket_id, seen, (LineCheck(line_id, GoodsCondition.USED),)),
            shop.context(Role.CLERK, "desk-3"),
        )
    assert lines(shop, ticket_id)[0].decision is ReturnDecision.REFUND
