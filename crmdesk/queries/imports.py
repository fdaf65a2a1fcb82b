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
_OPEN = (ImportState.RUNNING, ImportState.STOPPED, ImportState.UNDOING)


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
    state: str = ImportState.DONE.value
    done_rows: int = 0
    path: str = ""
    desk: str = ""
    source_id: int | None = None

    @property
    def open(self) -> bool:
        """Tell whether it was stopped or killed half-way: it can go on or be taken back."""
        return self.state in _OPEN


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


def half_done(session: Session, context: Context) -> list[ImportRunRow]:
    """List the imports of this store that were stopped or killed half-way; those at work at this moment too."""
    wanted = _runs(context).where(ImportRun.state.in_(_OPEN))
    return _rows(session, wanted.limit(_MOST))


def interrupted(session: Session, sha256: str, kind: str, context: Context) -> ImportRunRow | None:
    """Give the newest import of the very same file that did not come to its end.

    Raises:
        NotAllowedError: the person may not import.
    """
    context.require(Right.IMPORT)
    half = (ImportState.RUNNING, ImportState.STOPPED)
    of_file = (ImportRun.sha256 == sha256, ImportRun.kind == kind, ImportRun.state.in_(half))
    return next(iter(_rows(session, _runs(context).where(*of_file).limit(1))), None)


@dataclass(frozen=True, slots=True)
class RunFile:
    """How an import saw its file: kind, mapping and policy (JSON), and where it lay."""

    kind: str
    mapping: str
    policy: str
    path: str
    source_id: int | None


def run_file(session: Session, run_id: int, context: Context) -> RunFile:
    """Give how an import saw its file.

    Raises:
        NotAllowedError: the person may not import.
    """
    context.require(Right.IMPORT)
    run = session.get_one(ImportRun, run_id)
    return RunFile(run.kind.value, run.mapping, run.policy, run.path, run.source_id)


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
            run.state.value,
            run.done_rows,
            run.path,
            run.desk,
            run.source_id,
        )
        for run, by in session.execute(wanted)
    ]
