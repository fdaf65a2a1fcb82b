"""The people of a store: for the sign-in page, for choosing somebody, for managing them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import RIGHTS, Right, Role
from crmdesk.models.staff import Staff


@dataclass(frozen=True, slots=True)
class SignInRow:
    """A person who may sign in."""

    id: int
    name: str
    role: Role
    has_pin: bool
    wait_until: datetime | None
    last_signin_at: datetime | None


@dataclass(frozen=True, slots=True)
class ColleagueRow:
    """A person that work can be given to."""

    id: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A person as whoever manages staff sees her; ``extra_rights`` in the stored words."""

    id: int
    version: int
    name: str
    role: Role
    phone: str
    active: bool
    has_pin: bool
    extra_rights: str
    approve_limit: Money | None
    wait_until: datetime | None
    last_signin_at: datetime | None


def people_to_sign_in(session: Session, store_id: int) -> list[SignInRow]:
    """List who may sign in to a store: who was here last comes first, then by name."""
    rows = session.scalars(select(Staff).where(Staff.store_id == store_id, Staff.active))
    people = [
        SignInRow(one.id, one.name, one.role, bool(one.secret), one.locked_until, one.last_signin_at) for one in rows
    ]
    return sorted(people, key=lambda one: (-_seconds(one.last_signin_at), one.name))


def colleagues(session: Session, context: Context, *roles: Role) -> list[ColleagueRow]:
    """List the active people of the context's store by name, of ``roles`` only when some are given."""
    wanted = select(Staff.id, Staff.name, Staff.role).where(Staff.store_id == context.store.id, Staff.active)
    if roles:
        wanted = wanted.where(Staff.role.in_(roles))
    return [ColleagueRow(row.id, row.name, row.role) for row in session.execute(wanted.order_by(Staff.name))]


def who_may(session: Session, right: Right, context: Context) -> list[ColleagueRow]:
    """List the active people of the context's store who have a right and a PIN to approve with, by name."""
    wanted = select(Staff).where(Staff.store_id == context.store.id, Staff.active, Staff.secret != "")
    return [
        ColleagueRow(one.id, one.name, one.role)
        for one in session.scalars(wanted.order_by(Staff.name))
        if _has(one, right)
    ]


def _has(staff: Staff, right: Right) -> bool:
    fine = staff.extra_rights.split()
    return f"-{right.value}" not in fine and (right in RIGHTS[staff.role] or f"+{right.value}" in fine)


def staff_list(session: Session, context: Context) -> list[StaffRow]:
    """List everybody of the context's store, the active first.

    Raises:
        NotAllowedError: the person may not manage staff.
    """
    context.require(Right.STAFF)
    wanted = select(Staff).where(Staff.store_id == context.store.id).order_by(Staff.active.desc(), Staff.name)
    return [_row(one) for one in session.scalars(wanted)]


def staff_member(session: Session, staff_id: int, context: Context) -> StaffRow:
    """Give one person.

    Raises:
        NotAllowedError: the person may not manage staff and asks about somebody else.
        NotFoundError: the store has no such person.
    """
    if staff_id != context.actor.staff_id:
        context.require(Right.STAFF)
    found = session.get(Staff, staff_id)
    if found is None or found.store_id != context.store.id:
        raise NotFoundError(EntityKind.STAFF, str(staff_id))
    return _row(found)


def _row(one: Staff) -> StaffRow:
    return StaffRow(
        one.id,
        one.version,
        one.name,
        one.role,
        one.phone,
        one.active,
        bool(one.secret),
        one.extra_rights,
        one.approve_limit,
        one.locked_until,
        one.last_signin_at,
    )


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment is not None else 0.0
