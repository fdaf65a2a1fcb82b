"""What the page of goods that wait reads and writes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from crmdesk.core.context import Context
from crmdesk.core.papers import PaperKind
from crmdesk.core.uncollected import ReminderStage, stage_now
from crmdesk.queries import hand_overs, reminder_words, reminders
from crmdesk.queries.reminders import ReminderRow, WaitingRow
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.views.service.room import Room
from crmdesk.views.support import keeping

if TYPE_CHECKING:
    from crmdesk.db.session import Session


@dataclass(frozen=True, slots=True)
class Draft:
    """The words of what goes out next, in the language they are meant for."""

    row: WaitingRow
    stage: ReminderStage
    words: str


def rows(session: "Session", context: Context) -> list[WaitingRow]:
    """Read all goods that wait."""
    return reminders.waiting_list(session, context)


def sent(session: "Session", context: Context, *, ticket_id: int) -> list[ReminderRow]:
    """Read the reminders of a ticket."""
    del context
    return reminders.sent(session, ticket_id)


def draft(session: "Session", context: Context, *, row: WaitingRow, letter: bool, language: str) -> Draft:
    """Fill the store's words in."""
    stage = ReminderStage.LETTER if letter else stage_now(row.waiting)
    return Draft(row, stage, reminder_words.words(session, row, stage, context, language or context.language))


class ReminderPresenter:
    """Jobs of the page."""

    def __init__(self, room: Room) -> None:
        """Read and write for the room's page."""
        self._room = room

    def read(self, done: Callable[[list[WaitingRow]], None]) -> None:
        """Read the list."""
        self._room.desk.jobs.read(self._room.page, rows, done, key="waiting")

    def read_sent(self, ticket_id: int, done: Callable[[list[ReminderRow]], None]) -> None:
        """Read what went out about one ticket."""
        self._room.desk.jobs.read(self._room.page, partial(sent, ticket_id=ticket_id), done, key="sent")

    def make_draft(self, row: WaitingRow, done: Callable[[Draft], None], *, letter: bool, language: str = "") -> None:
        """Fill the words of what goes out next."""
        work = partial(draft, row=row, letter=letter, language=language)
        self._room.desk.jobs.read(self._room.page, work, done, key="draft")


def print_letter(room: Room, ticket_id: int, number: str, language: str) -> None:
    """Print the letter that went out, in the words that were kept; the register keeps it."""

    def gather(session: "Session", context: Context) -> keeping.Wanted:
        facts = hand_overs.reminder_letter(session, ticket_id, context, language)
        letter = hand_overs.letter_number(number)
        return keeping.Wanted(facts, RegisterPaper(PaperKind.REMINDER_LETTER, letter, language, ticket_id=ticket_id))

    keeping.give_out(room.desk, room.page, gather)
