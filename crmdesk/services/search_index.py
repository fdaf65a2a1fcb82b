"""Keeping the search index of members: written in the transaction that writes the member."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.members import MemberState
from crmdesk.core.progress import NoProgress, Progress
from crmdesk.core.search_text import digit_words, name_words, reading_words
from crmdesk.db.name_readings import name_readings
from crmdesk.db.search import member_index
from crmdesk.models.member import Member, MemberPhone

# Members written at once: enough to be quick, few enough to hear a cancel within a tenth of a second.
BATCH: Final = 1000
_GONE: Final = frozenset({MemberState.MERGED, MemberState.ERASED})


@dataclass(frozen=True, slots=True)
class Entry:
    """What of a member is searched: the name as written, phones as digits."""

    id: int
    name: str
    phones: Sequence[str]


def write_member(session: Session, member: Member) -> None:
    """Make ``member`` findable as it now is; one that was merged away or erased is forgotten."""
    if member.state in _GONE:
        forget(session, member.id)
        return
    write(session, [Entry(member.id, member.name, [phone.digits for phone in member.phones])])


def write(session: Session, entries: Iterable[Entry]) -> None:
    """Make many members findable, in place of what was known of them; for imports."""
    index = member_index(session)
    waiting: list[tuple[int, set[str]]] = []
    for entry in entries:
        waiting.append((entry.id, words_of(entry.name, entry.phones)))
        if len(waiting) == BATCH:
            index.put(session, waiting)
            waiting = []
    index.put(session, waiting)


def put(session: Session, *member_ids: int) -> None:
    """Make members findable as their files now are; those merged away, erased or gone are forgotten.

    It reads what the transaction has written so far, so call it after the last change of a name or phone.
    """
    session.flush()
    entries = _entries_of(session, member_ids)
    known = {entry.id for entry in entries}
    forget(session, *(key for key in member_ids if key not in known))
    write(session, entries)


def forget(session: Session, *member_ids: int) -> None:
    """Make members unfindable, in the transaction that merges or erases them."""
    member_index(session).remove(session, member_ids)


def forget_for_good(session: Session, *member_ids: int) -> None:
    """Make members unfindable and drop their words from the file; takes seconds in a large store."""
    forget(session, *member_ids)
    member_index(session).compact(session)


def rebuild(session: Session, progress: Progress | None = None) -> int:
    """Make the whole index anew from the members' files and give the number of members in it.

    Raises:
        WorkCancelledError: the person stopped it; the caller's transaction then undoes all of it.
    """
    told = progress or NoProgress()
    index = member_index(session)
    index.clear(session)
    total = session.execute(select(func.count()).select_from(Member)).scalar_one()
    done, after = 0, 0
    while entries := _next(session, after):
        write(session, entries)
        done, after = done + len(entries), entries[-1].id
        told.report(done, total)
        told.check()
    index.compact(session)
    return done


def words_of(name: str, phones: Iterable[str]) -> set[str]:
    """Give every word under which a member is found: pieces of the name, its sound, runs of digits of the phones."""
    words = name_words(name) | reading_words(name_readings(name))
    return words.union(*(digit_words(phone) for phone in phones))


def _next(session: Session, after: int) -> list[Entry]:
    keys = session.scalars(
        select(Member.id).where(Member.id > after, Member.state.not_in(_GONE)).order_by(Member.id).limit(BATCH)
    ).all()
    return _entries_of(session, keys)


def _entries_of(session: Session, member_ids: Sequence[int]) -> list[Entry]:
    """Give what is searched of those members that can be found, by rising key."""
    rows = session.execute(
        select(Member.id, Member.name).where(Member.id.in_(member_ids), Member.state.not_in(_GONE)).order_by(Member.id)
    ).all()
    phones: dict[int, list[str]] = {row.id: [] for row in rows}
    of_rows = MemberPhone.member_id.in_(phones)
    for member_id, digits in session.execute(select(MemberPhone.member_id, MemberPhone.digits).where(of_rows)):
        phones[member_id].append(digits)
    return [Entry(row.id, row.name, phones[row.id]) for row in rows]
