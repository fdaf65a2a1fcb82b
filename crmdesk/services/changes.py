"""Clearing the change feed: rows that every desk has read long ago."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.models.audit import Change

_KEPT: Final = timedelta(days=3)  # a desk that slept longer reads everything anew when somebody signs in
_BLOCK: Final = 5_000


def forget_old_changes(session: Session, context: Context) -> Outcome[int]:
    """Delete change rows older than three days, a block at a time; give how many went."""
    old = select(Change.id).where(Change.at < context.now() - _KEPT).order_by(Change.id).limit(_BLOCK)
    gone = list(session.scalars(old))
    session.execute(delete(Change).where(Change.id.in_(gone)))
    return Outcome(len(gone))
