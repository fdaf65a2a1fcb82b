"""A copy of everything about one person: a workbook with every row and a letter that reads well, in a folder."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.papers import PaperKind
from crmdesk.core.progress import Progress
from crmdesk.db.session import Session
from crmdesk.queries import person_file as person_rows
from crmdesk.services import person_file
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.views.support import keeping
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import choose_folder

if TYPE_CHECKING:
    from crmdesk.core.paper_facts.person import PersonFileFacts
    from crmdesk.core.workbook_facts import TableFacts

    Read = tuple[list[TableFacts], PersonFileFacts]


def ask_copy(page: QWidget, desk: Desk, member_id: int) -> None:
    """Let the person choose a folder and write the copy there; it is noted first."""
    choose_folder(
        page, gettext("Folder for the copy of the data"), lambda folder: write_copy(page, desk, member_id, folder)
    )


def write_copy(page: QWidget, desk: Desk, member_id: int, folder: Path) -> None:
    """Note the copy, read every row, write both files, say so."""

    def note() -> None:
        desk.jobs.write(page, lambda session, context: person_file.note_copy(session, member_id, context), read)

    def read(_number: str) -> None:
        desk.jobs.read(page, gather, write, key="person_copy")

    def gather(session: Session, context: Context) -> "Read":
        sheets = person_rows.person_sheets(session, member_id, context)
        return sheets, person_rows.person_letter(session, member_id, context, context.language)

    def write(found: "Read") -> None:
        language = desk.signin.context().language

        def work(_progress: Progress) -> list[Path]:
            from crmdesk.documents.person_copy import write_both

            return write_both(folder, found[0], found[1], language)

        desk.jobs.compute(page, work, tell)

    def tell(written: list[Path]) -> None:
        words = gettext("Written: {names}").format(names=", ".join(path.name for path in written))
        desk.toasts.show(words, [(gettext("Print"), lambda: print_letter(page, desk, member_id))])

    note()


def print_letter(page: QWidget, desk: Desk, member_id: int) -> None:
    """Show the letter to print; the register keeps what is given out."""

    def gather(session: Session, context: Context) -> keeping.Wanted:
        facts = person_rows.person_letter(session, member_id, context, context.language)
        paper = RegisterPaper(PaperKind.PERSON_FILE, facts.number, context.language, member_id=member_id)
        return keeping.Wanted(facts, paper)

    keeping.give_out(desk, page, gather, at_once=False)
