"""A shop with members of every kind: for pictures and for tests of lists, pages and cards."""

from dataclasses import replace
from datetime import date

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CareClass
from crmdesk.core.members import BirthdayCalendar, CardTier, Gender
from crmdesk.core.money import Money
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.services.members import MemberFacts, register
from crmdesk.services.purchases import LineFacts, PurchaseFacts, record
from tests.builders.shop import Shop, staff_id

_SOLAR, _LUNAR = BirthdayCalendar.SOLAR, BirthdayCalendar.LUNAR
LONG_NAME = "阿不都热合曼·买买提江·吐尔逊阿吉·艾合买提·伊布拉音·卡德尔阿訇·居马洪·赛"

ZHOU = MemberFacts(
    name="周建国",
    phones=(normalise("13805715678"), normalise("0571-88886666")),
    gender=Gender.MALE,
    birthday=Birthday(_SOLAR, 1978, 11, 26),
    email="zhou@example.com",
    address="杭州市西湖区文三路 99 号 3 幢 502",
    preferences="注重轻便",
    gift_preference="不喝茶",
    source="朋友介绍",
    guide_id=staff_id(Role.GUIDE),
    care_class=CareClass.KEY,
    tier=CardTier.GOLD,
    tags=frozenset({"常出差", "老客户"}),
)
PEOPLE = (
    ZHOU,
    # The tenth day of the tenth lunar month falls on 18 November 2026.
    MemberFacts("林婉清", (normalise("13957120012"),), Gender.FEMALE, Birthday(_LUNAR, None, 10, 10)),
    MemberFacts("单雪芹", (normalise("13600571234"),), Gender.FEMALE, tier=CardTier.SILVER),
    MemberFacts("𠮷田美嘉", (normalise("18905718807"),), birthday=Birthday(_SOLAR, 1990, 2, 29 - 1)),
    MemberFacts("买买提·艾力", (normalise("15858112233"),), Gender.MALE, do_not_contact=True),
    MemberFacts(LONG_NAME, (normalise("17705716605"),)),
    MemberFacts("王女士", (normalise("13305717706"),), walk_in=True),
)


def people(shop: Shop) -> dict[str, int]:
    """Register them all and give the keys by name."""
    return {facts.name: shop.do(register, facts, shop.context(Role.MANAGER)).id for facts in PEOPLE}


def buy(shop: Shop, member_id: int, day: date, yuan: int = 890, number: str = "") -> None:
    """Let a member buy one thing on a day."""
    lines = (LineFacts("羊绒大衣 驼色 M", Money.yuan(yuan)),)
    facts = PurchaseFacts(number or f"P{member_id % 100000}-{day:%y%m%d}", day, lines, member_id)
    shop.do(record, facts, shop.context())


def shared_phone(shop: Shop) -> int:
    """Register somebody of 周建国's household."""
    facts = replace(ZHOU, name="周小燕", phones=ZHOU.phones[:1], share_phones=True, care_class=CareClass.ORDINARY)
    return shop.do(register, facts, shop.context(Role.MANAGER)).id
