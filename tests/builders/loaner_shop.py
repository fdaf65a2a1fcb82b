"""A shop whose loaners are in every state: for pictures and for tests of the screen."""

from dataclasses import replace
from datetime import date, timedelta

from crmdesk.core.loaners import LoanerState, ReturnGrade, SizeClass
from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.core.tickets import ItemCategory, TicketState
from crmdesk.models.ticket import Ticket
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.services.loan_reservations import ReserveLoaner, reserve
from crmdesk.services.loan_returns import TakeBack, take_back
from crmdesk.services.loaners import Inspect, LoanerFacts, LoanerMade, MoveLoaner, inspect, move_loaner, register
from crmdesk.services.loans import LoanMade
from crmdesk.services.ticket_intake import TicketMade
from tests.builders.loaners import add_member, add_repair, lend_to, wait
from tests.builders.shop import Shop

_SMALL, _LARGE, _ONE = SizeClass.SMALL, SizeClass.LARGE, SizeClass.ONE_SIZE
_CASE, _BAG, _COAT = ItemCategory.SUITCASE, ItemCategory.BAG, ItemCategory.JACKET
_THINGS = (
    ("L-001", "20寸拉杆箱", _CASE, _SMALL, "途远", "银色", "20寸", 999, 9),
    ("L-002", "20寸拉杆箱", _CASE, _SMALL, "途远", "黑色", "20寸", 999, 9),
    ("L-003", "20寸拉杆箱", _CASE, _SMALL, "行客", "蓝色", "20寸", 880, 8),
    ("L-004", "24寸拉杆箱", _CASE, SizeClass.MEDIUM, "途远", "灰色", "24寸", 1280, 10),
    ("L-005", "28寸拉杆箱", _CASE, _LARGE, "行客", "银色", "28寸", 1680, 7),
    ("L-006", "单肩手袋", _BAG, _ONE, "云织", "驼色", "", 1180, 9),
    ("L-007", "通勤手提包", _BAG, _ONE, "云织", "黑色", "", 1380, 8),
    ("L-008", "短款羽绒服", _COAT, SizeClass.MEDIUM, "霜野", "米色", "M", 899, 9),
    ("L-009", "20寸拉杆箱", _CASE, _SMALL, "途远", "红色", "20寸", 999, 8),
    ("L-010", "双肩电脑包", _BAG, _ONE, "行客", "深灰", "", 560, 9),
)


def stock(shop: Shop) -> list[LoanerMade]:
    """Register ten loaners."""
    facts = (
        LoanerFacts(code, name, kind, Money.yuan(value), size, brand, colour, long, accessories="防尘袋", looks=looks)
        for code, name, kind, size, brand, colour, long, value, looks in _THINGS
    )
    cleaned = (replace(one, cleaned_on=date(2026, 11, 10 + place), shelf="B2") for place, one in enumerate(facts))
    return [shop.do(register, one, shop.context()) for one in cleaned]


def busy_shop(shop: Shop) -> None:
    """Let two weeks pass in which loaners went out, came back, broke and were late."""
    made = stock(shop)
    people = [
        add_member(shop, "周建国", "13805715678", CardTier.SILVER),
        add_member(shop, "林婉清", "13957120012"),
        add_member(shop, "单雪芹", "13600571234", CardTier.GOLD),
        add_member(shop, "欧阳晓明", "15858112233"),
        add_member(shop, "何雨桐", "18867104455"),
    ]
    scratch = (MarkFacts(0.82, 0.2, note="右上角旧划痕"),)
    _past_loan(shop, made[0], people[3])
    late = add_repair(shop, people[0], promised_in=4)
    lend_to(
        shop, made[0].id, people[0], late.id, marks=scratch, condition_out="右上角旧划痕", paid_by="微信", signed=True
    )
    ready = add_repair(shop, people[1], promised_in=9)
    lend_to(shop, made[3].id, people[1], ready.id, due_on=_in(shop, 11), paid_by="现金", signed=True)
    wait(shop, 9)
    lend_to(shop, made[5].id, people[2], due_on=_in(shop, 0), signed=True)
    lend_to(shop, made[1].id, people[3], add_repair(shop, people[3]).id, paid_by="支付宝")
    shop.do(reserve, ReserveLoaner(made[2].id, people[4], _in(shop, 2), _in(shop, 9)), shop.context())
    _to_inspect(shop, made[6], people[4])
    _to_clean(shop, made[7], people[4])
    broken = shop.do(
        move_loaner, MoveLoaner(made[8].id, made[8].version, LoanerState.IN_REPAIR, "拉杆卡住"), shop.context()
    )
    assert broken.state is LoanerState.IN_REPAIR
    _make_ready(shop, ready)


def _in(shop: Shop, days: int) -> date:
    return shop.context().today() + timedelta(days=days)


def _past_loan(shop: Shop, loaner: LoanerMade, member: int) -> None:
    made = lend_to(shop, loaner.id, member)
    wait(shop, 3)
    shop.do(take_back, TakeBack(made.id, ReturnGrade.AS_LENT, returned=made.deposit), shop.context())
    _inspected(shop, loaner, LoanerState.ON_SHELF)


def _to_inspect(shop: Shop, loaner: LoanerMade, member: int) -> LoanMade:
    made = lend_to(shop, loaner.id, member)
    back = TakeBack(made.id, ReturnGrade.DIRTY, "内衬有污渍", returned=made.deposit)
    shop.do(take_back, back, shop.context())
    return made


def _to_clean(shop: Shop, loaner: LoanerMade, member: int) -> None:
    _to_inspect(shop, loaner, member)
    _inspected(shop, loaner, LoanerState.TO_CLEAN)


def _inspected(shop: Shop, loaner: LoanerMade, result: LoanerState) -> None:
    from crmdesk.models.loaner import Loaner

    with shop.reading() as session:
        version = session.get_one(Loaner, loaner.id).version
    shop.do(inspect, Inspect(loaner.id, version, result, 9), shop.context())


def _make_ready(shop: Shop, ticket: TicketMade) -> None:
    with shop.database.transaction() as session:
        session.get_one(Ticket, ticket.id).state = TicketState.READY
