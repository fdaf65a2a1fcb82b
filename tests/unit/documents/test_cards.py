"""VIP cards: both codes read as card and office printers draw them, a thousand at a time, backs behind fronts."""

import time
from dataclasses import replace

import pypdfium2
import pytest

from crmdesk.core.members import CardTier
from crmdesk.core.paper_facts.card import CardInk, CardsFacts
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.documents.pdf import card
from crmdesk.documents.pdf.card_sides import grouped
from crmdesk.documents.pdf.card_tones import Rgb, tone_of
from tests.builders import paper_facts
from tests.unit.documents.reading import codes, sizes_mm

MOST_BYTES_A_CARD = 5_000


BOTH = pytest.mark.parametrize("dpi", [203, 300])


@BOTH
@pytest.mark.parametrize("ink", list(CardInk))
def test_single_card_has_bars_and_qr_behind(dpi: int, ink: CardInk) -> None:
    facts = paper_facts.cards(1)
    pdf = card.render(replace(facts, design=replace(facts.design, ink=ink)), "zh_CN")
    number = facts.cards[0].number
    assert codes(pdf, 0, dpi) == set()
    assert codes(pdf, 1, dpi) == {("Code128", number), ("QRCode", number)}
    assert len(sizes_mm(pdf)) == 2


@BOTH
def test_all_cards_of_a_sheet_can_be_read(dpi: int) -> None:
    facts = paper_facts.cards(10)
    found = codes(card.render(facts, "zh_CN", PaperFormat.A4), 1, dpi)
    assert found == {(kind, one.number) for one in facts.cards for kind in ("Code128", "QRCode")}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("name", ["𠮷", "欧阳𠮷田" * 10, "Alexandra Montgomery-Fitzgerald " * 3])
def test_words_and_codes_keep_three_millimetres_from_the_edge(language: str, name: str) -> None:
    facts = paper_facts.cards(1)
    one = replace(facts.cards[0], name=name, level=name)
    design = replace(facts.design, ink=CardInk.BLACK, store_name=name, address=name * 3, back_lines=(name * 9,))
    with pypdfium2.PdfDocument(card.render(CardsFacts((one,), design), language)) as document:
        for page in document:
            picture = page.render(scale=300 / 72, grayscale=True).to_pil().point(lambda grey: 255 * (grey < 200))
            left, top, right, bottom = picture.getbbox() or (0, 0, 0, 0)
            least = 3 / 25.4 * 300 - 1
            assert min(left, top, picture.width - right, picture.height - bottom) >= least
            page.close()


def test_every_level_has_its_tone_and_words_stand_out_on_it() -> None:
    tones = {tone_of(tier.value) for tier in CardTier}
    assert len(tones) == len(CardTier)
    for tone in tones:
        assert tone.ground is not None
        assert (
            min(contrast(ink, ground) for ink in (tone.words, tone.quiet) for ground in (tone.ground, tone.figure))
            > 3.6
        )
    assert tone_of("gold", colour=False).ground is None


def contrast(one: Rgb, other: Rgb) -> float:
    """WCAG 2's contrast of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("number", "read"),
    [("V010000067", "V01 000 0067"), ("V0112", "V0112"), ("690123456789", "69 01 2345 6789"), ("VIP-7", "VIP-7")],
)
def test_numbers_are_parted_as_they_are_read_out(number: str, read: str) -> None:
    assert grouped(number) == read


def test_backs_are_mirrored() -> None:
    facts = paper_facts.cards(2)
    with pypdfium2.PdfDocument(card.render(facts, "zh_CN", PaperFormat.A4)) as document:
        front, back = (_left_of(document[place], grouped(facts.cards[0].number)) for place in (0, 1))
    middle = 210 / 25.4 * 72 / 2
    assert front < middle < back


def _left_of(page: pypdfium2.PdfPage, text: str) -> float:
    words = page.get_textpage()
    place, _count = words.search(text).get_next()
    left = words.get_charbox(place)[0]
    words.close()
    page.close()
    return float(left)


def test_a_thousand_cards_are_small_and_quick() -> None:
    facts = paper_facts.cards(1000)
    began = time.perf_counter()
    sheets = card.render(facts, "zh_CN", PaperFormat.A4)
    assert time.perf_counter() - began < 15  # a slow machine; the bench compares with the best found
    assert len(sheets) / 1000 < MOST_BYTES_A_CARD
    assert len(card.render(facts, "zh_CN")) / 1000 < MOST_BYTES_A_CARD
