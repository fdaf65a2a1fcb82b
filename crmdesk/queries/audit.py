"""Reading the audit: what was done, and whether the chain of hashes is whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.audit_chain import FIRST_HASH, audit_hash
from crmdesk.core.context import Context
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.models.audit import AuditEntry
from crmdesk.models.staff import Staff

_BLOCK = 2_000  # rows in memory at once


@dataclass(frozen=True, slots=True)
class AuditBreak:
    """The first row of a chain that does not fit; ``reason`` is missing, changed or unlinked."""

    chain: int
    ordinal: int
    reason: str


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """What the walk along all chains found."""

    rows: int
    chains: int
    breaks: tuple[AuditBreak, ...] = ()

    @property
    def whole(self) -> bool:
        """Tell whether every row fits."""
        return not self.breaks


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One thing that somebody did."""

    id: int
    at: datetime
    staff_id: int
    staff_name: str
    desk: str
    act: str
    entity_kind: str
    entity_id: int
    detail: str


def verify_audit(session: Session) -> AuditVerdict:
    """Walk every chain from its first row; a row that was changed, taken out or put in shows as its break.

    Rows cut off at the end leave no trace in the chain itself; the heads kept in the backups' manifests show those.
    """
    chains = list(session.scalars(select(AuditEntry.chain).distinct().order_by(AuditEntry.chain)))
    rows = session.execute(select(func.count()).select_from(AuditEntry)).scalar_one()
    breaks = (_first_break(session, chain) for chain in chains)
    return AuditVerdict(rows, len(chains), tuple(one for one in breaks if one is not None))


def audit_page(
    session: Session, context: Context, *, before: int | None = None, ref: tuple[EntityKind, int] | None = None
) -> list[AuditRow]:
    """List the newest hundred acts of the context's store, older than the row ``before``, about ``ref`` only if given.

    Raises:
        NotAllowedError: the person may not see the audit.
    """
    context.require(Right.SEE_AUDIT)
    wanted = (
        select(AuditEntry, Staff.name)
        .outerjoin(Staff, Staff.id == AuditEntry.staff_id)
        .where(AuditEntry.store_id == context.store.id)
        .order_by(AuditEntry.id.desc())
        .limit(100)
    )
    if before is not None:
        wanted = wanted.where(AuditEntry.id < before)
    if ref is not None:
        wanted = wanted.where(AuditEntry.entity_kind == ref[0].value, AuditEntry.entity_id == ref[1])
    return [_row(entry, name or "") for entry, name in session.execute(wanted)]


def _row(entry: AuditEntry, name: str) -> AuditRow:
    return AuditRow(
        entry.id,
        entry.at,
        entry.staff_id,
        name,
        entry.desk,
        entry.act,
        entry.entity_kind,
        entry.entity_id,
        entry.detail,
    )


def _first_break(session: Session, chain: int) -> AuditBreak | None:
    expected, previous = 1, FIRST_HASH
    for entry in _rows_of(session, chain):
        if entry.ordinal != expected:
            return AuditBreak(chain, expected, "missing")
        if entry.previous_hash != previous:
            return AuditBreak(chain, expected, "unlinked")
        if entry.hash != audit_hash(entry):
            return AuditBreak(chain, expected, "changed")
        expected, previous = expected + 1, entry.hash
    return None


def _rows_of(session: Session, chain: int) -> Iterator[AuditEntry]:
    wanted = select(AuditEntry).where(AuditEntry.chain == chain).order_by(AuditEntry.ordinal)
    result = session.scalars(wanted.execution_options(yield_per=_BLOCK))
    for entry in result:
        yield entry
        session.expunge(entry)
