"""Whether the search index finds everybody: by counting, and by looking at some members closely."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from crmdesk.core.members import MemberState
from crmdesk.db.search import member_index
from crmdesk.models.member import Member
from crmdesk.services import search_index

# Members looked at closely: the newest, and as many spread over the whole store.
SAMPLE: Final = 30
# Words looked up of the name and of the phones of each: the longest, because few have them and reading on is quick.
_WORDS: Final = 3


class IndexHealth(StrEnum):
    """What is to be said of the index."""

    WHOLE = "whole"
    REBUILDING = "rebuilding"  # begun, here or at another desk, and perhaps ended in the middle
    OLD = "old"  # made by another version of the program, by other words
    WRONG = "wrong"  # members are missing in it, or it holds some who are gone
    BROKEN = "broken"  # it cannot be read


@dataclass(frozen=True, slots=True)
class IndexState:
    """The state of the index.

    Attributes:
        health: what is to be said.
        members: members that should be found.
        entries: members that the index holds.
        missing: keys of members looked at that are not found by their words.
        left: members that a rebuild has not come to yet.
    """

    health: IndexHealth
    members: int
    entries: int = 0
    missing: tuple[int, ...] = ()
    left: int = 0

    @property
    def whole(self) -> bool:
        """Tell whether nothing needs to be done."""
        return self.health is IndexHealth.WHOLE


def index_state(session: Session) -> IndexState:
    """Look at the index; quick enough for every start: two counts and some members."""
    members = session.scalars(select(func.count()).select_from(Member).where(_findable())).one()
    try:
        return _looked_at(session, members)
    except DatabaseError:
        return IndexState(IndexHealth.BROKEN, members)


def is_readable(session: Session) -> bool:
    """Tell whether the index answers at all; a glance, for it is taken while others wait."""
    try:
        search_index.is_whole(session)
        _missing(session, search_index.newest_members(session, None, 1))
    except DatabaseError:
        return False
    return True


def findings(session: Session) -> Sequence[str]:
    """Give what is wrong with the index, for the check of the whole store."""
    state = index_state(session)
    if state.whole:
        return ()
    facts = f"{state.entries} of {state.members} members"
    words = {
        IndexHealth.REBUILDING: f"being rebuilt, {state.left} of {state.members} members to go",
        IndexHealth.OLD: f"made by an older version, {facts}; it is made anew when the window opens",
        IndexHealth.BROKEN: "cannot be read; it is made anew when the window opens",
        IndexHealth.WRONG: f"holds {facts}",
    }
    return (words[state.health], *(f"member {key} is not found" for key in state.missing))


def _looked_at(session: Session, members: int) -> IndexState:
    entries = member_index(session).count(session)
    below = search_index.rebuilt_from(session)
    if below is not None:
        left = session.scalars(select(func.count()).select_from(Member).where(_findable(), Member.id < below)).one()
        return IndexState(IndexHealth.REBUILDING, members, entries, left=left)
    if not search_index.is_whole(session):
        return IndexState(IndexHealth.OLD, members, entries)
    missing = _missing(session, _some_members(session, members))
    whole = entries == members and not missing
    return IndexState(IndexHealth.WHOLE if whole else IndexHealth.WRONG, members, entries, missing)


def _missing(session: Session, keys: Sequence[int]) -> tuple[int, ...]:
    index = member_index(session)
    entries = search_index.entries_of(session, keys)
    return tuple([entry.id for entry in entries if not index.has(session, entry.id, _telling_words(entry))])


def _telling_words(entry: search_index.Entry) -> list[str]:
    parts = (search_index.words_of(entry.name, ()), search_index.words_of("", entry.phones))
    return [word for part in parts for word in sorted(part, key=len, reverse=True)[:_WORDS]]


def _some_members(session: Session, members: int) -> list[int]:
    keys = list(search_index.newest_members(session, None, SAMPLE))
    first = session.scalars(select(func.min(Member.id))).one()
    if not keys or first is None:
        return []
    # Other members at each start: the places move with the number of members.
    step = (keys[0] - first) / SAMPLE
    starts = [first + int(step * (place + members % SAMPLE / SAMPLE)) for place in range(SAMPLE)]
    spread = [session.scalars(select(Member.id).where(Member.id >= start).limit(1)).first() for start in starts]
    return sorted({*keys, *(key for key in spread if key is not None)})


def _findable() -> ColumnElement[bool]:
    return Member.state.not_in((MemberState.MERGED, MemberState.ERASED))
