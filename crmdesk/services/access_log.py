"""The log of looks at members (domain rule 6): what was seen or taken, where, by whom; rows are only ever added."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Final

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.member_words import Look
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.models.access import AccessEntry
from crmdesk.models.member import Member
from crmdesk.queries.member_privacy import sees_people

# A page that is opened again within this time is the same look.
SAME_LOOK: Final = timedelta(hours=1)
# People noted in one transaction: a long list leaves the store to others between them.
AT_ONCE: Final = 2_000
# Every key is looked up; databases take some thousand parameters at most.
_ASKED_AT_ONCE: Final = 500


def noted_lately(session: Session, member_id: int, look: Look, context: Context) -> bool:
    """Tell whether the same person's same look was noted within the last hour."""
    same = (
        AccessEntry.member_id == member_id,
        AccessEntry.staff_id == context.actor.staff_id,
        AccessEntry.look == look,
        AccessEntry.at > context.now() - SAME_LOOK,
    )
    return bool(session.scalar(select(exists().where(*same))))


def note(session: Session, member_ids: Iterable[int], what: tuple[Look, str], context: Context) -> int:
    """Add a look at each of these members; gives how many; a member who is not there is passed over.

    Args:
        session: a transaction.
        member_ids: whom it was about; each is noted once.
        what: the look, and where: a short name of the screen, list or paper, never words about the person.
        context: who looked.
    """
    look, where = what
    count = 0
    for part in _parts(dict.fromkeys(member_ids), _ASKED_AT_ONCE):
        known = set(session.scalars(select(Member.id).where(Member.id.in_(part))))
        rows = [_row(key, look, where, context) for key in part if key in known]
        if rows:
            session.execute(insert(AccessEntry), rows)
        count += len(rows)
    return count


def note_taken(session: Session, member_ids: Iterable[int], what: tuple[Look, str], context: Context) -> Outcome[int]:
    """Note that lines about these members were copied, printed or exported as they stood on the screen.

    Raises:
        NotAllowedError: what was exported, and the person may not export.
    """
    if what[0] is Look.EXPORTED:
        context.require(Right.EXPORT)
    return Outcome(note(session, member_ids, what, context) if sees_people(context) else 0)


def parts_of(member_ids: Iterable[int]) -> Iterator[list[int]]:
    """Cut a long list into what is noted in one transaction each."""
    return _parts(dict.fromkeys(member_ids), AT_ONCE)


def _parts(keys: Iterable[int], size: int) -> Iterator[list[int]]:
    rest = iter(keys)
    while part := list(islice(rest, size)):
        yield part


def _row(member_id: int, look: Look, where: str, context: Context) -> dict[str, object]:
    return {
        "store_id": context.store.id,
        "at": context.now(),
        "staff_id": context.actor.staff_id,
        "member_id": member_id,
        "look": look,
        "where": where,
        "desk": context.desk,
    }
