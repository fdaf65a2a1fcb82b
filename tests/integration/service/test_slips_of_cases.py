"""The slips of complaints and returns say when they are answered or settled, nothing about a repair."""

from datetime import date

import pytest

from crmdesk.core.money import Money
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.paper_facts.service_slip import ServiceSlipFacts
from crmdesk.documents.pdf.papers import formats_of, render
from crmdesk.queries import ticket_papers
from crmdesk.services.purchases import LineFacts
from tests.builders.cases import add_complaint, add_line, add_purchase, add_return
from tests.builders.loaners import add_member
from tests.builders.shop import Shop
from tests.unit.documents.reading import READERS, squeezed

FORMATS = pytest.mark.parametrize("paper", formats_of(ServiceSlipFacts))
REPAIR_WORDS = ("承诺交件", "检测后报价", "预估费用", "预计费用", "条款", "保修", "维修", "取件")


def slip(shop: Shop, ticket_id: int, language: str = "zh_CN") -> ServiceSlipFacts:
    with shop.reading() as session:
        return ticket_papers.service_slip(session, ticket_id, shop.context(), language)


def text_of(facts: ServiceSlipFacts, paper: PaperFormat, language: str = "zh_CN") -> str:
    return squeezed(READERS["pdfium"](render(facts, language, paper)))


@FORMATS
def test_a_complaint_says_what_is_wanted_and_when_it_is_answered(shop: Shop, paper: PaperFormat) -> None:
    facts = slip(shop, add_complaint(shop))
    assert facts.promised_on == date(2026, 11, 26)
    text = text_of(facts, paper)
    assert "答复期限" in text
    assert "客户诉求" in text
    assert "退货并赔偿干洗费" in text
    assert [words for words in REPAIR_WORDS if words in text] == []


@FORMATS
def test_a_return_lists_its_lines_and_when_it_is_settled(shop: Shop, paper: PaperFormat) -> None:
    member = add_member(shop)
    (line,) = add_purchase(shop, member, LineFacts("连衣裙 藏青 M", Money.yuan(1196), 2))
    ticket_id = add_return(shop, member)
    add_line(shop, ticket_id, line, 2)
    facts = slip(shop, ticket_id)
    assert facts.promised_on == date(2026, 11, 28)
    text = text_of(facts, paper)
    assert "办结期限" in text
    assert squeezed("连衣裙 藏青 M × 2") in text
    assert "¥1,196.00" in text
    assert [words for words in REPAIR_WORDS if words in text] == []


def test_in_english_too(shop: Shop) -> None:
    text = text_of(slip(shop, add_complaint(shop), "en"), PaperFormat.A5, "en")
    assert "Answerby" in text
    assert "Promisedfor" not in text
    assert "Estimatedprice" not in text
