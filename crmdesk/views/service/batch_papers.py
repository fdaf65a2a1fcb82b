"""What a batch gives out: packing list, judgement form on paper, and the form as a workbook."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.papers import GivenOut, PaperKind, PaperWay
from crmdesk.core.progress import Progress
from crmdesk.queries import batches_papers
from crmdesk.queries.batches import BatchRow
from crmdesk.services import batches_chase
from crmdesk.services.batches_chase import WrittenForm
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.views.service.room import Room
from crmdesk.views.support import keeping
from crmdesk.views.support.dialogs import save_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmdesk.core.paper_facts.batch import JudgementFormFacts
    from crmdesk.db.session import Session
    from crmdesk.documents.pdf.papers import PaperFacts

    Gather = Callable[[Session, int, Context, str], PaperFacts]

_GATHER: "dict[PaperKind, Gather]" = {
    PaperKind.PACKING_LIST: batches_papers.packing_list,
    PaperKind.JUDGEMENT_FORM: batches_papers.judgement_form,
}


def print_paper(room: Room, batch: BatchRow, kind: PaperKind) -> None:
    """Print a paper of a batch, or show it where no printer is chosen; the register keeps it when it has left."""

    def gather(session: "Session", context: Context) -> keeping.Wanted:
        facts = _GATHER[kind](session, batch.id, context, context.language)
        return keeping.Wanted(facts, RegisterPaper(kind, batch.number, context.language))

    keeping.give_out(room.desk, room.page, gather)


def write_form(room: Room, batch: BatchRow) -> None:
    """Ask for a file and write the judgement form of a batch to it."""
    name = gettext("Judgement form {number}.xlsx").format(number=batch.number)
    title = gettext("Write the judgement form")
    save_file(room.page, title, name, ["Excel (*.xlsx)"], partial(_read_form, room, batch))


def _read_form(room: Room, batch: BatchRow, path: Path) -> None:
    def work(session: "Session", context: Context) -> "tuple[JudgementFormFacts, str]":
        facts = batches_papers.judgement_form(session, batch.id, context, context.language)
        return facts, context.language

    room.desk.jobs.read(room.page, work, partial(_write_form, room, batch, path), key="form")


def _write_form(room: Room, batch: BatchRow, path: Path, found: "tuple[JudgementFormFacts, str]") -> None:
    facts, language = found

    def work(_progress: Progress) -> GivenOut:
        from crmdesk.documents.pdf.papers import render
        from crmdesk.documents.sheets.judgement_form import write_judgement_form

        write_judgement_form(path, facts, language)
        return GivenOut(render(facts, language), PaperWay.SAVED)

    def written(out: GivenOut) -> None:
        form = WrittenForm(batch.id, path.name, language, out)
        room.write(
            lambda session, context: batches_chase.note_form(session, form, context),
            lambda _number: gettext("Written: {name}").format(name=path.name),
        )

    room.desk.jobs.compute(room.page, work, written, key="form")
