"""People around members: a family, a firm that is visited, somebody who was taken in twice; the store's own fields."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CareClass
from crmdesk.core.member_words import AddressUse, FieldKind, HouseholdKind, HouseholdRole, PhoneUse
from crmdesk.core.members import BirthdayCalendar, CardTier, Gender, MemberKind
from crmdesk.core.money import Money
from crmdesk.core.phone import normalise
from crmdesk.demo.shop import DemoShop
from crmdesk.queries.birthdays import lunar_birthday_on
from crmdesk.services import duplicates, firm_visits, households, member_file, own_fields, relatives
from crmdesk.services.firm_visits import VisitFacts
from crmdesk.services.households import HouseholdFacts, Join, MakeHousehold
from crmdesk.services.member_file import PrivateFacts, SaveMember
from crmdesk.services.member_record import AddressFacts, PhoneEntry
from crmdesk.services.members import MemberFacts
from crmdesk.services.own_fields import AddOwnField
from crmdesk.services.relatives import RelativeFacts

if TYPE_CHECKING:
    from crmdesk.demo.weeks import Weeks

Story = Iterator[float]
# Whose file is filled in whole, and the firm that is visited.
IN_FULL: Final = "苏婉如"
FIRM: Final = "西子皮具商行"
_TWIN, _TWIN_PHONE = "许文静", "13656781234"
_OWN: Final = (
    AddOwnField("常穿品牌尺码", FieldKind.CHOICE, ("S", "M", "L", "XL")),
    AddOwnField("结婚纪念日", FieldKind.DATE),
    AddOwnField("家中箱包件数", FieldKind.NUMBER),
    AddOwnField("忌讳", private=True),
)
_VALUES: Final = ("M", "2016-10-02", "7", "不喜欢被直呼年龄")


def the_family(weeks: "Weeks") -> Story:
    """周建国 and his daughter 周静 buy as one household; his mother's birthday, by the moon, is near."""
    yield 40
    shop = weeks.shop
    father, daughter = _member(shop, "周建国"), _member(shop, "周静")
    facts = HouseholdFacts("周家", address="杭州市文三路 18 号 2 幢 601")
    home = shop.run(households.make, MakeHousehold(facts, father), shop.clerk)
    shop.run(households.join, Join(home, daughter, HouseholdRole.CHILD, "在上海工作"), shop.clerk)
    yield 3
    born = lunar_birthday_on(shop.clerk.today() + timedelta(days=12))
    mother = RelativeFacts(father, "李桂芳", HouseholdRole.PARENT, born, "爱吃软的，不喝酒")
    shop.run(relatives.save_relative, mother, shop.clerk)


def own_fields_of_the_store(weeks: "Weeks") -> Story:
    """The owner adds fields; a member's file is filled in whole: phones, addresses, own fields, what is private."""
    yield 45
    shop = weeks.shop
    keys = [shop.run(own_fields.add_field, one, shop.people["何老板"]) for one in _OWN]
    yield 44
    facts = MemberFacts(
        IN_FULL,
        gender=Gender.FEMALE,
        birthday=Birthday(BirthdayCalendar.SOLAR, 1988, 3, 16),
        email="su.wanru@example.com",
        address="杭州市文二路 212 号 5 幢 302",
        occupation="建筑师",
        preferences="素色、真皮、轻便",
        source="老客介绍",
        care_class=CareClass.IMPORTANT,
        tier=CardTier.GOLD,
        tags=frozenset({"出差多"}),
    )
    mobile = PhoneEntry(normalise("13757160808"))
    office = PhoneEntry(normalise("0571-88123456"), PhoneUse.WORK)
    places = (
        AddressFacts("杭州市庆春路 88 号 12 楼", AddressUse.WORK, region="浙江杭州上城", postcode="310003"),
        AddressFacts("绍兴市人民中路 9 号", AddressUse.DELIVERY, recipient="苏伯年"),
    )
    wanted = SaveMember(
        facts,
        phones=(mobile, office),
        addresses=places,
        own=dict(zip(keys, _VALUES, strict=True)),
        private=PrivateFacts("20 万至 30 万", income_estimated=True, character="爽快，怕等", family="先生、一子"),
    )
    shop.run(member_file.save, wanted, shop.manager)


def the_firm(weeks: "Weeks") -> Story:
    """A dealer who is visited every month; the next visit is due on the last morning."""
    yield 75
    shop = weeks.shop
    facts = MemberFacts(FIRM, kind=MemberKind.INTERMEDIATE, address="杭州市四季青大街 66 号", industry="皮具批发")
    wanted = SaveMember(facts, phones=(PhoneEntry(normalise("0571-86001234"), PhoneUse.WORK),))
    firm = shop.run(member_file.save, wanted, shop.manager).id
    unit = HouseholdFacts(FIRM, HouseholdKind.WORK_UNIT, "皮具批发")
    shop.run(households.make, MakeHousehold(unit, firm, HouseholdRole.OWNER), shop.clerk)
    for days, stock, stock_value, sold, sold_value in (
        (62, "拉杆箱 40 只，女包 25 只", 38600, "上月 31 只", 27400),
        (31, "拉杆箱 22 只，女包 30 只", 30100, "上月 36 只，女包好卖", 32800),
    ):
        yield days
        today = shop.clerk.today()
        visit = VisitFacts(firm, today, stock, Money.yuan(stock_value), sold, Money.yuan(sold_value))
        visit = replace(visit, note="想要小尺寸登机箱", next_on=today + timedelta(days=31))
        shop.run(firm_visits.save_visit, visit, shop.clerk)


def taken_in_twice(weeks: "Weeks") -> Story:
    """One person has two files since a busy Saturday; the night's search finds them."""
    yield 120
    shop = weeks.shop
    born = Birthday(BirthdayCalendar.SOLAR, 1991, 5, 7)
    first = MemberFacts(_TWIN, gender=Gender.FEMALE, birthday=born, address="杭州市莫干山路 120 号", occupation="教师")
    shop.run(member_file.save, SaveMember(first, phones=(normalise(_TWIN_PHONE),)), shop.clerk)
    yield 28
    again = MemberFacts("许文婧", gender=Gender.FEMALE, birthday=born, source="微信", share_phones=True)
    shop.run(member_file.save, SaveMember(again, phones=(normalise(_TWIN_PHONE),)), shop.clerk)
    yield 1
    shop.run(duplicates.begin, shop.manager)
    while shop.run(duplicates.step, shop.manager).finished_at is None:
        pass


def _member(shop: DemoShop, name: str) -> int:
    """Give the key of one of the cast."""
    key: int = shop.session.execute(
        text("SELECT id FROM member WHERE name = :name ORDER BY id"), {"name": name}
    ).scalar_one()
    return key


STORIES = (the_family, own_fields_of_the_store, the_firm, taken_in_twice)
