"""Putting the ledger right: a movement is taken back by counter entries, each line at most once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError, ReasonMissingError, RefusedError
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.models.ledger import LedgerEntry
from crmdesk.services import audit, ledger
from crmdesk.services.ledger import Post
from crmdesk.services.ledger_desk import CHANGED, Moved, approver_of, moved

# What the program writes by itself is not taken back by hand: the calendar, and what was owed.
FIXED: Final = frozenset({LedgerReason.EXPIRED, LedgerReason.SETTLED})
_NOTE: Final = 120


class TakenBackError(RefusedError):
    """The movement was taken back before, or is itself a counter entry, or was made by the program."""

    def __init__(self, number: str) -> None:
        """Keep the number of the movement."""
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A movement is taken back whole: the line ``entry_id`` and those written together with it."""

    entry_id: int
    reason: str
    approved_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class Forgive:
    """What a member owes is struck off, with the reason."""

    member_id: int
    kind: LedgerKind
    reason: str
    approved_by_id: int | None = None


def take_back(session: Session, request: TakeBack, context: Context) -> Outcome[Moved]:
    """Write the counter entries of a movement.

    Raises:
        NotFoundError: no such line.
        ReasonMissingError: no reason.
        TakenBackError: it was taken back before, or cannot be.
        BalanceTooLowError: what came was spent meanwhile.
        NotAllowedError: nobody who may approved.
    """
    context.require(Right.SERVE)
    reason = clean_line(request.reason)[:_NOTE]
    if not reason:
        raise ReasonMissingError("ledger.take_back")
    lines = _movement(session, request.entry_id)
    money = sum(abs(line.amount) for line in lines if line.kind is not LedgerKind.POINTS)
    approver = approver_of(session, request.approved_by_id, Money(money), context)
    for line in lines:
        counter = Post(
            line.member_id,
            line.kind,
            LedgerReason.CORRECTION,
            -line.amount,
            line.paper_number,
            reason,
            purchase_id=line.purchase_id,
            reverses_id=line.id,
            approved_by_id=approver,
        )
        ledger.post(session, counter, context)
        if line.owed > 0:
            note = Post(line.member_id, line.kind, LedgerReason.CORRECTION, line.owed, line.paper_number, reason)
            ledger.forgive(session, note, context)
    first = lines[0]
    detail = {"number": first.paper_number, "reason": first.reason.value}
    audit.record(session, context, "ledger.take_back", (EntityKind.MEMBER, first.member_id), detail)
    return Outcome(moved(session, first.member_id, first.paper_number), CHANGED)


def forgive(session: Session, request: Forgive, context: Context) -> Outcome[int]:
    """Strike off what a member owes; gives how much it was.

    Raises:
        ReasonMissingError: no reason.
        NotAllowedError: nobody who may approved.
    """
    context.require(Right.SERVE)
    reason = clean_line(request.reason)[:_NOTE]
    if not reason:
        raise ReasonMissingError("ledger.forgive")
    approver = approver_of(session, request.approved_by_id, Money(0), context)
    owed = ledger.standing(session, request.member_id, request.kind).owed
    line = Post(request.member_id, request.kind, LedgerReason.CORRECTION, owed, note=reason, approved_by_id=approver)
    struck = ledger.forgive(session, line, context)
    ref = (EntityKind.MEMBER, request.member_id)
    audit.record(session, context, "ledger.forgive", ref, {request.kind.value: struck})
    return Outcome(struck, CHANGED)


def _movement(session: Session, entry_id: int) -> Sequence[LedgerEntry]:
    """Give the lines that were written together: principal and bonus of one top-up, points and value of one payment."""
    line = session.get(LedgerEntry, entry_id)
    if line is None:
        raise NotFoundError(EntityKind.MEMBER, str(entry_id))
    together = select(LedgerEntry).where(
        LedgerEntry.member_id == line.member_id,
        LedgerEntry.reason == line.reason,
        LedgerEntry.at == line.at,
        LedgerEntry.paper_number == line.paper_number,
        LedgerEntry.reverses_id.is_(None),
    )
    lines = session.scalars(together.order_by(LedgerEntry.id)).all() if line.paper_number else [line]
    taken = select(LedgerEntry.id).where(LedgerEntry.reverses_id.in_([one.id for one in lines])).limit(1)
    if line.reverses_id or line.reason in FIXED or not lines or session.scalar(taken) is not None:
        raise TakenBackError(line.paper_number)
    return lines
