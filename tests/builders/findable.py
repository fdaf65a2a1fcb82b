"""A small store for the search box: names that read otherwise, numbers that look alike."""

from datetime import date

from sqlalchemy.orm import Session

from crmdesk.core.members import CardState, CardTier
from crmdesk.core.money import Money
from crmdesk.core.numbers import day_number, running_number
from crmdesk.core.papers import PaperKind
from crmdesk.core.roles import Role
from crmdesk.core.tickets import ItemCategory, TicketKind
from crmdesk.models.card import Card
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.models.paper import Paper
from crmdesk.models.ticket import Ticket
from tests.builders.shop import OPENING, STORE_ID, staff_id

PEOPLE = {
    "王小明": "13812345678",
    "王伟": "13900001111",
    "王伟明": "13900002222",
    "单雄": "13700003333",
    "曾莉": "13700004444",
    "尉迟恭": "13700005555",
    "李重阳": "13700006666",
    "吕娜": "13700007777",
    "陳曉": "13700008888",
    "买买提·阿不都拉": "13700009999",
    "John Smith": "15800001234",
    "O'Neil 100%": "15800004321",
    "𠮷田": "15800007890",
    "欧阳娜娜": "01087654321",
}
TODAYS = day_number("R", "01", date(2026, 11, 21), 3)
COMPLAINT = day_number("C", "01", date(2026, 11, 5), 4)
OLD = day_number("R", "01", date(2025, 1, 1), 3)
OLD_CARD = running_number("V", "01", 1)
CARD = running_number("V", "01", 22)
LETTER = running_number("F", "01", 7)


def add_things(session: Session) -> None:
    """Give 王小明 tickets, cards and letters, and the store a loaner."""
    wang = session.query(Member).filter_by(name="王小明").one()
    session.add_all(
        Ticket(
            store_id=STORE_ID,
            home_store_id=STORE_ID,
            number=number,
            kind=TicketKind.REPAIR,
            member_id=wang.id,
            subject="拉杆箱 轮子断",
            received_by_id=staff_id(Role.CLERK),
            owner_id=staff_id(Role.CLERK),
            received_at=OPENING,
            last_event_at=OPENING,
        )
        for number in (TODAYS, COMPLAINT, OLD)
    )
    _cards_and_papers(session, wang)


def _cards_and_papers(session: Session, wang: Member) -> None:
    session.add(
        Loaner(
            store_id=STORE_ID,
            code="LB-20-03",
            category=ItemCategory.SUITCASE,
            name="20 寸登机箱",
            brand="Aurora",
            colour="银色",
            value=Money.yuan(600),
        )
    )
    _papers(session, wang)
    for number, state in ((OLD_CARD, CardState.REPLACED), (CARD, CardState.ISSUED)):
        session.add(
            Card(
                store_id=STORE_ID,
                member_id=wang.id,
                number=number,
                tier=CardTier.GOLD,
                state=state,
                issued_at=OPENING,
            )
        )


def _papers(session: Session, wang: Member) -> None:
    session.add_all(
        Paper(
            store_id=STORE_ID,
            kind=kind,
            number=number,
            version=version,
            language="zh_CN",
            title="投诉答复",
            member_id=wang.id,
            sha256="0" * 64,
            made_at=OPENING,
            made_by_id=staff_id(Role.CLERK),
        )
        for kind, number, version in (
            (PaperKind.LETTER, LETTER, 1),
            (PaperKind.LETTER, LETTER, 2),
            (PaperKind.SERVICE_SLIP, running_number("F", "01", 8), 1),
        )
    )
