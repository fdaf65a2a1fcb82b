"""The first work of a day: cadence calls and late steps after a purchase, once a day and store, in short writes.

One desk takes the day (`take_day`), finds what is to be done by reading (`queries.day_work`), and writes it in pieces
(`pieces`), each its own transaction of a few rows, so that no save of any desk waits for it. A desk that dies
meanwhile leaves the pieces it wrote; its claim runs out, and whoever looks next goes on with the rest.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from functools import partial
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallbackState
from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.purchase_plan import LAST_STEP, last_day
from crmdesk.core.topics import Topic
from crmdesk.models.callback import Callback
from crmdesk.models.purchase import Purchase
from crmdesk.models.store import Counter
from crmdesk.queries.call_situation import purchase_plan
from crmdesk.queries.day_work import CADENCE_PER_DAY, DayWork, SilentMember, day_work, is_late, still_callable
from crmdesk.queries.settings import store_settings
from crmdesk.services.callback_plan import PlanCallback, plan
from crmdesk.services.care_plan import after_purchase

# Rows of one transaction: a step that is let go plans the next one too.
LATE_AT_ONCE: Final = 4
SILENT_AT_ONCE: Final = 8
# A desk that has not ended by then is taken for dead; the work takes seconds.
CLAIM_HOLDS: Final = timedelta(minutes=5)
_CADENCE_WINDOW: Final = timedelta(days=7)
# Counters of the store: the last day that is through; until when a desk has the work; how many were put on the list.
_DONE, _CLAIM, _GIVEN = "care-day", "care-claim", "care-given"
_PLACES: Final = 1000
_ROW: Final = select(Counter).where(Counter.store_id == bindparam("store_id"), Counter.series == bindparam("series"))

Piece = Callable[[Session, Context], Outcome[int]]


class DayState(Enum):
    """How the day's first work stands."""

    MINE = auto()
    ELSEWHERE = auto()
    DONE = auto()


@dataclass(frozen=True, slots=True)
class TakenDay:
    """Whose the day's first work is; ``claim`` is what the pieces prove it by."""

    state: DayState
    claim: int = 0


def take_day(session: Session, context: Context) -> Outcome[TakenDay]:
    """Take the day's first work, unless it is done or another desk is at it."""
    if _counter(session, context, _DONE) >= _day_number(context):
        return Outcome(TakenDay(DayState.DONE))
    now = round(context.now().timestamp() * 1000)
    if _counter(session, context, _CLAIM) > now:
        return Outcome(TakenDay(DayState.ELSEWHERE))
    claim = now + round(CLAIM_HOLDS / timedelta(milliseconds=1))
    _set(session, context, _CLAIM, claim)
    return Outcome(TakenDay(DayState.MINE, claim))


def pieces(work: DayWork, claim: int) -> Iterator[Piece]:
    """Give the transactions that write ``work``, in their order; the last one ends the day's first work.

    Each gives how many cadence calls it put on the list.
    """
    for begin in range(0, len(work.late), LATE_AT_ONCE):
        yield partial(_claimed, claim, partial(_let_go, work.late[begin : begin + LATE_AT_ONCE]))
    for begin in range(0, len(work.silent), SILENT_AT_ONCE):
        yield partial(_claimed, claim, partial(_ask, work.silent[begin : begin + SILENT_AT_ONCE]))
    yield partial(_claimed, claim, partial(_end, bool(work.late or work.silent)))


def begin_day(session: Session, context: Context) -> Outcome[int]:
    """Do all of it in the transaction of ``session``; gives how many calls were added. For small stores."""
    taken = take_day(session, context).value
    if taken.state is not DayState.MINE:
        return Outcome(0)
    done = [piece(session, context) for piece in pieces(day_work(session, context), taken.claim)]
    return Outcome(sum(one.value for one in done), done[-1].changed)


def _claimed(claim: int, write: Piece, session: Session, context: Context) -> Outcome[int]:
    """Write, unless another desk has taken over since."""
    return write(session, context) if _counter(session, context, _CLAIM) == claim else Outcome(0)


def _let_go(keys: tuple[int, ...], session: Session, context: Context) -> Outcome[int]:
    """Give up late steps after a purchase and plan the step whose turn it is instead."""
    waits, today = purchase_plan(store_settings(session, context.store.id)), context.today()
    for callback in session.scalars(select(Callback).where(Callback.id.in_(keys))).all():
        bought = session.get(Purchase, callback.purchase_id)
        if bought is None or not is_late(callback, context):
            continue  # somebody called meanwhile
        callback.state, callback.done_at = CallbackState.GIVEN_UP, context.now()
        session.flush()
        following = callback.step + 1
        while following <= LAST_STEP and today >= last_day(waits, following, bought.day):
            following += 1
        after_purchase(session, bought, context, step=following)
    return Outcome(0)


def _ask(members: tuple[SilentMember, ...], session: Session, context: Context) -> Outcome[int]:
    """Put cadence calls on the list, as many as the day still has room for."""
    first = _day_number(context) * _PLACES
    given = max(_counter(session, context, _GIVEN) - first, 0)
    fitting = still_callable(session, [one.member_id for one in members], context)
    wanted = [one for one in members if one.member_id in fitting][: max(CADENCE_PER_DAY - given, 0)]
    for one in wanted:
        call = PlanCallback(
            member_id=one.member_id,
            reason=CallbackReason.CADENCE,
            due_from=context.now(),
            due_until=context.now() + _CADENCE_WINDOW,
            owner_id=one.guide_id,
        )
        plan(session, call, context)
    _set(session, context, _GIVEN, first + given + len(wanted))
    return Outcome(len(wanted))


def _end(wrote: bool, session: Session, context: Context) -> Outcome[int]:  # noqa: FBT001 - bound by `pieces`
    _set(session, context, _DONE, _day_number(context))
    _set(session, context, _CLAIM, 0)
    return Outcome(0, frozenset({Topic.CALLBACKS}) if wrote else frozenset())


def _day_number(context: Context) -> int:
    return int(f"{context.today():%Y%m%d}")


def _counter(session: Session, context: Context, series: str) -> int:
    row = session.scalar(_ROW, {"store_id": context.store.id, "series": series})
    return row.value if row is not None else 0


def _set(session: Session, context: Context, series: str, value: int) -> None:
    row = session.scalar(_ROW, {"store_id": context.store.id, "series": series})
    if row is None:
        session.add(Counter(store_id=context.store.id, series=series, value=value))
    else:
        row.value = value
