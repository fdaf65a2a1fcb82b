"""Counting the clocks of a large store anew after its rules changed: in pieces, so that no save waits for it.

While it goes on nothing kept counts (`is_fresh` says no), and the lists count for themselves. One desk does it: its
claim stands where the stamp of the rules will be. A change of the rules takes the claim away, and all begins again.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.models.ticket_clock import ClockStand
from crmdesk.queries.clock_days import is_fresh, stamp
from crmdesk.services.ticket_due import keep_days

# Tickets of one transaction: some 20 ms.
AT_ONCE: Final = 60
# A desk that has not ended by then is taken for dead.
CLAIM_HOLDS: Final = timedelta(minutes=15)
_CLAIMED: Final = "~"

Piece = Callable[[Session, Context], Outcome[bool]]


def take(session: Session, context: Context) -> Outcome[str]:
    """Take the counting; gives the claim, empty where nothing is to be done or another desk is at it."""
    if is_fresh(session, context.store.id):
        return Outcome("")
    stand = session.get(ClockStand, context.store.id)
    now = round(context.now().timestamp() * 1000)
    if stand is not None and stand.stamp.startswith(_CLAIMED) and int(stand.stamp[1:]) > now:
        return Outcome("")
    claim = f"{_CLAIMED}{now + round(CLAIM_HOLDS / timedelta(milliseconds=1))}"
    if stand is None:
        session.add(ClockStand(store_id=context.store.id, stamp=claim))
    else:
        stand.stamp = claim
    return Outcome(claim)


def pieces(keys: Sequence[int], claim: str) -> Iterator[Piece]:
    """Give the writes that count the tickets with ``keys``; the last one says by which rules it was done.

    Each gives whether it was done: no where the rules changed meanwhile, or another desk has taken over.
    """
    for begin in range(0, len(keys), AT_ONCE):
        yield partial(_count, frozenset(keys[begin : begin + AT_ONCE]), claim)
    yield partial(_end, claim)


def _count(keys: frozenset[int], claim: str, session: Session, context: Context) -> Outcome[bool]:
    if not _holds(session, claim, context):
        return Outcome(value=False)
    keep_days(session, set(keys))
    return Outcome(value=True)


def _end(claim: str, session: Session, context: Context) -> Outcome[bool]:
    if not _holds(session, claim, context):
        return Outcome(value=False)
    session.get_one(ClockStand, context.store.id).stamp = stamp(session, context.store.id)
    return Outcome(value=True)


def _holds(session: Session, claim: str, context: Context) -> bool:
    return session.scalar(select(ClockStand.stamp).where(ClockStand.store_id == context.store.id)) == claim
