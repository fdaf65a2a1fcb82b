"""Where a typed text is found in a name or a phone, and how near it is."""

from collections.abc import Sequence

import pytest

from crmdesk.core.found import Why
from crmdesk.core.search_match import Match, Sounds, matcher
from crmdesk.core.search_text import analyse

_SOUNDS = {"王": ("wang",), "小": ("xiao",), "明": ("ming",), "重": ("zhong", "chong"), "买": ("mai",), "提": ("ti",)}


def _readings(name: str) -> Sequence[Sequence[str]]:
    return tuple(_SOUNDS.get(character, ()) for character in name)


def _match(typed: str, name: str, *phones: str) -> Match | None:
    return matcher(analyse(typed), Sounds(_readings))(name, phones)


@pytest.mark.parametrize(
    ("typed", "name", "expected"),
    [
        ("王小明", "王小明", Match(Why.NAME, ((0, 3),), rank=0)),
        ("王小", "王小明", Match(Why.NAME, ((0, 2),), rank=1)),
        ("明", "王小明", Match(Why.NAME, ((2, 3),))),
        ("小 王", "王小明", Match(Why.NAME, ((0, 2),), rank=1)),
        ("買買提", "买买提", Match(Why.NAME, ((0, 3),), rank=0)),
        ("买提", "买买·提", Match(Why.NAME, ((1, 4),))),
        ("wangxiaoming", "王小明", Match(Why.PINYIN, ((0, 3),), rank=0)),
        ("xiaom", "王小明", Match(Why.PINYIN, ((1, 3),))),
        ("xm", "王小明", Match(Why.INITIALS, ((1, 3),))),
        ("wzm", "王重明", Match(Why.INITIALS, ((0, 3),), rank=0)),
        ("wcm", "王重明", Match(Why.INITIALS, ((0, 3),), rank=3)),
        ("wangming", "王·明", Match(Why.PINYIN, ((0, 3),), rank=0)),
        ("smi", "John Smith", Match(Why.NAME, ((5, 8),))),
        ("100", "O'Neil 100%", Match(Why.NAME, ((7, 10),))),
        ("%", "O'Neil 100%", Match(Why.NAME, ((10, 11),))),
        ("5678", "王小明", Match(Why.PHONE, phone=1)),
        ("王 5678", "王小明", Match(Why.NAME, ((0, 1),), phone=1, rank=1)),
        ("5678 王", "王小明", Match(Why.PHONE, ((0, 1),), phone=1, rank=1)),
        ("wx 9999", "王小明", None),
        ("mingwang", "王小明", None),
        ("9999", "王小明", None),
        ("%", "王小明", None),
        ("", "王小明", None),
    ],
)
def test_found(typed: str, name: str, expected: Match | None) -> None:
    assert _match(typed, name, "13900001111", "13812345678") == expected


def test_one_name_with_different_phones_is_looked_at_for_each() -> None:
    answer = matcher(analyse("5678"), Sounds(_readings))
    assert answer("王小明", ["13812345678"]) == Match(Why.PHONE, phone=0)
    assert answer("王小明", ["13812340000"]) is None
    assert answer("王小明", ["1", "15678"]) == Match(Why.PHONE, phone=1)
