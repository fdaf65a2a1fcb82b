"""The life of an import: begun, written part by part, stopped or killed, gone on with, finished."""

from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.models.import_run import ImportKind, ImportRun, ImportState
from crmdesk.services import audit
from crmdesk.services.imports_errors import (
    FileChangedError,
    ImportElsewhereError,
    NoSuchImportError,
    NothingToGoOnError,
)
from crmdesk.services.imports_file import ImportFile
from crmdesk.services.imports_report import ImportReport

# A desk that wrote nothing for so long is not at work on its import any more.
SILENT: Final = timedelta(minutes=2)
_LONGEST_NAME: Final = 120
_LONGEST_PATH: Final = 400
_OPEN: Final = (ImportState.RUNNING, ImportState.STOPPED)


def begin(session: Session, request: ImportFile, context: Context) -> ImportRun:
    """Note that an import begins."""
    run = ImportRun(
        store_id=context.store.id,
        kind=ImportKind(request.kind.value),
        state=ImportState.RUNNING,
        file_name=request.table.origin.name[-_LONGEST_NAME:],
        sha256=request.sha256,
        mapping=request.mapping.to_json(),
        policy=request.policy.to_json(),
        source_id=request.source_id,
        path=request.path if len(request.path) <= _LONGEST_PATH else "",
        at=context.now(),
        staff_id=context.actor.staff_id,
        desk=context.desk,
        renewed_at=context.now(),
    )
    session.add(run)
    session.flush()
    return run


def loaded(session: Session, run_id: int, context: Context) -> ImportRun:
    """Give an import of this store.

    Raises:
        NoSuchImportError: there is none with this key.
    """
    run = session.get(ImportRun, run_id)
    if run is None or run.store_id != context.store.id:
        raise NoSuchImportError(run_id)
    return run


def refuse_elsewhere(run: ImportRun, context: Context) -> None:
    """Stop here when another desk is at work on an import.

    Raises:
        ImportElsewhereError: it is.
    """
    at_work = run.state in {ImportState.RUNNING, ImportState.UNDOING}
    heard = run.renewed_at is not None and context.now() - run.renewed_at < SILENT
    if at_work and heard and run.desk != context.desk:
        raise ImportElsewhereError(run.desk)


def take_over(session: Session, run_id: int, sha256: str, context: Context) -> ImportRun:
    """Go on with an import that was stopped or killed.

    Raises:
        NoSuchImportError: there is none with this key.
        NothingToGoOnError: it is finished or was undone.
        FileChangedError: the file is another one now.
        ImportElsewhereError: another desk is at work on it.
    """
    run = loaded(session, run_id, context)
    if run.state not in _OPEN:
        raise NothingToGoOnError(run.file_name)
    refuse_elsewhere(run, context)
    if run.sha256 != sha256:
        raise FileChangedError(run.file_name)
    run.state, run.desk, run.renewed_at = ImportState.RUNNING, context.desk, context.now()
    detail: audit.Detail = {"run": run.id, "rows": run.done_rows}
    audit.record(session, context, "import.go_on", (EntityKind.STORE, context.store.id), detail)
    return run


def mine(session: Session, run_id: int, done_rows: int) -> ImportRun:
    """Give the import under way, as this desk left it.

    Raises:
        ImportElsewhereError: somebody else went on with it, or took it back.
    """
    run = session.get_one(ImportRun, run_id)
    if run.state is not ImportState.RUNNING or run.done_rows != done_rows:
        raise ImportElsewhereError(run.desk)
    return run


def stop(session: Session, run_id: int, context: Context) -> None:
    """Note that a person stopped an import; what is in stays in until it goes on or is taken back."""
    run = session.get_one(ImportRun, run_id)
    run.state = ImportState.STOPPED
    detail: audit.Detail = {"run": run.id, "rows": run.done_rows}
    audit.record(session, context, "import.stop", (EntityKind.STORE, context.store.id), detail)


def finish(session: Session, run_id: int, report: ImportReport, context: Context) -> None:
    """Keep the counts of an import and note it in the audit."""
    run = mine(session, run_id, report.rows)
    run.state = ImportState.DONE
    run.rows, run.created, run.updated = report.rows, report.created, report.updated
    run.skipped, run.rejected = report.skipped, len(report.refused)
    detail: audit.Detail = {
        "run": run.id,
        "sha256": run.sha256,
        "rows": run.rows,
        "created": run.created,
        "updated": run.updated,
    }
    audit.record(session, context, f"import.{run.kind.value}", (EntityKind.STORE, context.store.id), detail)


def leave(session: Session, run_id: int, context: Context) -> Outcome[None]:
    """Leave an import as far as it came: it counts as finished, what is in stays in.

    Raises:
        NotAllowedError: the person may not import.
        NothingToGoOnError: it is finished or was undone.
    """
    context.require(Right.IMPORT)
    run = loaded(session, run_id, context)
    if run.state not in _OPEN:
        raise NothingToGoOnError(run.file_name)
    refuse_elsewhere(run, context)
    run.state = ImportState.DONE
    detail: audit.Detail = {"run": run.id, "rows": run.done_rows}
    audit.record(session, context, "import.leave", (EntityKind.STORE, context.store.id), detail)
    return Outcome(None, frozenset({Topic.IMPORTS}))
