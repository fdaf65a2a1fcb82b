"""Somebody with a right approves what the person at the desk may not do alone: with her PIN, and it is written down."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotAllowedError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.queries.settings import store_settings
from crmdesk.queries.staff_rights import rights_of
from crmdesk.services import audit
from crmdesk.services.signin import RefusalReason, Refused, try_pin
from crmdesk.services.staff import load


@dataclass(frozen=True, slots=True)
class ApproveByPin:
    """Who approves, the PIN as typed, what for: a right and words for the audit."""

    staff_id: int
    pin: str
    right: Right
    matter: str = ""


@dataclass(frozen=True, slots=True)
class Approved:
    """Somebody approved."""

    staff_id: int
    name: str


def approve(session: Session, request: ApproveByPin, context: Context) -> Outcome[Approved | Refused]:
    """Let somebody approve at another person's desk; a wrong PIN is counted as at sign-in and is a value, no error.

    Raises:
        NotFoundError: the store has no such person.
        NotAllowedError: the person lacks the right.
    """
    staff = load(session, request.staff_id, context)
    if request.right not in rights_of(staff):
        raise NotAllowedError(request.right, staff.role)
    if not staff.secret:
        return Outcome(Refused(RefusalReason.WRONG_PIN))
    refused = try_pin(session, staff, request.pin, store_settings(session, context.store.id), context)
    if refused is not None:
        return Outcome(refused)
    facts = {"right": request.right.value, "matter": request.matter}
    audit.record(session, context, "staff.approve", (EntityKind.STAFF, staff.id), facts)
    return Outcome(Approved(staff.id, staff.name))
