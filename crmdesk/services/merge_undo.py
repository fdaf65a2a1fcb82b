"""Taking a merge back: both files as they were; what was written since stays with the one that stayed (M7)."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError, StaleError
from crmdesk.core.members import LedgerKind
from crmdesk.core.merge_errors import MergeUndoneError, SharedBalanceSpentError, UndoOrderError, UndoTooLateError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.member import Member, MemberValue
from crmdesk.models.member_references import moved
from crmdesk.models.merge import Merge, MergeMove
from crmdesk.services import audit, ledger_balances, merge_pairs, purchases, search_index
from crmdesk.services.merge_rows import Journal, restore, table_of, turn_back
from crmdesk.services.merges import CHANGED, mark_dirty

EMPTY: Final = "{}"


@dataclass(frozen=True, slots=True)
class UndoMerge:
    """A merge as it was seen."""

    merge_id: int
    seen_version: int


@dataclass(frozen=True, slots=True)
class Undone:
    """Both files are there again.

    Attributes:
        written_since: rows that were added after the merge and stay with the file that stayed.
        changed_since: rows and fields that were changed after it and were left as they are now.
    """

    kept_id: int
    gone_id: int
    kept_number: str
    gone_number: str
    written_since: int
    changed_since: int


def undo(session: Session, request: UndoMerge, context: Context) -> Outcome[Undone]:
    """Take a merge back.

    Raises:
        NotAllowedError: the person may not merge.
        NotFoundError: no such merge.
        MergeUndoneError: it was taken back already.
        StaleError: another desk worked on it.
        UndoTooLateError: its time is over.
        UndoOrderError: a later merge of one of the files comes first.
        SharedBalanceSpentError: more was spent since than the file that stayed had itself.
    """
    context.require(Right.MERGE)
    done = _load(session, request, context)
    kept, gone = session.get_one(Member, done.kept_id), session.get_one(Member, done.gone_id)
    _check_order(session, done)
    _check_balances(session, done)
    written = _written_since(session, done)
    changed = turn_back(session, done.id, kept.id, gone.id)
    changed += restore(session, Journal.read(done.before), gone.id)
    session.expire_all()
    done.undone_at, done.undone_by_id = context.now(), context.actor.staff_id
    _work_out(session, kept.id, gone.id, context)
    merge_pairs.give_back(session, done.id, kept.id, gone.id, context)
    search_index.put(session, kept.id, gone.id)
    facts: dict[str, str | int | bool | None] = {"gone": gone.number, "kept": kept.number, "since": written}
    audit.record(session, context, "member.merge_undo", (EntityKind.MEMBER, kept.id), facts)
    return Outcome(Undone(kept.id, gone.id, kept.number, gone.number, written, changed), CHANGED)


def forget_old(session: Session, context: Context) -> Outcome[int]:
    """Empty what was kept for taking merges back once their time is over; gives how many."""
    over = select(Merge.id).where(Merge.undo_until < context.today(), Merge.before != EMPTY)
    keys = list(session.scalars(over.limit(_AT_ONCE)))
    for key in keys:
        moves = table_of(MergeMove.__tablename__)
        session.execute(moves.delete().where(moves.c.merge_id == key))
    if keys:
        session.execute(update(Merge).where(Merge.id.in_(keys)).values(before=EMPTY, version=Merge.version + 1))
    return Outcome(len(keys))


_AT_ONCE: Final = 50


def _load(session: Session, request: UndoMerge, context: Context) -> Merge:
    done = session.get(Merge, request.merge_id)
    if done is None:
        raise NotFoundError(EntityKind.MEMBER, str(request.merge_id))
    if done.undone_at is not None:
        raise MergeUndoneError(str(done.id))
    if done.undo_until < context.today() or done.before == EMPTY:
        raise UndoTooLateError(done.undo_until)
    if done.version != request.seen_version:
        raise StaleError(EntityKind.MEMBER, done.kept_id, request.seen_version, done.version)
    return done


def _check_order(session: Session, done: Merge) -> None:
    """A later merge of the same file was built on this one."""
    both = (done.kept_id, done.gone_id)
    later = session.scalar(
        select(Merge)
        .where(Merge.undone_at.is_(None), Merge.id > done.id)
        .where(or_(Merge.kept_id.in_(both), Merge.gone_id.in_(both)))
        .order_by(Merge.id.desc())
        .limit(1)
    )
    if later is not None:
        gone, kept = session.get_one(Member, later.gone_id), session.get_one(Member, later.kept_id)
        raise UndoOrderError(gone.number, kept.number)


def _check_balances(session: Session, done: Merge) -> None:
    """Nobody's balance falls below zero: what both had together may have been spent."""
    noted = select(MergeMove.row_id).where(
        MergeMove.merge_id == done.id, MergeMove.table_name == LedgerEntry.__tablename__
    )
    own = (
        select(LedgerEntry.kind, func.sum(LedgerEntry.amount))
        .where(LedgerEntry.member_id == done.kept_id, LedgerEntry.id.not_in(noted))
        .group_by(LedgerEntry.kind)
    )
    for kind, amount in session.execute(own):
        if amount < 0:
            raise SharedBalanceSpentError(LedgerKind(kind), -int(amount))


def _written_since(session: Session, done: Merge) -> int:
    """Count what was added to the file that stayed since the merge: keys rise with time."""
    count = 0
    for name, column in moved():
        table = table_of(name)
        noted = select(MergeMove.row_id).where(MergeMove.merge_id == done.id, MergeMove.table_name == name)
        here = (table.c[column] == done.kept_id, table.c.id > done.id, table.c.id.not_in(noted))
        count += session.scalar(select(func.count()).select_from(table).where(*here)) or 0
    return count


def _work_out(session: Session, kept_id: int, gone_id: int, context: Context) -> None:
    had = set(session.scalars(select(MemberValue.member_id).where(MemberValue.member_id.in_((kept_id, gone_id)))))
    for key in had:
        purchases.renew_value(session, key, context)
    ledger_balances.recount(session, [kept_id, gone_id])
    mark_dirty(session, kept_id, gone_id)
