"""Walk-ins as they were counted."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.models.walk_in import WalkInCount


def walk_ins(session: Session, first: date, last: date) -> int | None:
    """Give how many people came from ``first`` to ``last``, both included; None when nobody counted."""
    found = select(func.sum(WalkInCount.people)).where(WalkInCount.day.between(first, last))
    counted = session.scalar(found)
    return None if counted is None else int(counted)


def of_day(session: Session, store_id: int, day: date) -> int | None:
    """Give the count of one store's day; None without one."""
    wanted = select(WalkInCount.people).where(WalkInCount.store_id == store_id, WalkInCount.day == day)
    return session.scalar(wanted)
