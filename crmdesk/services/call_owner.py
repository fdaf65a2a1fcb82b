"""Giving callbacks to somebody else."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackState
from crmdesk.core.context import Context
from crmdesk.core.errors import NotAllowedError, NotFoundError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.models.callback import Callback
from crmdesk.models.staff import Staff
from crmdesk.queries.callback_rows import whose
from crmdesk.queries.staff_rights import rights_of
from crmdesk.services import audit
from crmdesk.services.call_start import CallDoneError

_OPEN = (CallbackState.DUE, CallbackState.HELD_BACK)


@dataclass(frozen=True, slots=True)
class GiveCalls:
    """Callbacks by key, and the person who makes them from now on."""

    callback_ids: tuple[int, ...]
    staff_id: int


def give_calls(session: Session, request: GiveCalls, context: Context) -> Outcome[int]:
    """Give callbacks to somebody; gives how many changed hands. What is done meanwhile or hers already is left.

    A manager gives every callback, a guide those that are hers.

    Raises:
        NotAllowedError: a callback is not the person's to give, or she may not give any.
        NotFoundError: nobody of the store who makes callbacks has this key, or a callback is not there.
        CallDoneError: all of them were finished meanwhile.
    """
    context.require(Right.CALL_OWN)
    staff = _caller(session, request.staff_id, context)
    found = [_load(session, key, context) for key in dict.fromkeys(request.callback_ids)]
    still_open = [one for one in found if one.state in _OPEN]
    if found and not still_open:
        raise CallDoneError
    given = [one for one in still_open if one.owner_id != staff.id]
    for callback in given:
        detail: audit.Detail = {"owner_before": callback.owner_id, "owner": staff.id}
        callback.owner_id = staff.id
        audit.record(session, context, "callback.give", (EntityKind.CALLBACK, callback.id), detail)
    return Outcome(len(given), frozenset({Topic.CALLBACKS}) if given else frozenset())


def _caller(session: Session, staff_id: int, context: Context) -> Staff:
    staff = session.get(Staff, staff_id)
    makes_calls = staff is not None and staff.active and Right.CALL_ASSIGNED in rights_of(staff)
    if staff is None or not makes_calls or staff.store_id != context.store.id:
        raise NotFoundError(EntityKind.STAFF, str(staff_id))
    return staff


def _load(session: Session, callback_id: int, context: Context) -> Callback:
    callback = session.get(Callback, callback_id)
    if callback is None or callback.store_id != context.store.id:
        raise NotFoundError(EntityKind.CALLBACK, str(callback_id))
    if session.scalar(select(Callback.id).where(Callback.id == callback_id, *whose(context))) is None:
        raise NotAllowedError(Right.CALL_ALL, context.actor.role)
    return callback
