"""Carrying an import out in parts: many short transactions; one that was killed or stopped goes on after the last."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.pace import Pace
from crmdesk.core.progress import NoProgress, Progress
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.db.engine import Database
from crmdesk.exchange.problems import Reason, Severity
from crmdesk.models.import_run import ImportedRow, ImportRun
from crmdesk.services import imports_runs as runs
from crmdesk.services.imports_file import ImportFile
from crmdesk.services.imports_kinds import work_of
from crmdesk.services.imports_report import Fate, ImportReport
from crmdesk.services.imports_work import Decided, Work
from crmdesk.services.unit import perform

Step = Callable[[Session, Context], Outcome[ImportReport]]
# Between two parts nobody holds the lock: a desk that waits for it gets through.
PAUSE: Final = 0.005
REHEARSED: Final = 1000
_IMPORTS: Final = frozenset({Topic.IMPORTS})


def take_in(
    database: Database, context: Context, request: ImportFile, progress: Progress | None = None, run_id: int = 0
) -> ImportReport:
    """Carry an import out, in parts; the same for commands and tests.

    Args:
        database: where to.
        context: who imports.
        request: the file with its mapping and policy.
        progress: hears how far it is; when it is cancelled the import stops after the part under way.
        run_id: the import that goes on; 0 begins one.

    Raises:
        NotAllowedError: the person may not import.
        MappingMissesError: a needed field has no column.
        NothingToGoOnError, FileChangedError, ImportElsewhereError: the import does not go on.
    """
    parts = ImportParts(request, context, progress or NoProgress(), run_id)
    for step in parts.steps():
        perform(database, context, step)
    return parts.report


def rehearse(session: Session, request: ImportFile, context: Context, progress: Progress | None = None) -> ImportReport:
    """Tell what `take_in` would do; nothing is written.

    Raises:
        NotAllowedError: the person may not import.
        MappingMissesError: a needed field has no column.
        WorkCancelledError: the person stopped it.
    """
    context.require(Right.IMPORT)
    request.require_complete()
    told, report, work = progress or NoProgress(), ImportReport(), work_of(request, context)
    work.open(session, context)
    for units in _cut(work, Pace(REHEARSED), 0):
        decided = work.take(session, context, units, 0)
        work.keep(units, decided)
        _note(report, decided)
        told.report(report.rows, max(request.table.row_estimate, report.rows))
        told.check()
    return report


class ImportParts:
    """One import on its way: `steps` are transactions, to be carried out one after the other."""

    def __init__(self, request: ImportFile, context: Context, progress: Progress, run_id: int = 0) -> None:
        """Take the file, and the import that goes on (0 for a new one)."""
        self._request = request
        self._progress = progress
        self._run_id = run_id
        self._goes_on = run_id != 0
        self._context = context
        self._pace = Pace()
        self._work: Work | None = None
        self._first = 0
        self.report = ImportReport()

    def steps(self) -> Iterator[Step]:
        """Yield the transactions; when the next one is asked for, the one before is on disk.

        Raises:
            NotAllowedError: the person may not import.
            MappingMissesError: a needed field has no column.
        """
        self._context.require(Right.IMPORT)
        self._request.require_complete()
        work = self._work = work_of(self._request, self._context)
        yield self._begin
        for units in _cut(work, self._pace, self._first):
            if self._progress.cancelled:
                yield self._stop
                return
            part = _Part(self, work, units, fresh=self.report.rows >= self._first)
            yield part.write
            work.keep(units, part.decided)
            _note(self.report, part.decided)
            self._pace.took(sum(map(work.size, units)), part.seconds)
            self._progress.report(self.report.rows, max(self._request.table.row_estimate, self.report.rows))
            time.sleep(PAUSE)
        yield self._finish

    @property
    def run_id(self) -> int:
        """Give the import's key; 0 before it began."""
        return self._run_id

    @property
    def rows_done(self) -> int:
        """Give how many rows are behind it."""
        return self.report.rows

    def _begin(self, session: Session, context: Context) -> Outcome[ImportReport]:
        run = (
            runs.take_over(session, self._run_id, self._request.sha256, context)
            if self._goes_on
            else runs.begin(session, self._request, context)
        )
        self._run_id = self.report.run_id = run.id
        self._first = run.done_rows
        if self._work is not None:
            self._work.open(session, context)
            if self._goes_on:
                self._work.remember(session, run.id)
        return Outcome(self.report, _IMPORTS)

    def _stop(self, session: Session, context: Context) -> Outcome[ImportReport]:
        runs.stop(session, self._run_id, context)
        self.report.stopped = True
        return Outcome(self.report, _IMPORTS)

    def _finish(self, session: Session, context: Context) -> Outcome[ImportReport]:
        runs.finish(session, self._run_id, self.report, context)
        return Outcome(self.report, _IMPORTS)


class _Part:
    """One transaction. Carried out again after a failure it does the same: nothing is learnt before it is on disk."""

    def __init__(self, parts: ImportParts, work: Work, units: Sequence[Any], *, fresh: bool) -> None:
        self._parts = parts
        self._work = work
        self._units = units
        self._fresh = fresh
        self.decided: list[Decided] = []
        self.seconds = 0.0

    def write(self, session: Session, context: Context) -> Outcome[ImportReport]:
        """Write the units, and how far the import is."""
        began = time.perf_counter()
        parts = self._parts
        if not self._fresh:
            decided = self._work.take(session, context, self._units, 0)
            self.decided = _as_noted(session, parts.run_id, decided)
            return Outcome(parts.report)
        run = runs.mine(session, parts.run_id, parts.rows_done)
        self.decided = self._work.take(session, context, self._units, run.id)
        _count(run, self.decided, context)
        session.flush()
        self.seconds = time.perf_counter() - began
        return Outcome(parts.report, self._work.topics)


def _count(run: ImportRun, decided: Sequence[Decided], context: Context) -> None:
    fates = [one.fate for one in decided]
    run.done_rows += len(decided)
    run.rows += len(decided)
    run.created += fates.count(Fate.CREATED)
    run.updated += fates.count(Fate.UPDATED)
    run.skipped += fates.count(Fate.SKIPPED)
    run.rejected += fates.count(Fate.REJECTED)
    run.renewed_at = context.now()


def _as_noted(session: Session, run_id: int, decided: Sequence[Decided]) -> list[Decided]:
    """Give rows that are on disk with the fate that they had, not the one that they would have now."""
    numbers = sorted({one.noted_at for one in decided if one.noted_at})
    rows = select(ImportedRow.row, ImportedRow.before).where(ImportedRow.run_id == run_id, ImportedRow.row.in_(numbers))
    noted = {row: Fate.UPDATED if before else Fate.CREATED for row, before in session.execute(rows)}
    return [_settled(one, noted.get(one.noted_at)) for one in decided]


def _settled(one: Decided, noted: Fate | None) -> Decided:
    fate = one.fate
    if noted is not None:
        # What stands in its way now is that it is in already.
        warned = (told for told in one.problems if told.severity is Severity.WARNING)
        problems = tuple(told for told in warned if told.reason is not Reason.ALREADY_IMPORTED)
        return Decided(one.checked, noted, problems, noted_at=one.noted_at)
    if fate in {Fate.CREATED, Fate.UPDATED}:
        return Decided(one.checked, Fate.SKIPPED, one.problems, noted_at=one.noted_at)
    return one


def _note(report: ImportReport, decided: Sequence[Decided]) -> None:
    for one in decided:
        report.note(one.checked, one.fate, one.problems, one.changes)


def _cut(work: Work, pace: Pace, first: int) -> Iterator[list[Any]]:
    """Cut the units into parts of the pace's size, and where the rows begin that are not on disk yet."""
    part, rows, behind = list[Any](), 0, 0
    for unit in work.units():
        part.append(unit)
        rows += work.size(unit)
        if rows >= pace.rows or behind + rows == first:
            yield part
            behind += rows
            part, rows = [], 0
    if part:
        yield part
