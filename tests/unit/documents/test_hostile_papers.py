"""Hostile strings in every field of every paper: always a PDF, soon, and nothing of it is obeyed."""

import time

import pytest

from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.documents.pdf.papers import formats_of, render
from tests.builders import paper_facts
from tests.unit.documents.reading import READERS, sizes_mm, with_every_text

HOSTILE = {
    "empty": "",
    "space": " ",
    "long_word": "x" * 200_000,
    "long_chinese": "汉" * 200_000,
    "only_marks": "。" * 50_000,
    "line_ends": "\n" * 5_000,
    "carriage": "a\r\nb\rc\x0bd\x0ce\u2028f\u2029g",
    "control": "".join(map(chr, range(32))),
    "nul": "a\x00b",
    "bidi": "abc\u202edef\u2066ghi\u2069",
    "zero_width": "\u200b\u200d\ufeff\u2060",
    "surrogate": "\ud83d alone \ude00",
    "noncharacter": "\ufffe\uffff\U0010ffff",
    "emoji": "👨‍👩‍👧‍👦🇨🇳😀",
    "zalgo": "Z" + "\u0300\u0301\u0302\u0303\u0304" * 200,
    "arabic": "العربية עברית ไทย हिन्दी 한국어",
    "rare": "𠮷䶮㛃𬱖",
    "image": '<img src="file:///etc/passwd" width="10" height="10"/>',
    "remote": '<img src="http://127.0.0.1:9/x.png"/>',
    "link": '<a href="file:///etc/passwd">x</a><para><font name="/etc/passwd">y</font></para>',
    "broken_markup": "<b><i></b>&#x0;&bogus;<!-- <![CDATA[",
    "postscript": ") Tj ET Q q BT (injected) Tj %PDF-1.4 endstream endobj",
    "parentheses": "(((((\\\\\\)))))",
    "format": "{0} {number} %s %n ${x} {{}}",
    "formula": "=cmd|' /C calc'!A0",
    "quotes": "'\"`’“”«»",
}
USUAL = [(name, formats_of(type(facts))[0]) for name, facts in paper_facts.ALL.items()]
SECONDS_A_PAGE = 2.0


@pytest.mark.parametrize("hostile", HOSTILE)
def test_always_a_pdf_in_time(hostile: str) -> None:
    for name, paper in [*USUAL, ("slip", PaperFormat.ROLL80), ("slip", PaperFormat.FORM241), ("slip", PaperFormat.A4)]:
        facts = with_every_text(paper_facts.ALL[name], HOSTILE[hostile])
        began = time.perf_counter()
        pdf = render(facts, "zh_CN", paper)
        taken = time.perf_counter() - began
        assert taken < SECONDS_A_PAGE * len(sizes_mm(pdf)), (name, taken)


@pytest.mark.parametrize("hostile", ["image", "remote", "link", "broken_markup", "postscript", "format"])
def test_nothing_is_obeyed(hostile: str) -> None:
    facts = with_every_text(paper_facts.slip(), HOSTILE[hostile])
    pdf = render(facts, "zh_CN", PaperFormat.A5)
    text = "".join(READERS["pdfium"](pdf).split())
    assert "".join(HOSTILE[hostile].split())[:30] in text
    assert b"/URI" not in pdf
    assert b"/Subtype /Image" not in pdf
