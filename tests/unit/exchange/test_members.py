"""Member rows: what is repaired, what is told, what stays out."""

from datetime import date, datetime

import pytest

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CareClass
from crmdesk.core.members import BirthdayCalendar, CardTier, Gender
from crmdesk.core.money import Money
from crmdesk.exchange.fields import ImportKind, MemberField
from crmdesk.exchange.mapping import MappedColumn, Mapping
from crmdesk.exchange.members import MemberChecker, MemberRow, member_keys
from crmdesk.exchange.problems import CheckedRow, Reason, Severity
from crmdesk.exchange.table import Cell

TODAY = date(2026, 11, 21)
LUNAR = BirthdayCalendar.LUNAR
SOLAR = BirthdayCalendar.SOLAR


def _checker(*fields: str) -> MemberChecker:
    columns = []
    for index, name in enumerate(fields):
        field = MemberField(name.split(":")[0]) if not name.startswith("custom:") else None
        custom = name.removeprefix("custom:") if field is None else ""
        columns.append(MappedColumn(index, chr(65 + index), name.partition(":")[2], field, custom))
    return MemberChecker(Mapping(ImportKind.MEMBERS, tuple(columns)), TODAY)


def _check(**cells: Cell) -> CheckedRow[MemberRow]:
    return _checker(*cells).check(2, list(cells.values()))


def _good(**cells: Cell) -> MemberRow:
    checked = _check(**cells)
    assert checked.row is not None, checked.problems
    return checked.row


def _remarks(checked: CheckedRow[MemberRow]) -> list[tuple[str | None, Reason, Severity]]:
    return [(p.field.value if p.field else None, p.reason, p.severity) for p in checked.problems]


def test_a_full_row() -> None:
    row = _good(
        name=" 周 敏 ",
        phone=13800138000.0,
        member_number=" m０1 ",
        gender="女",
        birthday="农历八月十五",
        level="金卡",
        care_class="核心",
        points="1,200分",
        stored_value="¥1,280.50 元",
        bonus=100.0,
        address="杭州市\u3000文三路",
        email="a@b.cn",
        joined=datetime(2024, 5, 1, 10, 0),  # noqa: DTZ001
        tags="常客，喜红色、VIP",
        note="一\r\n二",
        shoe_size=37.0,
    )
    assert (row.name, row.phones[0].digits, row.member_number) == ("周敏", "13800138000", "M01")
    assert (row.gender, row.birthday) == (Gender.FEMALE, Birthday(LUNAR, None, 8, 15))
    assert (row.level, row.level_text, row.care_class) == (CardTier.GOLD, "金卡", CareClass.KEY)
    assert (row.points, row.stored_value, row.bonus) == (1200, Money(128050), Money(10000))
    assert (row.address, row.email, row.joined) == ("杭州市 文三路", "a@b.cn", date(2024, 5, 1))
    assert (row.tags, row.note, row.shoe_size) == (("常客", "喜红色", "VIP"), "一\n二", "37")


@pytest.mark.parametrize(
    ("cell", "digits"),
    [
        ("13800138000", ["13800138000"]),
        ("1.3800138E+10", ["13800138000"]),
        ("13800138000.0", ["13800138000"]),
        ("１３８００１３８０００", ["13800138000"]),
        ("13800138000/13900139000", ["13800138000", "13900139000"]),
        ("13800138000、010-87654321", ["13800138000", "01087654321"]),
        ("13800138000 13900139000", ["13800138000", "13900139000"]),
        ("13800138000\n13900139000", ["13800138000", "13900139000"]),
        ("13800138000，13800138000", ["13800138000"]),
        ("无", []),
        ("-", []),
    ],
)
def test_phones(cell: str, digits: list[str]) -> None:
    checked = _check(name="周敏", phone=cell)
    assert checked.row is not None
    assert [phone.digits for phone in checked.row.phones] == digits
    assert checked.problems == ()


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1.38E+10", Reason.PHONE_DIGITS_LOST),
        (13800000000.0, Reason.PHONE_DIGITS_LOST),
        ("1380013800", Reason.PHONE_TOO_SHORT),
        ("138001380001", Reason.PHONE_TOO_LONG),
        ("微信同号", Reason.PHONE_NOT_A_NUMBER),
        (True, Reason.PHONE_NOT_A_NUMBER),
        (date(2026, 1, 1), Reason.PHONE_NOT_A_NUMBER),
        ("1" * 100_000, Reason.PHONE_TOO_LONG),
    ],
)
def test_phones_that_keep_the_row_out(cell: Cell, reason: Reason) -> None:
    checked = _check(name="周敏", phone=cell)
    assert checked.row is None
    assert checked.refused
    assert _remarks(checked) == [("phone", reason, Severity.ERROR)]
    assert len(checked.problems[0].value) <= 120


def test_a_phone_among_words_is_taken_and_told() -> None:
    checked = _check(name="周敏", phone="13800138000（妈妈）")
    assert checked.row is not None
    assert checked.row.phones[0].digits == "13800138000"
    assert _remarks(checked) == [("phone", Reason.PHONE_PICKED, Severity.WARNING)]


def test_several_phone_columns_come_together() -> None:
    checker = _checker("name", "phone", "phone")
    row = checker.check(2, ["周敏", "13800138000", "010-87654321"]).row
    assert row is not None
    assert [phone.digits for phone in row.phones] == ["13800138000", "01087654321"]


@pytest.mark.parametrize(
    ("cell", "birthday", "reasons"),
    [
        ("1985-03-05", Birthday(SOLAR, 1985, 3, 5), []),
        (31111.0, Birthday(SOLAR, 1985, 3, 5), []),
        (date(1985, 3, 5), Birthday(SOLAR, 1985, 3, 5), []),
        ("3月5日", Birthday(SOLAR, None, 3, 5), []),
        ("2026.3.5", Birthday(SOLAR, None, 3, 5), [Reason.BIRTHDAY_TOO_YOUNG]),
        ("2030-03-05", Birthday(SOLAR, None, 3, 5), [Reason.BIRTHDAY_FUTURE]),
        ("1890-03-05", Birthday(SOLAR, None, 3, 5), [Reason.BIRTHDAY_TOO_OLD]),
        ("1900-01-01", None, [Reason.BIRTHDAY_TOO_OLD]),
        ("不详", None, []),
    ],
)
def test_birthdays(cell: Cell, birthday: Birthday | None, reasons: list[Reason]) -> None:
    checked = _check(name="周敏", birthday=cell)
    assert checked.row is not None
    assert checked.row.birthday == birthday
    assert [problem.reason for problem in checked.problems] == reasons


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2月30日", Reason.DATE_IMPOSSIBLE),
        ("1985", Reason.DATE_YEAR_ONLY),
        ("3/5/1985", Reason.DATE_AMBIGUOUS),
        ("春天", Reason.DATE_NOT_A_DATE),
    ],
)
def test_birthdays_that_cannot_be_read_keep_the_row_out(cell: str, reason: Reason) -> None:
    assert _remarks(_check(name="周敏", birthday=cell)) == [("birthday", reason, Severity.ERROR)]


def test_the_calendar_may_stand_in_another_column_or_in_the_header() -> None:
    assert _good(name="周敏", birthday="8-15", birthday_calendar="农历").birthday == Birthday(LUNAR, None, 8, 15)
    row = _checker("name", "birthday:农历生日").check(2, ["周敏", "8月15"]).row
    assert row is not None
    assert row.birthday == Birthday(LUNAR, None, 8, 15)


def test_gender_words_and_titles() -> None:
    assert _good(name="周敏", gender="先生").gender is Gender.MALE
    assert _good(name="周女士").gender is Gender.FEMALE
    assert _good(name="周女士", gender="").gender is Gender.FEMALE
    assert _good(name="周敏", gender="保密").gender is None
    assert _remarks(_check(name="周敏", gender="3")) == [("gender", Reason.GENDER_UNKNOWN, Severity.WARNING)]


@pytest.mark.parametrize(
    ("field", "cell", "reason"),
    [
        ("stored_value", "一百", Reason.MONEY_NOT_A_NUMBER),
        ("stored_value", 1.005, Reason.MONEY_TOO_FINE),
        ("stored_value", "1e30", Reason.MONEY_TOO_LARGE),
        ("stored_value", -5.0, Reason.MONEY_NEGATIVE),
        ("points", "12.5", Reason.NUMBER_NOT_WHOLE),
        ("points", "inf", Reason.NUMBER_NOT_WHOLE),
        ("points", -1.0, Reason.NUMBER_NEGATIVE),
        ("name", 13800138000.0, Reason.NAME_NOT_A_NAME),
        ("address", "长" * 241, Reason.TOO_LONG),
        ("card", "9" * 41, Reason.TOO_LONG),
        ("tags", "长" * 41, Reason.TOO_LONG),
        ("note", "长" * 4_001, Reason.TOO_LONG),
    ],
)
def test_values_that_keep_the_row_out(field: str, cell: Cell, reason: Reason) -> None:
    checked = _check(**({"phone": "13800138000"} | {"name": "周敏"} | {field: cell}))
    assert _remarks(checked) == [(field, reason, Severity.ERROR)]


def test_sums_of_a_spreadsheet_are_not_too_fine() -> None:
    assert _good(name="周敏", stored_value=0.1 + 0.2).stored_value == Money(30)


def test_names() -> None:
    assert _remarks(_check(name="", phone="13800138000")) == [("name", Reason.NAME_MISSING, Severity.WARNING)]
    assert _remarks(_check(name="", address="x")) == [("name", Reason.NAME_MISSING, Severity.ERROR)]
    assert _good(name="𠮷田").name == "𠮷田"
    assert _good(name="艾合买提・买买提").name == "艾合买提·买买提"


def test_unknown_words_are_told_and_the_row_comes_in() -> None:
    checked = _check(name="周敏", level="铂金", care_class="特殊", email="x")
    assert checked.row is not None
    assert checked.row.level_text == "铂金"
    assert {problem.reason for problem in checked.problems} == {
        Reason.LEVEL_UNKNOWN,
        Reason.CARE_CLASS_UNKNOWN,
        Reason.EMAIL_NOT_AN_ADDRESS,
    }


def test_sums_and_repeated_headers_are_skipped() -> None:
    checker = _checker("name:姓名", "phone:手机")
    for cells, reason in (
        (["合计：", "200"], Reason.TOTAL_LINE),
        (["Total", "5"], Reason.TOTAL_LINE),
        (["姓名", "手机"], Reason.REPEATED_HEADER),
    ):
        checked = checker.check(9, list[Cell](cells))
        assert checked.row is None
        assert not checked.refused
        assert [problem.reason for problem in checked.problems] == [reason]


def test_repeats_inside_the_file() -> None:
    checker = _checker("name", "phone", "card")
    assert checker.check(2, ["周敏", "13800138000", "A1"]).row is not None
    again = checker.check(3, ["周敏", "+86 13800138000", ""])
    assert _remarks(again) == [("phone", Reason.DUPLICATE_IN_FILE, Severity.ERROR)]
    assert again.problems[0].other_row == 2
    family = checker.check(4, ["周建国", "13800138000", ""])
    assert family.row is not None
    assert _remarks(family) == [("phone", Reason.PHONE_SHARED_IN_FILE, Severity.WARNING)]
    assert _remarks(checker.check(5, ["李雷", "", "a1"])) == [("card", Reason.DUPLICATE_IN_FILE, Severity.ERROR)]


def test_a_refused_row_does_not_make_its_repetition_a_duplicate() -> None:
    checker = _checker("name", "phone", "birthday")
    assert checker.check(2, ["周敏", "13800138000", "2月30日"]).row is None
    assert checker.check(3, ["周敏", "13800138000", "2月3日"]).row is not None


def test_custom_columns_and_short_rows() -> None:
    checker = _checker("name", "custom:星座", "phone")
    row = checker.check(2, ["周敏", "双鱼"]).row
    assert row is not None
    assert (row.custom, row.phones) == ((("星座", "双鱼"),), ())


def test_keys_for_the_search_in_the_store() -> None:
    row = _good(name="周敏", phone="13800138000", card="a1", member_number="7")
    assert member_keys(row) == [("phone", "13800138000"), ("card", "A1"), ("member_number", "7")]
