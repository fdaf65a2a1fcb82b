"""Signing in and out: PIN or password, growing waits after wrong ones, the first person of a new store."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.clock import Clock
from crmdesk.core.context import Actor, Context, StoreRef
from crmdesk.core.errors import InvalidFieldError, RefusedError
from crmdesk.core.outcome import Outcome
from crmdesk.core.pins import plain_pin, wait_after
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import RIGHTS, Right, Role
from crmdesk.core.setting import SettingValues
from crmdesk.core.settings_store import SIGNIN_TRIES, SIGNIN_WAIT_LONGEST, SIGNIN_WAIT_SECONDS
from crmdesk.core.text_clean import clean_line, clean_name
from crmdesk.core.topics import Topic
from crmdesk.models.staff import Staff
from crmdesk.models.store import Store
from crmdesk.queries.settings import store_settings
from crmdesk.services import audit, search_index
from crmdesk.services.rights import actor_of, fine_words
from crmdesk.services.staff import load, secret_of

_CODE_LENGTH: Final = 6
_NAME_LENGTH: Final = 120
_NOBODY: Final = Actor(0, "", Role.CLERK, frozenset())


class StoreExistsError(RefusedError):
    """The database has a store already; a first one cannot be made."""


class RefusalReason(StrEnum):
    """Why somebody was not let in."""

    WRONG_PIN = "wrong_pin"
    WAITING = "waiting"  # too many wrong PINs; the PIN was not even looked at
    NOT_ACTIVE = "not_active"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who wants in, and the PIN as typed (empty where none is set yet)."""

    staff_id: int
    pin: str = ""


@dataclass(frozen=True, slots=True)
class ChangePin:
    """A new PIN for the signed-in person, who shows that she knows the old one."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class BeginStore:
    """The first start: the store and the person who owns the data; an empty PIN may be set later."""

    code: str
    name: str
    owner_name: str
    pin: str = ""
    zone: str = "Asia/Shanghai"
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody was let in; ``pin_missing`` asks to set one."""

    actor: Actor
    store: StoreRef
    pin_missing: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody was not let in. A value, not an error: the wrong try has to be written down."""

    reason: RefusalReason
    tries_left: int = 0  # before the first wait
    wait_until: datetime | None = None


def nobody(clock: Clock, store: StoreRef, desk: str = "", language: str = "zh_CN") -> Context:
    """Give the surroundings of somebody who has not signed in yet: no rights at all."""
    return Context(clock, _NOBODY, store, desk, language)


def begin_store(session: Session, request: BeginStore, context: Context) -> Outcome[SignedIn]:
    """Make the first store and its owner; ``context`` comes from ``nobody``, whose store is not looked at.

    Raises:
        StoreExistsError: there is a store already.
        InvalidFieldError: field code, name, owner_name or pin.
    """
    if session.execute(select(Store.id).limit(1)).first() is not None:
        raise StoreExistsError
    store = Store(
        code=_code(request.code),
        name=_line("name", request.name),
        zone=request.zone,
        address=clean_line(request.address)[:_NAME_LENGTH],
        phone=clean_line(request.phone)[:40],
    )
    session.add(store)
    session.flush()
    owner = Staff(store_id=store.id, name=_line("owner_name", clean_name(request.owner_name)), role=Role.OWNER)
    owner.failed_tries = 0
    # Until she adds others she does everybody's work; each right can be taken away later.
    owner.extra_rights = fine_words(frozenset(Right) - RIGHTS[Role.OWNER], frozenset())
    owner.secret = secret_of(request.pin, SettingValues()) if request.pin else ""
    session.add(owner)
    session.flush()
    place = StoreRef(store.id, store.code, store.name, store.zone)
    actor = actor_of(owner, SettingValues())
    inside = Context(context.clock, actor, place, context.desk, context.language)
    search_index.mark_whole(session)  # it holds nobody yet, and that is everybody
    audit.record(session, inside, "store.begin", (EntityKind.STORE, store.id), {"code": store.code})
    return Outcome(SignedIn(actor, place, not owner.secret), frozenset({Topic.STAFF, Topic.SETTINGS}))


def sign_in(session: Session, request: SignIn, context: Context) -> Outcome[SignedIn | Refused]:
    """Let somebody in, or write the wrong try down; also used to unlock the screen.

    Raises:
        NotFoundError: the store has no such person.
    """
    staff = load(session, request.staff_id, context)
    settings = store_settings(session, context.store.id)
    refused = try_pin(session, staff, request.pin, settings, context)
    if refused is not None:
        return Outcome(refused)
    staff.last_signin_at = context.now()
    session.flush()
    actor = actor_of(staff, settings)
    inside = Context(context.clock, actor, context.store, context.desk, context.language)
    audit.record(session, inside, "staff.sign_in", (EntityKind.STAFF, staff.id))
    return Outcome(SignedIn(actor, context.store, not staff.secret))


def sign_out(session: Session, context: Context) -> Outcome[None]:
    """Write down that the person left, or locked the screen."""
    audit.record(session, context, "staff.sign_out", (EntityKind.STAFF, context.actor.staff_id))
    return Outcome(None)


def change_pin(session: Session, request: ChangePin, context: Context) -> Outcome[Refused | None]:
    """Give the signed-in person a new PIN; a wrong old one counts as a wrong try.

    Raises:
        InvalidFieldError: the new PIN is too short, too long or too simple.
    """
    staff = load(session, context.actor.staff_id, context)
    settings = store_settings(session, context.store.id)
    secret = secret_of(request.new, settings)
    refused = try_pin(session, staff, request.old, settings, context)
    if refused is not None:
        return Outcome(refused)
    staff.secret = secret
    session.flush()
    audit.record(session, context, "staff.change_pin", (EntityKind.STAFF, staff.id))
    return Outcome(None, frozenset({Topic.STAFF}))


def try_pin(session: Session, staff: Staff, pin: str, settings: SettingValues, context: Context) -> Refused | None:
    """Look at a PIN: None when it fits; a wrong one is counted and written down."""
    now = context.now()
    longest = timedelta(minutes=settings.get(SIGNIN_WAIT_LONGEST))
    if not staff.active:
        return Refused(RefusalReason.NOT_ACTIVE)
    if staff.locked_until is not None and now < staff.locked_until:
        # A clock that was wrong for a while must not shut somebody out for years.
        return Refused(RefusalReason.WAITING, wait_until=min(staff.locked_until, now + longest))
    if _fits(staff, pin):
        staff.failed_tries = 0
        staff.locked_until = None
        return None
    staff.failed_tries += 1
    free = settings.get(SIGNIN_TRIES)
    wait = wait_after(staff.failed_tries, free, timedelta(seconds=settings.get(SIGNIN_WAIT_SECONDS)), longest)
    staff.locked_until = now + wait if wait else None
    session.flush()
    audit.record(session, context, "staff.wrong_pin", (EntityKind.STAFF, staff.id), {"tries": staff.failed_tries})
    return Refused(RefusalReason.WRONG_PIN, max(0, free - staff.failed_tries), staff.locked_until)


def _fits(staff: Staff, typed: str) -> bool:
    pin = plain_pin(typed)
    if not staff.secret:
        return not pin
    hasher = PasswordHasher()
    try:
        hasher.verify(staff.secret, pin)
    except (VerificationError, InvalidHashError):
        return False
    if hasher.check_needs_rehash(staff.secret):
        staff.secret = hasher.hash(pin)
    return True


def _code(typed: str) -> str:
    code = clean_line(typed).upper()
    if not code:
        raise InvalidFieldError("code", "empty")
    if len(code) > _CODE_LENGTH:
        raise InvalidFieldError("code", "too_long", code)
    if not (code.isascii() and code.isalnum()):
        raise InvalidFieldError("code", "not_a_code", code)
    return code


def _line(field: str, typed: str) -> str:
    text = clean_line(typed)
    if not text:
        raise InvalidFieldError(field, "empty")
    if len(text) > _NAME_LENGTH:
        raise InvalidFieldError(field, "too_long", text)
    return text
