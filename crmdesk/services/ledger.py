"""The port through which everything posts points and stored value; lines are only added."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import RefusedError
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.models.ledger import LedgerEntry


class BalanceTooLowError(RefusedError):
    """More would be taken than is there."""

    def __init__(self, kind: LedgerKind, balance: int, wanted: int) -> None:
        """Keep the balance and what was wanted (points, or fen)."""
        super().__init__(f"{kind} {balance} < {wanted}")
        self.kind = kind
        self.balance = balance
        self.wanted = wanted


@dataclass(frozen=True, slots=True)
class Post:
    """One movement; ``amount`` is points, or fen for stored value, negative to take away."""

    member_id: int
    kind: LedgerKind
    reason: LedgerReason
    amount: int
    paper_number: str = ""
    note: str = ""
    expires_on: date | None = None


def balance(session: Session, member_id: int, kind: LedgerKind) -> int:
    """Give the balance: the sum of all lines."""
    total = session.scalar(
        select(func.coalesce(func.sum(LedgerEntry.amount), 0)).where(
            LedgerEntry.member_id == member_id, LedgerEntry.kind == kind
        )
    )
    return int(total or 0)


def post(session: Session, request: Post, context: Context) -> int:
    """Add a line and give the new balance; runs inside the caller's write, which holds the lock.

    Raises:
        BalanceTooLowError: the balance would fall below zero.
    """
    session.flush()
    present = balance(session, request.member_id, request.kind)
    if present + request.amount < 0:
        raise BalanceTooLowError(request.kind, present, -request.amount)
    session.add(
        LedgerEntry(
            store_id=context.store.id,
            member_id=request.member_id,
            kind=request.kind,
            reason=request.reason,
            amount=request.amount,
            at=context.now(),
            staff_id=context.actor.staff_id,
            expires_on=request.expires_on,
            paper_number=request.paper_number,
            note=request.note,
        )
    )
    session.flush()
    return present + request.amount


def claw_back(session: Session, request: Post, context: Context) -> tuple[int, int]:
    """Take back what a returned sale earned, never below what is there; gives (taken, still owed).

    ``request.amount`` is positive: how much was earned. What cannot be taken is noted as owed (domain rule 5).
    """
    session.flush()
    taken = min(request.amount, balance(session, request.member_id, request.kind))
    owed = request.amount - taken
    if request.amount:
        # What is owed stands in the ledger even when there was nothing to take.
        note = f"{request.note} owed={owed}" if owed else request.note
        post(
            session,
            Post(request.member_id, request.kind, request.reason, -taken, request.paper_number, note.strip()),
            context,
        )
    return taken, owed
