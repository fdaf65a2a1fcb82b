"""Relatives of a member whose birthdays matter to the store; members themselves or not."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from crmdesk.core.birthday import Birthday
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError
from crmdesk.core.household_errors import SamePersonError
from crmdesk.core.member_words import HouseholdRole
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line, clean_name
from crmdesk.core.topics import Topic
from crmdesk.models.household import Relative
from crmdesk.services import audit, members

_CHANGED: Final = frozenset({Topic.MEMBERS})
_SHORT: Final = 120


@dataclass(frozen=True, slots=True)
class RelativeFacts:
    """A relative as typed; ``relative_id`` changes one that is there, ``person_id`` says that it is a member too."""

    member_id: int
    name: str
    role: HouseholdRole = HouseholdRole.RELATIVE
    birthday: Birthday | None = None
    note: str = ""
    relative_id: int | None = None
    person_id: int | None = None


def save_relative(session: Session, request: RelativeFacts, context: Context) -> Outcome[int]:
    """Add or change a relative; gives its key.

    Raises:
        NotAllowedError: the person may not edit members.
        NotFoundError: no such member or relative.
        InvalidFieldError: no name.
        SamePersonError: the relative is the member herself.
    """
    context.require(Right.EDIT_MEMBERS)
    member = members.load(session, request.member_id)
    name = clean_name(request.name)
    if not name:
        raise InvalidFieldError("name", "empty")
    if len(name) > _SHORT:
        raise InvalidFieldError("name", "too_long", name)
    if request.person_id is not None and members.load(session, request.person_id).id == member.id:
        raise SamePersonError
    if request.relative_id is None:
        row = Relative(store_id=member.store_id, member_id=member.id)
        session.add(row)
    else:
        row = _load(session, member.id, request.relative_id)
    row.name, row.role, row.person_id = name, request.role, request.person_id
    row.note = clean_line(request.note)[:_SHORT]
    _take_birthday(row, request.birthday)
    session.flush()
    audit.record(session, context, "member.relative", (EntityKind.MEMBER, member.id), {"relative": row.id})
    return Outcome(row.id, _CHANGED)


def remove_relative(session: Session, member_id: int, relative_id: int, context: Context) -> Outcome[None]:
    """Take a relative away.

    Raises:
        NotAllowedError: the person may not edit members.
        NotFoundError: the member has no such relative.
    """
    context.require(Right.EDIT_MEMBERS)
    session.delete(_load(session, member_id, relative_id))
    session.flush()
    audit.record(session, context, "member.relative_gone", (EntityKind.MEMBER, member_id), {"relative": relative_id})
    return Outcome(None, _CHANGED)


def _load(session: Session, member_id: int, relative_id: int) -> Relative:
    row = session.get(Relative, relative_id)
    if row is None or row.member_id != member_id:
        raise NotFoundError(EntityKind.MEMBER, str(relative_id))
    return row


def _take_birthday(row: Relative, birthday: Birthday | None) -> None:
    row.birthday_calendar = birthday.calendar if birthday else None
    row.birthday_year = birthday.year if birthday else None
    row.birthday_month = birthday.month if birthday else None
    row.birthday_day = birthday.day if birthday else None
