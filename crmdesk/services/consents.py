"""Consents: a yes or no to one purpose with its way and wording; taking back is as easy as giving (PIPL 15)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crmdesk.core.care import ConsentPurpose
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.topics import Topic
from crmdesk.models.callback import Consent
from crmdesk.queries import member_files
from crmdesk.services import audit, members

# Version of the notice text that is shown at the desk.
WORDING = "2026-01"
_CHANGED = frozenset({Topic.MEMBERS})


@dataclass(frozen=True, slots=True)
class SetConsent:
    """A member's word on one purpose; ``how`` says in which way it was given (at the counter, by phone, on paper)."""

    member_id: int
    purpose: ConsentPurpose
    given: bool
    how: str
    wording: str = WORDING


def set_consent(session: Session, request: SetConsent, context: Context) -> Outcome[bool]:
    """Add the row that is in force from now on; gives whether anything changed.

    Raises:
        NotAllowedError: the person may not edit members.
        NotFoundError: no such member.
        InvalidFieldError: the way is missing.
    """
    context.require(Right.EDIT_MEMBERS)
    member = members.load(session, request.member_id)
    how = clean_line(request.how)
    if not how:
        raise InvalidFieldError("how", "empty")
    if member_files.consents(session, member.id).get(request.purpose) is request.given:
        return Outcome(value=False)
    session.add(
        Consent(
            store_id=context.store.id,
            member_id=member.id,
            purpose=request.purpose,
            given=request.given,
            at=context.now(),
            how=how,
            wording=clean_line(request.wording),
            staff_id=context.actor.staff_id,
        )
    )
    detail = {"purpose": request.purpose.value, "given": request.given}
    audit.record(session, context, "member.consent", (EntityKind.MEMBER, member.id), detail)
    return Outcome(value=True, changed=_CHANGED)
