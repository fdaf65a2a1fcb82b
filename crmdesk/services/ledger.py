"""The port through which everything posts points and stored value; lines are only added, balances follow at once."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import RefusedError
from crmdesk.core.ids import new_id
from crmdesk.core.ledger_lots import expired, lots_left, next_expiry
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.db.rows import append
from crmdesk.models.ledger import LedgerBalance, LedgerEntry
from crmdesk.queries.ledger_lines import movements
from crmdesk.services.ledger_balances import Change, keep_balance

if TYPE_CHECKING:
    from sqlalchemy import Table

_BALANCES: Final = cast("Table", LedgerBalance.__table__)
# What is earned pays what is owed first; a gift, a top-up or a correction does not.
_EARNED: Final = frozenset({LedgerReason.PURCHASE})


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
    """One movement; ``amount`` is points, or fen for stored value, negative to take away.

    ``purchase_id`` is the receipt it belongs to, ``reverses_id`` the line it takes back.
    """

    member_id: int
    kind: LedgerKind
    reason: LedgerReason
    amount: int
    paper_number: str = ""
    note: str = ""
    expires_on: date | None = None
    purchase_id: int | None = None
    reverses_id: int | None = None
    approved_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """What stands in a member's ledger of one kind, points or fen."""

    amount: int = 0
    owed: int = 0
    next_expiry: date | None = None


def standing(session: Session, member_id: int, kind: LedgerKind) -> Balance:
    """Give balance, what is owed and the next expiry."""
    session.flush()
    columns = (_BALANCES.c.amount, _BALANCES.c.owed, _BALANCES.c.next_expiry)
    found = session.execute(
        select(*columns).where(_BALANCES.c.member_id == member_id, _BALANCES.c.kind == kind)
    ).one_or_none()
    return Balance(*found) if found is not None else Balance()


def balance(session: Session, member_id: int, kind: LedgerKind) -> int:
    """Give the balance: the sum of all lines."""
    return standing(session, member_id, kind).amount


def post(session: Session, request: Post, context: Context) -> int:
    """Add a line and give the new balance; runs inside the caller's write, which holds the lock.

    Something earned goes to what is owed first, by a line of its own.

    Raises:
        BalanceTooLowError: the balance would fall below zero.
    """
    present = _today(session, request, context)
    if present.amount + request.amount < 0:
        raise BalanceTooLowError(request.kind, present.amount, -request.amount)
    present = _add(session, request, present, 0, context)
    if request.reason in _EARNED and present.owed and request.amount > 0:
        present = _settle(session, request, present, context)
    return present.amount


def claw_back(session: Session, request: Post, context: Context) -> tuple[int, int]:
    """Take back what a returned sale earned, never below what is there; gives (taken, still owed).

    ``request.amount`` is positive: how much was earned. What cannot be taken is noted as owed (domain rule 5).
    """
    if request.amount <= 0:
        return 0, 0
    present = _today(session, request, context)
    taken = min(request.amount, present.amount)
    owed = request.amount - taken
    # What is owed stands in the ledger even when there was nothing to take.
    _add(session, replace(request, amount=-taken), present, owed, context)
    return taken, owed


def forgive(session: Session, request: Post, context: Context) -> int:
    """Strike what is owed off, by ``request.amount`` at most; gives how much it was."""
    present = standing(session, request.member_id, request.kind)
    struck = min(request.amount, present.owed)
    if struck > 0:
        _add(session, replace(request, amount=0), present, -struck, context)
    return max(0, struck)


def expire(session: Session, member_id: int, kind: LedgerKind, context: Context) -> int:
    """Take out what has expired by today, a line for each last day; gives how much it was."""
    present = standing(session, member_id, kind)
    if present.next_expiry is None or present.next_expiry >= context.today():
        return 0
    days: dict[date, int] = {}
    for lot in expired(lots_left(movements(session, member_id, kind)), context.today()):
        day = lot.expires_on or context.today()
        days[day] = days.get(day, 0) + lot.left
    for day, amount in sorted(days.items()):
        line = Post(member_id, kind, LedgerReason.EXPIRED, -amount, expires_on=day)
        present = _add(session, line, present, 0, context)
    if not days:  # the day was only a guess
        _renew_expiry(session, member_id, kind, context)
    return sum(days.values())


def forget_receipts(session: Session, purchase_ids: Collection[int]) -> None:
    """Let lines stand without their receipts: those of an import that is taken back are gone, the movements are not."""
    session.flush()
    table = cast("Table", LedgerEntry.__table__)
    session.connection().execute(update(table).where(table.c.purchase_id.in_(purchase_ids)).values(purchase_id=None))


def _today(session: Session, request: Post, context: Context) -> Balance:
    """Give the balance without what has expired by today: nobody spends it."""
    present = standing(session, request.member_id, request.kind)
    if present.next_expiry is not None and present.next_expiry < context.today():
        expire(session, request.member_id, request.kind, context)
        return standing(session, request.member_id, request.kind)
    return present


def _settle(session: Session, request: Post, present: Balance, context: Context) -> Balance:
    amount = min(present.owed, request.amount)
    line = replace(request, reason=LedgerReason.SETTLED, amount=-amount, expires_on=None, note="")
    return _add(session, line, present, -amount, context)


def _add(session: Session, line: Post, present: Balance, owed: int, context: Context) -> Balance:
    """Add one line and bring the balance along with it."""
    append(
        session,
        LedgerEntry,
        {
            "id": new_id(),
            "store_id": context.store.id,
            "member_id": line.member_id,
            "kind": line.kind,
            "reason": line.reason,
            "amount": line.amount,
            "owed": owed,
            "at": context.now(),
            "staff_id": context.actor.staff_id,
            "expires_on": line.expires_on,
            "paper_number": line.paper_number,
            "note": line.note,
            "purchase_id": line.purchase_id,
            "reverses_id": line.reverses_id,
            "approved_by_id": line.approved_by_id,
        },
    )
    ends = _ends_after(session, line, present)
    made = Balance(present.amount + line.amount, present.owed + owed, ends)
    keep_balance(session, Change(line.member_id, line.kind, made.amount, made.owed, ends), context.store.id)
    return made


def _ends_after(session: Session, line: Post, present: Balance) -> date | None:
    """Give the next expiry after a line; what comes can only bring it nearer, what goes is worked out."""
    comes = line.amount > 0 and line.reverses_id is None
    if comes and line.expires_on is not None and present.amount >= 0:
        return min(line.expires_on, present.next_expiry or line.expires_on)
    if comes or line.amount == 0 or (present.next_expiry is None and line.reverses_id is None):
        return present.next_expiry
    return next_expiry(lots_left(movements(session, line.member_id, line.kind)))


def _renew_expiry(session: Session, member_id: int, kind: LedgerKind, context: Context) -> None:
    present = standing(session, member_id, kind)
    ends = next_expiry(lots_left(movements(session, member_id, kind)))
    keep_balance(session, Change(member_id, kind, present.amount, present.owed, ends), context.store.id)
