"""The return note of a loan: when it came back, in what condition, and the deposit settled to the fen."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.money import Money
from crmdesk.core.paper_facts.common import AmountLine
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.paper_facts.loan import LoanReturnFacts
from crmdesk.documents.pdf.blocks import Beside, Block, Gap, Stack, Text, section
from crmdesk.documents.pdf.fields import Field, Fields
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.loan_agreement import condition_block, loaner_fields
from crmdesk.documents.pdf.paper import columns_for, write_paper
from crmdesk.documents.pdf.parts import amounts_grid, customer_fields, signing
from crmdesk.documents.pdf.words import Words

_TITLE: Final = mark("Loan return note")


def render(facts: LoanReturnFacts, language: str, paper: PaperFormat = PaperFormat.A5) -> bytes:
    """Give the note as PDF."""
    words = Words(language)
    heading = Heading(facts.store, words.gettext(_TITLE), facts.number)
    return write_paper(heading, _body(facts, words, paper), facts.printed, words, paper)


def given_back(facts: LoanReturnFacts) -> Money:
    """Give the deposit less all charges; below zero the customer pays the difference."""
    return facts.deposit - Money.total(line.amount for line in facts.charges)


def _body(facts: LoanReturnFacts, words: Words, paper: PaperFormat) -> list[Block]:
    columns = columns_for(paper)
    signers = (words.gettext("Customer's signature, date"), words.gettext("For the store, date"))
    times = [
        Field(words.gettext("Lent on"), words.moment(facts.lent_at)),
        Field(words.gettext("Return by"), words.day(facts.due_on)),
        Field(words.gettext("Came back"), words.moment(facts.returned_at)),
        Field(words.gettext("Taken back by"), facts.taken_by),
        Field(words.gettext("Ticket"), facts.ticket_number),
    ]
    return [
        Fields([*customer_fields(facts.customer, words), *loaner_fields(facts.loaner, words), *times], columns),
        Gap(1.5),
        *_condition(facts, words, paper),
        *section(words.gettext("Settlement"), _settlement(facts, words)),
        Gap(1.0),
        *([Text(facts.settled_words), Gap(1.0)] if facts.settled_words.strip() else []),
        Gap(2.0),
        signing(signers, facts.signature, words),
    ]


def _condition(facts: LoanReturnFacts, words: Words, paper: PaperFormat) -> list[Block]:
    drawings = [
        condition_block(condition, words.gettext(title), 30.0)
        for condition, title in ((facts.before, _BEFORE), (facts.after, _AFTER))
        if condition is not None
    ]
    said = [Text(facts.condition_words), Gap(1.5)] if facts.condition_words.strip() else []
    if not drawings:
        return [*section(words.gettext("Condition"), *said)] if said else []
    both = Stack(drawings) if paper is PaperFormat.ROLL80 else Beside(drawings, [1.0] * len(drawings), 4.0)
    return [both, Gap(1.5), *said]


_BEFORE: Final = mark("Condition at hand-over")
_AFTER: Final = mark("Condition on return")


def _settlement(facts: LoanReturnFacts, words: Words) -> Block:
    rest = given_back(facts)
    held = AmountLine(words.gettext("Deposit held"), facts.deposit)
    charges = [AmountLine(line.words, -line.amount, line.note) for line in facts.charges]
    label = words.gettext("Given back to the customer") if rest.fen >= 0 else words.gettext("Customer pays")
    return amounts_grid([held, *charges], (label, Money(abs(rest.fen))), words)
