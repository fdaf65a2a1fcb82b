"""Records that stay when an import is undone: why, and who worked on them since."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.refs import EntityKind
from crmdesk.models.audit import AuditEntry
from crmdesk.models.import_run import ImportedRow
from crmdesk.models.staff import Staff


class KeptWhy(StrEnum):
    """Why a record stays."""

    CHANGED = "changed"  # somebody edited it since
    IN_USE = "in_use"  # tickets, purchases, loans, calls … belong to it


@dataclass(frozen=True, slots=True)
class Stays:
    """Why a record stays.

    Attributes:
        why: changed or in use.
        fields: names of the columns that stay as somebody left them; empty when the whole record stays.
        what: name of the table whose rows belong to it; empty when none do.
    """

    why: KeptWhy
    fields: tuple[str, ...] = ()
    what: str = ""


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A record that stays, with the row of the file it came from, and who touched it last."""

    row: int
    kind: EntityKind
    id: int
    why: KeptWhy
    fields: tuple[str, ...] = ()
    what: str = ""
    by: str = ""
    at: datetime | None = None


def changed(*fields: str) -> Stays:
    """Give why a record stays that somebody edited."""
    return Stays(KeptWhy.CHANGED, fields)


def in_use(what: str = "") -> Stays:
    """Give why a record stays to which others belong."""
    return Stays(KeptWhy.IN_USE, (), what)


def kept_records(
    session: Session, rows: Sequence[ImportedRow], stays: Mapping[int, Stays], kind: EntityKind, since: datetime
) -> list[KeptRecord]:
    """Give what to tell about the records that stay."""
    row_of = {row.entity_id: row.row for row in reversed(rows)}
    touched = _touched(session, stays.keys(), kind, since)
    return [
        KeptRecord(row_of[key], kind, key, one.why, one.fields, one.what, *touched.get(key, ("", None)))
        for key, one in stays.items()
    ]


def _touched(
    session: Session, keys: Collection[int], kind: EntityKind, since: datetime
) -> dict[int, tuple[str, datetime]]:
    if not keys:
        return {}
    of_them = (AuditEntry.entity_kind == kind.value, AuditEntry.entity_id.in_(keys), AuditEntry.at >= since)
    wanted = (
        select(AuditEntry.entity_id, Staff.name, AuditEntry.at)
        .outerjoin(Staff, Staff.id == AuditEntry.staff_id)
        .where(*of_them)
        .order_by(AuditEntry.id)
    )
    return {key: (name or "", at) for key, name, at in session.execute(wanted)}
