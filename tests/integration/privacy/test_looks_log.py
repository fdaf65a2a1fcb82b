"""Every look at a member is kept: who, at whom, what, where; and only those who answer for it read the log."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from crmdesk.core.errors import NotAllowedError, NotFoundError
from crmdesk.core.member_words import Look
from crmdesk.core.papers import GivenOut, PaperKind
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.models.access import AccessEntry
from crmdesk.queries import looks as log
from crmdesk.queries.looks import LookFilter, LookRow
from crmdesk.services.access_log import AT_ONCE, note_taken, parts_of
from crmdesk.services.looks import note_look, note_page, note_private_look
from crmdesk.services.members import MemberFacts, register
from crmdesk.services.paper_register import RegisterPaper, give_out
from tests.builders.shop import Shop, staff_id

NOBODY = 404


@pytest.fixture
def ada(shop: Shop) -> int:
    return shop.do(register, MemberFacts("王丽华", (normalise("13812345678"),)), shop.context(Role.CLERK)).id


def seen(shop: Shop, chosen: LookFilter | None = None, role: Role = Role.MANAGER) -> list[LookRow]:
    with shop.reading() as session:
        return log.first(session, chosen or LookFilter(), shop.context(role), None, 100)


def test_a_page_is_one_look_an_hour_for_the_same_person(shop: Shop, ada: int) -> None:
    assert shop.do(note_page, ada, shop.context(Role.CLERK))
    shop.clock.advance(timedelta(minutes=59))
    assert not shop.do(note_page, ada, shop.context(Role.CLERK))
    assert shop.do(note_page, ada, shop.context(Role.GUIDE))
    shop.clock.advance(timedelta(minutes=1))
    assert shop.do(note_page, ada, shop.context(Role.CLERK))
    assert [(one.staff_name, one.look, one.member_name) for one in seen(shop)] == [
        ("陈可", Look.PAGE, "王丽华"),
        ("林婉", Look.PAGE, "王丽华"),
        ("陈可", Look.PAGE, "王丽华"),
    ]


def test_the_full_phone_and_the_private_profile_are_looks_each_time(shop: Shop, ada: int) -> None:
    for _again in range(2):
        shop.do(note_look, ada, shop.context(Role.MANAGER))
    shop.do(note_private_look, ada, shop.context(Role.OWNER))
    assert [(one.staff_name, one.look, one.where, one.desk) for one in seen(shop)] == [
        ("何老板", Look.PRIVATE, "member", "desk-1"),
        ("周敏", Look.PHONE, "member", "desk-1"),
        ("周敏", Look.PHONE, "member", "desk-1"),
    ]


def test_a_look_that_was_refused_is_none(shop: Shop, ada: int) -> None:
    with pytest.raises(NotAllowedError):
        shop.do(note_look, ada, shop.context(Role.CLERK))
    with pytest.raises(NotFoundError):
        shop.do(note_page, ada, shop.context(Role.ADMINISTRATOR))
    with pytest.raises(NotFoundError):
        shop.do(note_page, NOBODY, shop.context(Role.CLERK))
    assert seen(shop) == []


def test_a_paper_that_is_given_out_is_a_look(shop: Shop, ada: int) -> None:
    paper = RegisterPaper(PaperKind.LETTER, "L-1", "zh_CN", member_id=ada)
    shop.do(give_out, paper, GivenOut(b"%PDF-1", printer="HP"), shop.context(Role.CLERK))
    [one] = seen(shop)
    assert (one.look, one.where, one.member_id) == (Look.PRINTED, "paper:letter", ada)


def test_who_is_on_a_list_that_is_taken_is_noted_once_and_who_is_not_there_is_passed_over(shop: Shop, ada: int) -> None:
    taken = (Look.COPIED, "members")
    assert shop.do(note_taken, [ada, ada, NOBODY], taken, shop.context(Role.CLERK)) == 1
    assert [one.look for one in seen(shop)] == [Look.COPIED]
    with pytest.raises(NotAllowedError):
        shop.do(note_taken, [ada], (Look.EXPORTED, "members"), shop.context(Role.CLERK))


def test_a_long_list_is_noted_in_parts() -> None:
    parts = list(parts_of(range(2 * AT_ONCE + 1)))
    assert [len(part) for part in parts] == [AT_ONCE, AT_ONCE, 1]


def test_thousands_are_noted_in_one_transaction(shop: Shop, ada: int) -> None:
    keys = [ada, *range(1, AT_ONCE)]
    assert shop.do(note_taken, keys, (Look.COPIED, "members"), shop.context(Role.MANAGER)) == 1
    with shop.reading() as session:
        assert session.scalar(select(func.count()).select_from(AccessEntry)) == 1


@pytest.mark.parametrize("role", [Role.CLERK, Role.GUIDE, Role.HEAD_OFFICE, Role.ADMINISTRATOR])
def test_only_manager_and_owner_read_the_log(shop: Shop, ada: int, role: Role) -> None:
    shop.do(note_look, ada, shop.context(Role.MANAGER))
    with shop.reading() as session:
        [key] = log.ids(session, LookFilter(), shop.context(Role.OWNER))
        assert not log.may_see_looks(shop.context(role))
        with pytest.raises(NotAllowedError):
            log.ids(session, LookFilter(), shop.context(role))
        with pytest.raises(NotAllowedError):
            log.rows(session, [key], shop.context(role))
        with pytest.raises(NotAllowedError):
            log.lookers(session, shop.context(role))


def test_filters_by_person_member_kind_and_day(shop: Shop, ada: int) -> None:
    bea = shop.do(register, MemberFacts("李%芳", (normalise("13900001111"),)), shop.context(Role.CLERK)).id
    shop.do(note_look, ada, shop.context(Role.MANAGER))
    shop.clock.advance(timedelta(days=1))
    shop.do(note_page, bea, shop.context(Role.CLERK))
    today = shop.context().today()

    def count(**chosen: object) -> int:
        return len(seen(shop, LookFilter(**chosen)))  # type: ignore[arg-type]

    assert count() == 2
    assert count(staff_id=staff_id(Role.CLERK)) == 1
    assert count(member_id=ada) == 1
    assert count(member="%") == 1, "a sign that a pattern would take for anything"
    assert count(member="丽") == 1
    assert count(look=Look.PAGE) == 1
    assert count(day=today) == 1
    assert count(day=today - timedelta(days=1), look=Look.PHONE) == 1
    assert count(day=today - timedelta(days=2)) == 0


def test_looks_of_another_store_are_not_here(shop: Shop, ada: int) -> None:
    shop.do(note_look, ada, shop.context(Role.MANAGER))
    with shop.database.transaction() as session:
        session.execute(update(AccessEntry).values(store_id=NOBODY))
    assert seen(shop) == []
