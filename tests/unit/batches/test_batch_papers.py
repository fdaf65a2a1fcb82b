"""The papers of a batch read back: each piece by its code, on as many pages as it takes, both languages."""

from dataclasses import replace
from io import BytesIO

import pypdf
import pytest

from crmdesk.core.paper_facts.batch import BatchLineFacts, PackingListFacts
from crmdesk.documents.pdf.papers import render
from tests.builders import batch_facts, paper_facts
from tests.unit.documents.reading import codes, squeezed, text_by_pypdf

MANY = tuple(
    BatchLineFacts(f"R-01-261121-{number:03d}5", f"拉杆箱 {number}", "密码锁", "轮子断裂", "声明")
    for number in range(1, 31)
)


@pytest.mark.parametrize("name", ["packing_list", "judgement_form"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_each_piece_can_be_scanned(name: str, language: str) -> None:
    found = codes(render(paper_facts.ALL[name], language), dpi=300)
    wanted = {("QRCode", line.number) for line in batch_facts.LINES} | {("Code128", batch_facts.BATCH)}
    assert wanted <= {(kind.replace(" ", ""), text) for kind, text in found}


@pytest.mark.parametrize("name", ["packing_list", "judgement_form"])
def test_thirty_pieces_go_over_pages_and_none_is_lost(name: str) -> None:
    facts = replace(paper_facts.ALL[name], lines=MANY)  # type: ignore[arg-type]
    pdf = render(facts, "zh_CN")
    text = squeezed(text_by_pypdf(pdf))
    assert all(line.number in text for line in MANY)
    pages = len(pypdf.PdfReader(BytesIO(pdf)).pages)
    assert pages > 2
    assert f"1/{pages}" in text


def test_without_anything_declared_no_value_is_printed() -> None:
    facts = batch_facts.packing_list(paper_facts.STORE, paper_facts.PRINTED)
    assert isinstance(facts, PackingListFacts)
    plain = replace(facts, lines=(replace(facts.lines[1], accessories=""),), courier="", tracking="", sent_at=None)
    text = squeezed(text_by_pypdf(render(plain, "en")))
    assert "¥" not in text
    assert "none" in text
