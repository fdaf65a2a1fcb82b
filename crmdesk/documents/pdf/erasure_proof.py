"""The proof of an erasure: when, by whom, on whose request, what went, what stays and why."""

from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.paper_facts.erasure import ErasureFacts
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.documents.pdf.blocks import Block, Gap, Text, section
from crmdesk.documents.pdf.fields import Field, Fields, Signatures
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.paper import columns_for, write_paper
from crmdesk.documents.pdf.styles import QUIET, STRONG
from crmdesk.documents.pdf.words import Words

_TITLE: Final = mark("Proof of erasure")


def render(facts: ErasureFacts, language: str, paper: PaperFormat = PaperFormat.A5) -> bytes:
    """Give the slip as PDF."""
    words = Words(language)
    heading = Heading(facts.store, words.gettext(_TITLE), facts.number)
    return write_paper(heading, _body(facts, words, paper), facts.printed, words, paper)


def _body(facts: ErasureFacts, words: Words, paper: PaperFormat) -> list[Block]:
    columns = columns_for(paper)
    head = [
        Field(words.gettext("Member number"), facts.member_number, STRONG),
        Field(words.gettext("Asked how"), facts.asked_how),
        Field(words.gettext("Erased at"), words.moment(facts.erased_at)),
        Field(words.gettext("Erased by"), facts.erased_by),
    ]
    said = words.gettext(
        "The personal data under this number were erased: name, birthday, phones, addresses, preferences, private "
        "profile, photos, papers and all free words, from the file, the search and the log of the database."
    )
    stays = words.gettext(
        "Tickets, receipts and sums stay as the law on accounts asks, without anything that says who it was."
    )
    backups = words.gettext(
        "Backups made before this day are replaced by newer ones within the year; when one is brought back, "
        "the erasure is carried out again."
    )
    return [
        Fields(head, columns),
        Gap(1.4),
        Text(said, most=6),
        Gap(1.2),
        *section(words.gettext("Erased"), Text(_counted(facts.gone), most=4)),
        Gap(1.2),
        *section(words.gettext("Kept without the person"), Text(_counted(facts.kept), most=4)),
        Gap(1.0),
        Text(stays, QUIET, 4),
        Text(backups, QUIET, 4),
        Gap(2.0),
        Signatures((words.gettext("For the store, date"),)),
    ]


def _counted(rows: tuple[tuple[str, int], ...]) -> str:
    return "  ·  ".join(f"{name} {count}" for name, count in rows) or "–"
