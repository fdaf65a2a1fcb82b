"""Putting callbacks on the list: the one place that makes them, so that no reason is doubled."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallbackState, CallOutcome, Channel
from crmdesk.core.context import Context
from crmdesk.models.callback import Callback

_ONE_OPEN: Final = ("member_id", "reason", "ticket_id", "purchase_id", "loan_id")
_SAME: Final = (
    select(Callback)
    .where(
        Callback.state == CallbackState.DUE,
        *(getattr(Callback, name).is_not_distinct_from(bindparam(name)) for name in _ONE_OPEN),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class PlanCallback:
    """A callback wanted between two moments (UTC); at most one open per member, reason and ticket or purchase."""

    member_id: int
    reason: CallbackReason
    due_from: datetime
    due_until: datetime
    owner_id: int | None = None
    ticket_id: int | None = None
    purchase_id: int | None = None
    loan_id: int | None = None
    subject: str = ""
    channel: Channel = Channel.PHONE
    previous_id: int | None = None
    attempts: int = 0
    step: int = 0


def plan(session: Session, wanted: PlanCallback, context: Context) -> Callback:
    """Make the callback, or give the open one that already stands for the same reason."""
    session.flush()
    asked = {name: getattr(wanted, name) for name in _ONE_OPEN}
    same = session.scalar(_SAME, asked)
    if same is not None:
        return same
    callback = Callback(
        store_id=context.store.id,
        member_id=wanted.member_id,
        reason=wanted.reason,
        channel=wanted.channel,
        due_from=wanted.due_from,
        due_until=wanted.due_until,
        owner_id=wanted.owner_id,
        ticket_id=wanted.ticket_id,
        purchase_id=wanted.purchase_id,
        loan_id=wanted.loan_id,
        subject=wanted.subject,
        attempts=wanted.attempts,
        step=wanted.step,
        previous_id=wanted.previous_id,
    )
    session.add(callback)
    session.flush()
    return callback


def finish(session: Session, ticket_id: int, reason: CallbackReason, outcome: CallOutcome, context: Context) -> int:
    """Mark a ticket's open callbacks of ``reason`` as done elsewhere, with the outcome; gives how many there were."""
    session.flush()
    found = session.scalars(
        select(Callback).where(
            Callback.ticket_id == ticket_id, Callback.reason == reason, Callback.state == CallbackState.DUE
        )
    ).all()
    for callback in found:
        callback.state = CallbackState.DONE
        callback.outcome = outcome
        callback.done_at = context.now()
    return len(found)


def in_days(context: Context, days: int, window_days: int = 3) -> tuple[datetime, datetime]:
    """Give the window that opens ``days`` from now and stays open ``window_days``."""
    opens = context.now() + timedelta(days=days)
    return opens, opens + timedelta(days=window_days)
