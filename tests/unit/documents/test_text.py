"""The text wrapper: fonts for every character, lines broken where people break them, nothing taken as markup."""

import time
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from crmdesk.documents.pdf.clean import printable
from crmdesk.documents.pdf.document import Document, write
from crmdesk.documents.pdf.fonts import Weight, face, unicode_map
from crmdesk.documents.pdf.text import Style, draw_line, fitting, lines_of, one_line, width_mm
from crmdesk.documents.pdf.wrap import NOT_FIRST, NOT_LAST
from tests.unit.documents.reading import READERS, fonts, squeezed

BODY = Style(9)
RARE = "𠮷䶮㛃𬱖龘𪚥𪛖𠀀𪜀𫠝"


def drawn(text: str, style: Style = BODY) -> bytes:
    def draw(document: Document) -> None:
        document.page(400, 100).text(10, 10, printable(text, lines=False), style)

    return write("test", "zh_CN", draw)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("weight", Weight)
def test_rare_characters_are_drawn_and_copied(weight: Weight, reader: str) -> None:
    pdf = drawn(f"姓名 {RARE} ABC", Style(9, weight))
    assert squeezed(READERS[reader](pdf)) == f"姓名{RARE}ABC"
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts(pdf))


@pytest.mark.parametrize("weight", Weight)
def test_whole_extension_b_has_glyphs(weight: Weight) -> None:
    find = face(weight).glyph
    missing = [code for code in range(0x20000, 0x2A6D7) if find(chr(code)) is None]
    assert missing == []


@pytest.mark.parametrize("text", ["😀", "한", "🏽", "\U00100000"])
def test_what_no_font_has_prints_as_its_code(text: str) -> None:
    assert printable(f"a{text}b") == f"a‹U+{ord(text):04X}›b"


def test_half_a_character_prints_as_its_code() -> None:
    assert printable("a\ud83db") == "a‹U+D83D›b"


def test_invisible_signs_are_left_out() -> None:
    assert printable("a\x00\x1b\u202e\u200b\ufeff\u2066b\ufe0f") == "ab"


def test_accents_join_their_letter() -> None:
    assert printable("e\u0301") == "é"


def test_compatibility_characters_stay() -> None:
    assert printable("\uf900") == "\uf900"


def test_markup_is_text() -> None:
    text = '<b>&amp;<img src="file:///etc/hosts"/></b>'
    assert squeezed(READERS["pdfium"](drawn(text))) == squeezed(text)


def test_no_line_begins_or_ends_with_the_wrong_mark() -> None:
    text = "他说：“轮子断了！”（左前轮），拉杆也卡住；希望25日前修好。费用¥80.00，可以吗？" * 6
    for width in range(20, 90, 3):
        lines = lines_of(text, BODY, width)
        assert "".join(lines) == text
        assert not any(line[0] in NOT_FIRST for line in lines[1:]), width
        assert not any(line[-1] in NOT_LAST for line in lines[:-1]), width


def test_words_stay_whole_where_they_fit() -> None:
    lines = lines_of("The suitcase was dropped at the airport and a wheel broke off", BODY, 30)
    assert " ".join(lines) == "The suitcase was dropped at the airport and a wheel broke off"


def test_no_line_is_wider_than_its_room() -> None:
    for line in lines_of("supercalifragilistic 箱子 https://example.com/a/very/long/path?x=1 " * 5, BODY, 25):
        assert width_mm(line, BODY) <= 25.01


@pytest.mark.parametrize("letter", ["x", "汉", "。", "（", " ", "😀", "\n", "a b"])
def test_endless_text_is_cut_with_a_mark_at_once(letter: str) -> None:
    began = time.perf_counter()
    lines = lines_of(letter * 200_000, BODY, 100, 50)
    assert time.perf_counter() - began < 2
    assert len(lines) <= 50
    if letter.strip():
        assert "…(+" in lines[-1]


def test_one_line_is_cut_with_an_ellipsis() -> None:
    cut = one_line("一二三四五六七八九十", BODY, 20)
    assert cut.endswith("…")
    assert width_mm(cut, BODY) <= 20


def test_text_shrinks_before_it_is_cut() -> None:
    text, style = fitting("一二三四五六七八九十", Style(16), 40, 8)
    assert text == "一二三四五六七八九十"
    assert 8 <= style.size < 16


def test_unicode_map_speaks_utf16() -> None:
    assert "<01> <D842DFB7>" in unicode_map("X", [0, 0x20BB7])


def test_drawing_nothing_draws_nothing() -> None:
    canvas = Canvas(BytesIO())
    before = canvas.getCurrentPageContent()
    draw_line(canvas, 0, 0, "", BODY)
    assert canvas.getCurrentPageContent() == before
