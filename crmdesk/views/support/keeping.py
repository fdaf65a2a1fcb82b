"""Papers that are kept: made from their facts, shown or printed, and in the register as soon as they really left."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crmdesk.core.clock import local_time
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.outcome import Outcome
from crmdesk.core.paper_facts.basis import basis_of, with_reprint
from crmdesk.core.paper_facts.common import PrintFacts
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.papers import UNMARKED, GivenOut, PaperKind
from crmdesk.core.settings_desk import SLIP_PAPER
from crmdesk.db.session import Session
from crmdesk.queries import paper_register as register
from crmdesk.queries.paper_register import KeptPaper, PaperRow
from crmdesk.services import paper_register
from crmdesk.services.paper_register import PaperKept, RegisterPaper
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.paper_words import paper_word

if TYPE_CHECKING:
    from crmdesk.documents.pdf.papers import PaperFacts


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper to be made: its facts, and what it is in the register."""

    facts: "PaperFacts"
    paper: RegisterPaper


Gather = Callable[[Session, Context], "Wanted | None"]


@dataclass(frozen=True, slots=True)
class _Found:
    """A paper with what is known of its number; ``printed`` is who prints now."""

    wanted: Wanted
    kept: KeptPaper | None
    printed: PrintFacts
    size: PaperFormat


def give_out(
    desk: Desk, owner: QObject, gather: Gather, *, at_once: bool = True, paper_size: PaperFormat | None = None
) -> None:
    """Print the paper that ``gather`` reads, or show it first; the register keeps it when it has left.

    Says the paper what a kept one of its number says already, the kept one is printed again with the reprint's mark.

    Args:
        desk: jobs, papers, settings.
        owner: the screen that asks.
        gather: reads the facts; None when there is nothing to print.
        at_once: prints without a preview where a printer is chosen for this kind of paper.
        paper_size: None takes the size of this computer's slips.
    """
    size = paper_size or PaperFormat(desk.settings.get(SLIP_PAPER))

    def work(session: Session, context: Context) -> _Found | None:
        wanted = gather(session, context)
        if wanted is None:
            return None
        basis = basis_of(wanted.facts, wanted.paper.language, size.value)
        kept = register.newest(session, wanted.paper.kind, wanted.paper.number)
        known = kept is not None and kept.content is not None and kept.basis == basis
        paper = replace(wanted.paper, basis=basis, copy_of=kept.id if kept is not None and known else None)
        return _Found(replace(wanted, paper=paper), kept, _prints_now(context, kept.prints if kept else 0), size)

    def done(found: _Found | None) -> None:
        if found is None:
            return
        paper = found.wanted.paper
        title = paper.title or gettext("{paper} {number}").format(paper=paper_word(paper.kind), number=paper.number)
        paper = replace(paper, title=title)
        show = desk.papers.print_now if at_once else desk.papers.preview
        show(title, partial(_make, found), paper.kind.value, partial(note, paper))

    desk.jobs.read(owner, work, done)


def reprint(desk: Desk, owner: QObject, paper_id: int, *, at_once: bool = False) -> None:
    """Print a kept paper again: the exact document, with the reprint's mark on top unless it was never printed.

    Args:
        desk: jobs and papers.
        owner: the screen that asks.
        paper_id: the paper in the register.
        at_once: prints without a preview where a printer is chosen for this kind of paper.
    """

    def work(session: Session, context: Context) -> tuple[PaperRow, bytes, PrintFacts]:
        content = register.content(session, paper_id)
        row = register.rows(session, [paper_id], context)[0]
        return row, content, _prints_now(context, row.prints)

    def done(found: tuple[PaperRow, bytes, PrintFacts]) -> None:
        row, content, printed = found
        title = gettext("{paper} {number}").format(paper=paper_word(row.kind), number=row.number)
        paper = RegisterPaper(row.kind, row.number, row.language, copy_of=row.id)
        show = desk.papers.print_now if at_once else desk.papers.preview
        show(title, partial(marked, content, row.kind, printed, row.language), row.kind.value, partial(note, paper))

    desk.jobs.read(owner, work, done)


def note(paper: RegisterPaper, session: Session, context: Context, out: GivenOut) -> Outcome[PaperKept]:
    """Put a paper that has left into the register."""
    return paper_register.give_out(session, paper, out, context)


def marked(content: bytes, kind: PaperKind, printed: PrintFacts, language: str) -> bytes:
    """Give a kept document with the mark of the reprint; as it is when it never left, or carries no marks."""
    if not printed.reprint or kind in UNMARKED:
        return content
    from crmdesk.documents.pdf.stamp import reprint as stamp

    return stamp(content, printed, language)


def _make(found: _Found) -> bytes:
    from crmdesk.documents.pdf.papers import render

    paper = found.wanted.paper
    if paper.copy_of is not None and found.kept is not None and found.kept.content is not None:
        return marked(found.kept.content, paper.kind, found.printed, paper.language)
    facts = with_reprint(found.wanted.facts, found.printed.reprint)
    return render(facts, paper.language, found.size)


def _prints_now(context: Context, reprint: int) -> PrintFacts:
    return PrintFacts(local_time(context.now(), context.store.zone), context.actor.name, reprint)
