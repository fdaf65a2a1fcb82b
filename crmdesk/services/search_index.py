"""Keeping the search index of members: written in the transaction that writes the member."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.members import MemberState
from crmdesk.core.progress import NoProgress, Progress
from crmdesk.core.search_text import WORDS_VERSION, IndexWord, digit_words, name_words, reading_words
from crmdesk.db.name_readings import name_readings
from crmdesk.db.search import member_index
from crmdesk.models.member import Member, MemberPhone

# Members written at once: enough to be quick, few enough to hear a cancel within a tenth of a second.
BATCH: Final = 1000
_GONE: Final = frozenset({MemberState.MERGED, MemberState.ERASED})
# The index keeps its own state as rows below nought: it can never be apart from what it tells about. No word of a
# member looks like these, for a sign is kept by its code alone.
_WHOLE: Final = f"¤whole{WORDS_VERSION}"
_REBUILDING: Final = f"¤rebuilding{WORDS_VERSION}"
_WHOLE_KEY: Final = -1
_FIRST_MARK: Final = -2


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
    entries = entries_of(session, member_ids)
    known = {entry.id for entry in entries}
    forget(session, *(key for key in member_ids if key not in known))
    write(session, entries)


def forget(session: Session, *member_ids: int) -> None:
    """Make members unfindable, in the transaction that merges or erases them."""
    member_index(session).remove(session, member_ids)


def forget_for_good(session: Session, *member_ids: int) -> None:
    """Make members unfindable and drop their words from the file.

    In a large store it takes seconds; `search_rebuild.compacting` does the second half in short transactions.
    """
    forget(session, *member_ids)
    member_index(session).compact(session)


def rebuild(session: Session, progress: Progress | None = None) -> int:
    """Make the whole index anew in one transaction, and give the number of members in it; for a store nobody uses.

    Raises:
        WorkCancelledError: the person stopped it; the caller's transaction then undoes all of it.
    """
    told = progress or NoProgress()
    index = member_index(session)
    index.clear(session)
    total = session.execute(select(func.count()).select_from(Member)).scalar_one()
    done, before = 0, None
    while keys := newest_members(session, before, BATCH):
        write(session, entries_of(session, keys))
        done, before = done + len(keys), keys[-1]
        told.report(done, total)
        told.check()
    mark_whole(session)
    index.compact(session)
    return index.count(session)


def mark_whole(session: Session) -> None:
    """Note in the index that it holds everybody, by the words that this program looks up; no rebuild is under way."""
    index = member_index(session)
    mark_rebuilt(session, None)
    index.put(session, [(_WHOLE_KEY, [_WHOLE])])


def mark_rebuilt(session: Session, below: int | None) -> None:
    """Note that members from ``below`` on are in the index again, those below are not yet; None: none is made."""
    index = member_index(session)
    before = rebuilt_from(session)
    old = [] if before is None else [_FIRST_MARK - before]
    index.remove(session, [*old, _WHOLE_KEY])
    if below is not None:
        index.put(session, [(_FIRST_MARK - below, [_REBUILDING])])


def is_whole(session: Session) -> bool:
    """Tell whether the index was once made or begun by the words that this program looks up."""
    return _marked(session, _WHOLE) is not None


def rebuilt_from(session: Session) -> int | None:
    """Give the key from which on a rebuild has come; None when none is under way."""
    key = _marked(session, _REBUILDING)
    return None if key is None else _FIRST_MARK - key


def _marked(session: Session, word: str) -> int | None:
    asked = member_index(session).keys([IndexWord(word)])
    return session.connection().execute(asked.statement.limit(1), asked.parameters).scalar_one_or_none()


def words_of(name: str, phones: Iterable[str]) -> set[str]:
    """Give every word under which a member is found: pieces of the name, its sound, runs of digits of the phones."""
    words = name_words(name) | reading_words(name_readings(name))
    return words.union(*(digit_words(phone) for phone in phones))


def newest_members(session: Session, before: int | None, limit: int) -> Sequence[int]:
    """Give the keys of members below ``before``, newest first, whatever their state."""
    asked = select(Member.id).order_by(Member.id.desc()).limit(limit)
    return session.scalars(asked if before is None else asked.where(Member.id < before)).all()


def entries_of(session: Session, member_ids: Sequence[int]) -> list[Entry]:
    """Give what is searched of those members that can be found, by rising key."""
    rows = session.execute(
        select(Member.id, Member.name).where(Member.id.in_(member_ids), Member.state.not_in(_GONE)).order_by(Member.id)
    ).all()
    phones: dict[int, list[str]] = {row.id: [] for row in rows}
    of_rows = MemberPhone.member_id.in_(phones)
    for member_id, digits in session.execute(select(MemberPhone.member_id, MemberPhone.digits).where(of_rows)):
        phones[member_id].append(digits)
    return [Entry(row.id, row.name, phones[row.id]) for row in rows]
