"""Both forms of a character are one to the search."""

import pytest

from crmdesk.core.hanzi import simplified


@pytest.mark.parametrize(
    ("traditional", "plain"),
    [
        "陳陈",
        "歐欧",
        "陽阳",
        "單单",
        "呂吕",
        "鍾钟",
        "锺钟",
        "餘余",
        "甯宁",
        "峯峰",
        "𠮷吉",
        "呉吴",
        "薴苎",
        "鷔𪉑",
        "葉叶",
    ],
)
def test_traditional_and_variant_forms(traditional: str, plain: str) -> None:
    assert simplified(traditional) == plain
    assert simplified(plain) == plain


@pytest.mark.parametrize("character", ["王", "堃", "喆", "沈", "像", "a", "1", "😀", "𬱖", "が", "\0"])
def test_what_has_no_other_form_stays(character: str) -> None:
    assert simplified(character) == character
