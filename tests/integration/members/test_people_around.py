"""Households, work units, relatives: made by hand and by a shared phone, with sums and birthdays."""

from datetime import date

import pytest

from crmdesk.core.birthday import Birthday
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, NotFoundError, StaleError
from crmdesk.core.household_errors import AlreadyThereError, SamePersonError
from crmdesk.core.member_words import HouseholdKind, HouseholdRole
from crmdesk.core.members import BirthdayCalendar
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.queries.board import board
from crmdesk.queries.people_around import MOST_SHOWN, Around, people_around, relative_birthdays
from crmdesk.services import households
from crmdesk.services.households import EditHousehold, HouseholdFacts, Join, MakeHousehold, SameHousehold
from crmdesk.services.member_file import SaveMember, save
from crmdesk.services.members import MemberFacts, register
from crmdesk.services.relatives import RelativeFacts, remove_relative, save_relative
from tests.builders.shop import Shop

PHONE = normalise("13800138000")


def member(shop: Shop, name: str, *, share: bool = True) -> int:
    facts = MemberFacts(name, (PHONE,) if share else (), share_phones=True)
    return shop.do(register, facts, shop.context()).id


def around(shop: Shop, member_id: int, role: Role = Role.MANAGER) -> Around:
    with shop.reading() as session:
        return people_around(session, member_id, shop.context(role))


def test_twenty_people_on_one_phone_become_one_household(shop: Shop) -> None:
    keys = [member(shop, f"周{place}") for place in range(20)]
    assert len(around(shop, keys[0]).sharing) == 19
    for key in keys[1:]:
        shop.do(households.same_household, SameHousehold(key, keys[0], "周家"), shop.context())
    known = around(shop, keys[7])
    (home,) = known.households
    assert (home.name, home.count, len(home.people), home.phone) == ("周家", 20, 19, "138****8000")
    assert known.sharing == ()


def test_more_people_than_a_page_shows(shop: Shop) -> None:
    keys = [member(shop, f"客{place}") for place in range(MOST_SHOWN + 4)]
    known = around(shop, keys[0])
    assert (len(known.sharing), known.sharing_more) == (MOST_SHOWN, 3)


def test_a_household_is_joined_once_and_ends_with_its_last_but_one(shop: Shop) -> None:
    first, second = member(shop, "周敏"), member(shop, "周建国")
    made = shop.do(households.same_household, SameHousehold(second, first, "周家"), shop.context())
    assert shop.do(households.same_household, SameHousehold(first, second, "又一家"), shop.context()) == made
    with pytest.raises(AlreadyThereError):
        shop.do(households.join, Join(made, first), shop.context())
    shop.do(households.set_role, Join(made, second, HouseholdRole.PARENT), shop.context())
    assert around(shop, first).households[0].people[0].role is HouseholdRole.PARENT
    with shop.database.transaction() as session:
        assert households.leave(session, made, second, shop.context()).value is False
    assert around(shop, first).households == ()
    with pytest.raises(NotFoundError):
        shop.do(households.join, Join(made, second), shop.context())


def test_a_work_unit_stays_with_one_and_two_desks_do_not_overwrite(shop: Shop) -> None:
    first, second = member(shop, "林婉", share=False), member(shop, "何欣", share=False)
    facts = HouseholdFacts("杭州一中", HouseholdKind.WORK_UNIT, industry="教育")
    unit = shop.do(households.make, MakeHousehold(facts, first, HouseholdRole.STAFF), shop.context())
    shop.do(households.join, Join(unit, second, HouseholdRole.STAFF), shop.context())
    seen = around(shop, first).households[0].version
    changed = HouseholdFacts("杭州第一中学", HouseholdKind.WORK_UNIT)
    shop.do(households.edit, EditHousehold(unit, seen, changed), shop.context())
    with pytest.raises(StaleError):
        shop.do(households.edit, EditHousehold(unit, seen, facts), shop.context())
    with shop.database.transaction() as session:
        assert households.leave(session, unit, second, shop.context()).value is True
    assert around(shop, first).households[0].name == "杭州第一中学"


def test_bad_input_and_rights(shop: Shop) -> None:
    key = member(shop, "周敏")
    with pytest.raises(SamePersonError):
        shop.do(households.same_household, SameHousehold(key, key, "家"), shop.context())
    with pytest.raises(InvalidFieldError):
        shop.do(households.make, MakeHousehold(HouseholdFacts(" \u200b"), key), shop.context())
    with pytest.raises(NotAllowedError):
        shop.do(households.make, MakeHousehold(HouseholdFacts("家"), key), shop.context(Role.HEAD_OFFICE))
    assert around(shop, key, Role.ADMINISTRATOR) == Around(key, (), (), (), 0)


def test_the_form_links_whoever_has_the_phone_instead_of_merging(shop: Shop) -> None:
    first = member(shop, "周敏")
    request = SaveMember(MemberFacts("周小宝", share_phones=True), phones=(PHONE,), household=(first, "周家"))
    second = shop.do(save, request, shop.context()).id
    (home,) = around(shop, second).households
    assert [person.member_id for person in home.people] == [first]


def test_relatives_are_congratulated_on_their_day(shop: Shop) -> None:
    key = member(shop, "周敏")
    today = shop.context().today()
    solar = Birthday(BirthdayCalendar.SOLAR, None, today.month, today.day)
    lunar = Birthday(BirthdayCalendar.LUNAR, 1960, 8, 30)
    child = RelativeFacts(key, "小宝", HouseholdRole.CHILD, solar)
    made = shop.do(save_relative, child, shop.context())
    shop.do(save_relative, RelativeFacts(key, "外婆", HouseholdRole.PARENT, lunar), shop.context())
    shop.do(save_relative, RelativeFacts(key, "表哥"), shop.context())
    with shop.reading() as session:
        assert [one.name for one in board(session, shop.context()).relatives] == ["小宝"]
        year = relative_birthdays(session, shop.context(), 366)
    assert {one.name for one in year} == {"小宝", "外婆"}
    assert [one.name for one in around(shop, key).relatives] == ["小宝", "外婆", "表哥"]
    with shop.database.transaction() as session:
        remove_relative(session, key, made, shop.context())
    assert [one.name for one in around(shop, key).relatives] == ["外婆", "表哥"]
    with pytest.raises(InvalidFieldError):
        shop.do(save_relative, RelativeFacts(key, " "), shop.context())
    with pytest.raises(SamePersonError):
        shop.do(save_relative, RelativeFacts(key, "我", person_id=key), shop.context())


@pytest.mark.parametrize(
    ("born", "kept"),
    [
        (Birthday(BirthdayCalendar.SOLAR, 2000, 2, 29), date(2027, 2, 28)),
        (Birthday(BirthdayCalendar.SOLAR, None, 2, 29), date(2027, 2, 28)),
        (Birthday(BirthdayCalendar.LUNAR, None, 12, 30), date(2027, 2, 5)),
    ],
)
def test_days_that_not_every_year_has(shop: Shop, born: Birthday, kept: date) -> None:
    key = member(shop, "周敏")
    shop.do(save_relative, RelativeFacts(key, "小宝", HouseholdRole.CHILD, born), shop.context())
    with shop.reading() as session:
        (found,) = relative_birthdays(session, shop.context(), 120)
    assert found.day == kept
