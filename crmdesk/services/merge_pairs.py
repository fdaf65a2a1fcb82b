"""What a merge, its undoing or a person's word means for pairs of files that look alike."""

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.ids import new_id
from crmdesk.core.member_words import PairReason, PairState
from crmdesk.db.rows import append
from crmdesk.models.merge import DuplicatePair

SURE = 100
_QUIET = {"synchronize_session": False}


def decide(session: Session, first_id: int, second_id: int, state: PairState, context: Context) -> int:
    """Keep what was decided about two files, listed or not; gives the key of the pair."""
    low, high = sorted((first_id, second_id))
    pair = session.scalar(select(DuplicatePair).where(DuplicatePair.first_id == low, DuplicatePair.second_id == high))
    if pair is None:
        pair = DuplicatePair(
            id=new_id(),
            store_id=context.store.id,
            first_id=low,
            second_id=high,
            reason=PairReason.PHONE,
            score=SURE,
            found_at=context.now(),
        )
        session.add(pair)
    pair.state = state
    pair.decided_by_id = context.actor.staff_id
    session.flush()
    return pair.id


def take_over(session: Session, merge_id: int, kept_id: int, gone_id: int, context: Context) -> None:
    """Let what was decided about the file that goes hold for the one that stays, where nothing was decided yet."""
    for row in session.scalars(
        select(DuplicatePair).where(
            or_(DuplicatePair.first_id == gone_id, DuplicatePair.second_id == gone_id),
            DuplicatePair.state.in_((PairState.DIFFERENT, PairState.HOUSEHOLD)),
        )
    ).all():
        other = row.second_id if row.first_id == gone_id else row.first_id
        low, high = sorted((kept_id, other))
        same = (DuplicatePair.first_id == low, DuplicatePair.second_id == high)
        if low == high or session.scalar(select(DuplicatePair.id).where(*same)) is not None:
            continue
        told = {"store_id": context.store.id, "first_id": low, "second_id": high, "reason": row.reason}
        told |= {"score": row.score, "detail": _mark(merge_id), "state": row.state, "found_at": context.now()}
        append(session, DuplicatePair, {**told, "decided_by_id": row.decided_by_id})


def give_back(session: Session, merge_id: int, kept_id: int, gone_id: int, context: Context) -> None:
    """Undo `take_over`; who takes a merge back has said that these are two people."""
    mine = delete(DuplicatePair).where((DuplicatePair.first_id == kept_id) | (DuplicatePair.second_id == kept_id))
    session.execute(mine.where(DuplicatePair.detail == _mark(merge_id)), execution_options=_QUIET)
    decide(session, kept_id, gone_id, PairState.DIFFERENT, context)


def forget_open(session: Session, member_id: int) -> None:
    """Take undecided pairs of a file away: it went, or it changed and is looked at anew."""
    wanted = delete(DuplicatePair).where(
        or_(DuplicatePair.first_id == member_id, DuplicatePair.second_id == member_id),
        DuplicatePair.state == PairState.OPEN,
    )
    session.execute(wanted, execution_options=_QUIET)


def _mark(merge_id: int) -> str:
    return f"merge:{merge_id}"
