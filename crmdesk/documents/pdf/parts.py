"""Parts that several papers share: the people, the item, numbered terms, amounts with their total."""

from collections.abc import Sequence

from crmdesk.core.money import Money
from crmdesk.core.paper_facts.common import AmountLine, CustomerFacts, ItemFacts
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.paper_facts.signature import SignatureFacts
from crmdesk.documents.pdf.blocks import Beside, Block, Gap, Numbered, Stack, Text
from crmdesk.documents.pdf.fields import Field, Signatures
from crmdesk.documents.pdf.grid import Column, Grid
from crmdesk.documents.pdf.signature import SignedLines
from crmdesk.documents.pdf.styles import BODY, SECTION, STRONG, TERMS
from crmdesk.documents.pdf.words import Words

_MOST_TERMS = 40
_MOST_DETAILS = 12


def terms_block(terms: Sequence[str], words: Words) -> list[Block]:
    """Give the store's terms as a numbered list, nothing when there are none."""
    if not terms:
        return []
    lines = [
        Numbered(f"{place}.", Text(term, TERMS, 6), 4.4) for place, term in enumerate(terms[:_MOST_TERMS], start=1)
    ]
    return [Text(words.gettext("Terms"), SECTION.at(7.5), 1), *lines]


def customer_fields(customer: CustomerFacts, words: Words) -> list[Field]:
    """Give name with level, masked phone, member number."""
    who = "  ".join(part for part in (customer.name, customer.level) if part.strip())
    return [
        Field(words.gettext("Customer"), who, STRONG),
        Field(words.gettext("Phone"), customer.phone, STRONG),
        Field(words.gettext("Member number"), customer.member_number),
    ]


def item_fields(item: ItemFacts, words: Words) -> list[Field]:
    """Give the line about the item and what identifies it."""
    return [
        Field(words.gettext("Item"), item.words, STRONG, wide=True),
        Field(words.gettext("Brand, model"), " ".join(part for part in (item.brand, item.model) if part)),
        Field(words.gettext("Serial number"), item.serial),
        Field(words.gettext("Bought on"), words.day(item.purchased_on) if item.purchased_on else ""),
        *(Field(name, value) for name, value in item.details[:_MOST_DETAILS]),
    ]


def amounts_grid(lines: Sequence[AmountLine], total: tuple[str, Money], words: Words) -> Grid:
    """Give words and amounts with the total as the last line."""
    rows = [
        ("\n".join(part for part in (line.words, line.note) if part.strip()), words.money(line.amount))
        for line in lines
    ]
    columns = (
        Column(words.gettext("What for"), 3.0, style=BODY),
        Column(words.gettext("Amount"), 1.0, right=True, style=BODY),
    )
    return Grid(columns, (*rows, (total[0], words.money(total[1]))), strong_last=True)


def signing(labels: Sequence[str], signed: SignatureFacts | None, words: Words, gap: float = 8.0) -> Block:
    """Give the lines to sign on; the first carries ``signed``, with who and when."""
    if signed is None:
        return Signatures(labels, gap=gap)
    said = words.gettext("Signed on screen by {name}, {moment}")
    return SignedLines(labels, signed, said.format(name=signed.person, moment=words.moment(signed.at)))


def closing(
    terms: Sequence[str], labels: Sequence[str], words: Words, paper: PaperFormat, signed: SignatureFacts | None = None
) -> list[Block]:
    """Give terms and signature lines: below one another, or side by side where paper is wide and low."""
    listed = terms_block(terms, words)
    if paper is PaperFormat.FORM241 and listed:
        return [Beside((Stack(listed), signing(labels, signed, words, gap=5.0)), (1.0, 1.0), 8.0)]
    return [*listed, Gap(2.0), signing(labels, signed, words)]
