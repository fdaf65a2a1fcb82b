"""Every paper on every size: its text is what was typed, its codes can be read, its pages are as large as the paper."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from crmdesk.core.members import CardTier
from crmdesk.core.paper_facts.card import CardInk
from crmdesk.core.paper_facts.formats import SIZES, SLIP_FORMATS, PaperFormat
from crmdesk.core.paper_facts.service_slip import ServiceSlipFacts
from crmdesk.core.paper_facts.ticket_papers import PickupNoteFacts
from crmdesk.documents.pdf import calibration
from crmdesk.documents.pdf.papers import formats_of, render
from crmdesk.documents.pdf.stamp import reprint
from tests.builders import paper_facts
from tests.unit.documents.reading import READERS, codes, fonts, sizes_mm, squeezed, texts_of

EVERY = [(name, paper) for name, facts in paper_facts.ALL.items() for paper in formats_of(type(facts))]
GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "papers"
LANGUAGES = ("zh_CN", "en")
NUMBERS = {name: facts.number for name, facts in paper_facts.ALL.items() if hasattr(facts, "number")}


def wanted_texts(name: str, language: str) -> set[str]:
    facts = paper_facts.ALL[name]
    store = paper_facts.STORE
    # The legal name stands on letters only; size and colour are in the words of the item.
    hidden = {store.code, store.company, paper_facts.ITEM.colour, paper_facts.ITEM.size, "suitcase"}
    texts = {text for text in texts_of(facts) if text.strip()} - hidden
    if name == "letter":
        other = "en" if language == "zh_CN" else "zh_CN"
        texts -= set(texts_of(paper_facts.letter().words[other]))
        texts -= {store.hours}
    if name == "cards":
        texts -= {CardInk.COLOUR.value, *(tier.value for tier in CardTier)}
    if name == "return_note":
        texts -= {paper_facts.ITEM.brand, paper_facts.ITEM.model}
    return texts


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "paper"), EVERY)
def test_text_is_what_was_typed(name: str, paper: PaperFormat, language: str, reader: str) -> None:
    pdf = render(paper_facts.ALL[name], language, paper)
    text = squeezed(READERS[reader](pdf))
    wanted = wanted_texts(name, language)
    if paper is PaperFormat.ROLL80 and name == "return_note":
        wanted -= {"SN-88217"}
    missing = [piece for piece in wanted if squeezed(piece) not in text]
    assert missing == []


@pytest.mark.parametrize(("name", "paper"), EVERY)
def test_pages_measure_what_the_paper_does(name: str, paper: PaperFormat) -> None:
    size = SIZES[paper]
    for width, height in sizes_mm(render(paper_facts.ALL[name], "zh_CN", paper)):
        assert width == pytest.approx(size.width, abs=0.05)
        if paper is PaperFormat.ROLL80:
            assert 60 < height < 700
        else:
            assert height == pytest.approx(size.height, abs=0.05)


@pytest.mark.parametrize(("name", "paper"), [(name, paper) for name, paper in EVERY if name in NUMBERS])
def test_number_can_be_scanned(name: str, paper: PaperFormat) -> None:
    pdf = render(paper_facts.ALL[name], "zh_CN", paper)
    assert ("Code128", NUMBERS[name]) in codes(pdf)


@pytest.mark.parametrize(("name", "paper"), EVERY)
def test_every_font_is_embedded(name: str, paper: PaperFormat) -> None:
    found = fonts(render(paper_facts.ALL[name], "zh_CN", paper))
    assert found
    assert all("/FontFile2" in font["/FontDescriptor"] for font in found)


@pytest.mark.parametrize(("name", "paper"), EVERY)
def test_same_facts_give_the_same_bytes(name: str, paper: PaperFormat) -> None:
    facts = paper_facts.ALL[name]
    assert render(facts, "zh_CN", paper) == render(facts, "zh_CN", paper)


def test_usual_slip_takes_one_page_a_copy() -> None:
    pages = {
        paper: len(sizes_mm(render(paper_facts.slip(), "zh_CN", paper)))
        for paper in formats_of(type(paper_facts.slip()))
    }
    assert pages == {PaperFormat.A5: 2, PaperFormat.A4: 1, PaperFormat.ROLL80: 1, PaperFormat.FORM241: 1}


def test_usual_papers_take_one_page() -> None:
    for name in ("loan_return", "deposit", "quote", "pickup", "return_note"):
        assert len(sizes_mm(render(paper_facts.ALL[name], "zh_CN", PaperFormat.A5))) == 1, name


def test_shelf_stands_on_the_shop_copy_only() -> None:
    text = squeezed(READERS["pdfium"](render(paper_facts.slip(), "zh_CN", PaperFormat.A5)))
    assert text.count("A-12") == 1


def test_long_words_of_a_customer_go_on_over_pages() -> None:
    said = "箱子在机场托运以后轮子断了，拉杆也卡住，里布撕开。" * 80
    pdf = render(replace(paper_facts.slip(), customer_words=said), "zh_CN", PaperFormat.A5)
    assert len(sizes_mm(pdf)) > 2
    # Both copies carry all of it; only the foot lines stand between.
    assert squeezed(READERS["pypdf"](pdf)).count("箱子在机场托运以后") >= 2 * 80 - 4


def test_settlement_is_exact_to_the_fen() -> None:
    text = squeezed(READERS["pdfium"](render(paper_facts.loan_return(), "en")))
    assert "-¥20.00" in text
    assert "-¥80.51" in text
    assert "Givenbacktothecustomer¥99.49" in text


def test_settlement_below_zero_is_paid_by_the_customer() -> None:
    facts = paper_facts.loan_return()
    facts = replace(facts, deposit=facts.charges[0].amount)
    text = squeezed(READERS["pdfium"](render(facts, "en")))
    assert "Customerpays¥80.51" in text


def test_letter_in_both_languages_is_side_by_side() -> None:
    text = squeezed(READERS["pypdf"](render(paper_facts.letter(), "both")))
    assert "尊敬的周建国先生" in text
    assert "DearMrZhou," in text


def test_reprint_is_marked() -> None:
    assert "第1次补打" in squeezed(READERS["pypdf"](render(paper_facts.letter(), "zh_CN")))


@pytest.mark.parametrize("paper", PaperFormat)
def test_calibration_page_measures_the_paper(paper: PaperFormat) -> None:
    (width, _height), *more = sizes_mm(calibration.render(paper, "zh_CN", "EPSON LQ-630K"))
    assert width == pytest.approx(SIZES[paper].width, abs=0.05)
    assert not more


@pytest.mark.parametrize("name", paper_facts.ALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_reads_as_before(name: str, language: str) -> None:
    """Compare with the kept text; to change it on purpose, delete the file and run again."""
    kept = GOLDEN / f"{name}.{language}.txt"
    text = "\n".join(line.rstrip() for line in READERS["pypdf"](render(paper_facts.ALL[name], language)).splitlines())
    if not kept.exists():
        kept.write_text(text + "\n", encoding="utf-8")
        pytest.fail(f"{kept.name} was missing and has been written; look at it and run again")
    assert text + "\n" == kept.read_text(encoding="utf-8")


def test_papers_made_at_the_same_time_do_not_mix() -> None:
    alone = {name: render(facts, "zh_CN") for name, facts in paper_facts.ALL.items()}
    with ThreadPoolExecutor(4) as pool:
        made = [
            (name, pool.submit(render, facts, "zh_CN")) for _ in range(4) for name, facts in paper_facts.ALL.items()
        ]
        assert all(future.result() == alone[name] for name, future in made)


@pytest.mark.parametrize("paper", SLIP_FORMATS)
@pytest.mark.parametrize("facts", [paper_facts.slip(), paper_facts.pickup()])
def test_every_accessory_stands_on_the_paper(facts: ServiceSlipFacts | PickupNoteFacts, paper: PaperFormat) -> None:
    parts = tuple(f"配件{place}防尘袋密码锁" for place in range(10))
    text = squeezed(READERS["pdfium"](render(replace(facts, accessories=parts), "zh_CN", paper)))
    assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize("paper", SLIP_FORMATS)
@pytest.mark.parametrize("name", ["loan", "quote", "slip"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_must_be_seen_first_is_not_cut(name: str, language: str, paper: PaperFormat) -> None:
    text = READERS["pdfium"](render(paper_facts.ALL[name], language, paper))
    assert "…" not in text


@pytest.mark.parametrize("paper", SLIP_FORMATS)
def test_the_mark_of_a_reprint_covers_nothing(paper: PaperFormat) -> None:
    slip = render(paper_facts.slip(), "zh_CN", paper)
    marked = reprint(slip, replace(paper_facts.PRINTED, reprint=2), "zh_CN")
    assert "第2次补打" in squeezed(READERS["pdfium"](marked))
    below, above = _first_page(slip), _first_page(marked)
    grown = above.height - below.height
    if paper is PaperFormat.ROLL80:  # has no margin: the page grew upwards by the mark
        assert grown == pytest.approx(5 / 25.4 * 144, abs=1)
        return
    changed = ImageChops.difference(below, above)
    box = changed.point(lambda grey: 255 * (grey > 60)).getbbox()
    if box is not None:  # in the margin that the slip leaves free
        assert min(below.crop(box).tobytes()) > 200


def _first_page(pdf: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture: Image.Image = page.render(scale=2, grayscale=True).to_pil()
        page.close()
    return picture
