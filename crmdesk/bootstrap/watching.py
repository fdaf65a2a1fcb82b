"""Folders that the till exports to: looked at in turn, never in the way of the person, each file once."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from crmdesk.bootstrap.foundation import Foundation
from crmdesk.core.context import Context
from crmdesk.core.errors import EnvironmentTroubleError
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.outcome import Outcome
from crmdesk.core.progress import NoProgress, Progress
from crmdesk.db.session import Session
from crmdesk.queries import import_sources as asked
from crmdesk.queries.import_sources import SourceRow
from crmdesk.services import imports_watch as watch
from crmdesk.services.import_sources import NoteFile
from crmdesk.services.imports_parts import ImportParts, Step
from crmdesk.services.imports_watch import Examined, Look
from crmdesk.views.support.long_write import LongWrite

# No watching by the system: it is deaf on network drives.
EVERY_MS: Final = 30_000
_log = logging.getLogger("crmdesk.watching")


@dataclass(slots=True)
class _Round:
    """What one round needs: the sources of this desk, their known files, in whose name."""

    sources: list[SourceRow]
    seen: dict[int, set[str]]
    context: Context


@dataclass(slots=True)
class _Work:
    """Files that wait to be taken in."""

    found: list[tuple[SourceRow, Examined]] = field(default_factory=list)
    came: int = 0
    aside: int = 0


class FolderWatch(QObject):
    """Does its round every half minute; a round begins when the one before has ended."""

    def __init__(self, foundation: Foundation, parent: QObject | None = None) -> None:
        """Take the store, and where to speak."""
        super().__init__(parent)
        self._foundation = foundation
        self._looks: dict[int, dict[Path, Look]] = {}
        self._busy = False
        self._stopped = False
        self._every = QTimer(self)
        self._every.setInterval(EVERY_MS)
        self._every.timeout.connect(self.round)

    def start(self) -> None:
        """Begin."""
        self._stopped = False
        self._every.start()

    def stop(self) -> None:
        """Look no more; a file under way stops after its part and goes on next time."""
        self._stopped = True
        self._every.stop()

    def round(self) -> None:
        """Look at every folder of this desk once."""
        if self._busy or self._stopped:
            return
        self._busy = True
        self._foundation.jobs.read(self, _ask, self._look, self._failed, key="watch", background=True)

    def _look(self, found: _Round) -> None:
        if not found.sources:
            self._busy = False
            return
        work = partial(_examine, found, dict(self._looks))
        self._foundation.jobs.compute(self, work, partial(self._looked, found), self._failed, key="watch")

    def _looked(self, found: _Round, result: tuple[_Work, dict[int, dict[Path, Look]]]) -> None:
        work, self._looks = result
        self._next(found, work)

    def _next(self, found: _Round, work: _Work) -> None:
        if not work.found or self._stopped:
            self._ended(work)
            return
        source, one = work.found.pop(0)
        quarantine = self._foundation.house.data.quarantine
        steps = _steps(found.context, source, one, quarantine)

        def done(result: LongWrite) -> None:
            work.came += one.file is not None
            work.aside += one.file is None
            if result.complete:
                self._next(found, work)
            else:
                self._ended(work)

        self._foundation.jobs.write_long(self, steps, done, self._failed)

    def _ended(self, work: _Work) -> None:
        self._busy = False
        if work.came:
            words = ngettext("{count} file of the till came in", "{count} files of the till came in", work.came)
            self._foundation.toasts.show(words.format(count=work.came))
        if work.aside:
            words = gettext("A file of the till could not be read; see Settings, Files from the till.")
            self._foundation.toasts.show(words)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        _log.warning("watching failed: %s", type(error).__name__)


def _ask(session: Session, context: Context) -> _Round:
    found = asked.watched(session, context.desk, context)
    seen = {one.id: set(asked.seen_files(session, one.id)) for one in found}
    return _Round(found, seen, watch.watching(session, context))


def _examine(
    found: _Round, before: dict[int, dict[Path, Look]], progress: Progress
) -> tuple[_Work, dict[int, dict[Path, Look]]]:
    work, looks = _Work(), dict[int, dict[Path, Look]]()
    for source in found.sources:
        progress.check()
        try:
            looks[source.id] = watch.look(Path(source.folder))
        except EnvironmentTroubleError as error:  # a folder that is away does not keep the others waiting
            _log.warning("folder not there: %s", type(error).__name__)
            continue
        ready = watch.settled(before.get(source.id, {}), looks[source.id])
        work.found += [(source, one) for one in watch.examine(ready, source, found.seen[source.id])]
    return work, looks


def _steps(
    own: Context, source: SourceRow, one: Examined, quarantine: Path
) -> Iterator[Callable[[Session, Context], Outcome[Any]]]:
    """Give the transactions for one file, in the owner's name."""
    if one.file is None:
        yield _noting(own, watch.put_aside(one, source, quarantine))
        return
    known: list[Any] = []
    yield partial(_known, own, one, known)
    if known[0] is not None:
        yield _noting(own, known[0])
        return
    parts = ImportParts(one.file, own, NoProgress(), known[1])
    for step in parts.steps():
        yield partial(_owned, own, step)
    yield _noting(own, watch.noted(one.file, parts.report, quarantine, own))


def _known(own: Context, one: Examined, known: list[Any], session: Session, _context: Context) -> Outcome[Any]:
    known[:] = [watch.came_before(session, one, own), watch.half_done(session, one, own)]
    return Outcome(None)


def _owned(own: Context, step: Step, session: Session, _context: Context) -> Outcome[Any]:
    return step(session, own.at_one_moment())


def _noting(own: Context, request: NoteFile) -> Callable[[Session, Context], Outcome[Any]]:
    return lambda session, _context: watch.note(session, request, own.at_one_moment())
