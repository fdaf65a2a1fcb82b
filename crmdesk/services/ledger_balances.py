"""Keeping the balances beside the ledger: one at a time with each line, many at once after lists and merges."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import bindparam, case, delete, func, insert, select, update
from sqlalchemy.orm import Session

from crmdesk.core.ledger_lots import lots_left, next_expiry
from crmdesk.core.members import LedgerKind
from crmdesk.db.bulk import insert_many
from crmdesk.models.ledger import LedgerBalance, LedgerEntry
from crmdesk.queries.ledger_lines import movements

if TYPE_CHECKING:
    from sqlalchemy import Table

_BALANCES: Final = cast("Table", LedgerBalance.__table__)
_LINES: Final = cast("Table", LedgerEntry.__table__)
_KEEP: Final = (
    update(_BALANCES)
    .where(_BALANCES.c.member_id == bindparam("of_member"), _BALANCES.c.kind == bindparam("of_kind"))
    .values(
        amount=bindparam("new_amount"),
        owed=bindparam("new_owed"),
        next_expiry=bindparam("new_expiry"),
        version=_BALANCES.c.version + 1,
    )
)
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Change:
    """A balance as it stands now."""

    member_id: int
    kind: LedgerKind
    amount: int
    owed: int
    next_expiry: date | None


def keep_balance(session: Session, change: Change, store_id: int) -> None:
    """Write one balance."""
    asked = {
        "of_member": change.member_id,
        "of_kind": change.kind,
        "new_amount": change.amount,
        "new_owed": change.owed,
        "new_expiry": change.next_expiry,
    }
    if not session.connection().execute(_KEEP, asked).rowcount:
        session.connection().execute(insert(_BALANCES), _values(change, store_id))


def recount(session: Session, member_ids: Collection[int]) -> None:
    """Work the balances of members out from their lines; for lists, merges and their undoing.

    Balances of members without any line go.
    """
    session.flush()
    for keys in _pieces(sorted(set(member_ids))):
        found = [_counted(session, row) for row in _sums(session, keys)]
        session.connection().execute(delete(_BALANCES).where(_BALANCES.c.member_id.in_(keys)))
        if found:
            insert_many(session, LedgerBalance, found)
    session.expire_all()


def _sums(session: Session, keys: Sequence[int]) -> Sequence[Any]:
    comes = case((_LINES.c.amount > 0, _LINES.c.expires_on))
    goes = case((_LINES.c.amount < 0, 1), else_=0)
    return session.execute(
        select(
            _LINES.c.member_id,
            _LINES.c.kind,
            func.max(_LINES.c.store_id).label("store_id"),
            func.sum(_LINES.c.amount).label("amount"),
            func.sum(_LINES.c.owed).label("owed"),
            func.min(comes).label("nearest"),
            func.sum(goes).label("goes"),
        )
        .where(_LINES.c.member_id.in_(keys))
        .group_by(_LINES.c.member_id, _LINES.c.kind)
    ).all()


def _counted(session: Session, row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of `_sums`
    nearest = row.nearest
    if nearest is not None and row.goes:
        nearest = next_expiry(lots_left(movements(session, row.member_id, row.kind)))
    return _values(Change(row.member_id, row.kind, int(row.amount), int(row.owed), nearest), row.store_id)


def _values(change: Change, store_id: int) -> dict[str, Any]:
    return {
        "member_id": change.member_id,
        "kind": change.kind,
        "store_id": store_id,
        "amount": change.amount,
        "owed": change.owed,
        "next_expiry": change.next_expiry,
        "version": 1,
    }


def _pieces(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]
