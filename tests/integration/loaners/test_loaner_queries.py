"""What the loaner screen, the proposal and the papers are told."""

from dataclasses import replace
from datetime import date, timedelta

from crmdesk.core.loaners import LoanerState, ReturnGrade, SizeClass
from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.core.order import Order
from crmdesk.core.tickets import Gate, ItemCategory
from crmdesk.documents.pdf import deposit_receipt, loan_agreement, loan_return
from crmdesk.queries import loan_papers
from crmdesk.queries.lend_start import lend_start
from crmdesk.queries.loaner_rows import LoanerFilter, LoanerView, codes, first, ids, rows, totals
from crmdesk.queries.loaners import LoanWish, deposit_for, propose
from crmdesk.queries.loans import detail
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.services.loan_reservations import ReserveLoaner, reserve
from crmdesk.services.loan_returns import TakeBack, take_back
from crmdesk.services.loaners import MoveLoaner, move_loaner
from tests.builders.loaners import SUITCASE, add_loaner, add_member, add_repair, lend_to, wait
from tests.builders.shop import Shop

TODAY = date(2026, 11, 21)


def wish(**changes: object) -> LoanWish:
    plain = LoanWish(ItemCategory.SUITCASE, SizeClass.SMALL, TODAY, TODAY + timedelta(days=12))
    return replace(plain, **changes)  # type: ignore[arg-type]


def proposed(shop: Shop, wanted: LoanWish) -> list[str]:
    with shop.reading() as session:
        return [one.code for one in propose(session, wanted, shop.context())]


def test_what_fits_comes_first(shop: Shop) -> None:
    add_loaner(shop, "L-001", replace(SUITCASE, looks=8))
    add_loaner(shop, "L-002", replace(SUITCASE, size_class=SizeClass.MEDIUM, looks=10))
    add_loaner(shop, "L-003")
    add_loaner(shop, "L-004", replace(SUITCASE, cleaned_on=date(2026, 11, 20)))
    add_loaner(shop, "L-005", replace(SUITCASE, category=ItemCategory.BAG))
    add_loaner(shop, "L-006", replace(SUITCASE, size_class=SizeClass.LARGE))
    broken = add_loaner(shop, "L-007")
    shop.do(move_loaner, MoveLoaner(broken.id, broken.version, LoanerState.IN_REPAIR, "轮子"), shop.context())
    assert proposed(shop, wish()) == ["L-004", "L-003", "L-001", "L-002", "L-006"]
    assert proposed(shop, wish(size_class=SizeClass.MEDIUM)) == ["L-002", "L-006", "L-004", "L-003", "L-001"]
    assert proposed(shop, wish(most=1)) == ["L-004"]


def test_what_is_out_or_reserved_is_not_proposed(shop: Shop) -> None:
    member = add_member(shop)
    out, kept, free = (add_loaner(shop, f"L-00{number}") for number in range(1, 4))
    lend_to(shop, out.id, member)
    ahead = ReserveLoaner(kept.id, member, TODAY + timedelta(days=6), TODAY + timedelta(days=8))
    shop.do(reserve, ahead, shop.context())
    assert proposed(shop, wish()) == [free.code]
    assert proposed(shop, wish(until=TODAY + timedelta(days=5))) == [kept.code, free.code]
    later = wish(from_day=TODAY + timedelta(days=13), until=TODAY + timedelta(days=15))
    assert proposed(shop, later) == [out.code, kept.code, free.code]


def test_a_proposal_says_what_this_member_pays(shop: Shop) -> None:
    loaner = add_loaner(shop)
    gold = add_member(shop, tier=CardTier.GOLD)
    with shop.reading() as session:
        assert propose(session, wish(), shop.context())[0].deposit == Money.yuan(300)
        assert propose(session, wish(member_id=gold), shop.context())[0].deposit == Money(0)
        assert deposit_for(session, loaner.id, gold, shop.context()) == Money(0)


def test_views_and_their_figures(shop: Shop) -> None:
    members = [add_member(shop, f"会员{number}", f"1380571000{number}") for number in range(3)]
    loaners = [add_loaner(shop, f"L-00{number}") for number in range(5)]
    tickets = [add_repair(shop, member) for member in members]
    for place, days in enumerate((1, 2, 5)):
        due = TODAY + timedelta(days=days)
        lend_to(shop, loaners[place].id, members[place], tickets[place].id, due_on=due)
    wait(shop, 2)
    with shop.reading() as session:
        found = totals(session, shop.context())
        assert found.counts == {
            LoanerView.ALL: 5,
            LoanerView.ON_SHELF: 2,
            LoanerView.OUT: 3,
            LoanerView.DUE_TODAY: 1,
            LoanerView.OVERDUE: 1,
            LoanerView.REPAIR_DONE: 0,
            LoanerView.WAITING: 0,
            LoanerView.DEPOSITS: 3,
            LoanerView.RESERVED: 0,
            LoanerView.FEES: 0,
            LoanerView.LOST: 0,
        }
        assert found.value_out == Money.yuan(2997)
        assert found.deposits_held == Money.yuan(900)
        out = LoanerFilter(LoanerView.OUT)
        assert ids(session, out, shop.context()) == [one.id for one in loaners[:3]]
        newest = ids(session, out, shop.context(), Order("due", descending=True))
        assert newest == [one.id for one in reversed(loaners[:3])]
        late = first(session, LoanerFilter(LoanerView.OVERDUE), shop.context(), None, 10)
        assert [(row.code, row.days_late, row.days_out, row.member_name) for row in late] == [("L-000", 1, 2, "会员0")]
        assert [row.code for row in rows(session, [loaners[4].id], shop.context())] == ["L-004"]
        searched = first(session, LoanerFilter(text="会员2"), shop.context(), None, 10)
        assert [row.code for row in searched] == ["L-002"]
        assert first(session, LoanerFilter(text="%"), shop.context(), None, 10) == []
        assert codes(session, shop.context())[0] == "L-000"


def test_one_loaner_with_its_history(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    ticket = add_repair(shop, member)
    made = lend_to(shop, loaner.id, member, ticket.id, due_on=TODAY + timedelta(days=3))
    wait(shop, 4)
    with shop.reading() as session:
        out = detail(session, loaner.id, shop.context()).loan
        assert out is not None
        assert (out.days_late, out.reminders, out.blocks, out.phone) == (1, 1, False, "138****5678")
    shop.do(take_back, TakeBack(made.id, ReturnGrade.DIRTY, returned=made.deposit), shop.context())
    with shop.reading() as session:
        known = detail(session, loaner.id, shop.context())
    assert known.loan is None
    assert (known.times_lent, known.days_lent, known.history[0].grade) == (1, 4, ReturnGrade.DIRTY)
    assert known.row.state is LoanerState.TO_INSPECT


def test_lending_begins_from_the_ticket(shop: Shop) -> None:
    member = add_member(shop)
    ticket = add_repair(shop, member)
    with shop.reading() as session:
        start = lend_start(session, ticket.id, shop.context())
    assert (start.category, start.size_class) == (ItemCategory.SUITCASE, SizeClass.SMALL)
    assert start.due_on == TODAY + timedelta(days=12)


def test_papers_of_a_loan(shop: Shop) -> None:
    loaner, member = add_loaner(shop), add_member(shop)
    ticket = add_repair(shop, member)
    old_scratch = (MarkFacts(0.8, 0.2, note="旧划痕"),)
    made = lend_to(shop, loaner.id, member, ticket.id, marks=old_scratch, paid_by="微信")
    wait(shop, 3)
    back = TakeBack(
        made.id,
        ReturnGrade.DAMAGED,
        "左轮刮花",
        damage_fee=Money.yuan(30),
        kept=Money.yuan(30),
        returned=Money.yuan(270),
        marks=(*old_scratch, MarkFacts(0.2, 0.9, code="wheel_broken")),
    )
    shop.do(take_back, back, shop.context())
    with shop.reading() as session:
        context = shop.context()
        agreement = loan_papers.agreement(session, made.id, context, "zh_CN")
        note = loan_papers.return_note(session, made.id, context, "zh_CN")
        receipt = loan_papers.deposit_receipt(session, made.id, context, "en")
    assert agreement.loaner.accessories == ("密码锁", "防尘套")
    assert agreement.customer.phone == "138****5678"
    assert len(agreement.terms) == 8
    assert agreement.ticket_item_words == "拉杆箱 20寸 银色"
    assert agreement.condition is not None
    assert agreement.condition.marks[0].words == "旧划痕"
    assert loan_return.given_back(note) == Money.yuan(270)
    assert note.before is not None
    assert note.after is not None
    assert (len(note.before.marks), len(note.after.marks)) == (1, 2)
    assert receipt is not None
    assert (receipt.amount, receipt.paid_by, receipt.number[0]) == (Money.yuan(300), "微信", "D")
    for made_paper in (
        loan_agreement.render(agreement, "zh_CN"),
        loan_return.render(note, "zh_CN"),
        deposit_receipt.render(receipt, "en"),
    ):
        assert made_paper.startswith(b"%PDF")


def test_no_deposit_no_receipt(shop: Shop) -> None:
    made = lend_to(shop, add_loaner(shop).id, add_member(shop, tier=CardTier.GOLD))
    with shop.reading() as session:
        assert loan_papers.deposit_receipt(session, made.id, shop.context(), "zh_CN") is None


def test_a_sheet_of_each_gate(shop: Shop) -> None:
    loaner = add_loaner(shop)
    made = lend_to(shop, loaner.id, add_member(shop), marks=(MarkFacts(0.5, 0.5, note="划痕"),))
    with shop.reading() as session:
        out = detail(session, loaner.id, shop.context()).loan
    assert out is not None
    assert [(one.gate, one.x, one.note) for one in out.marks] == [(Gate.LOAN_OUT, 0.5, "划痕")]
    assert made.loaner_code == "L-007"
