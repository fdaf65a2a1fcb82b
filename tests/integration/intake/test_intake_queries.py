"""What the intake form looks up."""

from datetime import date, timedelta

from sqlalchemy import update

from crmdesk.core.loaners import SizeClass
from crmdesk.core.members import CardTier
from crmdesk.core.phone import normalise
from crmdesk.core.tickets import ItemCategory, TicketKind
from crmdesk.models.ticket import Ticket
from crmdesk.queries import intake
from crmdesk.queries.intake import Found
from crmdesk.queries.intake_goods import GoodsRow, goods
from crmdesk.services import desk_intake
from crmdesk.services.desk_intake import DeskIntake, IntakeMade
from crmdesk.services.members import MemberFacts, register
from crmdesk.services.ticket_intake import ItemFacts, TakeIn
from tests.builders.intake import PHONE, add_zhou
from tests.builders.loaners import add_member
from tests.builders.shop import Shop


def who(shop: Shop, typed: str) -> Found:
    with shop.reading() as session:
        return intake.who(session, typed, shop.context())


def rows(shop: Shop, member_id: int) -> tuple[GoodsRow, ...]:
    with shop.reading() as session:
        return goods(session, member_id, shop.context())


def take_in_suitcase(shop: Shop, member_id: int) -> IntakeMade:
    row = next(row for row in rows(shop, member_id) if row.category is ItemCategory.SUITCASE)
    line_id = None if row.item_id else row.purchase_line_id
    facts = ItemFacts(row.category, row.name, item_id=row.item_id, purchase_line_id=line_id)
    ticket = TakeIn(TicketKind.REPAIR, member_id, "轮子断了", subject="轮子断", item=facts)
    return shop.do(desk_intake.save, DeskIntake(ticket), shop.context())


def test_a_whole_phone_is_exact_however_it_is_typed(shop: Shop) -> None:
    zhou = add_zhou(shop)
    for typed in (PHONE, "138 0571 5678", "+86 13805715678", "１３８０５７１５６７８"):
        found = who(shop, typed)
        assert ([hit.id for hit in found.people], found.exact) == ([zhou], True)
        assert found.phone is not None


def test_everybody_of_a_shared_phone_is_named(shop: Shop) -> None:
    add_zhou(shop)
    facts = MemberFacts("周小宝", phones=(normalise(PHONE),), share_phones=True)
    shop.do(register, facts, shop.context())
    assert [hit.name for hit in who(shop, PHONE).people] == ["周建国", "周小宝"]


def test_an_unknown_phone_finds_nobody_even_where_others_contain_it(shop: Shop) -> None:
    add_zhou(shop)
    found = who(shop, "13900001111")
    assert found.people == ()
    assert found.phone is not None


def test_a_number_is_exact_and_a_part_is_not(shop: Shop) -> None:
    zhou = add_zhou(shop)
    with shop.reading() as session:
        number = intake.person(session, zhou, shop.context()).number
    assert ([hit.id for hit in who(shop, number).people], who(shop, number).exact) == ([zhou], True)
    part = who(shop, "5678")
    assert ([hit.id for hit in part.people], part.exact) == ([zhou], False)


def test_nonsense_finds_nobody(shop: Shop) -> None:
    add_zhou(shop)
    assert who(shop, "%%%").people == ()


def test_the_person_comes_with_what_happened_before(shop: Shop) -> None:
    zhou = add_zhou(shop)
    take_in_suitcase(shop, zhou)
    with shop.reading() as session:
        facts = intake.person(session, zhou, shop.context())
    assert (facts.tier, facts.repairs_here, facts.open_tickets) == (CardTier.GOLD, 1, 1)
    assert (facts.last_day, facts.last_words) == (date(2026, 11, 21), "轮子断")
    assert facts.phone == "138****5678"


def test_goods_come_newest_first_and_once(shop: Shop) -> None:
    zhou = add_zhou(shop)
    bought = rows(shop, zhou)
    assert [(row.name, row.size_class) for row in bought] == [
        ("拉杆箱", SizeClass.SMALL),
        ("真皮手袋", SizeClass.ONE_SIZE),
    ]
    take_in_suitcase(shop, zhou)
    known = rows(shop, zhou)
    assert [row.name for row in known] == ["拉杆箱", "真皮手袋"]
    assert known[0].item_id is not None
    assert known[0].come_back is None, "it was never handed back"


def test_a_repair_soon_after_another_is_a_come_back(shop: Shop) -> None:
    zhou = add_zhou(shop)
    first = take_in_suitcase(shop, zhou)
    with shop.database.transaction() as session:
        session.execute(update(Ticket).where(Ticket.id == first.ticket.id).values(handed_back_at=shop.context().now()))
    shop.clock.advance(timedelta(days=89))
    back = rows(shop, zhou)[0].come_back
    assert back is not None
    assert back.number == first.ticket.number
    shop.clock.advance(timedelta(days=2))
    assert rows(shop, zhou)[0].come_back is None


def test_somebody_without_anything_has_no_goods(shop: Shop) -> None:
    assert rows(shop, add_member(shop, "李梅", "13800138000")) == ()
