"""The first and the last sheet of the owner's workbook: the figures, and what each of them means."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.workbook_facts import CellKind
from crmdesk.documents.sheets.book import NOTHING, Book, valued
from crmdesk.documents.sheets.frame import Frame, apply_frame
from crmdesk.documents.sheets.owner_figures import Counted, Figure
from crmdesk.documents.sheets.owner_groups import quoted
from crmdesk.documents.sheets.owner_member_figures import SECTIONS
from crmdesk.documents.sheets.rows import RowSpool

_WIDTHS: Final = (34, 17, 11, 3)
_LINE_HEIGHT: Final = 21.0
_SECTION_HEIGHT: Final = 28.0
_WORDS_HEIGHT: Final = 30.0
# What holds for all figures; every sentence is one line of the last sheet.
_METHOD: Final = (
    mark("Amounts are yuan; days are calendar days in the store's own time zone."),
    mark("The totals above a sheet's header follow its filter."),
    mark("R, F and M are quintiles: score = 1 + ⌊5 × members strictly worse ÷ members⌋; equal values score the same."),
    mark("Recency = days since the last purchase; frequency = purchase days − 1; money = net amount ÷ receipts."),
    mark("Receipts with a negative amount are returns: they lower the amount and are no visit."),
    mark("Columns without a formula (months: buyers; some figures about members) are counted by the program."),
)


def add_summary(book: Book, title: str, period: tuple[date, date, date], counted: Counted) -> None:
    """Write the summary; ``period`` is first day, last day and the day that open things are counted to."""
    _head, body = book.spools("summary", 1)
    book.title_rows(body, title)
    _add_period(book, body, period)
    for section, lines in SECTIONS:
        style = book.look.named("section")
        body.add([(style, gettext(section)), (style, ""), (style, "")], _SECTION_HEIGHT)
        for figure in lines:
            _add_figure(book, body, figure, counted)
    apply_frame(book.sheets["summary"], Frame(_WIDTHS, landscape=False, caption=book.caption))
    sheet = book.sheets["summary"]
    sheet.page_setup.fitToHeight = 1
    sheet.freeze_panes = "A3"


def _add_period(book: Book, body: RowSpool, period: tuple[date, date, date]) -> None:
    titles = (gettext("Period from"), gettext("Period to"), gettext("Open things counted to"))
    for name, label, day in zip(("period_first", "period_last", "period_as_of"), titles, period, strict=True):
        label_cell = (book.look.named("label"), label)
        day_cell = (book.look.named("figure", CellKind.DATE), day)
        row = body.add([label_cell, day_cell, (book.look.named("note"), "")], _LINE_HEIGHT)
        book.name(name, "summary", f"$B${row}")


def _add_figure(book: Book, body: RowSpool, figure: Figure, counted: Counted) -> None:
    value = figure.value(counted)
    formula = figure.formula.format(yes=quoted(gettext("Yes")))
    shown = valued(formula, value) if formula else (NOTHING if value is None else value)
    note = "" if figure.mark is None else gettext("mark {share}").format(share=f"{figure.mark:.0%}")
    row = body.add(
        [
            (book.look.named("label"), gettext(figure.title)),
            (book.look.named("figure", figure.kind), shown),
            (book.look.named("note"), note),
        ],
        _LINE_HEIGHT,
    )
    book.name(f"figure_{figure.key}", "summary", f"$B${row}")


def add_definitions(book: Book, title: str) -> None:
    """Write what every figure means, in words and as the formula that computes it."""
    _head, body = book.spools("definitions", 1)
    book.title_rows(body, title)
    titles = (gettext("Figure"), gettext("Definition"), gettext("Formula"), gettext("Published mark"))
    body.skip()
    body.add([(book.look.header(CellKind.TEXT), text) for text in titles], 24.0)
    words = book.look.named("words", CellKind.TEXT)
    for section, figure in _all_figures():
        name = f"{gettext(section)} · {gettext(figure.title)}"
        formula = figure.formula.format(yes=quoted(gettext("Yes"))) or gettext("counted by the program")
        share = "" if figure.mark is None else f"{figure.mark:.0%}"
        body.add([(words, name), (words, gettext(figure.words)), (words, formula), (words, share)], _WORDS_HEIGHT)
    body.skip()
    for sentence in _METHOD:
        body.add([(book.look.named("caption"), gettext(sentence))])
    frame = Frame((34, 58, 62, 12), 4, 0, 0, landscape=True, caption=book.caption)
    apply_frame(book.sheets["definitions"], frame)
    book.sheets["definitions"].auto_filter.ref = None


def _all_figures() -> Iterator[tuple[str, Figure]]:
    for section, lines in SECTIONS:
        for figure in lines:
            yield section, figure
