"""The life of a VIP card, and the time line of a member."""

from datetime import date

import pytest

from crmdesk.core.errors import IllegalMoveError, NotAllowedError, ReasonMissingError, StaleError
from crmdesk.core.members import CardState
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Role
from crmdesk.queries import cards as card_rows
from crmdesk.queries.cards import CardFilter, CardRow, CardView
from crmdesk.queries.find import find
from crmdesk.queries.member_goods import GoodsHere
from crmdesk.queries.member_history import HistoryKind, PurchaseDone, member_history
from crmdesk.queries.member_page import member_page
from crmdesk.services.cards import (
    CardExistsError,
    CardMade,
    CardStep,
    IssueCard,
    ReplaceCard,
    count_prints,
    found_again,
    hand_in,
    issue,
    issue_to_all,
    replace,
    report_lost,
)
from tests.builders.loaners import add_loaner, add_repair, lend_to
from tests.builders.member_shop import buy, people
from tests.builders.shop import Shop


@pytest.fixture
def known(shop: Shop) -> dict[str, int]:
    return people(shop)


def card_of(shop: Shop, card: CardMade) -> CardRow:
    with shop.reading() as session:
        return card_rows.rows(session, [card.id], shop.context())[0]


def view(shop: Shop, wanted: CardView, text: str = "") -> list[str]:
    with shop.reading() as session:
        found = card_rows.first(session, CardFilter(wanted, text), shop.context(), None, 50)
        assert [one.id for one in found] == card_rows.ids(session, CardFilter(wanted, text), shop.context())
        return [one.number for one in found]


def test_a_card_is_lost_replaced_and_still_finds_its_member(shop: Shop, known: dict[str, int]) -> None:
    first = shop.do(issue, IssueCard(known["𠮷田美嘉"], date(2028, 11, 20)), shop.context())
    with pytest.raises(CardExistsError):
        shop.do(issue, IssueCard(known["𠮷田美嘉"]), shop.context())
    row = card_of(shop, first)
    shop.do(report_lost, CardStep(row.id, row.version, "遗失"), shop.context())
    assert view(shop, CardView.LOST) == [first.number]
    with pytest.raises(StaleError):
        shop.do(replace, ReplaceCard(row.id, row.version, "遗失"), shop.context())
    row = card_of(shop, first)
    with pytest.raises(ReasonMissingError):
        shop.do(replace, ReplaceCard(row.id, row.version, " "), shop.context())
    second = shop.do(replace, ReplaceCard(row.id, row.version, "遗失补卡", Money.yuan(10)), shop.context())
    assert card_of(shop, second).valid_until == date(2028, 11, 20)
    assert card_of(shop, first).replaced_by == second.number
    assert (view(shop, CardView.IN_USE), view(shop, CardView.OUT_OF_USE)) == ([second.number], [first.number])
    with shop.reading() as session:
        assert [hit.member_id for hit in find(session, first.number, shop.context()).cards] == [known["𠮷田美嘉"]]


def test_found_again_and_handed_in(shop: Shop, known: dict[str, int]) -> None:
    made = shop.do(issue, IssueCard(known["单雪芹"]), shop.context())
    shop.do(report_lost, CardStep(made.id, 1, "遗失"), shop.context())
    shop.do(found_again, CardStep(made.id, card_of(shop, made).version, "在家找到"), shop.context())
    assert (
        shop.do(hand_in, CardStep(made.id, card_of(shop, made).version, "搬家"), shop.context()) is CardState.RETURNED
    )
    with pytest.raises(IllegalMoveError):
        shop.do(report_lost, CardStep(made.id, card_of(shop, made).version, "遗失"), shop.context())


def test_many_are_issued_and_printed_together(shop: Shop, known: dict[str, int]) -> None:
    wanted = list(known.values())[:4]
    shop.do(issue, IssueCard(wanted[1]), shop.context())
    assert shop.do(issue_to_all, wanted, shop.context()) == 3
    with shop.reading() as session:
        in_use = card_rows.in_use(session, wanted, shop.context())
        facts = card_rows.facts(session, in_use, shop.context(), "zh_CN")
    assert [card.name for card in facts.cards] == ["周建国", "林婉清", "单雪芹", "𠮷田美嘉"]
    assert [card.level for card in facts.cards] == ["金卡", "普卡", "银卡", "普卡"]
    assert (facts.design.store_name, facts.design.phone) == ("文三路店", "0571-88886666")
    assert len(view(shop, CardView.NOT_PRINTED)) == 4
    shop.do(count_prints, in_use, shop.context())
    assert view(shop, CardView.NOT_PRINTED) == []
    with pytest.raises(NotAllowedError):
        shop.do(count_prints, in_use, shop.context(Role.OWNER))


def test_the_card_filter_finds_by_number_and_by_member(shop: Shop, known: dict[str, int]) -> None:
    made = shop.do(issue, IssueCard(known["单雪芹"]), shop.context())
    shop.do(issue, IssueCard(known["周建国"]), shop.context())
    assert view(shop, CardView.ALL, made.number[-5:]) == [made.number]
    assert view(shop, CardView.ALL, "shanxueqin") == [made.number]
    assert view(shop, CardView.ALL, "1234") == [made.number]


def test_the_time_line_is_one_list_newest_first(shop: Shop, known: dict[str, int]) -> None:
    member = known["周建国"]
    buy(shop, member, date(2026, 11, 18), 2980)
    buy(shop, member, date(2026, 3, 8), 890)
    ticket = add_repair(shop, member)
    lend_to(shop, add_loaner(shop).id, member, ticket.id)
    shop.do(issue, IssueCard(member), shop.context())
    with shop.reading() as session:
        history = member_history(session, member, shop.context())
        only = member_history(session, member, shop.context(), HistoryKind.PURCHASE, limit=1)
        page = member_page(session, member, shop.context())
        hidden = member_history(session, member, shop.context(Role.ADMINISTRATOR))
        [goods] = member_history(session, member, shop.context(), HistoryKind.GOODS).rows
    assert goods.ref is not None
    assert goods.ref.kind is EntityKind.ITEM
    assert isinstance(goods.facts, GoodsHere)
    assert goods.facts.tickets == 1
    assert [row.kind for row in history.rows] == [
        HistoryKind.CARD,
        HistoryKind.LOAN,
        HistoryKind.TICKET,
        HistoryKind.ACCOUNT,  # the level that was given in the form
        HistoryKind.PURCHASE,
        HistoryKind.PURCHASE,
    ]
    assert not history.more
    assert (len(only.rows), only.more) == (1, True)
    assert isinstance(only.rows[0].facts, PurchaseDone)
    assert (only.rows[0].facts.goods, only.rows[0].facts.net) == (("羊绒大衣 驼色 M",), Money.yuan(2980))
    opens = {row.ref.kind for row in history.rows if row.ref is not None}
    assert opens == {EntityKind.TICKET, EntityKind.LOAN, EntityKind.PURCHASE}
    assert (page.worth.points, page.worth.purchases, page.worth.net) == (3870, 2, Money.yuan(3870))
    assert [one.number for one in page.tickets] == [ticket.number]
    assert hidden.rows == ()
