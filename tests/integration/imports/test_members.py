"""Member lists as they come: odd encodings, Excel's accidents, repeats in the file and against the store."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from crmdesk.core.errors import NotAllowedError
from crmdesk.core.members import CardTier, Gender, MemberState
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.exchange.problems import Reason
from crmdesk.models.card import Card
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.own_field import OwnField, OwnValue
from crmdesk.queries.find import find
from crmdesk.queries.member_key import member_key
from crmdesk.queries.member_page import MemberPage, member_page
from crmdesk.services.imports_file import MappingMissesError
from crmdesk.services.members import MemberFacts, register
from tests.builders.lists import counted, members_file, take_members, try_members, whole_store
from tests.builders.outside_files import DATA, write_xlsx
from tests.builders.shop import Shop

HEAD = "姓名,手机,卡号,性别,生日,等级,积分,储值余额,微信,收入,标签,备注,腰围"


def the(shop: Shop, wanted: str) -> MemberPage:
    with shop.reading() as session:
        key = member_key(session, wanted)
        assert key is not None, wanted
        return member_page(session, key, shop.context(Role.OWNER))


def by_name(shop: Shop, name: str) -> Member:
    with shop.reading() as session:
        found = session.scalars(select(Member).where(Member.name == name)).one()
        _ = found.phones, found.tags, found.touchpoints, found.private
        session.expunge_all()
        return found


def found(shop: Shop, text: str) -> list[str]:
    with shop.reading() as session:
        return [hit.title for hit in find(session, text, shop.context(Role.OWNER)).members]


def own_values(shop: Shop, member_id: int) -> dict[str, str]:
    with shop.reading() as session:
        wanted = select(OwnField.name, OwnValue.words).join(OwnValue, OwnValue.field_id == OwnField.id)
        return {row.name: row.words for row in session.execute(wanted.where(OwnValue.member_id == member_id))}


def test_everything_a_row_says_arrives(shop: Shop, tmp_path: Path) -> None:
    who = "周敏,13800138000 / 0571-88886666,V001,女,农历八月十五,金卡"
    line = f"{who},320,1280.50,zhoumin,5-8万,爱旅行、生日会,喜欢红色,68"
    report = take_members(shop, members_file(tmp_path, HEAD, line))
    assert counted(report) == (1, 0, 0, 0)
    page = the(shop, "V001")
    assert (page.name, page.gender, page.tier) == ("周敏", Gender.FEMALE, CardTier.GOLD)
    assert page.birthday is not None
    assert (page.birthday.calendar.value, page.birthday.year, page.birthday.month, page.birthday.day) == (
        "lunar",
        None,
        8,
        15,
    )
    assert (page.worth.points, page.worth.stored and page.worth.stored.fen) == (320, 128050)
    assert page.tags == ("爱旅行", "生日会")
    assert page.notes == "喜欢红色"
    assert page.number.startswith("M01")
    member = by_name(shop, "周敏")
    assert [phone.digits for phone in member.phones] == ["13800138000", "057188886666"]
    assert own_values(shop, member.id) == {"腰围": "68", "WeChat name": "zhoumin"}
    assert member.private is not None
    assert member.private.income_band == "5-8万"
    for text in ("周", "zm", "8000", "zhoumin", "6666"):
        assert found(shop, text) == ["周敏"], text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(shop: Shop, tmp_path: Path, encoding: str) -> None:
    path = members_file(
        tmp_path, "姓名,手机", "𠮷野家,１３８０ ０１３　８０００", "王🤯芳,13900139000", encoding=encoding
    )
    assert counted(take_members(shop, path)) == (2, 0, 0, 0)
    assert found(shop, "𠮷") == ["𠮷野家"]
    assert found(shop, "🤯") == ["王🤯芳"]


def test_old_excel(shop: Shop) -> None:
    assert take_members(shop, DATA / "members.xls").created > 0


def test_excel_accidents_are_told_by_the_row_of_the_sheet(shop: Shop, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["会员资料一览", None, None, None],
        ["姓名", "手机", "生日", "开卡日期"],
        ["周敏", 13800138000.0, 32937, "2026.3.5"],
        [None, None, None, None],
        ["王芳", "1.38E+10", None, None],
        ["李雷", "13700137000", "2026-02-30", None],
        ["韩梅", "+86 136-0013-6000", "1990/3/5", "2026年3月5日"],
        ["合计", 3, None, None],
    ]
    report = take_members(shop, write_xlsx(tmp_path / "m.xlsx", rows, merged=["A1:D1"]))
    assert counted(report) == (2, 0, 1, 2)
    told = [(one.row, one.field and one.field.value, one.value, one.reason) for one in report.rejected]
    assert told == [
        (5, "phone", "1.38E+10", Reason.PHONE_DIGITS_LOST),
        (6, "birthday", "2026-02-30", Reason.DATE_IMPOSSIBLE),
    ]
    assert [(one.row, one.reason) for one in report.warnings] == [(8, Reason.TOTAL_LINE)]
    member = by_name(shop, "韩梅")
    assert (member.joined_on, member.birthday_year) == (date(2026, 3, 5), 1990)
    assert by_name(shop, "周敏").birthday_day == 5


def test_repeats_inside_the_file(shop: Shop, tmp_path: Path) -> None:
    path = members_file(
        tmp_path,
        "姓名,手机,卡号",
        "周敏,13800138000,V1",
        "周敏,13800138000,V2",
        "王芳,13900139000,V1",
        "周建国,13800138000,V3",
    )
    report = take_members(shop, path)
    assert counted(report) == (2, 0, 0, 2)
    assert [(one.row, one.reason, one.other_row) for one in report.rejected] == [
        (3, Reason.DUPLICATE_IN_FILE, 2),
        (4, Reason.DUPLICATE_IN_FILE, 2),
    ]
    assert [(one.row, one.reason) for one in report.warnings] == [(5, Reason.PHONE_SHARED_IN_FILE)]


def test_the_same_file_twice_makes_nobody_twice(shop: Shop, tmp_path: Path) -> None:
    path = members_file(
        tmp_path,
        HEAD,
        "周敏,13800138000,V001,女,1990-3-5,金卡,320,1280.5,zhoumin,5万,常客,好,68",
        "周建国,13800138000,V002,,,水晶卡,,,,,,,",
        "王芳,,,,,,,,,,,,",
        ",13900139000,,,,,,,,,,,",
    )
    assert counted(take_members(shop, path)) == (4, 0, 0, 0)
    before = whole_store(shop)
    again = take_members(shop, path)
    assert counted(again) == (0, 0, 4, 0)
    assert {one.reason for one in again.warnings} >= {Reason.KNOWN_MEMBER}
    assert whole_store(shop) == before


def test_a_member_on_file_is_filled_up_and_nothing_overwritten(shop: Shop, tmp_path: Path) -> None:
    clerk = shop.context(Role.CLERK)
    made = shop.do(
        register,
        MemberFacts("周敏", (normalise("13800138000"),), gender=Gender.FEMALE, email="a@b.cn", walk_in=True),
        clerk,
    )
    path = members_file(
        tmp_path,
        "姓名,手机,性别,邮箱,生日,地址,积分,卡号,等级",
        "周敏,13800138000;13900139000,男,x@y.cn,1990-03-05,杭州,50,V9,金卡",
    )
    assert counted(take_members(shop, path)) == (0, 1, 0, 0)
    member = by_name(shop, "周敏")
    assert (member.id, member.version > made.version) == (made.id, True)
    assert (member.gender, member.email, member.address) == (Gender.FEMALE, "a@b.cn", "杭州")
    assert (member.birthday_month, member.tier, member.state) == (3, CardTier.GOLD, MemberState.ACTIVE)
    assert [phone.digits for phone in member.phones] == ["13800138000", "13900139000"]
    assert the(shop, "V9").worth.points == 50
    assert found(shop, "9000") == ["周敏"]


def test_a_family_shares_a_phone(shop: Shop, tmp_path: Path) -> None:
    shop.do(register, MemberFacts("周敏", (normalise("13800138000"),)), shop.context())
    report = take_members(shop, members_file(tmp_path, "姓名,手机", "周建国,13800138000"))
    assert counted(report) == (1, 0, 0, 0)
    assert [one.reason for one in report.warnings] == [Reason.PHONE_SHARED_IN_STORE]
    with shop.reading() as session:
        sharing = select(MemberPhone.member_id).where(MemberPhone.digits == "13800138000")
        assert len(session.scalars(sharing).all()) == 2


def test_a_card_of_somebody_else_keeps_the_row_out(shop: Shop, tmp_path: Path) -> None:
    take_members(shop, members_file(tmp_path, "姓名,手机,卡号", "周敏,13800138000,V1"))
    report = take_members(shop, members_file(tmp_path, "姓名,手机,卡号", "王芳,13900139000,V1", name="n.csv"))
    assert counted(report) == (0, 0, 0, 1)
    assert [one.reason for one in report.rejected] == [Reason.CARD_OF_ANOTHER]


def test_a_member_number_of_somebody_else_keeps_the_row_out(shop: Shop, tmp_path: Path) -> None:
    take_members(shop, members_file(tmp_path, "姓名,手机,会员号", "周敏,13800138000,1001"))
    other = members_file(tmp_path, "姓名,手机,会员号", "王芳,13900139000,1001", name="n.csv")
    assert [(one.row, one.reason) for one in take_members(shop, other).rejected] == [(2, Reason.KNOWN_MEMBER)]
    moved = members_file(tmp_path, "姓名,手机,会员号", "周 敏,13811112222,1001", name="o.csv")
    assert take_members(shop, moved).updated == 1, "the same name and number are the same person, whatever the phone"


def test_own_numbers_from_another_file_are_not_given_out_again(shop: Shop, tmp_path: Path) -> None:
    first = shop.do(register, MemberFacts("甲"), shop.context())
    path = members_file(tmp_path, "姓名,会员号", "乙,M010000023", "丙,")
    numbers = [first.number]
    assert take_members(shop, path).created == 2
    numbers += [by_name(shop, "乙").number, by_name(shop, "丙").number]
    numbers.append(shop.do(register, MemberFacts("丁"), shop.context()).number)
    assert len(set(numbers)) == 4, numbers


def test_unknown_guides_and_stores_are_told(shop: Shop, tmp_path: Path) -> None:
    report = take_members(
        shop,
        members_file(tmp_path, "姓名,手机,导购,门店", "周敏,13800138000,林婉,文三路店", "王芳,13900139000,谁,哪里"),
    )
    assert counted(report) == (2, 0, 0, 0)
    assert [(one.row, one.reason) for one in report.warnings] == [(3, Reason.UNKNOWN_GUIDE), (3, Reason.UNKNOWN_STORE)]
    assert the(shop, by_name(shop, "周敏").number).guide == "林婉"


def test_a_rehearsal_says_the_same_and_writes_nothing(shop: Shop, tmp_path: Path) -> None:
    take_members(shop, members_file(tmp_path, "姓名,手机", "周敏,13800138000", name="first.csv"))
    path = members_file(tmp_path, "姓名,手机,地址", "周敏,13800138000,杭州", "王芳,13900139000,", "李雷,138,")
    before = whole_store(shop, frozenset())
    tried = try_members(shop, path)
    assert whole_store(shop) == before
    assert counted(tried) == counted(take_members(shop, path)) == (1, 1, 0, 1)


def test_roles_and_missing_columns(shop: Shop, tmp_path: Path) -> None:
    path = members_file(tmp_path, "姓名,手机", "周敏,13800138000")
    for role in (Role.CLERK, Role.GUIDE, Role.HEAD_OFFICE, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowedError):
            take_members(shop, path, role)
    with pytest.raises(MappingMissesError):
        take_members(shop, members_file(tmp_path, "地址,备注", "杭州,好", name="x.csv"))


def test_cards_in_use_are_not_doubled(shop: Shop, tmp_path: Path) -> None:
    take_members(shop, members_file(tmp_path, "姓名,手机,卡号", "周敏,13800138000,V1"))
    take_members(shop, members_file(tmp_path, "姓名,手机,卡号", "周敏,13800138000,V2", name="n.csv"))
    with shop.reading() as session:
        states = {row.number: row.state.value for row in session.execute(select(Card.number, Card.state))}
    assert states == {"V1": "issued", "V2": "replaced"}


def test_balances_come_once(shop: Shop, tmp_path: Path) -> None:
    take_members(shop, members_file(tmp_path, "姓名,手机,积分,赠送余额", "周敏,13800138000,100,20"))
    take_members(shop, members_file(tmp_path, "姓名,手机,积分,储值余额", "周敏,13800138000,300,50", name="n.csv"))
    page = the(shop, by_name(shop, "周敏").number)
    assert page.worth.points == 100
    assert page.worth.bonus is not None
    assert page.worth.stored is not None
    assert (page.worth.bonus.fen, page.worth.stored.fen) == (2000, 5000)
