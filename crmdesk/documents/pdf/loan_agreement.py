"""The loan agreement: what is lent until when for what deposit, in what condition, under which terms."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.paper_facts.common import ConditionFacts
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.paper_facts.loan import LoanAgreementFacts, LoanerFacts
from crmdesk.documents.pdf.blocks import Beside, Block, Framed, Gap, Stack, Text, section
from crmdesk.documents.pdf.document import Document, write
from crmdesk.documents.pdf.fields import Cell, Cells, Field, Fields, list_field
from crmdesk.documents.pdf.flow import draw_pages, foot
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.marks import Drawing, mark_lines
from crmdesk.documents.pdf.paper import columns_for
from crmdesk.documents.pdf.parts import closing, customer_fields
from crmdesk.documents.pdf.styles import SMALL, STRONG
from crmdesk.documents.pdf.words import Words

_TITLE: Final = mark("Loan agreement")
_COPIES: Final = (mark("Customer copy"), mark("Shop copy"))


def render(facts: LoanAgreementFacts, language: str, paper: PaperFormat = PaperFormat.A5) -> bytes:
    """Give both copies, each on pages of its own, to be signed by both sides."""
    words = Words(language)

    def draw(document: Document) -> None:
        for copy in _COPIES:
            draw_pages(document, _copy(facts, words, copy, paper), paper, foot(words, facts.number, facts.printed))

    return write(f"{words.gettext(_TITLE)} {facts.number}", language, draw)


def loaner_fields(loaner: LoanerFacts, words: Words) -> list[Field]:
    """Give the spare item's code, words, value and what belongs to it."""
    what = "  ".join(part for part in (loaner.code, loaner.words) if part.strip())
    return [
        Field(words.gettext("Item lent"), what, STRONG, wide=True),
        Field(words.gettext("Serial number"), loaner.serial),
        Field(words.gettext("Value"), words.money(loaner.value) if loaner.value is not None else ""),
        list_field(words.gettext("Accessories"), words.listed(loaner.accessories)),
    ]


def condition_block(facts: ConditionFacts, title: str, tall: float = 38.0) -> Block:
    """Give a framed drawing with its list of marks."""
    listed = mark_lines(facts)
    drawing = Drawing(facts, tall)
    marks: Block = Beside((drawing, Stack(listed)), (1.0, 1.0), 3.0) if listed else drawing
    return Framed(Stack(section(title, marks)))


def _copy(facts: LoanAgreementFacts, words: Words, copy: str, paper: PaperFormat) -> list[Block]:
    heading = Heading(facts.store, words.gettext(_TITLE), facts.number, words.gettext(copy))
    while_words = words.gettext("Lent while this is with us: {item} ({number})").format(
        item=facts.ticket_item_words or "—", number=facts.ticket_number
    )
    fee = facts.late_fee_per_day
    cells = [
        Cell(words.gettext("Return by"), words.near_day(facts.due_on), share=1.3),
        Cell(words.gettext("Deposit"), words.money(facts.deposit)),
        *([Cell(words.gettext("Late fee a day"), words.money(fee))] if fee else []),
    ]
    condition = facts.condition
    tall = 24.0 if paper is PaperFormat.FORM241 else 38.0  # a form is one page with terms and signatures
    signers = (words.gettext("Borrower's signature, date"), words.gettext("For the store, date"))
    return [
        heading,
        Fields([*customer_fields(facts.customer, words), *loaner_fields(facts.loaner, words)], columns_for(paper)),
        Fields(
            [
                Field(words.gettext("Lent on"), words.moment(facts.lent_at)),
                Field(words.gettext("Lent by"), facts.lent_by),
            ],
            columns_for(paper),
        ),
        Gap(1.2),
        Cells(cells),
        Gap(1.2),
        *([Text(while_words, SMALL, 2), Gap(1.2)] if facts.ticket_number else []),
        *([condition_block(condition, words.gettext("Condition at hand-over"), tall), Gap(1.5)] if condition else []),
        *closing(facts.terms, signers, words, paper, facts.signature),
    ]
