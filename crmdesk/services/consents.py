"""Consents: a yes or no to one purpose with its way and wording; taking back is as easy as giving (PIPL 15)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import Channel, ConsentPurpose
from crmdesk.core.consents import in_force
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.topics import Topic
from crmdesk.models.callback import Consent
from crmdesk.queries.consent_wordings import current_wording
from crmdesk.services import audit, members

_CHANGED = frozenset({Topic.MEMBERS})


@dataclass(frozen=True, slots=True)
class SetConsent:
    """A member's word on one purpose.

    Attributes:
        member_id: who said it.
        purpose: what it is about.
        given: yes or no.
        how: in which way it was said (at the counter, by phone, on paper).
        wording: version of the notice text; the one shown today when left out.
        channel: the one way of contact that is meant; every way when left out.
    """

    member_id: int
    purpose: ConsentPurpose
    given: bool
    how: str
    wording: str = ""
    channel: Channel | None = None


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
    if _said_already(session, request):
        return Outcome(value=False)
    session.add(
        Consent(
            store_id=context.store.id,
            member_id=member.id,
            purpose=request.purpose,
            given=request.given,
            at=context.now(),
            how=how,
            wording=clean_line(request.wording) or current_wording(session, request.purpose, context),
            channel=request.channel,
            staff_id=context.actor.staff_id,
        )
    )
    detail = {"purpose": request.purpose.value, "given": request.given}
    audit.record(session, context, "member.consent", (EntityKind.MEMBER, member.id), detail)
    return Outcome(value=True, changed=_CHANGED)


def _said_already(session: Session, request: SetConsent) -> bool:
    asked = select(Consent.channel, Consent.given).where(
        Consent.member_id == request.member_id, Consent.purpose == request.purpose
    )
    words = [(row.channel, row.given) for row in session.execute(asked.order_by(Consent.id))]
    if request.channel is None:
        # A word on every way also takes the place of those on single ways.
        return bool(words) and words[-1] == (None, request.given)
    return in_force(words, request.channel) is request.given
