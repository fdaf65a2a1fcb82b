"""Taking in a list of members: all of it in one transaction, or nothing; a rehearsal writes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.progress import NoProgress, Progress
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.exchange.fields import MemberField
from crmdesk.exchange.members import MemberRow, check_members
from crmdesk.exchange.problems import CheckedRow, Remarks
from crmdesk.models.import_run import ImportKind, ImportRun
from crmdesk.services import audit
from crmdesk.services.imports_file import ImportFile
from crmdesk.services.imports_match import Matcher
from crmdesk.services.imports_names import Names
from crmdesk.services.imports_new_members import NewMembers
from crmdesk.services.imports_report import Fate, ImportReport
from crmdesk.services.imports_update import Additions, KnownMembers, apply

# Rows written at once: enough to be quick, few enough to hear a cancel within a fraction of a second.
BATCH: Final = 1000
_CHANGED: Final = frozenset({Topic.MEMBERS, Topic.CARDS, Topic.IMPORTS})
Row = CheckedRow[MemberRow]
T = TypeVar("T")


def import_members(
    session: Session, request: ImportFile, context: Context, progress: Progress | None = None
) -> Outcome[ImportReport]:
    """Take in the good rows of a member list; the refused ones are in the report.

    Raises:
        NotAllowedError: the person may not import.
        MappingMissesError: a needed field has no column.
        WorkCancelledError: the person stopped it; the caller's transaction then undoes all of it.
    """
    run = begin(session, request, context)
    writer = NewMembers(session, context, run.id)
    report = _MemberRun(session, request, context, writer).go(progress or NoProgress())
    writer.keep_numbers()
    return Outcome(finish(session, run, report, context), _CHANGED)


def rehearse_members(
    session: Session, request: ImportFile, context: Context, progress: Progress | None = None
) -> ImportReport:
    """Tell what `import_members` would do.

    Raises:
        NotAllowedError: the person may not import.
        MappingMissesError: a needed field has no column.
        WorkCancelledError: the person stopped it.
    """
    context.require(Right.IMPORT)
    request.require_complete()
    return _MemberRun(session, request, context, None).go(progress or NoProgress())


def begin(session: Session, request: ImportFile, context: Context) -> ImportRun:
    """Note that an import begins; its counts come with `finish`.

    Raises:
        NotAllowedError: the person may not import.
        MappingMissesError: a needed field has no column.
    """
    context.require(Right.IMPORT)
    request.require_complete()
    run = ImportRun(
        store_id=context.store.id,
        kind=ImportKind(request.kind.value),
        file_name=request.table.origin.name[-120:],
        sha256=request.sha256,
        mapping=request.mapping.to_json(),
        at=context.now(),
        staff_id=context.actor.staff_id,
    )
    session.add(run)
    session.flush()
    return run


def finish(session: Session, run: ImportRun, report: ImportReport, context: Context) -> ImportReport:
    """Keep the counts of an import and note it in the audit."""
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
    report.run_id = run.id
    return report


class _MemberRun:
    """Goes through a member list once, with or without writing."""

    def __init__(self, session: Session, request: ImportFile, context: Context, writer: NewMembers | None) -> None:
        self._session = session
        self._request = request
        self._context = context
        self._writer = writer
        self._matcher = Matcher(session)
        self._names = Names(session, context)
        self._report = ImportReport()

    def go(self, progress: Progress) -> ImportReport:
        total = self._request.table.row_estimate
        checked = check_members(self._request.table, self._request.mapping, self._context.today())
        for batch in in_batches(checked, BATCH):
            self._take(batch)
            if self._writer is not None:
                self._writer.flush()
            progress.report(self._report.rows, max(total, self._report.rows))
            progress.check()
        return self._report

    def _take(self, batch: Sequence[Row]) -> None:
        self._matcher.look_up([one.row for one in batch if one.row is not None])
        matched = [self._match(one) for one in batch]
        known = KnownMembers(self._session, sorted({key for key, _ in matched if key is not None}))
        for one, (member_id, remarks) in zip(batch, matched, strict=True):
            fate = self._decide(one, member_id, remarks, known)
            self._report.note(one, fate, (*one.problems, *remarks.problems))

    def _match(self, one: Row) -> tuple[int | None, Remarks]:
        remarks = Remarks(one.number)
        return (None if one.row is None else self._matcher.match(one.row, remarks)), remarks

    def _decide(self, one: Row, member_id: int | None, remarks: Remarks, known: KnownMembers) -> Fate:
        if one.row is None:
            return Fate.REJECTED if one.refused else Fate.SKIPPED
        guide_id = self._names.guide(one.row.guide, MemberField.GUIDE, remarks)
        store_id = self._names.store(one.row.store, MemberField.STORE, remarks)
        if remarks.failed:
            return Fate.REJECTED
        if member_id is None:
            if self._writer is not None:
                self._matcher.bring(self._writer.add(one.row, store_id, guide_id))
            return Fate.CREATED
        return self._add(known.additions(member_id, one.row, guide_id))

    def _add(self, additions: Additions) -> Fate:
        if not additions:
            return Fate.SKIPPED
        if self._writer is not None:
            apply(self._session, additions, self._writer)
        return Fate.UPDATED


def in_batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut a stream into lists."""
    source = iter(rows)
    while batch := list(islice(source, size)):
        yield batch
