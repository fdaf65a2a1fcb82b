"""Beginning a call: whose callback it is, and the phone in full, noted as a look (domain rules 6 and 7)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackState
from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError, RefusedError
from crmdesk.core.member_words import Look
from crmdesk.core.members import PhoneState
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.models.callback import Callback
from crmdesk.models.member import MemberPhone
from crmdesk.queries.callback_rows import whose
from crmdesk.services import access_log, audit
from crmdesk.services.looks import LookAt


class CallDoneError(RefusedError):
    """Somebody else already finished this callback."""


@dataclass(frozen=True, slots=True)
class CallBegun:
    """The phones that work, in the order in which they are tried, and the callback's version now."""

    callback_id: int
    version: int
    phones: tuple[str, ...]


def load_due(session: Session, callback_id: int, context: Context) -> Callback:
    """Give a callback that the person may make.

    Raises:
        NotFoundError: no such callback.
        NotAllowedError: the call belongs to somebody else.
        CallDoneError: somebody finished it meanwhile.
    """
    callback = session.get(Callback, callback_id)
    if callback is None:
        raise NotFoundError(EntityKind.CALLBACK, str(callback_id))
    context.require(Right.CALL_ASSIGNED)
    hers = whose(context)
    if hers and session.scalar(select(Callback.id).where(Callback.id == callback_id, *hers)) is None:
        context.require(Right.CALL_ALL)
    if callback.state is not CallbackState.DUE:
        raise CallDoneError
    return callback


def begin_call(session: Session, callback_id: int, context: Context) -> Outcome[CallBegun]:
    """Show the phone to the person who is about to call: who is to call may see it, and each look is noted.

    Raises:
        NotFoundError, NotAllowedError, CallDoneError: as `load_due`.
    """
    callback = load_due(session, callback_id, context)
    phones = session.scalars(
        select(MemberPhone.digits)
        .where(MemberPhone.member_id == callback.member_id, MemberPhone.state == PhoneState.ACTIVE)
        .order_by(MemberPhone.ordinal, MemberPhone.id)
    ).all()
    access_log.note(session, [callback.member_id], (Look.PHONE, "call"), context)
    audit.record(
        session,
        context,
        "member.look",
        (EntityKind.MEMBER, callback.member_id),
        {"what": LookAt.CONTACT.value, "callback": callback.id},
    )
    return Outcome(CallBegun(callback.id, callback.version, tuple(phones)))
