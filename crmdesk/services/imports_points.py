"""Value and points of very many members after an import, in few statements; rules as in ``services.purchases``."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from crmdesk.core.clock import day_in_zone
from crmdesk.core.context import Context
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.settings_store import POINTS_PER_YUAN, POINTS_YEARS
from crmdesk.models.ledger import LedgerBalance, LedgerEntry
from crmdesk.models.member import MemberValue
from crmdesk.models.purchase import Purchase
from crmdesk.queries.settings import store_settings
from crmdesk.services import levels, scores
from crmdesk.services.imports_point_lines import PointWriter

_AT_ONCE: Final = 1000
_FEN_A_YUAN: Final = 100


def follow_points(session: Session, purchases: Sequence[dict[str, Any]], context: Context) -> None:
    """Post the points of purchases, oldest first.

    Points that would have expired by now are not posted, nor those of days that an opening balance covers.
    """
    settings = store_settings(session, context.store.id)
    rate, years = settings.get(POINTS_PER_YUAN), settings.get(POINTS_YEARS)
    buyers = sorted({one["member_id"] for one in purchases if one["member_id"] is not None})
    covered = _covered(session, buyers, context.store.zone)
    writer = PointWriter(session, context, _owed(session, buyers))
    for one in purchases:
        expires = date(one["day"].year + years, 12, 31)
        if (
            one["member_id"] is None
            or expires < context.today()
            or one["day"] < covered.get(one["member_id"], date.min)
        ):
            continue
        if one["net"] < Money(0):
            writer.take_back(one)
        elif points := one["net"].fen // _FEN_A_YUAN * rate:
            writer.add(one, points, expires)
    writer.flush()


def renew_values(session: Session, member_ids: Sequence[int], context: Context) -> None:
    """Count the purchases of many members anew."""
    for keys in _pieces(member_ids):
        there = set(session.execute(select(MemberValue.member_id).where(MemberValue.member_id.in_(keys))).scalars())
        if missing := [key for key in keys if key not in there]:
            rows = [{"member_id": key, "store_id": context.store.id} for key in missing]
            session.connection().execute(insert(MemberValue.__table__), rows)  # type: ignore[arg-type]
        table = MemberValue.__table__
        statement = update(table).where(table.c.member_id == bindparam("key"))  # type: ignore[arg-type]
        sums = _sums(session, keys)
        nothing = {"purchases": 0, "days": 0, "pieces": 0, "net": Money(0), "first_day": None, "last_day": None}
        session.connection().execute(statement, [{"key": key, **sums.get(key, nothing)} for key in keys])
    session.expire_all()
    scores.mark(session, member_ids, context)
    levels.renew_moved(session, member_ids, context)


def _sums(session: Session, keys: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows = session.execute(
        select(
            Purchase.member_id,
            func.count().label("purchases"),
            func.count(Purchase.day.distinct()).label("days"),
            func.sum(Purchase.pieces).label("pieces"),
            func.sum(Purchase.net).label("net"),
            func.min(Purchase.day).label("first_day"),
            func.max(Purchase.day).label("last_day"),
        )
        .where(Purchase.member_id.in_(keys))
        .group_by(Purchase.member_id)
    ).mappings()
    return {row["member_id"]: {name: row[name] for name in row if name != "member_id"} for row in rows}


def _owed(session: Session, keys: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for some in _pieces(keys):
        wanted = (LedgerBalance.member_id.in_(some), LedgerBalance.kind == LedgerKind.POINTS, LedgerBalance.owed > 0)
        rows = session.execute(select(LedgerBalance.member_id, LedgerBalance.owed).where(*wanted))
        found |= {row[0]: row[1] for row in rows}
    return found


def _covered(session: Session, keys: Sequence[int], zone: str) -> dict[int, date]:
    """Give up to which day the points of a member came with an opening balance."""
    found: dict[int, date] = {}
    for some in _pieces(keys):
        rows = session.execute(
            select(LedgerEntry.member_id, func.max(LedgerEntry.at))
            .where(
                LedgerEntry.member_id.in_(some),
                LedgerEntry.kind == LedgerKind.POINTS,
                LedgerEntry.reason == LedgerReason.OPENING,
            )
            .group_by(LedgerEntry.member_id)
        )
        found |= {row[0]: day_in_zone(row[1], zone) for row in rows}
    return found


def _pieces(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]
