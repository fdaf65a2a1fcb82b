"""What can be done with letters: write, look at, print, mark as sent; the same from the case and from the register."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.tickets import TicketState
from crmdesk.queries import letter_facts, paper_register
from crmdesk.queries.letter_facts import BEFORE_DECISION, LetterDraft
from crmdesk.queries.paper_register import PaperRow
from crmdesk.queries.ticket_detail import detail
from crmdesk.services.letters import LetterIssued
from crmdesk.views.service.case import Case, CaseStep
from crmdesk.views.service.case_letter_composer import LetterComposer
from crmdesk.views.service.case_letter_send import SendDialog
from crmdesk.views.service.room import Room
from crmdesk.views.support import keeping

if TYPE_CHECKING:
    from crmdesk.db.session import Session

PAGE: Final = "letters"


def write(room: Room, case: Case) -> CaseStep:
    """Write the letter, or its next version."""
    why = ""
    if not (case.context.may(Right.SERVE) or case.context.may(Right.JUDGE)):
        why = gettext("not for your role")
    elif case.ticket.state in BEFORE_DECISION:
        why = gettext("not decided yet")
    return CaseStep(gettext("Write the letter"), "mail", partial(compose, room, case.ticket.id), why)


def papers(room: Room, case: Case, known: Sequence[PaperRow]) -> list[CaseStep]:
    """Give what can be done with the newest letter of a case; the first is what Ctrl+P prints."""
    newest = known[0]
    tells = case.ticket.state is TicketState.DECIDED
    printing = gettext("Print: {paper}").format(paper=f"{newest.number} v{newest.version}")
    return [
        CaseStep(printing, "printer", partial(print_copy, room, newest.id), keys="Ctrl+P"),
        CaseStep(gettext("Mark the letter as sent"), "send", partial(mark_sent, room, newest, tells=tells)),
        CaseStep(gettext("Show in the register"), "archive", partial(open_register, room, newest.id)),
    ]


def compose(room: Room, ticket_id: int) -> None:
    """Read the draft and open the composer."""

    def work(session: "Session", context: Context) -> LetterDraft:
        return letter_facts.compose(session, ticket_id, context)

    def done(draft: LetterDraft) -> None:
        LetterComposer(room, draft, partial(_issued, room)).open()

    room.desk.jobs.read(room.page, work, done, key="letter")


def _issued(room: Room, issued: LetterIssued) -> None:
    words = gettext("Letter {number} issued, version {version}").format(number=issued.number, version=issued.version)
    room.say(
        words,
        [
            (gettext("Print"), partial(print_copy, room, issued.paper_id)),
            (gettext("Mark as sent"), partial(ask_sent, room, issued.paper_id)),
        ],
    )


def print_copy(room: Room, paper_id: int) -> None:
    """Print a letter; the first is the document as it was issued, the others carry the reprint's mark on top."""
    keeping.reprint(room.desk, room.page, paper_id, at_once=True)


def ask_sent(room: Room, paper_id: int) -> None:
    """Read a letter and ask how it went out."""

    def work(session: "Session", context: Context) -> tuple[PaperRow, bool]:
        row = paper_register.rows(session, [paper_id], context)[0]
        state = detail(session, row.ticket_id, context).state if row.ticket_id is not None else None
        return row, state is TicketState.DECIDED

    def done(found: tuple[PaperRow, bool]) -> None:
        mark_sent(room, found[0], tells=found[1])

    room.desk.jobs.read(room.page, work, done, key="letter")


def mark_sent(room: Room, paper: PaperRow, *, tells: bool) -> None:
    """Ask how it went out."""
    SendDialog(room, paper, tells=tells).open()


def open_register(room: Room, paper_id: int) -> None:
    """Show a letter in the register."""
    room.desk.navigator.go(PAGE, EntityRef(EntityKind.LETTER, paper_id))
