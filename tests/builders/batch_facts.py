"""Believable facts of the papers that travel with a batch."""

from dataclasses import replace
from typing import Final

from crmdesk.core.money import Money
from crmdesk.core.paper_facts.batch import (
    BatchLineFacts,
    ChoiceWords,
    JudgementFormFacts,
    PackingListFacts,
    RecipientFacts,
)
from crmdesk.core.paper_facts.common import PrintFacts, StoreFacts

BATCH: Final = "B-01-261121-0016"
TO_VENDOR: Final = RecipientFacts(
    "外部维修方", "老陈皮具护理", "陈师傅", "0571-8600 0000", "杭州市拱墅区湖墅南路 12 号"
)
LINES: Final = (
    BatchLineFacts(
        "R-01-261121-0037",
        "行远 拉杆箱 20寸 银色 XY-20A",
        "密码锁、箱套",
        "轮子断裂",
        "机场托运后左前轮断裂，无法拖行。",
        "是否批次问题？",
        Money(128_000),
        6,
    ),
    BatchLineFacts("R-01-261121-0045", "手提包 棕色", "", "脱线、五金生锈", "肩带脱线。", "", None, None),
)
CHOICES: Final = ChoiceWords(
    ("可修", "不可修"),
    ("产品质量", "使用不当", "正常磨损", "运输损坏", "门店操作", "无法判定"),
    ("免费维修", "付费维修", "换同款", "换相近款", "退款", "补偿券", "不予处理"),
    ("顾客", "门店", "总部", "供应商", "承运方"),
)


def packing_list(store: StoreFacts, printed: PrintFacts) -> PackingListFacts:
    """Give a list of two pieces for a repairer."""
    lines = tuple(replace(line, said="") for line in LINES)
    return PackingListFacts(
        BATCH, store, TO_VENDOR, lines, printed, printed.at, printed.at, "顺丰速运", "SF1234567890", "小心轻放"
    )


def judgement_form(store: StoreFacts, printed: PrintFacts) -> JudgementFormFacts:
    """Give the form for the same two pieces."""
    return JudgementFormFacts(BATCH, store, TO_VENDOR, LINES, printed, CHOICES)
