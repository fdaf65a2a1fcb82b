"""Facts of papers that go to many members by post."""

from datetime import date

from crmdesk.core.paper_facts.common import PrintFacts, StoreFacts
from crmdesk.core.paper_facts.mailing import AddressLabel, AddressLabelsFacts, MemberLetter, MemberLettersFacts

LONG_ADDRESS = (
    "新疆维吾尔自治区伊犁哈萨克自治州伊宁市解放西路街道办事处红旗社区",
    "喀赞其民俗旅游区阿依墩街 128 号 附 3 号院 2 幢 1 单元 502 室（南门进，电话联系）",
)
_PEOPLE = (
    ("周敏", ("浙江省杭州市西湖区文三路 99 号 3 幢 502",), "310012"),
    ("阿不都热合曼·买买提江·吐尔逊阿吉", LONG_ADDRESS, "835000"),
    ("Mr James Whitfield-Montgomery", ("Room 1203, Tower B, 18 Harbour Road", "Wan Chai, Hong Kong"), ""),
    ("𠮷田美嘉", ("上海市静安区愚园路 68 号",), ""),
)


def labels() -> AddressLabelsFacts:
    """Give a sheet that was begun, and a second one."""
    people = [_PEOPLE[place % len(_PEOPLE)] for place in range(26)]
    return AddressLabelsFacts(tuple(AddressLabel(*one) for one in people), used=4)


def letters(store: StoreFacts, printed: PrintFacts) -> MemberLettersFacts:
    """Give letters of a few words."""
    words = "尊敬的{form}：\n\n感谢您一直以来的支持。您目前的等级是金卡，积分 1,280 分。\n\n冬季新款已到店。"
    made = tuple(
        MemberLetter(name, lines, f"G01000{place:04}", words.replace("{form}", name))
        for place, (name, lines, _code) in enumerate(_PEOPLE)
    )
    day = date(2026, 11, 21)
    return MemberLettersFacts(
        "M261121-100001", store, "冬季新款到店", made, day, "王店长", "店长", "王店长 0571-88886666", printed
    )
