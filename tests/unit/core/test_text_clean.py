"""Text from outside loses what nobody sees and keeps what somebody wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.text_clean import clean_code, clean_line, clean_name, clean_note


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  周敏 ", "周敏"),
        ("ＶＩＰ００１２", "VIP0012"),
        ("a\x00b\x07c", "abc"),
        ("周\u200b敏\ufeff", "周敏"),
        ("周敏\u202e", "周敏"),
        ("杭州\u3000 西湖\t区\r\n文三路", "杭州 西湖 区 文三路"),
        ("喜欢红色，不喝茶。", "喜欢红色，不喝茶。"),
        ("𠮷野家", "𠮷野家"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("㎡①½", "㎡①½"),
        ("e\u0301", "\u00e9"),
        ("a\ud800b", "ab"),
        ("", ""),
    ],
)
def test_one_line(raw: str, clean: str) -> None:
    assert clean_line(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("周 敏", "周敏"),
        ("欧 阳  娜 娜", "欧阳娜娜"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提 • 艾力", "买买提·艾力"),
        ("买买提.艾力", "买买提·艾力"),
        ("Anna  Smith", "Anna Smith"),
        ("Anna 李", "Anna 李"),
        ("𠮷 田", "𠮷田"),
        ("䶮 㛃", "䶮㛃"),
    ],
)
def test_names(raw: str, clean: str) -> None:
    assert clean_name(raw) == clean


def test_notes_keep_their_lines_and_emoji() -> None:
    family = "👨\u200d👩\u200d👧"
    assert clean_note(f" 一\r\n二\r三\x00 {family}\n") == f"一\n二\n三 {family}"


def test_codes_are_compared_in_one_form() -> None:
    assert clean_code(" vip ００1 ") == "VIP001"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_name(clean_name(text)) == clean_name(text)
    assert clean_note(clean_note(text)) == clean_note(text)
