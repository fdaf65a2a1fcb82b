"""Writing the audit: each row's hash covers the row before it, so that a changed or missing row shows."""

import json
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.audit_chain import FIRST_HASH, audit_hash
from crmdesk.core.context import Context
from crmdesk.core.refs import EntityKind
from crmdesk.models.audit import AuditEntry

Detail = Mapping[str, str | int | bool | None]


def record(
    session: Session, context: Context, act: str, ref: tuple[EntityKind, int], detail: Detail | None = None
) -> None:
    """Add one audit row for ``act`` (a verb such as ``ticket.judge``) on the thing ``ref``.

    ``detail`` holds facts, never names or phones. Runs inside the caller's transaction, which holds the write lock,
    so two desks cannot take the same place in the chain.
    """
    session.flush()
    chain = context.store.id
    last = session.execute(
        select(AuditEntry.ordinal, AuditEntry.hash)
        .where(AuditEntry.chain == chain)
        .order_by(AuditEntry.ordinal.desc())
        .limit(1)
    ).one_or_none()
    ordinal, previous = (1, FIRST_HASH) if last is None else (last.ordinal + 1, last.hash)
    entry = AuditEntry(
        store_id=context.store.id,
        chain=chain,
        ordinal=ordinal,
        at=context.now(),
        staff_id=context.actor.staff_id,
        desk=context.desk,
        act=act,
        entity_kind=ref[0].value,
        entity_id=ref[1],
        detail=json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        previous_hash=previous,
    )
    entry.hash = audit_hash(entry)
    session.add(entry)
    session.flush()
