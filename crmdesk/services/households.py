"""Households (消费家庭) and work units (单位): make, join, leave; a shared phone links people without a merge."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError, StaleError
from crmdesk.core.household_errors import AlreadyThereError, SamePersonError
from crmdesk.core.member_words import HouseholdKind, HouseholdRole
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line, clean_note
from crmdesk.core.topics import Topic
from crmdesk.models.household import Household, HouseholdPerson
from crmdesk.models.member import Member, MemberPhone
from crmdesk.services import audit, members

_CHANGED: Final = frozenset({Topic.MEMBERS})
_SHORT, _LINE, _NOTE = 120, 240, 4000


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """What a person types about a household or work unit."""

    name: str
    kind: HouseholdKind = HouseholdKind.HOUSEHOLD
    industry: str = ""
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MakeHousehold:
    """A new one, with its first member."""

    facts: HouseholdFacts
    member_id: int
    role: HouseholdRole = HouseholdRole.SELF


@dataclass(frozen=True, slots=True)
class EditHousehold:
    """New facts for one that was seen at ``seen_version``."""

    household_id: int
    seen_version: int
    facts: HouseholdFacts


@dataclass(frozen=True, slots=True)
class Join:
    """A member comes in, or gets another role there."""

    household_id: int
    member_id: int
    role: HouseholdRole = HouseholdRole.OTHER
    note: str = ""


@dataclass(frozen=True, slots=True)
class SameHousehold:
    """Two members belong together; ``name`` is used when neither has a household yet."""

    member_id: int
    other_id: int
    name: str
    role: HouseholdRole = HouseholdRole.OTHER


def make(session: Session, request: MakeHousehold, context: Context) -> Outcome[int]:
    """Make a household or work unit with its first member; gives its key.

    Raises:
        NotAllowedError: the person may not edit members.
        InvalidFieldError: no name.
        NotFoundError: no such member.
    """
    context.require(Right.EDIT_MEMBERS)
    member = members.load(session, request.member_id)
    household = Household(store_id=context.store.id, name="")
    _take(household, request.facts)
    household.kind = request.facts.kind
    household.people = [_person(member, request.role)]
    session.add(household)
    session.flush()
    _record(session, context, "household.make", member.id, household)
    return Outcome(household.id, _CHANGED)


def edit(session: Session, request: EditHousehold, context: Context) -> Outcome[int]:
    """Change what is written about a household; its kind stays.

    Raises:
        NotAllowedError: the person may not edit members.
        NotFoundError: no such household.
        StaleError: somebody changed it since it was read.
        InvalidFieldError: no name.
    """
    context.require(Right.EDIT_MEMBERS)
    household = _load(session, request.household_id)
    if household.version != request.seen_version:
        raise StaleError(EntityKind.MEMBER, household.id, request.seen_version, household.version)
    _take(household, request.facts)
    session.flush()
    first = household.people[0].member_id if household.people else 0
    _record(session, context, "household.edit", first, household)
    return Outcome(household.id, _CHANGED)


def join(session: Session, request: Join, context: Context) -> Outcome[int]:
    """Let a member come in.

    Raises:
        NotAllowedError: the person may not edit members.
        NotFoundError: no such household or member.
        AlreadyThereError: the member is in it.
    """
    context.require(Right.EDIT_MEMBERS)
    household = _load(session, request.household_id)
    member = members.load(session, request.member_id)
    if any(person.member_id == member.id for person in household.people):
        raise AlreadyThereError(household.name)
    household.people.append(_person(member, request.role, request.note))
    household.phone = household.phone or _common_phone(session, [one.member_id for one in household.people])
    session.flush()
    _record(session, context, "household.join", member.id, household)
    return Outcome(household.id, _CHANGED)


def set_role(session: Session, request: Join, context: Context) -> Outcome[int]:
    """Say what somebody is in a household.

    Raises:
        NotAllowedError: the person may not edit members.
        NotFoundError: no such household, or the member is not in it.
    """
    context.require(Right.EDIT_MEMBERS)
    household = _load(session, request.household_id)
    person = _in(household, request.member_id)
    person.role, person.note = request.role, clean_line(request.note)[:_SHORT]
    session.flush()
    _record(session, context, "household.role", person.member_id, household)
    return Outcome(household.id, _CHANGED)


def leave(session: Session, household_id: int, member_id: int, context: Context) -> Outcome[bool]:
    """Let a member go; the household ends with its last member, one of people who live together with its last but one.

    Gives whether it is still there.

    Raises:
        NotAllowedError: the person may not edit members.
        NotFoundError: no such household, or the member is not in it.
    """
    context.require(Right.EDIT_MEMBERS)
    household = _load(session, household_id)
    household.people.remove(_in(household, member_id))
    session.flush()
    _record(session, context, "household.leave", member_id, household)
    least = 1 if household.kind is HouseholdKind.WORK_UNIT else 2
    stays = len(household.people) >= least
    if not stays:
        session.delete(household)
        session.flush()
    return Outcome(stays, _CHANGED)


def same_household(session: Session, request: SameHousehold, context: Context) -> Outcome[int]:
    """Let two members share a household: the other's, else the first one's, else a new one; gives its key.

    Raises:
        NotAllowedError: the person may not edit members.
        SamePersonError: both are the same member.
        NotFoundError: no such member.
        InvalidFieldError: a household must be made and has no name.
    """
    context.require(Right.EDIT_MEMBERS)
    member, other = members.load(session, request.member_id), members.load(session, request.other_id)
    if member.id == other.id:
        raise SamePersonError
    theirs, own = _household_of(session, other.id), _household_of(session, member.id)
    if theirs is not None and _has(theirs, member.id):
        return Outcome(theirs.id, frozenset())
    if theirs is not None:
        return join(session, Join(theirs.id, member.id, request.role), context)
    if own is not None:
        return join(session, Join(own.id, other.id, HouseholdRole.OTHER), context)
    made = make(session, MakeHousehold(HouseholdFacts(request.name), other.id, HouseholdRole.SELF), context)
    return join(session, Join(made.value, member.id, request.role), context)


def _household_of(session: Session, member_id: int) -> Household | None:
    wanted = (
        select(Household)
        .join(HouseholdPerson, HouseholdPerson.household_id == Household.id)
        .where(HouseholdPerson.member_id == member_id, Household.kind == HouseholdKind.HOUSEHOLD)
        .order_by(Household.id)
        .limit(1)
    )
    return session.scalars(wanted).one_or_none()


def _common_phone(session: Session, keys: list[int]) -> str:
    """Give the phone that most of these members share; empty when nobody shares one."""
    count = func.count(MemberPhone.member_id.distinct())
    wanted = select(MemberPhone.digits).where(MemberPhone.member_id.in_(keys)).group_by(MemberPhone.digits)
    return session.scalar(wanted.having(count > 1).order_by(count.desc(), MemberPhone.digits).limit(1)) or ""


def _load(session: Session, household_id: int) -> Household:
    household = session.get(Household, household_id)
    if household is None:
        raise NotFoundError(EntityKind.MEMBER, str(household_id))
    return household


def _has(household: Household, member_id: int) -> bool:
    return any(person.member_id == member_id for person in household.people)


def _in(household: Household, member_id: int) -> HouseholdPerson:
    found = next((person for person in household.people if person.member_id == member_id), None)
    if found is None:
        raise NotFoundError(EntityKind.MEMBER, str(member_id))
    return found


def _person(member: Member, role: HouseholdRole, note: str = "") -> HouseholdPerson:
    return HouseholdPerson(store_id=member.store_id, member_id=member.id, role=role, note=clean_line(note)[:_SHORT])


def _take(household: Household, facts: HouseholdFacts) -> None:
    name = clean_line(facts.name)
    if not name:
        raise InvalidFieldError("name", "empty")
    if len(name) > _SHORT:
        raise InvalidFieldError("name", "too_long", name)
    household.name = name
    household.industry = clean_line(facts.industry)[:_SHORT]
    household.address = clean_line(facts.address)[:_LINE]
    household.note = clean_note(facts.note)[:_NOTE]


def _record(session: Session, context: Context, act: str, member_id: int, household: Household) -> None:
    facts: audit.Detail = {"household": household.id, "kind": household.kind.value, "people": len(household.people)}
    audit.record(session, context, act, (EntityKind.MEMBER, member_id), facts)
