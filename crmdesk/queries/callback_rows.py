"""Callbacks that are due: the day's list, in the order in which they are called."""

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackState
from crmdesk.core.context import Context
from crmdesk.core.roles import Right
from crmdesk.models.callback import Callback


def due_conditions(context: Context, moment: datetime) -> list[ColumnElement[bool]]:
    """Give what makes a callback due for the person at ``moment``: all of them, or her own and nobody's."""
    conditions = [
        Callback.store_id == context.store.id,
        Callback.state == CallbackState.DUE,
        Callback.due_from <= moment,
    ]
    if not (context.may(Right.CALL_ALL) or context.may(Right.SEE_CALLS)):
        conditions.append(Callback.owner_id.is_(None) | (Callback.owner_id == context.actor.staff_id))
    return conditions


def due_keys(session: Session, context: Context) -> list[tuple[int, int]]:
    """Give key and version of every callback due now, the one whose window closes first in front."""
    found = session.execute(
        select(Callback.id, Callback.version)
        .where(*due_conditions(context, context.now()))
        .order_by(Callback.due_until, Callback.id)
    )
    return [(key, version) for key, version in found]
