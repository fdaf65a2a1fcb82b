"""One save of the intake form: everything is written, or nothing is."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crmdesk.core.desk_errors import LoanerTakenError
from crmdesk.core.errors import NotAllowedError
from crmdesk.core.loaners import LoanerState, NoLoanReason
from crmdesk.core.members import Gender, MemberState
from crmdesk.core.money import Money
from crmdesk.core.phone import normalise
from crmdesk.core.return_errors import AlreadyReturnedError
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import ItemCategory, ReturnReason, TicketKind, TicketState
from crmdesk.db.photo_store import PhotoStore
from crmdesk.exchange.pictures import Picture
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.models.ticket import Ticket
from crmdesk.queries import ticket_detail
from crmdesk.queries.intake_goods import goods
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.services import desk_intake
from crmdesk.services.desk_intake import DeskIntake, IntakeMade, LoanChoice, NewPerson, ReturnPiece
from crmdesk.services.members import SharedPhoneError
from crmdesk.services.return_lines import lines_of
from crmdesk.services.ticket_intake import ItemFacts, TakeIn
from tests.builders.intake import PHONE, add_zhou
from tests.builders.loaners import add_member, lend_to
from tests.builders.shop import Shop

SUITCASE = ItemFacts(ItemCategory.SUITCASE, "拉杆箱", size="20寸")
DUE = date(2026, 12, 1)


def repair(member_id: int = 0, **changes: object) -> TakeIn:
    made = TakeIn(TicketKind.REPAIR, member_id, "轮子断了", item=SUITCASE, promised_on=DUE)
    return replace(made, **changes)  # type: ignore[arg-type]


def save(shop: Shop, request: DeskIntake, role: Role = Role.CLERK) -> IntakeMade:
    return shop.do(desk_intake.save, request, shop.context(role))


def see(shop: Shop, made: IntakeMade) -> TicketDetail:
    with shop.reading() as session:
        return ticket_detail.detail(session, made.ticket.id, shop.context())


def counts(shop: Shop) -> tuple[int, int, int]:
    with shop.reading() as session:
        return tuple(session.scalar(select(func.count()).select_from(one)) or 0 for one in (Member, Ticket, Loan))  # type: ignore[return-value]


def loaner_id(shop: Shop, code: str = "L-009") -> int:
    with shop.reading() as session:
        return session.scalars(select(Loaner.id).where(Loaner.code == code)).one()


def test_a_new_person_is_put_on_file_with_the_ticket(shop: Shop) -> None:
    new = NewPerson("王芳", normalise("13900001111"), Gender.FEMALE)
    made = save(shop, DeskIntake(repair(), person=new))
    with shop.reading() as session:
        member = session.get_one(Member, made.member_id)
        assert (member.name, member.gender, member.state) == ("王芳", Gender.FEMALE, MemberState.ACTIVE)
    assert see(shop, made).member_id == made.member_id


def test_a_walk_in_needs_no_phone(shop: Shop) -> None:
    made = save(shop, DeskIntake(repair(), person=NewPerson("陌生人", walk_in=True)))
    with shop.reading() as session:
        assert session.get_one(Member, made.member_id).state is MemberState.WALK_IN


def test_the_loan_stands_on_the_ticket(shop: Shop) -> None:
    zhou = add_zhou(shop)
    made = save(shop, DeskIntake(repair(zhou), loan=LoanChoice(loaner_id(shop), DUE, Money(0))))
    seen = see(shop, made)
    assert made.loan is not None
    assert [(loan.loaner_code, loan.due_on) for loan in seen.loans] == [("L-009", DUE)]
    assert seen.version == made.ticket.version
    assert TicketAct.LENT in {event.act for event in seen.events}


def test_when_the_loaner_was_taken_meanwhile_nothing_is_written(shop: Shop) -> None:
    add_zhou(shop)
    taken = loaner_id(shop)
    lend_to(shop, taken, add_member(shop, "李梅", "13800138000"))
    before = counts(shop)
    new = NewPerson("王芳", normalise("13900001111"))
    with pytest.raises(LoanerTakenError):
        save(shop, DeskIntake(repair(), person=new, loan=LoanChoice(taken, DUE)))
    assert counts(shop) == before


def test_a_phone_that_got_an_owner_meanwhile_leaves_nothing(shop: Shop) -> None:
    add_zhou(shop)
    before = counts(shop)
    new = NewPerson("王芳", normalise(PHONE))
    with pytest.raises(SharedPhoneError):
        save(shop, DeskIntake(repair(), person=new))
    assert counts(shop) == before
    shared = save(shop, DeskIntake(repair(), person=replace(new, share_phone=True)))
    assert see(shop, shared).member_name == "王芳"


def test_why_none_is_lent_is_kept(shop: Shop) -> None:
    zhou = add_zhou(shop)
    ticket = repair(zhou, no_loan_reason=NoLoanReason.OTHER)
    made = save(shop, DeskIntake(ticket, no_loan_words="客户自己有一只"))
    refused = [event for event in see(shop, made).events if event.act is TicketAct.LOAN_REFUSED]
    assert [event.note for event in refused] == ["客户自己有一只"]


def test_lines_of_a_return_are_written_with_it(shop: Shop) -> None:
    zhou = add_zhou(shop)
    with shop.reading() as session:
        bag = next(row for row in goods(session, zhou, shop.context()) if row.category is ItemCategory.BAG)
    line = ReturnPiece(ReturnReason.QUALITY, 1, bag.purchase_line_id)
    ticket = TakeIn(TicketKind.RETURN, zhou, "缝线开了", item=ItemFacts(ItemCategory.BAG, bag.name))
    made = save(shop, DeskIntake(ticket, pieces=(line, line)))
    with shop.reading() as session:
        lines = lines_of(session, made.ticket.id)
        assert [(one.name, one.quantity, one.price_paid) for one in lines] == [("真皮手袋", 1, Money.yuan(1280))] * 2
        left = next(row for row in goods(session, zhou, shop.context()) if row.purchase_line_id == bag.purchase_line_id)
        assert left.left == 0
    before = counts(shop)
    with pytest.raises(AlreadyReturnedError):
        save(shop, DeskIntake(ticket, pieces=(line,)))
    assert counts(shop) == before


def test_without_a_receipt_a_manager_takes_it_back(shop: Shop) -> None:
    zhou = add_zhou(shop)
    ticket = TakeIn(TicketKind.RETURN, zhou, "缝线开了")
    line = ReturnPiece(ReturnReason.QUALITY, 1, None, "皮带", Money.yuan(99), "小票遗失")
    with pytest.raises(NotAllowedError):
        save(shop, DeskIntake(ticket, pieces=(line,)))
    assert save(shop, DeskIntake(ticket, pieces=(line,)), Role.MANAGER).ticket.number.startswith("T-")


def test_photos_lie_with_the_ticket(shop: Shop, tmp_path: Path) -> None:
    zhou = add_zhou(shop)
    store = PhotoStore(tmp_path / "photos")
    request = DeskIntake(repair(zhou), pictures=(Picture(b"one", 10, 10), Picture(b"two", 10, 10)))
    made = shop.do(desk_intake.save, request, shop.context(), photo_store=store)
    assert [store.read(name) for name in see(shop, made).photos] == [b"one", b"two"]


def test_a_complaint_needs_no_goods(shop: Shop) -> None:
    zhou = add_zhou(shop)
    ticket = TakeIn(
        TicketKind.COMPLAINT, zhou, "态度差", wanted="道歉", promised_on=shop.context().today() + timedelta(5)
    )
    made = save(shop, DeskIntake(ticket))
    assert see(shop, made).state is TicketState.RECEIVED


def test_a_lent_loaner_is_off_the_shelf(shop: Shop) -> None:
    zhou = add_zhou(shop)
    save(shop, DeskIntake(repair(zhou), loan=LoanChoice(loaner_id(shop), DUE)))
    with shop.reading() as session:
        assert session.get_one(Loaner, loaner_id(shop)).state is LoanerState.LENT


def test_a_serial_typed_later_goes_to_the_item_on_file(shop: Shop) -> None:
    zhou = add_zhou(shop)
    first = save(shop, DeskIntake(repair(zhou)))
    known = replace(SUITCASE, item_id=see(shop, first).item_id, serial="SN-88217")
    assert see(shop, save(shop, DeskIntake(repair(zhou, item=known)))).serial == "SN-88217"
    again = replace(known, serial="SN-1")
    assert see(shop, save(shop, DeskIntake(repair(zhou, item=again)))).serial == "SN-88217"
