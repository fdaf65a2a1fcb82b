"""Callbacks that are due: whose they are, and the day's list in the order in which they are called."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallbackState, HoldReason
from crmdesk.core.context import Context
from crmdesk.core.roles import Right
from crmdesk.models.callback import Callback, Contact
from crmdesk.models.member import Member
from crmdesk.queries.contact_facts import fact_columns, held, limits_of

_NAMES = ("id", "version", "reason", "due_from", "due_until")


@dataclass(frozen=True, slots=True)
class OpenCall:
    """An open callback, as far as views and counts need it."""

    id: int
    version: int
    reason: CallbackReason
    due_from: datetime
    due_until: datetime
    hold: HoldReason | None
    tried_in_time: bool = False

    def may_be_called(self, now: datetime) -> bool:
        """Tell whether it belongs into a call run now."""
        return self.hold is None and self.due_from <= now

    def is_late(self, now: datetime) -> bool:
        """Tell whether its window passed without a try."""
        return self.due_until < now and not self.tried_in_time


def tried_in_time() -> ColumnElement[bool]:
    """Tell whether a callback was tried inside its window (domain rule 4)."""
    tried = exists().where(Contact.callback_id == Callback.id, Contact.at <= Callback.due_until).correlate(Callback)
    return and_(Callback.attempts > 0, tried).label("tried_in_time")


def window_end() -> ColumnElement[datetime]:
    """Give when a callback is to be done, for the order of lists: a retry waits behind what is due before it."""
    return func.max(Callback.due_until, Callback.due_from)


def whose(context: Context) -> list[ColumnElement[bool]]:
    """Give what makes a callback the person's to see (domain rule 7).

    All of them for a manager, and for an owner to look at; for a guide what is assigned to her and what nobody was
    given of her own members; for a clerk what is assigned to her.
    """
    if context.may(Right.CALL_ALL) or context.may(Right.SEE_CALLS):
        return []
    assigned = Callback.owner_id == context.actor.staff_id
    if context.may(Right.CALL_OWN):
        guided = exists().where(Member.id == Callback.member_id, Member.guide_id == context.actor.staff_id)
        return [or_(assigned, and_(Callback.owner_id.is_(None), guided.correlate(Callback)))]
    return [assigned if context.may(Right.CALL_ASSIGNED) else false()]


def due_conditions(context: Context, moment: datetime) -> list[ColumnElement[bool]]:
    """Give what makes a callback due for the person at ``moment``."""
    return [
        Callback.store_id == context.store.id,
        Callback.state == CallbackState.DUE,
        Callback.due_from <= moment,
        *whose(context),
    ]


def open_calls(session: Session, context: Context, moment: datetime, *order: ColumnElement[object]) -> list[OpenCall]:
    """Give every callback that is due by ``moment``, the one whose window closes first in front."""
    limits = limits_of(session, context)
    found = session.execute(
        select(
            Callback.id,
            Callback.version,
            Callback.reason,
            Callback.channel,
            Callback.due_from,
            Callback.due_until,
            tried_in_time(),
            *fact_columns(context.now()),
        )
        .join(Member, Member.id == Callback.member_id)
        .where(*due_conditions(context, moment))
        .order_by(*order, window_end(), Callback.id)
    ).mappings()
    return [
        OpenCall(
            **{name: row[name] for name in _NAMES}, hold=held(row, limits), tried_in_time=bool(row["tried_in_time"])
        )
        for row in found
    ]


def due_keys(session: Session, context: Context) -> list[tuple[int, int]]:
    """Give key and version of every callback that may be made now, in the order of the call run."""
    now = context.now()
    return [(call.id, call.version) for call in open_calls(session, context, now) if call.may_be_called(now)]
