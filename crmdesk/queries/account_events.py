"""What a member's time line says of points, stored value and level: movements that no receipt tells of, and changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.member_words import LevelReason
from crmdesk.core.members import CardTier, LedgerKind, LedgerReason
from crmdesk.core.roles import Right
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.level import LevelChange
from crmdesk.models.staff import Staff

# Points of a receipt stand with the receipt; what was taken over and what was set off would only make noise.
_TOLD: Final = frozenset(LedgerReason) - {LedgerReason.PURCHASE, LedgerReason.OPENING, LedgerReason.SETTLED}


@dataclass(frozen=True, slots=True)
class MovementDone:
    """Points or fen that came or went."""

    kind: LedgerKind
    reason: LedgerReason
    amount: int
    owed: int
    number: str
    note: str


@dataclass(frozen=True, slots=True)
class LevelDone:
    """A change of level."""

    before: CardTier
    after: CardTier
    reason: LevelReason
    note: str


@dataclass(frozen=True, slots=True)
class AccountEvent:
    """One of them, with its key, moment and person."""

    id: int
    at: datetime
    who: str
    facts: MovementDone | LevelDone


def movements_told(session: Session, member_id: int, context: Context, limit: int) -> list[AccountEvent]:
    """Give the newest movements; of stored value only to whoever may see money."""
    kinds = list(LedgerKind) if context.may(Right.SEE_MONEY) else [LedgerKind.POINTS]
    rows = session.execute(
        select(LedgerEntry, func.coalesce(Staff.name, "").label("who"))
        .outerjoin(Staff, Staff.id == LedgerEntry.staff_id)
        .where(LedgerEntry.member_id == member_id, LedgerEntry.kind.in_(kinds), LedgerEntry.reason.in_(_TOLD))
        .order_by(LedgerEntry.id.desc())
        .limit(limit)
    )
    return [
        AccountEvent(
            line.id,
            line.at,
            # The calendar takes what has expired, nobody does.
            "" if line.reason is LedgerReason.EXPIRED else who,
            MovementDone(line.kind, line.reason, line.amount, line.owed, line.paper_number, line.note),
        )
        for line, who in rows
    ]


def level_changes(session: Session, member_id: int, limit: int) -> list[AccountEvent]:
    """Give the newest changes of level."""
    rows = session.execute(
        select(LevelChange, func.coalesce(Staff.name, "").label("who"))
        .outerjoin(Staff, Staff.id == LevelChange.staff_id)
        .where(LevelChange.member_id == member_id)
        .order_by(LevelChange.id.desc())
        .limit(limit)
    )
    by_person = (LevelReason.BY_HAND, LevelReason.IMPORTED)
    return [
        AccountEvent(
            change.id,
            change.at,
            who if change.reason in by_person else "",
            LevelDone(change.before, change.after, change.reason, change.note),
        )
        for change, who in rows
    ]
