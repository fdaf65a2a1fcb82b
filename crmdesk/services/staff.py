"""The people who work in a store: making, changing, ending, and their PINs."""

from dataclasses import dataclass

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError, RefusedError, StaleError
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.pins import checked_pin
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right, Role
from crmdesk.core.setting import SettingValues
from crmdesk.core.settings_store import PIN_SHORTEST
from crmdesk.core.text_clean import clean_name
from crmdesk.core.topics import Topic
from crmdesk.models.staff import Staff
from crmdesk.queries.settings import store_settings
from crmdesk.queries.staff_rights import fine_rights, rights_of
from crmdesk.services import audit
from crmdesk.services.rights import fine_words

_CHANGED = frozenset({Topic.STAFF})
_NAME_LENGTH = 120
_PHONE_LENGTH = 40


class LastKeeperError(RefusedError):
    """After this nobody active could manage staff any more."""


class OwnRightsError(RefusedError):
    """Nobody changes role, rights, limit or state of herself."""


class OwnersOnlyError(RefusedError):
    """Only an owner makes, changes or ends an owner, or gives rights and limits she does not have."""


@dataclass(frozen=True, slots=True)
class StaffFacts:
    """What may be said about a person; ``approve_limit`` None is the role's."""

    name: str
    role: Role
    phone: str = ""
    given: frozenset[Right] = frozenset()
    taken: frozenset[Right] = frozenset()
    approve_limit: Money | None = None


@dataclass(frozen=True, slots=True)
class AddStaff:
    """A new person; an empty PIN lets her set one at the first sign-in."""

    facts: StaffFacts
    pin: str = ""


@dataclass(frozen=True, slots=True)
class EditStaff:
    """New facts for a person as somebody saw her at ``seen_version``."""

    staff_id: int
    seen_version: int
    facts: StaffFacts
    active: bool = True


@dataclass(frozen=True, slots=True)
class ResetPin:
    """A new PIN given by somebody who manages staff; empty: she sets one at the next sign-in."""

    staff_id: int
    pin: str = ""


@dataclass(frozen=True, slots=True)
class StaffMade:
    """A person's key and version after a write."""

    id: int
    version: int


def add_staff(session: Session, request: AddStaff, context: Context) -> Outcome[StaffMade]:
    """Add a person to the context's store.

    Raises:
        NotAllowedError: the person may not manage staff.
        OwnersOnlyError: the wanted role, rights or limit are more than the person may give.
        InvalidFieldError: the name is empty, too long or taken, or the PIN is too short or simple.
    """
    context.require(Right.STAFF)
    _may_give(context, request.facts)
    staff = Staff(store_id=context.store.id, name="", role=request.facts.role, failed_tries=0)
    _take(session, staff, request.facts)
    staff.secret = secret_of(request.pin, store_settings(session, context.store.id)) if request.pin else ""
    session.add(staff)
    session.flush()
    audit.record(session, context, "staff.add", (EntityKind.STAFF, staff.id), {"role": staff.role.value})
    return Outcome(StaffMade(staff.id, staff.version), _CHANGED)


def edit_staff(session: Session, request: EditStaff, context: Context) -> Outcome[StaffMade]:
    """Change a person, or end or resume her work here.

    Raises:
        NotAllowedError: the person may not manage staff.
        OwnRightsError: she changes more than name and phone of herself.
        OwnersOnlyError: an owner is concerned, or more than the person may give.
        LastKeeperError: nobody could manage staff afterwards.
        InvalidFieldError: the name is empty, too long or taken.
        StaleError: somebody else changed the person.
    """
    context.require(Right.STAFF)
    staff = load(session, request.staff_id, context)
    if staff.version != request.seen_version:
        raise StaleError(EntityKind.STAFF, staff.id, request.seen_version, staff.version)
    before = _standing(staff)
    if staff.role is Role.OWNER:
        _owners_only(context)
    wanted = (request.facts.role, request.facts.given, request.facts.taken, request.facts.approve_limit)
    if wanted != before[:4]:
        _may_give(context, request.facts)
    _take(session, staff, request.facts)
    staff.active = request.active
    if _standing(staff) != before and staff.id == context.actor.staff_id:
        raise OwnRightsError
    session.flush()
    _require_keeper(session, context)
    facts = {"role": staff.role.value, "active": staff.active, "rights": staff.extra_rights}
    audit.record(session, context, "staff.edit", (EntityKind.STAFF, staff.id), facts)
    return Outcome(StaffMade(staff.id, staff.version), _CHANGED)


def reset_pin(session: Session, request: ResetPin, context: Context) -> Outcome[StaffMade]:
    """Give a person a new PIN and end her waiting.

    Raises:
        NotAllowedError: the person may not manage staff.
        OwnersOnlyError: only an owner resets an owner's.
        InvalidFieldError: the PIN is too short or simple.
    """
    context.require(Right.STAFF)
    staff = load(session, request.staff_id, context)
    if staff.role is Role.OWNER and staff.id != context.actor.staff_id:
        _owners_only(context)
    staff.secret = secret_of(request.pin, store_settings(session, context.store.id)) if request.pin else ""
    staff.failed_tries = 0
    staff.locked_until = None
    session.flush()
    audit.record(session, context, "staff.reset_pin", (EntityKind.STAFF, staff.id))
    return Outcome(StaffMade(staff.id, staff.version), _CHANGED)


def load(session: Session, staff_id: int, context: Context) -> Staff:
    """Load a person of the context's store.

    Raises:
        NotFoundError: there is none.
    """
    staff = session.get(Staff, staff_id)
    if staff is None or staff.store_id != context.store.id:
        raise NotFoundError(EntityKind.STAFF, str(staff_id))
    return staff


def secret_of(pin: str, settings: SettingValues) -> str:
    """Give the argon2 hash of a PIN fit to be set.

    Raises:
        InvalidFieldError: it is not fit.
    """
    return PasswordHasher().hash(checked_pin(pin, settings.get(PIN_SHORTEST)))


def _take(session: Session, staff: Staff, facts: StaffFacts) -> None:
    name = clean_name(facts.name)
    if not name:
        raise InvalidFieldError("name", "empty")
    if len(name) > _NAME_LENGTH:
        raise InvalidFieldError("name", "too_long", name)
    if len(facts.phone) > _PHONE_LENGTH:
        raise InvalidFieldError("phone", "too_long", facts.phone)
    with session.no_autoflush:
        taken = select(Staff.id).where(
            Staff.store_id == staff.store_id, Staff.name == name, Staff.id != (staff.id or 0)
        )
        if session.execute(taken).first() is not None:
            raise InvalidFieldError("name", "taken", name)
    staff.name = name
    staff.role = facts.role
    staff.phone = facts.phone.strip()
    staff.extra_rights = fine_words(facts.given, facts.taken)
    staff.approve_limit = facts.approve_limit


def _standing(staff: Staff) -> tuple[Role, frozenset[Right], frozenset[Right], Money | None, bool]:
    given, taken = fine_rights(staff.extra_rights)
    return staff.role, given, taken, staff.approve_limit, staff.active


def _may_give(context: Context, facts: StaffFacts) -> None:
    """Only an owner gives what the person herself does not have: another could make herself an owner by a detour."""
    if facts.role is Role.OWNER or facts.given - context.actor.rights:
        _owners_only(context)
    if facts.approve_limit is not None and not context.may_approve(facts.approve_limit):
        _owners_only(context)


def _owners_only(context: Context) -> None:
    if context.actor.role is not Role.OWNER:
        raise OwnersOnlyError


def _require_keeper(session: Session, context: Context) -> None:
    people = session.scalars(select(Staff).where(Staff.store_id == context.store.id, Staff.active))
    if not any(Right.STAFF in rights_of(person) for person in people):
        raise LastKeeperError
