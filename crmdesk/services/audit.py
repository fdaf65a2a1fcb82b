"""Writing the audit: each row's hash covers the row before it, so that a changed or missing row shows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, SessionTransaction

from crmdesk.core.audit_chain import FIRST_HASH, audit_hash
from crmdesk.core.context import Context
from crmdesk.core.refs import EntityKind
from crmdesk.db.rows import append
from crmdesk.models.audit import AuditEntry

if TYPE_CHECKING:
    from sqlalchemy import Table

_ROWS: Final = cast("Table", AuditEntry.__table__)
_HEAD: Final = "audit_head"
_NEWEST: Final = (
    select(_ROWS.c.ordinal, _ROWS.c.hash)
    .where(_ROWS.c.chain == bindparam("of_chain"))
    .order_by(_ROWS.c.ordinal.desc())
    .limit(1)
)
Detail = Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class _Head:
    """The newest row of a chain, known as long as ``transaction`` goes on."""

    transaction: SessionTransaction
    chain: int
    ordinal: int
    hash: str


class _Row(NamedTuple):
    """The facts of one row, as its hash covers them."""

    chain: int
    ordinal: int
    at: datetime
    staff_id: int
    desk: str
    act: str
    entity_kind: str
    entity_id: int
    detail: str
    previous_hash: str


def record(
    session: Session, context: Context, act: str, ref: tuple[EntityKind, int], detail: Detail | None = None
) -> None:
    """Add one audit row for ``act`` (a verb such as ``ticket.judge``) on the thing ``ref``.

    ``detail`` holds facts, never names or phones. Runs inside the caller's transaction, which holds the write lock,
    so two desks cannot take the same place in the chain.
    """
    chain = context.store.id
    ordinal, previous = _head(session, chain)
    row = _Row(
        chain=chain,
        ordinal=ordinal + 1,
        at=context.now(),
        staff_id=context.actor.staff_id,
        desk=context.desk,
        act=act,
        entity_kind=ref[0].value,
        entity_id=ref[1],
        detail=json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        previous_hash=previous,
    )
    own = audit_hash(row)
    append(session, AuditEntry, {"store_id": context.store.id, "hash": own, **row._asdict()})
    _keep_head(session, row, own)


def _head(session: Session, chain: int) -> tuple[int, str]:
    """Give place and hash of the newest row; asked once in a transaction, whose lock keeps others from adding."""
    known: _Head | None = session.info.get(_HEAD)
    if known is not None and known.transaction is session.get_transaction() and known.chain == chain:
        return known.ordinal, known.hash
    last = session.connection().execute(_NEWEST, {"of_chain": chain}).one_or_none()
    return (0, FIRST_HASH) if last is None else (last.ordinal, last.hash)


def _keep_head(session: Session, row: _Row, own_hash: str) -> None:
    # Behind a savepoint the row may be taken back without the rest, so nothing is kept there.
    transaction = None if session.in_nested_transaction() else session.get_transaction()
    session.info[_HEAD] = _Head(transaction, row.chain, row.ordinal, own_hash) if transaction else None
