"""Columns find their fields by header and by data, in any order; a person has the last word."""

import json
from pathlib import Path

import pytest

from crmdesk.exchange.fields import ImportKind, MemberField, PurchaseField
from crmdesk.exchange.guessing import guess_kind, guess_mapping
from crmdesk.exchange.mapping import Mapping, MappingError, MappingTrouble, Why, mapping_from_json
from crmdesk.exchange.opening import open_table
from crmdesk.exchange.table import Table
from tests.builders.outside_files import write_text

MEMBERS = ImportKind.MEMBERS
PURCHASES = ImportKind.PURCHASES


def _table(tmp_path: Path, *rows: str) -> Table:
    return open_table(write_text(tmp_path / "a.csv", [row.split("|") for row in rows]))


def _fields(mapping: Mapping) -> list[str]:
    return [column.field.value if column.field else column.custom for column in mapping.columns]


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ("姓名|手机|生日|性别", "name phone birthday gender"),
        ("会员卡号|会员姓名*|手机号(必填)|会员等级|可用积分|储值余额", "card name phone level points stored_value"),
        (
            "客户|联系方式|出生日期|地址|职业|来源|导购|备注|标签|微信",
            "name phone birthday address occupation source guide note tags wechat",
        ),
        ("Name|Mobile No.|Date of Birth|Gender|E-mail|Remarks", "name phone birthday gender email note"),
        ("备注|Ｐｈｏｎｅ|姓 名", "note phone name"),
        ("会员号|姓名|手机|备用电话|赠送金额|开卡日期|所属门店", "member_number name phone phone bonus joined store"),
    ],
)
def test_member_headers(headers: str, fields: str, tmp_path: Path) -> None:
    table = _table(tmp_path, headers, "|".join("x" for _ in headers.split("|")))
    assert _fields(guess_mapping(table, MEMBERS)) == fields.split()


def test_purchase_headers(tmp_path: Path) -> None:
    headers = "小票号|销售日期|会员卡号|手机|款号|品名|颜色|尺码|数量|单价|实收金额|导购|门店|单据类型"
    table = _table(tmp_path, headers, "|".join("x" for _ in headers.split("|")))
    mapping = guess_mapping(table, PURCHASES)
    assert _fields(mapping) == (
        [
            "number",
            "date",
            "card",
            "phone",
            "item_code",
            "item_name",
            "colour",
            "size",
            "quantity",
            "unit_price",
            "amount",
            "guide",
            "store",
            "return",
        ]
    )
    assert guess_kind(table) is PURCHASES
    assert mapping.missing() == ()


def test_data_decides_without_header(tmp_path: Path) -> None:
    rows = [
        "13800138000|周敏|女|1985-03-05|杭州市西湖区文三路1号|a@b.cn",
        "13900139000|李雷|男|1990-01-02|上海市静安区南京路2号|c@d.cn",
    ]
    mapping = guess_mapping(_table(tmp_path, *rows), MEMBERS)
    assert _fields(mapping) == ["phone", "name", "gender", "birthday", "address", "email"]
    assert {column.why for column in mapping.columns} == {Why.DATA}


def test_data_corrects_a_wrong_header(tmp_path: Path) -> None:
    table = _table(tmp_path, "姓名|手机", "13800138000|周敏", "13900139000|李雷")
    assert _fields(guess_mapping(table, MEMBERS)) == ["phone", "name"]


def test_unknown_columns_are_kept_as_custom_fields(tmp_path: Path) -> None:
    mapping = guess_mapping(_table(tmp_path, "姓名|手机|星座|空列", "周敏|13800138000|双鱼|"), MEMBERS)
    assert _fields(mapping) == ["name", "phone", "星座", ""]
    assert [column.header for column in mapping.unrecognised()] == ["星座", "空列"]


def test_of_two_columns_for_one_field_the_surer_stays(tmp_path: Path) -> None:
    mapping = guess_mapping(_table(tmp_path, "客户|姓名", "甲公司|周敏", "乙公司|李雷"), MEMBERS)
    assert [column.field for column in mapping.columns] == [None, MemberField.NAME]


def test_what_is_needed_and_missing(tmp_path: Path) -> None:
    mapping = guess_mapping(_table(tmp_path, "备注|来源", "a|b"), MEMBERS)
    assert mapping.missing() == (frozenset({MemberField.NAME, MemberField.PHONE}),)


def test_a_person_chooses(tmp_path: Path) -> None:
    mapping = guess_mapping(_table(tmp_path, "客户|手机|简称", "周敏|13800138000|小周"), MEMBERS)
    chosen = mapping.with_field(2, MemberField.NAME)
    assert _fields(chosen) == ["客户", "phone", "name"]
    assert chosen.columns[2].why is Why.CHOSEN
    assert _fields(chosen.with_field(2, None)) == ["客户", "phone", ""]


def test_json_there_and_back_in_another_column_order(tmp_path: Path) -> None:
    mapping = guess_mapping(_table(tmp_path, "姓名|手机|星座", "周敏|13800138000|双鱼"), MEMBERS)
    other = _table(tmp_path, "星座|手机|姓名", "双鱼|13800138000|周敏")
    assert _fields(mapping_from_json(mapping.to_json(), other, MEMBERS)) == ["星座", "phone", "name"]


def test_the_short_form_of_a_mapping(tmp_path: Path) -> None:
    table = _table(tmp_path, "a|b|c", "周敏|13800138000|x")
    assert _fields(mapping_from_json('{"a": "name", "B": "phone"}', table, MEMBERS)) == ["name", "phone", ""]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", MappingTrouble.NOT_JSON),
        ("[1]", MappingTrouble.NOT_JSON),
        ("[" * 100_000, MappingTrouble.NOT_JSON),
        ('{"columns": ["x"]}', MappingTrouble.NOT_JSON),
        ('{"kind": "purchases", "columns": []}', MappingTrouble.WRONG_KIND),
        ('{"a": "shoe colour"}', MappingTrouble.UNKNOWN_FIELD),
        ('{"z": "name"}', MappingTrouble.UNKNOWN_COLUMN),
        ('{"a": "name", "b": "name"}', MappingTrouble.FIELD_TWICE),
    ],
)
def test_a_mapping_that_does_not_fit(text: str, reason: MappingTrouble, tmp_path: Path) -> None:
    with pytest.raises(MappingError) as refused:
        mapping_from_json(text, _table(tmp_path, "a|b", "周敏|13800138000"), MEMBERS)
    assert refused.value.reason is reason


def test_json_is_readable(tmp_path: Path) -> None:
    mapping = guess_mapping(_table(tmp_path, "日期|金额", "2026-03-05|5"), PURCHASES)
    assert json.loads(mapping.to_json()) == {
        "kind": "purchases",
        "columns": [
            {"column": "A", "header": "日期", "field": PurchaseField.DATE.value},
            {"column": "B", "header": "金额", "field": "amount"},
        ],
    }
