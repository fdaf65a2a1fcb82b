"""Fee receipt and labels: what stands on them, in both languages and on every size."""

import pytest

from crmdesk.core.money import Money
from crmdesk.core.paper_facts.common import AmountLine
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.paper_facts.loan import FeeReceiptFacts, LoanerLabel, LoanerLabelFacts
from crmdesk.documents.pdf.loaner_label import SHEET_COLUMNS, SHEET_LINES
from crmdesk.documents.pdf.papers import formats_of, render
from tests.builders.paper_facts import CUSTOMER, NOW, PRINTED, STORE
from tests.unit.documents.reading import READERS, codes, sizes_mm, squeezed

RECEIPT = FeeReceiptFacts(
    number="P010000017",
    store=STORE,
    customer=CUSTOMER,
    amount=Money(9_950),
    purpose="备用品费用：L-007  20寸拉杆箱",
    paid_at=NOW,
    taken_by="周敏",
    paid_by="微信",
    printed=PRINTED,
    fees=(
        AmountLine("逾期费", Money(5_000)),
        AmountLine("损坏赔偿", Money(6_950)),
        AmountLine("本次支付", Money(-9_950)),
    ),
    open_after=Money(2_000),
    loan_number="L-01-261121-0019",
    ticket_number="R-01-261121-0037",
)


def labels(count: int) -> LoanerLabelFacts:
    made = tuple(LoanerLabel(f"L-{n:03d}", "20寸拉杆箱", "途远  银色  20寸", "B2") for n in range(1, count + 1))
    return LoanerLabelFacts("L-001", "文三路店", made)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_fee_receipt_says_what_was_paid_and_what_is_open(language: str) -> None:
    for paper in formats_of(FeeReceiptFacts):
        pdf = render(RECEIPT, language, paper)
        text = squeezed(READERS["pdfium"](pdf))
        for words in ("P010000017", "99.50", "20.00", "L-01-261121-0019", "周建国", "微信"):
            assert squeezed(words) in text, (paper, words)
    assert len(sizes_mm(render(RECEIPT, language, PaperFormat.A5))) == 1


@pytest.mark.parametrize("paper", [PaperFormat.TAG60, PaperFormat.TAG80])
def test_each_label_is_a_page_and_its_bars_read_back(paper: PaperFormat) -> None:
    pdf = render(labels(2), "zh_CN", paper)
    assert len(sizes_mm(pdf)) == 2
    assert [codes(pdf, page) for page in (0, 1)] == [{("Code128", "L-001")}, {("Code128", "L-002")}]


def test_a_sheet_carries_many_labels_and_goes_on_on_the_next() -> None:
    on_sheet = SHEET_COLUMNS * SHEET_LINES
    pdf = render(labels(on_sheet + 1), "en", PaperFormat.A4)
    assert len(sizes_mm(pdf)) == 2
    text = squeezed(READERS["pdfium"](pdf))
    assert all(f"L-{n:03d}" in text for n in range(1, on_sheet + 2))
    scanned = [text for page in (0, 1) for _kind, text in sorted(codes(pdf, page, 300))]
    assert scanned == [f"L-{n:03d}" for n in range(1, on_sheet + 2)]


def test_a_label_of_long_words_stays_on_its_label() -> None:
    long = LoanerLabel("LOAN-2026-000123-X", "拉杆箱" * 40, "银色" * 80, "后仓三排二层")
    pdf = render(LoanerLabelFacts("X", "店" * 60, (long,)), "zh_CN", PaperFormat.TAG60)
    assert len(sizes_mm(pdf)) == 1
    assert ("Code128", "LOAN-2026-000123-X") in codes(pdf)
