"""The letter that settles a complaint, in Chinese, in English, or both side by side; fits a window envelope.

Window envelopes DL/ZL (220 × 110 mm) show 20-110 mm from the left and about 50-85 mm from the top of an A4 sheet
folded in three (DIN 5008 form B, GB/T 1416 envelopes).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.paper_facts.formats import SIZES, PaperFormat
from crmdesk.core.paper_facts.letter import LetterFacts, LetterWords
from crmdesk.documents.pdf.blocks import Beside, Block, Gap, Kept, Stack, Text
from crmdesk.documents.pdf.document import Document, write
from crmdesk.documents.pdf.fields import Field, Fields
from crmdesk.documents.pdf.flow import draw_foot, draw_placed, foot, paginate
from crmdesk.documents.pdf.fonts import Weight
from crmdesk.documents.pdf.marks import bars_width, draw_bars, draw_qr
from crmdesk.documents.pdf.styles import LETTER, LETTER_STRONG, NUMBER, QUIET, STRONG
from crmdesk.documents.pdf.text import Style, fitting, one_line
from crmdesk.documents.pdf.units import GREY, HAIR, Box, Pen, Sheet
from crmdesk.documents.pdf.words import Words

BOTH: Final = "both"
_LANGUAGES: Final = ("zh_CN", "en")
_SIDE: Final = 22.0
_HEAD: Final = 15.0
_WINDOW: Final = Box(22, 50, 84, 34)
_FACTS: Final = Box(122, 15, 66, 62)
_BODY_TOP: Final = 91.0
_NEXT_TOP: Final = 20.0
_FOOT: Final = 283.0
_FOLDS: Final = (99.0, 198.0)
_COMPANY: Final = Style(14, Weight.BOLD, leading=1.3)
_NARROW: Final = Style(9.3, leading=1.48)  # two languages side by side
_SUBJECT: Final = Style(13, Weight.BOLD, leading=1.5)
_TITLE: Final = mark("Reply to your complaint")
_PARTS: Final = (mark("What you told us"), mark("What we found out"), mark("What we do"), mark("What we promise"))


def render(facts: LetterFacts, language: str, paper: PaperFormat = PaperFormat.A4) -> bytes:
    """Give the letter in ``zh_CN``, ``en`` or ``both``; a language that has no words falls back to one that has."""
    size = SIZES[PaperFormat.A4 if paper is not PaperFormat.A4 else paper]
    languages = _languages(facts, language)
    words = [Words(one) for one in languages]
    title = f"{words[0].gettext(_TITLE)} {facts.number}"
    return write(title, languages[0], lambda document: _draw(document, facts, words, (size.width, size.height)))


def _languages(facts: LetterFacts, language: str) -> list[str]:
    wanted = _LANGUAGES if language == BOTH else (language,)
    found = [one for one in wanted if one in facts.words]
    return found or [one for one in _LANGUAGES if one in facts.words] or [_LANGUAGES[0]]


def _draw(document: Document, facts: LetterFacts, words: Sequence[Words], size: tuple[float, float]) -> None:
    width, height = size
    inner = width - 2 * _SIDE
    body = _body(facts, words)
    # The first page begins below the window, the others at the top.
    first = paginate(body, inner, _FOOT - 4 - _BODY_TOP)
    pages = [first[0]]
    if len(first) > 1:
        shown = _rest(body, inner)
        pages += paginate(shown, inner, _FOOT - 4 - _NEXT_TOP)
    line = foot(words[0], facts.number, facts.printed)
    for place, parts in enumerate(pages, start=1):
        sheet = document.page(width, height)
        for fold in _FOLDS:
            sheet.line((4, fold), (8, fold), Pen(HAIR, GREY))
        if place == 1:
            _draw_head(sheet, facts, words)
        draw_placed(sheet, parts, _SIDE, _BODY_TOP if place == 1 else _NEXT_TOP, inner)
        draw_foot(sheet, _FOOT, line, f"{place}/{len(pages)}", _SIDE)


def _rest(body: Sequence[Block], width: float) -> list[Block]:
    """Give what is left for the pages after the first."""
    room = _FOOT - 4 - _BODY_TOP
    used = 0.0
    for place, block in enumerate(body):
        high = block.height(width)
        if used + high <= room:
            used += high
            continue
        halves = block.split(width, room - used)
        return [halves[1] if halves else block, *body[place + 1 :]]
    return []


def _draw_head(sheet: Sheet, facts: LetterFacts, words: Sequence[Words]) -> None:
    store = facts.store
    width = _FACTS.x - _SIDE - 6
    name, style = fitting(store.company or store.name, _COMPANY, width, 8)
    sheet.text(_SIDE, _HEAD, name, style)
    place = "  ".join(
        part for part in (store.name if store.company else "", store.address, store.phone) if part.strip()
    )
    Text(place, QUIET, 2).draw(sheet, _SIDE, _HEAD + _COMPANY.line_mm + 0.5, width)
    sender = "  ".join(part for part in (store.company or store.name, store.address) if part.strip())
    sheet.text(_WINDOW.x, _WINDOW.y - 4.5, one_line(sender, QUIET.at(6.5), _WINDOW.width), QUIET.at(6.5))
    y = _WINDOW.y + 1
    for place_in_window, line in enumerate((facts.recipient, *facts.address[:5])):
        text, style = fitting(line, STRONG.at(11) if place_in_window == 0 else LETTER.at(10), _WINDOW.width, 7)
        sheet.text(_WINDOW.x, y, text, style)
        y += 5.4
    _draw_facts(sheet, facts, words)


def _draw_facts(sheet: Sheet, facts: LetterFacts, words: Sequence[Words]) -> None:
    box = Box(_FACTS.x, _FACTS.y, _FACTS.width, 10)
    if bars_width(facts.number, box.width):
        draw_bars(sheet, box, facts.number)
    else:
        draw_qr(sheet, box, facts.number)
    number, style = fitting(facts.number, NUMBER, box.width, 7)
    sheet.text(box.x, box.bottom + 0.6, number, style)
    own = words[0]
    version = own.gettext("version {number}").format(number=facts.version)
    if facts.version > 1:
        version = own.gettext("version {number}, replaces the earlier ones").format(number=facts.version)
    reprint = own.gettext("Reprint {count}").format(count=facts.printed.reprint) if facts.printed.reprint else ""
    fields = [
        Field(own.gettext("Date"), own.day(facts.dated)),
        Field(own.gettext("Complaint"), facts.complaint_number),
        Field(own.gettext("Received on"), own.day(facts.complaint_on)),
        Field(own.gettext("Version"), version, most=2),
        Field(own.gettext("Copy"), reprint),
    ]
    Fields(fields, 1).draw(sheet, box.x, box.bottom + NUMBER.line_mm + 2.5, box.width)


def _body(facts: LetterFacts, words: Sequence[Words]) -> list[Block]:
    texts = [facts.words.get(one.language, _NOTHING) for one in words]
    style = LETTER if len(words) == 1 else _NARROW
    strong = LETTER_STRONG if len(words) == 1 else replace(_NARROW, weight=Weight.BOLD)
    about = [one.gettext("Reply to your complaint {number}").format(number=facts.complaint_number) for one in words]
    rows: list[Block] = [
        *_row([Text(subject, _SUBJECT.at(13 if len(words) == 1 else 10.5), 3) for subject in about], 2.0),
        *_row([Text(text.salutation, style, 3) for text in texts], 2.0),
    ]
    bodies = [[(text.facts, text.finding, text.remedy, text.promise)[part] for text in texts] for part in range(4)]
    for heading, parts in zip(_PARTS, bodies, strict=True):
        if any(part.strip() for part in parts):
            titles = [Text(one.gettext(heading), strong, 2) for one in words]
            pairs = zip(titles, parts, strict=True)
            rows += _row([Stack([title, Text(part, style, 200)]) for title, part in pairs], 2.6)
    rows += _row([Text(text.closing, style, 60) for text in texts], 2.0)
    contact = [Text(one.gettext("Contact: {contact}").format(contact=facts.contact), style, 4) for one in words]
    # Nobody signs an empty page: the contact goes with the signature.
    return [*rows, Kept(Stack([*_row(contact, 2.0), _sign(facts, words[0], style)]))]


_NOTHING: Final = LetterWords("", "", "", "")


def _row(parts: Sequence[Block], after: float) -> list[Block]:
    if len(parts) == 1:
        return [parts[0], Gap(after)]
    return [Beside(parts, [1.0] * len(parts), 7.0), Gap(after)]


def _sign(facts: LetterFacts, words: Words, style: Style) -> Block:
    signed = "  ".join(part for part in (facts.signed_role, facts.signed_by) if part.strip())
    return Stack(
        [
            Gap(9.0),
            Text(facts.store.company or facts.store.name, replace(style, weight=Weight.BOLD), 2, "right"),
            Text(signed, style, 2, "right"),
            Text(words.day(facts.dated), style, 1, "right"),
        ]
    )
