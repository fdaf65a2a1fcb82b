"""Counting who came into the store: one number a day, typed by whoever is at the desk, corrected as often as needed."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.models.walk_in import WalkInCount
from crmdesk.services import audit

MOST: Final = 100_000


@dataclass(frozen=True, slots=True)
class CountWalkIns:
    """How many people came on a day; a later count of the day takes the place of the earlier one."""

    day: date
    people: int


def count(session: Session, request: CountWalkIns, context: Context) -> Outcome[int]:
    """Keep a day's count; gives it.

    Raises:
        NotAllowedError: the person does not work at the desk.
        InvalidFieldError: a day to come, or a number nobody counts to.
    """
    context.require(Right.SERVE)
    if request.day > context.today():
        raise InvalidFieldError("day", "in_future", request.day.isoformat())
    if not 0 <= request.people <= MOST:
        raise InvalidFieldError("people", "too_large" if request.people > 0 else "too_small", str(request.people))
    row = session.scalar(
        select(WalkInCount).where(WalkInCount.store_id == context.store.id, WalkInCount.day == request.day)
    )
    if row is None:
        row = WalkInCount(store_id=context.store.id, day=request.day)
        session.add(row)
    row.people, row.staff_id, row.at = request.people, context.actor.staff_id, context.now()
    detail: audit.Detail = {"first": request.day.isoformat(), "people": request.people}
    audit.record(session, context, "store.walk_ins", (EntityKind.STORE, context.store.id), detail)
    return Outcome(request.people, frozenset({Topic.MEMBERS}))
