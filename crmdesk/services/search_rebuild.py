"""Making the search index anew while the store works: newest members first, in transactions that take a moment.

How far it has come stands in the index itself, so a rebuild that was ended in the middle is found and finished, by
whichever desk starts next. Members that are saved meanwhile are written by their own save as always.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.db.search import member_index
from crmdesk.models.member import Member
from crmdesk.services import search_index
from crmdesk.services.search_state import is_readable
from crmdesk.services.unit import Write

# Members of one transaction: a few hundredths of a second of holding the lock.
BATCH: Final = 100
# The lock is left alone so much longer than it was held, so that other computers get their turn.
REST_SECONDS: Final = 0.04


class Rebuilt(NamedTuple):
    """How far a rebuild has come."""

    members: int
    finished: bool


def rebuilding(*, anew: bool) -> Iterator[Write[Rebuilt]]:
    """Give the transactions of a rebuild one after the other; each is asked for when the one before is on disk.

    Args:
        anew: begin from the start; otherwise go on where one was ended, and do nothing when none was begun.
    """
    at = _At()
    if anew:
        yield begin
    while not at.finished:
        yield at.go_on
    yield from compacting()


def compacting() -> Iterator[Write[Rebuilt]]:
    """Give the transactions that drop what is left of forgotten members from the file and make reading quick."""
    at = _At()
    while not at.finished:
        yield at.compact


def begin(session: Session, _context: Context) -> Outcome[Rebuilt]:
    """Begin a rebuild; what can be found now stays so until it is written again, unless the index is beyond reading."""
    index = member_index(session)
    if not is_readable(session):
        index.clear(session)
    newest = session.scalars(select(func.max(Member.id))).one()
    search_index.mark_rebuilt(session, (newest or 0) + 1)
    return Outcome(Rebuilt(0, finished=False))


def rebuild_some(session: Session, _context: Context) -> Outcome[Rebuilt]:
    """Write the next members of a rebuild that was begun; nothing to do when none was."""
    before = search_index.rebuilt_from(session)
    if before is None:
        return Outcome(Rebuilt(0, finished=True))
    keys = search_index.newest_members(session, before, BATCH)
    finished = len(keys) < BATCH
    low = 1 if finished else keys[-1]
    index = member_index(session)
    entries = search_index.entries_of(session, keys)
    index.remove(session, sorted(index.kept(session, low, before).difference(entry.id for entry in entries)))
    search_index.write(session, entries)
    if finished:
        search_index.mark_whole(session)
    else:
        search_index.mark_rebuilt(session, low)
    return Outcome(Rebuilt(len(keys), finished))


class _At:
    """What the transactions of one rebuild know of each other."""

    def __init__(self) -> None:
        self.finished = False
        self._first = True

    def go_on(self, session: Session, context: Context) -> Outcome[Rebuilt]:
        done = rebuild_some(session, context)
        self.finished = done.value.finished
        return done

    def compact(self, session: Session, _context: Context) -> Outcome[Rebuilt]:
        self.finished = not member_index(session).compact_some(session, first=self._first)
        self._first = False
        return Outcome(Rebuilt(0, self.finished))
