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
from crmdesk.core.outcome import Outcome
from crmdesk.core.progress import Progress, WorkCancelledError
from crmdesk.db.session import Session
from crmdesk.exchange.fields import ImportKind
from crmdesk.exchange.table import Row
from crmdesk.queries import imports as import_queries
from crmdesk.queries.imports import ImportRunRow
from crmdesk.services.imports import import_members, rehearse_members
from crmdesk.services.imports_file import ImportFile, open_import
from crmdesk.services.imports_purchases import import_purchases, rehearse_purchases
from crmdesk.services.imports_report import ImportReport, error_facts
from crmdesk.services.imports_undo import UndoneImport, undo_import
from crmdesk.views.support.desk import Desk

SAMPLES = 3
Failed = Callable[[Exception], None]


class StoppedError(CrmdeskError):
    """The person stopped the work: the page must know, while cancelled jobs end in silence."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that was read: its guess, the first rows, and when it was imported before."""

    file: ImportFile
    samples: tuple[Row, ...]
    before: ImportRunRow | None


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

    def open(self, path: Path, kind: ImportKind | None, done: Callable[[OpenedFile], None], failed: Failed) -> None:
        """Read a file and guess its columns."""

        def opened(found: tuple[ImportFile, tuple[Row, ...]]) -> None:
            file, samples = found
            asked = partial(_same_file, file.sha256)
            self._desk.jobs.read(
                self._owner, asked, lambda run: done(OpenedFile(file, samples, run)), failed, key="open"
            )

        self._desk.jobs.compute(self._owner, partial(_open, path, kind), opened, failed, key="open")

    def rehearse(self, file: ImportFile, done: Callable[[ImportReport], None], failed: Failed) -> Stoppable:
        """Check every row without writing."""
        progress = Stoppable(self._desk.jobs.progress_for(self._owner))
        work = partial(_rehearse, file, progress)
        self._desk.jobs.read(self._owner, work, done, failed, key="rehearse", background=True)
        return progress

    def carry_out(self, file: ImportFile, done: Callable[[ImportReport], None], failed: Failed) -> Stoppable:
        """Import; all or nothing."""
        progress = Stoppable(self._desk.jobs.progress_for(self._owner))
        self._desk.jobs.write(self._owner, partial(_carry_out, file, progress), done, failed)
        return progress

    def undo(self, run_id: int, done: Callable[[UndoneImport], None], failed: Failed) -> Stoppable:
        """Undo an import."""
        progress = Stoppable(self._desk.jobs.progress_for(self._owner))
        self._desk.jobs.write(self._owner, partial(_undo, run_id, progress), done, failed)
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


def _same_file(sha256: str, session: Session, context: Context) -> ImportRunRow | None:
    return import_queries.same_file(session, sha256, context)


def _rehearse(file: ImportFile, progress: Progress, session: Session, context: Context) -> ImportReport:
    rehearse = rehearse_members if file.kind is ImportKind.MEMBERS else rehearse_purchases
    with _telling():
        return rehearse(session, file, context, progress)


def _carry_out(file: ImportFile, progress: Progress, session: Session, context: Context) -> Outcome[ImportReport]:
    take_in = import_members if file.kind is ImportKind.MEMBERS else import_purchases
    with _telling():
        return take_in(session, file, context, progress)


def _undo(run_id: int, progress: Progress, session: Session, context: Context) -> Outcome[UndoneImport]:
    with _telling():
        return undo_import(session, run_id, context, progress)


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except WorkCancelledError as error:
        raise StoppedError from error
