"""One write as the program carries it out: service, change rows, commit; the same for windows and commands."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from crmdesk.core.context import Context
from crmdesk.core.errors import StaleError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.db.engine import Database
from crmdesk.db.rows import append
from crmdesk.db.storage import typed_storage_troubles
from crmdesk.models.audit import Change
from crmdesk.services import ticket_due

T = TypeVar("T")

Write = Callable[[Session, Context], Outcome[T]]

ticket_due.watch()


def perform(database: Database, context: Context, write: Write[T]) -> Outcome[T]:
    """Carry out ``write`` in one transaction, tell other desks what changed, and give its outcome once it is on disk.

    On a full disk the reserve of the database is given up and ``write`` is carried out once more.

    Raises:
        StaleError: another desk changed one of the rows between reading and writing.
        StorageTroubleError: the disk or the file; nothing was written.
    """
    with typed_storage_troubles(database.path):
        if database.reserve is None:
            return _once(database, context, write)
        return database.reserve.used_when_full(lambda: _once(database, context, write))


def _once(database: Database, context: Context, write: Write[T]) -> Outcome[T]:
    try:
        with database.transaction() as session:
            session.connection()  # waits for the lock, so that the moment is not older than what others wrote meanwhile
            stopped = context.at_one_moment()
            outcome = write(session, stopped)
            announce(session, stopped, outcome)
    except StaleDataError as error:
        raise StaleError(EntityKind.STAFF, 0, 0, 0) from error
    return outcome


def announce(session: Session, context: Context, outcome: Outcome[T]) -> None:
    """Leave a change row for each topic, for desks that poll."""
    if outcome.changed:
        told = {"store_id": context.store.id, "desk": context.desk, "at": context.now()}
        append(session, Change, *(told | {"topic": topic} for topic in sorted(outcome.changed)))
