"""Imports that were carried out: for the list of them, and to know a file that comes a second time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.roles import Right
from crmdesk.models.import_run import ImportRun, ImportState
from crmdesk.models.staff import Staff

_MOST = 200


@dataclass(frozen=True, slots=True)
class ImportRunRow:
    """One import; ``kind`` is members or purchases, counts are rows of the file."""

    id: int
    kind: str
    undone: bool
    file_name: str
    at: datetime
    by: str
    rows: int
    created: int
    updated: int
    skipped: int
    rejected: int


def recent(session: Session, context: Context) -> list[ImportRunRow]:
    """List the imports of the store, the newest first.

    Raises:
        NotAllowedError: the person may not import.
    """
    context.require(Right.IMPORT)
    return _rows(session, _runs(context).limit(_MOST))


def same_file(session: Session, sha256: str, context: Context) -> ImportRunRow | None:
    """Give the newest import of the very same file that stands; None when there is none.

    Raises:
        NotAllowedError: the person may not import.
    """
    context.require(Right.IMPORT)
    wanted = _runs(context).where(ImportRun.sha256 == sha256, ImportRun.state == ImportState.DONE)
    return next(iter(_rows(session, wanted.limit(1))), None)


def _runs(context: Context) -> Select[*tuple[Any, ...]]:
    return (
        select(ImportRun, Staff.name)
        .outerjoin(Staff, Staff.id == ImportRun.staff_id)
        .where(ImportRun.store_id == context.store.id)
        .order_by(ImportRun.id.desc())
    )


def _rows(session: Session, wanted: Select[*tuple[Any, ...]]) -> list[ImportRunRow]:
    return [
        ImportRunRow(
            run.id,
            run.kind.value,
            run.state is ImportState.UNDONE,
            run.file_name,
            run.at,
            by or "",
            run.rows,
            run.created,
            run.updated,
            run.skipped,
            run.rejected,
        )
        for run, by in session.execute(wanted)
    ]
