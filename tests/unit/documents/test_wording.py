"""Papers never carry the shop's last word or a waiver of legal rights."""

import pytest

from crmdesk.documents.wording import check_words
from tests.builders import paper_facts
from tests.unit.documents.reading import texts_of


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("本活动最终解释权归本店所有。", "final_interpretation"),
        ("本协议的解释权属于商家所有", "final_interpretation"),
        ("最 终 解 释 权归我司", "final_interpretation"),
        ("We reserve the right of final interpretation.", "final_interpretation"),
        ("物品遗失本店概不负责。", "no_liability"),
        ("如有损坏本店不承担任何责任", "no_liability"),
        ("The store accepts no liability for damage.", "no_liability"),
        ("商品一经售出概不退换", "no_return"),
        ("All sales are final.", "no_return"),
        ("客户自愿放弃一切索赔权利", "waiver"),
        ("逾期视为放弃物品", "waiver"),
        ("The customer waives all rights against the store.", "waiver"),
        ("本店有权单方修改本协议", "change_alone"),
    ],
)
def test_forbidden_words_are_found_with_their_source(text: str, rule: str) -> None:
    found = check_words(text)
    assert rule in {one.id for one in found}
    assert all(one.source and one.why_zh and one.why_en and one.found for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "凭本单取件；遗失请携带身份证件到店登记。",
        "损坏按维修实价赔偿，多退少补。",
        "本店负责修复，修复部位保修 30 天。",
        "This decision does not affect your legal rights.",
        "No refund is due because the goods were exchanged.",
        "",
    ],
)
def test_fair_words_pass(text: str) -> None:
    assert check_words(text) == []


def test_our_own_samples_are_fair() -> None:
    for facts in paper_facts.ALL.values():
        for text in texts_of(facts):
            assert check_words(text) == []
