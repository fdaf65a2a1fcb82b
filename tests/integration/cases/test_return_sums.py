"""Gifts, points, stored value and exchanges with exact numbers; any order of partial returns; two desks at once."""

import tempfile
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.clock import FixedClock
from crmdesk.core.context import Context
from crmdesk.core.desk_errors import RefundTooHighError
from crmdesk.core.errors import CrmdeskError, InvalidFieldError
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.return_errors import GiveBackTooHighError, LineSettledError, PartlyDoneError
from crmdesk.core.roles import Role
from crmdesk.core.tickets import GoodsCondition, GoodsPlace, ReturnDecision, TicketKind, TicketState
from crmdesk.db.engine import Database
from crmdesk.models.judgement import Payment
from crmdesk.models.return_line import ReturnLine
from crmdesk.models.ticket import Ticket
from crmdesk.queries.ticket_money import ticket_money
from crmdesk.services import ledger, repair, return_decisions, return_execution, return_lines
from crmdesk.services.ledger import Post
from crmdesk.services.purchases import LineFacts
from crmdesk.services.return_decisions import CheckLines, DecideLines, LineCheck, LineDecision
from crmdesk.services.return_execution import CarryOut
from tests.builders.cases import add_line, add_purchase, add_return, check_all, step, version
from tests.builders.loaners import add_member
from tests.builders.shop import OPENING, Shop, open_shop

COAT = LineFacts("羊毛大衣", Money.yuan(400))
SOCKS = LineFacts("棉袜", Money.parse("100.00"), quantity=3)


def _post(session: Session, entry: Post, context: Context) -> Outcome[int]:
    return Outcome(ledger.post(session, entry, context))


def move_ledger(shop: Shop, *entries: Post) -> None:
    for entry in entries:
        shop.do(_post, entry, shop.context())


def balances(shop: Shop, member: int) -> tuple[int, int, int]:
    with shop.reading() as session:
        kinds = (LedgerKind.POINTS, LedgerKind.PRINCIPAL, LedgerKind.BONUS)
        found = [ledger.balance(session, member, kind) for kind in kinds]
        return found[0], found[1], found[2]


def decide(shop: Shop, ticket: int, *decisions: LineDecision) -> Money:
    request = DecideLines(ticket, version(shop, ticket), decisions)
    return shop.do(return_decisions.decide, request, shop.context(Role.OWNER))


def carry(shop: Shop, ticket: int, *lines: int) -> TicketState:
    request = CarryOut(ticket, version(shop, ticket), method="cash", lines=frozenset(lines) or None)
    return shop.do(return_execution.carry_out, request, shop.context())


def lines_of(shop: Shop, ticket: int) -> list[ReturnLine]:
    with shop.reading() as session:
        found = return_lines.lines_of(session, ticket)
        session.expunge_all()
        return found


def payments(shop: Shop, ticket: int) -> list[Money]:
    with shop.reading() as session:
        return list(session.scalars(select(Payment.amount).where(Payment.ticket_id == ticket).order_by(Payment.id)))


def test_points_and_stored_value_that_paid_come_back_and_what_was_earned_goes(shop: Shop) -> None:
    member = add_member(shop)
    move_ledger(
        shop,
        Post(member, LedgerKind.PRINCIPAL, LedgerReason.TOP_UP, 30_000),
        Post(member, LedgerKind.BONUS, LedgerReason.TOP_UP, 3_000),
        Post(member, LedgerKind.POINTS, LedgerReason.OPENING, 1_000),
    )
    coat, _socks = add_purchase(shop, member, COAT, SOCKS)
    move_ledger(
        shop,
        Post(member, LedgerKind.PRINCIPAL, LedgerReason.SPENT, -15_000, "S-1"),
        Post(member, LedgerKind.BONUS, LedgerReason.SPENT, -3_000, "S-1"),
        Post(member, LedgerKind.POINTS, LedgerReason.SPENT, -200, "S-1"),
    )
    assert balances(shop, member) == (1_300, 15_000, 0)
    ticket = add_return(shop, member)
    line = add_line(shop, ticket, coat)
    check_all(shop, ticket)
    for points, stored in ((201, Money(0)), (0, Money.yuan(181))):
        wanted = LineDecision(
            line, ReturnDecision.REFUND, Money.yuan(400), points_given_back=points, stored_given_back=stored
        )
        with pytest.raises(GiveBackTooHighError) as refused:
            decide(shop, ticket, wanted)
        assert (refused.value.points, refused.value.stored) == (200, Money.yuan(180))
    back = LineDecision(
        line, ReturnDecision.REFUND, Money.yuan(400), points_given_back=200, stored_given_back=Money.yuan(100)
    )
    assert decide(shop, ticket, back) == Money.yuan(400)
    assert carry(shop, ticket) is TicketState.CLOSED
    # 400 of the 500 points earned go, 200 spent ones come; bonus 30 first, then principal 70; 300 in cash.
    assert balances(shop, member) == (1_300 - 400 + 200, 15_000 + 7_000, 3_000)
    assert payments(shop, ticket) == [Money.yuan(-300)]
    with shop.reading() as session:
        assert ticket_money(session, ticket).open == Money(0)


def test_a_kept_gift_comes_off(shop: Shop) -> None:
    member = add_member(shop)
    (coat,) = add_purchase(shop, member, COAT)
    ticket = add_return(shop, member)
    line = add_line(shop, ticket, coat)
    nameless = LineCheck(line, GoodsCondition.TRIED, gift_back=False, gift_value=Money.yuan(49))
    for wrong in (
        nameless,
        LineCheck(line, GoodsCondition.TRIED, "围巾"),
        LineCheck(line, GoodsCondition.TRIED, "围巾", False, Money(-1)),
    ):
        with pytest.raises(InvalidFieldError):
            shop.do(return_decisions.check, CheckLines(ticket, version(shop, ticket), (wrong,)), shop.context())
    kept = LineCheck(line, GoodsCondition.TRIED, "围巾", gift_back=False, gift_value=Money.yuan(49))
    shop.do(return_decisions.check, CheckLines(ticket, version(shop, ticket), (kept,)), shop.context())
    with pytest.raises(RefundTooHighError) as refused:
        decide(shop, ticket, LineDecision(line, ReturnDecision.REFUND, Money.parse("351.01")))
    assert refused.value.paid == Money.yuan(351)
    assert decide(shop, ticket, LineDecision(line, ReturnDecision.REFUND, Money.yuan(351))) == Money.yuan(351)


def test_four_outcomes_on_one_return_carried_out_in_two_steps(shop: Shop) -> None:
    member = add_member(shop)
    bought = add_purchase(shop, member, *(LineFacts(name, Money.yuan(100)) for name in ("衣", "鞋", "箱", "包")))
    ticket = add_return(shop, member)
    refund, dearer, mend, refuse = (add_line(shop, ticket, one) for one in bought)
    check_all(shop, ticket)
    decided = decide(
        shop,
        ticket,
        LineDecision(refund, ReturnDecision.REFUND, Money.yuan(100)),
        LineDecision(dearer, ReturnDecision.EXCHANGE, exchanged_for="鞋 新款", exchange_price=Money.yuan(130)),
        LineDecision(mend, ReturnDecision.REPAIR),
        LineDecision(refuse, ReturnDecision.REJECT, note="人为损坏"),
    )
    assert decided == Money.yuan(100)
    assert carry(shop, ticket, refund, dearer) is TicketState.DECIDED
    assert payments(shop, ticket) == [Money.yuan(-100), Money.yuan(30)]
    with pytest.raises(LineSettledError):
        carry(shop, ticket, refund)
    with pytest.raises(PartlyDoneError):
        shop.do(repair.cancel, step(shop, ticket, "不退了"), shop.context())
    _again_and_closed(shop, ticket, mend, refuse)


def _again_and_closed(shop: Shop, ticket: int, mend: int, refuse: int) -> None:
    # Looking again opens only what is not carried out.
    again = tuple(LineCheck(line, GoodsCondition.USED) for line in (mend, refuse))
    shop.do(return_decisions.check, CheckLines(ticket, version(shop, ticket), again), shop.context())
    assert [line.decision for line in lines_of(shop, ticket)] == [
        ReturnDecision.REFUND,
        ReturnDecision.EXCHANGE,
        None,
        None,
    ]
    decide(
        shop,
        ticket,
        LineDecision(mend, ReturnDecision.REPAIR),
        LineDecision(refuse, ReturnDecision.REJECT, note="人为"),
    )
    assert carry(shop, ticket) is TicketState.CLOSED
    assert payments(shop, ticket) == [Money.yuan(-100), Money.yuan(30)]
    with shop.reading() as session:
        made = session.scalars(select(Ticket).where(Ticket.linked_ticket_id == ticket)).one()
        assert (made.kind, made.state, made.subject) == (TicketKind.REPAIR, TicketState.RECEIVED, "箱")
        assert ticket_money(session, ticket).open == Money(0)


def test_a_rejected_return_gives_the_goods_back(shop: Shop) -> None:
    member = add_member(shop)
    (coat,) = add_purchase(shop, member, COAT)
    ticket = add_return(shop, member)
    line = add_line(shop, ticket, coat)
    check_all(shop, ticket)
    decide(shop, ticket, LineDecision(line, ReturnDecision.REJECT, note="人为损坏"))
    assert carry(shop, ticket) is TicketState.CLOSED
    with shop.reading() as session:
        assert session.get_one(Ticket, ticket).goods_place is GoodsPlace.CUSTOMER


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "decide", "again", "carry", "cancel"]),
        st.integers(0, 3),
        st.integers(1, 3),
        st.sampled_from(ReturnDecision),
        st.integers(1, 10_001),
    ),
    max_size=25,
)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_no_order_of_partial_returns_pays_more_than_was_paid(
    steps: list[tuple[str, int, int, ReturnDecision, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shop = open_shop(Path(folder))
        try:
            member = add_member(shop)
            (socks,) = add_purchase(shop, member, SOCKS)
            tickets = [add_return(shop, member) for _ticket in range(4)]
            for what, place, pieces, decision, fen in steps:
                with suppress(CrmdeskError):
                    _take(shop, (what, tickets[place], socks, pieces, decision, fen))
                _agree(shop, socks)
                assert balances(shop, member)[0] >= 0
        finally:
            shop.close()


def _take(shop: Shop, one: tuple[str, int, int, int, ReturnDecision, int]) -> None:
    what, ticket, socks, pieces, decision, fen = one
    acts: dict[str, Any] = {
        "add": lambda: (add_line(shop, ticket, socks, pieces), check_all(shop, ticket)),
        "again": lambda: check_all(shop, ticket),
        "decide": lambda: decide(
            shop,
            ticket,
            *(
                LineDecision(line.id, decision, Money(fen), "别的", "理由", exchange_price=Money(fen // 2))
                for line in lines_of(shop, ticket)
                if line.executed_at is None
            ),
        ),
        "carry": lambda: carry(shop, ticket),
        "cancel": lambda: shop.do(repair.cancel, step(shop, ticket, "不退了"), shop.context()),
    }
    acts[what]()


def _agree(shop: Shop, socks: int) -> None:
    """Check that what went back and what the kept pieces cost together never exceed what was paid."""
    with shop.reading() as session:
        done = session.scalars(
            select(ReturnLine).where(ReturnLine.purchase_line_id == socks, ReturnLine.executed_at.is_not(None))
        ).all()
        gone = [line for line in done if line.decision in (ReturnDecision.REFUND, ReturnDecision.EXCHANGE)]
        assert sum(line.quantity for line in gone) <= 3
        assert Money.total(line.money_back for line in gone) <= SOCKS.amount
        assert Money.total(line.price_paid for line in gone) <= SOCKS.amount


def _settle(path: str, ticket: int, seen: int, answers: "object") -> None:
    database = Database.open(Path(path))
    shop = Shop(database, FixedClock(OPENING))
    try:
        shop.do(return_execution.carry_out, CarryOut(ticket, seen, method="cash"), shop.context())
        answers.put("done")  # type: ignore[attr-defined]
    except CrmdeskError as error:
        answers.put(type(error).__name__)  # type: ignore[attr-defined]
    finally:
        database.dispose()


def test_two_desks_settle_the_same_line_at_once(shop: Shop) -> None:
    member = add_member(shop)
    (coat,) = add_purchase(shop, member, COAT)
    ticket = add_return(shop, member)
    line = add_line(shop, ticket, coat)
    check_all(shop, ticket)
    decide(shop, ticket, LineDecision(line, ReturnDecision.REFUND, Money.yuan(400)))
    seen, path = version(shop, ticket), str(shop.database.path)
    processes = get_context("spawn")
    answers = processes.Queue()
    desks = [processes.Process(target=_settle, args=(path, ticket, seen, answers)) for _desk in range(2)]
    for desk in desks:
        desk.start()
    said = sorted(answers.get(timeout=60) for _desk in desks)
    for desk in desks:
        desk.join(60)
    answers.close()
    answers.join_thread()
    assert said == ["StaleError", "done"]
    assert payments(shop, ticket) == [Money.yuan(-400)]
    assert balances(shop, member)[0] == 0
    with shop.reading() as session:
        assert session.scalar(select(func.count()).select_from(Payment)) == 1
