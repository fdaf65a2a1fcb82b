"""Work of the import page off the GUI thread: opening, rehearsing, writing, undoing."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from crmdesk.core.context import Context
from crmdesk.core.errors import CrmdeskError
from crmdesk.core.progress import Progress, WorkCancelledError
from crmdesk.db.session import Session
from crmdesk.exchange.fields import ImportKind
from crmdesk.exchange.mapping import MappingError, mapping_from_json
from crmdesk.exchange.policy import policy_from_json
from crmdesk.exchange.table import Row
from crmdesk.queries import import_sources
from crmdesk.queries import imports as import_queries
from crmdesk.queries.import_sources import SourceRow
from crmdesk.queries.imports import ImportRunRow, RunFile
from crmdesk.services import import_sources as keeping
from crmdesk.services.imports_file import ImportFile, open_import, reopen
from crmdesk.services.imports_parts import ImportParts, rehearse
from crmdesk.services.imports_report import ImportReport, error_facts
from crmdesk.services.imports_runs import leave
from crmdesk.services.imports_undo import UndoneImport, UndoParts
from crmdesk.views.support.desk import Desk

SAMPLES = 3
Failed = Callable[[Exception], None]


class StoppedError(CrmdeskError):
    """The person stopped the work: the page must know, while cancelled jobs end in silence."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that was read: its guess, the first rows, when it was imported before, the sources that are kept."""

    file: ImportFile
    samples: tuple[Row, ...]
    before: ImportRunRow | None
    source: SourceRow | None = None
    sources: tuple[SourceRow, ...] = ()


class Stoppable:
    """Progress that a person can stop."""

    def __init__(self, told: Progress) -> None:
        """Report to ``told``."""
        self._told = told
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask the work to stop."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to."""
        return self._stop.is_set()

    def report(self, done: int, total: int, text: str = "") -> None:
        """Pass on."""
        self._told.report(done, total, text)

    def check(self) -> None:
        """Stop here.

        Raises:
            WorkCancelledError: the person asked.
        """
        if self.cancelled:
            raise WorkCancelledError


class ImportPresenter:
    """Submits the jobs of one import page; ``owner`` is the page."""

    def __init__(self, desk: Desk, owner: QObject) -> None:
        """Keep the desk."""
        self._desk = desk
        self._owner = owner
        self.work: Stoppable | None = None
        self.file: ImportFile | None = None

    def open(self, path: Path, kind: ImportKind | None, done: Callable[[OpenedFile], None], failed: Failed) -> None:
        """Read a file and guess its columns."""

        def opened(found: tuple[ImportFile, tuple[Row, ...]]) -> None:
            self._desk.jobs.read(self._owner, partial(_known, *found, kind), done, failed, key="open")

        self._desk.jobs.compute(self._owner, partial(_open, path, kind), opened, failed, key="open")

    def rehearse(self, file: ImportFile, done: Callable[[ImportReport], None], failed: Failed) -> Stoppable:
        """Check every row without writing."""
        progress = Stoppable(self._desk.jobs.progress_for(self._owner))
        work = partial(_rehearse, file, progress)
        self._desk.jobs.read(self._owner, work, done, failed, key="rehearse", background=True)
        return progress

    def carry_out(self, file: ImportFile, done: Callable[[ImportReport], None], failed: Failed) -> Stoppable:
        """Import, in parts; the report of a stopped import says so."""
        return self._write_parts(file, 0, done, failed)

    def go_on(self, run_id: int, path: Path | None, done: Callable[[ImportReport], None], failed: Failed) -> None:
        """Go on with an import that was stopped or killed, from its file (or from ``path``, where it lies now)."""

        def known(run: RunFile) -> None:
            work = partial(_reopen, run, path)
            self._desk.jobs.compute(self._owner, work, opened, failed, key="open")

        def opened(file: ImportFile) -> None:
            self._write_parts(file, run_id, done, failed)

        self._desk.jobs.read(self._owner, partial(_run_file, run_id), known, failed, key="open")

    def _write_parts(
        self, file: ImportFile, run_id: int, done: Callable[[ImportReport], None], failed: Failed
    ) -> Stoppable:
        progress = Stoppable(self._desk.jobs.progress_for(self._owner))
        self.work, self.file = progress, file
        parts = ImportParts(file, self._desk.signin.context(), progress, run_id)
        self._desk.jobs.write_long(self._owner, parts.steps(), lambda _result: done(parts.report), failed)
        return progress

    def leave(self, run_id: int, done: Callable[[], None]) -> None:
        """Leave an import as far as it came."""
        self._desk.jobs.write(
            self._owner, lambda session, context: leave(session, run_id, context), lambda _none: done()
        )

    def keep_source(self, name: str, file: ImportFile, done: Callable[[int], None]) -> None:
        """Keep the mapping and policy of a file as a source."""
        request = keeping.KeepSource(name, file)
        self._desk.jobs.write(self._owner, lambda session, context: keeping.keep(session, request, context), done)

    def undo(self, run_id: int, done: Callable[[UndoneImport], None], failed: Failed) -> Stoppable:
        """Undo an import."""
        progress = Stoppable(self._desk.jobs.progress_for(self._owner))
        parts = UndoParts(run_id, self._desk.signin.context(), progress)
        self._desk.jobs.write_long(self._owner, parts.steps(), lambda _result: done(parts.done), failed)
        return progress

    def save_errors(self, report: ImportReport, file: ImportFile, path: Path, done: Callable[[int], None]) -> None:
        """Write the refused rows with their reasons."""
        facts = error_facts(report, file.table, self._desk.clock.now())

        def work(_progress: Progress) -> int:
            from crmdesk.documents.sheets.import_errors import write_import_errors

            return write_import_errors(path, facts)

        self._desk.jobs.compute(self._owner, work, done)

    def runs(self, done: Callable[[list[ImportRunRow]], None]) -> None:
        """Ask for the imports so far."""
        self._desk.jobs.read(self._owner, import_queries.recent, done, key="runs")


def _open(path: Path, kind: ImportKind | None, _progress: Progress) -> tuple[ImportFile, tuple[Row, ...]]:
    file = open_import(path, kind)
    return file, tuple(file.table.sample(SAMPLES))


def _known(
    file: ImportFile, samples: tuple[Row, ...], kind: ImportKind | None, session: Session, context: Context
) -> OpenedFile:
    """Look up what is known of a file; the source that it is recognised as says where its columns go."""
    wanted = kind.value if kind is not None else None
    source = import_sources.recognised(session, file.table.headers, wanted, context)
    if source is not None:
        file = by_source(file, source)
    run = import_queries.same_file(session, file.sha256, context)
    return OpenedFile(file, samples, run, source, tuple(import_sources.sources(session, context)))


def by_source(file: ImportFile, source: SourceRow) -> ImportFile:
    """Give a file with the mapping and policy of a source; as it is when the mapping does not fit."""
    kind = ImportKind(source.kind)
    try:
        mapping = mapping_from_json(source.mapping, file.table, kind)
    except MappingError:
        return file
    return file.mapped(mapping).under(policy_from_json(source.policy, kind), source.id)


def _run_file(run_id: int, session: Session, context: Context) -> RunFile:
    return import_queries.run_file(session, run_id, context)


def _reopen(run: RunFile, path: Path | None, _progress: Progress) -> ImportFile:
    return reopen(path or Path(run.path), ImportKind(run.kind), run.mapping, run.policy, run.source_id)


def _rehearse(file: ImportFile, progress: Progress, session: Session, context: Context) -> ImportReport:
    with _telling():
        return rehearse(session, file, context, progress)


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except WorkCancelledError as error:
        raise StoppedError from error
