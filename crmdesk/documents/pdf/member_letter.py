"""Letters to many members, a page or more each; the address stands in the window of a DL/ZL envelope."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from crmdesk.core.paper_facts.formats import SIZES, PaperFormat
from crmdesk.core.paper_facts.mailing import MemberLetter, MemberLettersFacts
from crmdesk.documents.pdf.address_block import fitted_lines
from crmdesk.documents.pdf.blocks import Block, Gap, Kept, Stack, Text
from crmdesk.documents.pdf.document import Document, write
from crmdesk.documents.pdf.fields import Field, Fields
from crmdesk.documents.pdf.flow import Placed, draw_foot, draw_placed, foot, paginate
from crmdesk.documents.pdf.fonts import Weight
from crmdesk.documents.pdf.marks import bars_width, draw_bars, draw_qr
from crmdesk.documents.pdf.styles import LETTER, NUMBER, QUIET, STRONG
from crmdesk.documents.pdf.text import Style, fitting, one_line
from crmdesk.documents.pdf.units import GREY, HAIR, Box, Pen, Sheet
from crmdesk.documents.pdf.words import Words

# As on the other letters: DIN 5008 form B, 20-110 mm from the left and about 50-85 mm from the top.
_SIDE: Final = 22.0
_HEAD: Final = 15.0
_WINDOW: Final = Box(22, 50, 84, 34)
_FACTS: Final = Box(122, 15, 66, 10)
_BODY_TOP: Final = 91.0
_NEXT_TOP: Final = 20.0
_FOOT: Final = 283.0
_FOLDS: Final = (99.0, 198.0)
_COMPANY: Final = Style(14, Weight.BOLD, leading=1.3)
_SUBJECT: Final = Style(13, Weight.BOLD, leading=1.5)
_MOST_LINES: Final = 400


def render(facts: MemberLettersFacts, language: str, paper: PaperFormat = PaperFormat.A4) -> bytes:
    """Give all letters of the run, one after the other."""
    del paper
    words = Words(language)

    def draw(document: Document) -> None:
        for letter in facts.letters:
            _draw(document, facts, letter, words)

    return write(f"{facts.subject} {facts.number}", language, draw)


def _draw(document: Document, facts: MemberLettersFacts, letter: MemberLetter, words: Words) -> None:
    size = SIZES[PaperFormat.A4]
    inner = size.width - 2 * _SIDE
    pages = _pages(_body(facts, letter, words), inner)
    line = foot(words, facts.number, facts.printed)
    for place, parts in enumerate(pages, start=1):
        sheet = document.page(size.width, size.height)
        for fold in _FOLDS:
            sheet.line((4, fold), (8, fold), Pen(HAIR, GREY))
        if place == 1:
            _draw_head(sheet, facts, letter, words)
        draw_placed(sheet, parts, _SIDE, _BODY_TOP if place == 1 else _NEXT_TOP, inner)
        draw_foot(sheet, _FOOT, line, f"{place}/{len(pages)}", _SIDE)


def _pages(body: Sequence[Block], inner: float) -> list[list[Placed]]:
    # The first page holds less: below its room the rest is set on pages of their own.
    first = paginate(body, inner, _FOOT - 4 - _BODY_TOP)
    return first if len(first) == 1 else paginate([Gap(_BODY_TOP - _NEXT_TOP), *body], inner, _FOOT - 4 - _NEXT_TOP)


def _draw_head(sheet: Sheet, facts: MemberLettersFacts, letter: MemberLetter, words: Words) -> None:
    store, width = facts.store, _FACTS.x - _SIDE - 6
    name, style = fitting(store.company or store.name, _COMPANY, width, 8)
    sheet.text(_SIDE, _HEAD, name, style)
    parts = (store.name if store.company else "", store.address, store.phone, store.hours)
    place = "  ".join(part for part in parts if part.strip())
    Text(place, QUIET, 2).draw(sheet, _SIDE, _HEAD + _COMPANY.line_mm + 0.5, width)
    sender = "  ".join(part for part in (store.company or store.name, store.address) if part.strip())
    small = QUIET.at(6.5)
    sheet.text(_WINDOW.x, _WINDOW.y - 4.5, one_line(sender, small, _WINDOW.width), small)
    y = _WINDOW.y + 1
    text, style = fitting(letter.recipient, STRONG.at(11), _WINDOW.width, 7)
    sheet.text(_WINDOW.x, y, text, style)
    y += 5.4
    style, lines = fitted_lines(letter.address, _WINDOW.width, _WINDOW.bottom - y)
    for line in lines:
        sheet.text(_WINDOW.x, y, line, style)
        y += style.line_mm
    _draw_facts(sheet, facts, letter, words)


def _draw_facts(sheet: Sheet, facts: MemberLettersFacts, letter: MemberLetter, words: Words) -> None:
    box = _FACTS
    if bars_width(facts.number, box.width):
        draw_bars(sheet, box, facts.number)
    else:
        draw_qr(sheet, box, facts.number)
    number, style = fitting(facts.number, NUMBER, box.width, 7)
    sheet.text(box.x, box.bottom + 0.6, number, style)
    fields = [
        Field(words.gettext("Date"), words.day(facts.dated)),
        Field(words.gettext("Member number"), letter.member_number),
    ]
    Fields(fields, 1).draw(sheet, box.x, box.bottom + NUMBER.line_mm + 2.5, box.width)


def _body(facts: MemberLettersFacts, letter: MemberLetter, words: Words) -> list[Block]:
    rows: list[Block] = [Text(facts.subject, _SUBJECT, 3), Gap(2.0)]
    for paragraph in (part.strip() for part in letter.words.split("\n\n")):
        if paragraph:
            rows += [Text(paragraph, LETTER, _MOST_LINES), Gap(2.4)]
    contact = Text(words.gettext("Contact: {contact}").format(contact=facts.contact), LETTER, 3)
    signed = "  ".join(part for part in (facts.signed_role, facts.signed_by) if part.strip())
    strong = replace(LETTER, weight=Weight.BOLD)
    # Nobody signs an empty page: the contact goes with the signature.
    end = [
        contact,
        Gap(9.0),
        Text(facts.store.company or facts.store.name, strong, 2, "right"),
        Text(signed, LETTER, 2, "right"),
        Text(words.day(facts.dated), LETTER, 1, "right"),
    ]
    return [*rows, Kept(Stack(end))]
