"""What is kept too long stands on a list; it goes only when somebody takes it from there."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from crmdesk.core.errors import NotAllowedError
from crmdesk.core.keeping_periods import Overdue, months_before
from crmdesk.core.member_words import Look
from crmdesk.core.members import MemberState
from crmdesk.core.roles import Role
from crmdesk.models.access import AccessEntry
from crmdesk.models.condition import Photo
from crmdesk.models.hand_over import Signature
from crmdesk.models.member import Member
from crmdesk.models.ticket import Ticket
from crmdesk.queries.retention import overdue
from crmdesk.services import access_log
from crmdesk.services.retention import RemoveOverdue, remove_overdue
from tests.builders.loaners import add_member
from tests.builders.shop import Shop
from tests.builders.whole_person import add_whole_person


def kinds(shop: Shop) -> list[Overdue]:
    with shop.reading() as session:
        return [one.kind for one in overdue(session, shop.context(Role.MANAGER))]


def grow_old(shop: Shop, member: int, joined: date, state: MemberState = MemberState.ACTIVE) -> None:
    with shop.database.transaction() as session:
        session.execute(update(Member).where(Member.id == member).values(joined_on=joined, state=state))


def test_walk_ins_and_lost_members(shop: Shop) -> None:
    one, two = add_member(shop, "甲", "13805715678"), add_member(shop, "乙", "13805715679")
    grow_old(shop, one, date(2025, 11, 20), MemberState.WALK_IN)
    grow_old(shop, two, date(2021, 11, 21))
    assert kinds(shop) == [Overdue.WALK_IN]
    grow_old(shop, two, date(2021, 11, 20))
    assert kinds(shop) == [Overdue.WALK_IN, Overdue.LOST]
    grow_old(shop, one, date(2025, 11, 21), MemberState.WALK_IN)
    assert kinds(shop) == [Overdue.LOST]


def test_photos_and_signatures_of_closed_tickets(shop: Shop) -> None:
    keys = add_whole_person(shop.database, 7_500_000)
    manager = shop.context(Role.MANAGER)
    assert Overdue.PHOTOS not in kinds(shop)
    assert shop.do(remove_overdue, RemoveOverdue(Overdue.PHOTOS, [keys["ticket"]]), manager).count == 0
    with shop.database.transaction() as session:
        session.execute(update(Ticket).values(last_event_at=manager.now() - timedelta(days=3 * 366 + 1)))
    assert {Overdue.PHOTOS, Overdue.SIGNATURES} <= set(kinds(shop))
    for kind in (Overdue.PHOTOS, Overdue.SIGNATURES):
        assert shop.do(remove_overdue, RemoveOverdue(kind, [keys["ticket"]]), manager).count == 1
        assert kind not in kinds(shop)
    with shop.reading() as session:
        assert session.scalar(select(func.count(Photo.id))) == 0
        assert session.scalar(select(Signature.strokes)) == "[]"
        assert session.scalar(select(Signature.person))


def test_old_looks(shop: Shop) -> None:
    member = add_member(shop, "甲", "13805715678")
    manager = shop.context(Role.MANAGER)
    with shop.database.transaction() as session:
        access_log.note(session, [member], (Look.PAGE, "member"), manager)
        access_log.note(session, [member], (Look.PHONE, "member"), manager)
        old = select(AccessEntry.id).where(AccessEntry.look == Look.PAGE)
        session.execute(
            update(AccessEntry).where(AccessEntry.id.in_(old)).values(at=manager.now() - timedelta(days=3 * 366 + 1))
        )
    assert kinds(shop) == [Overdue.LOOKS]
    assert shop.do(remove_overdue, RemoveOverdue(Overdue.LOOKS), manager).count == 1
    with shop.reading() as session:
        assert session.scalars(select(AccessEntry.look)).all() == [Look.PHONE]


def test_only_who_may_erase(shop: Shop) -> None:
    with shop.reading() as session, pytest.raises(NotAllowedError):
        overdue(session, shop.context(Role.CLERK))
    with pytest.raises(NotAllowedError):
        shop.do(remove_overdue, RemoveOverdue(Overdue.LOOKS), shop.context(Role.CLERK))


def test_months_before() -> None:
    assert months_before(date(2024, 2, 29), 12) == date(2023, 2, 28)
    assert months_before(date(2026, 1, 31), 2) == date(2025, 11, 30)
    assert months_before(date(2026, 11, 21), 60) == date(2021, 11, 21)
