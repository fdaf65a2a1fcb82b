"""Keeping scores up: everybody's once a day in short writes, at once those of members who bought, returned, merged."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, TypeVar

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.topics import Topic
from crmdesk.db.bulk import insert_many
from crmdesk.models.score import DirtyMember, MemberScore, ScoreScale
from crmdesk.queries.score_work import Scales, Scored, ScoreWork, bounds_text, dirty, scales_on_file, scores_of

# Rows of one write: a few milliseconds, so that no save of any desk waits for it.
AT_ONCE: Final = 500
DIRTY_AT_ONCE: Final = 100
_CHANGED: Final = frozenset({Topic.MEMBERS})
T = TypeVar("T")
Piece = Callable[[Session, Context], Outcome[int]]


def mark(session: Session, member_ids: Sequence[int], context: Context) -> None:
    """Say that purchases of these members changed, in the write that changes them."""
    wanted = set(member_ids)
    for some in _parts(sorted(wanted)):
        wanted -= set(session.scalars(select(DirtyMember.member_id).where(DirtyMember.member_id.in_(some))))
    rows = [{"member_id": key, "store_id": context.store.id} for key in sorted(wanted)]
    insert_many(session, DirtyMember, rows)


def pieces(work: ScoreWork) -> Iterator[Piece]:
    """Give the writes that bring the scores on file up to ``work``; the last one says as of when they are."""
    for some in _parts(work.changed):
        yield partial(_write, some)
    yield partial(_keep_scales, work.scales, bool(work.changed))


def catch_up(session: Session, context: Context) -> Outcome[int]:
    """Score some of those who bought since, by the scales on file; gives how many, 0 when nothing is left."""
    scales = scales_on_file(session, context)
    keys = dirty(session, context, DIRTY_AT_ONCE) if scales is not None else []
    if scales is None or not keys:
        return Outcome(0)
    _put(session, scores_of(session, keys, scales, context), context)
    session.execute(delete(DirtyMember).where(DirtyMember.member_id.in_(keys)))
    return Outcome(len(keys), _CHANGED)


def _write(some: Sequence[Scored], session: Session, context: Context) -> Outcome[int]:
    _put(session, some, context)
    return Outcome(len(some))


def _put(session: Session, scored: Sequence[Scored], context: Context) -> None:
    keys = [one.member_id for one in scored]
    session.execute(delete(MemberScore).where(MemberScore.member_id.in_(keys)))
    own = {"store_id": context.store.id}
    rows = [one._asdict() | own for one in scored if one.cycle is not None]
    insert_many(session, MemberScore, rows)


def _keep_scales(scales: Scales, wrote: bool, session: Session, context: Context) -> Outcome[int]:  # noqa: FBT001 - bound by `pieces`
    row = session.get(ScoreScale, context.store.id) or ScoreScale(store_id=context.store.id)
    row.as_of, row.buyers = scales.as_of, scales.buyers
    row.recency, row.frequency = bounds_text(scales.recency), bounds_text(scales.frequency)
    row.monetary = bounds_text(scales.monetary)
    session.add(row)
    return Outcome(0, _CHANGED if wrote else frozenset())


def _parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[begin : begin + AT_ONCE] for begin in range(0, len(rows), AT_ONCE))
