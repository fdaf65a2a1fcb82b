"""Undoing a whole import in parts: what it made goes, what it changed is as before, what was worked on since stays."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.pace import Pace
from crmdesk.core.progress import NoProgress, Progress
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.db.engine import Database
from crmdesk.models.import_run import ImportedRow, ImportKind, ImportState
from crmdesk.services import audit
from crmdesk.services import imports_runs as runs
from crmdesk.services.imports_errors import AlreadyUndoneError, ImportElsewhereError
from crmdesk.services.imports_undo_balances import restore_balances
from crmdesk.services.imports_undo_cards import remove_cards, restore_cards
from crmdesk.services.imports_undo_kept import KeptRecord, Stays, kept_records
from crmdesk.services.imports_undo_members import remove_members, restore_members
from crmdesk.services.imports_undo_purchases import remove_purchases
from crmdesk.services.unit import perform

# Seconds between two parts, as when importing.
_PAUSE: Final = 0.005
_FIRST: Final = 200
_CHANGED: Final = frozenset({Topic.MEMBERS, Topic.CARDS, Topic.PURCHASES, Topic.CALLBACKS, Topic.IMPORTS})
_ENTITY: Final = {ImportKind.PURCHASES: EntityKind.PURCHASE, ImportKind.CARDS: EntityKind.CARD}
Step = Callable[[Session, Context], Outcome[Any]]


@dataclass(frozen=True, slots=True)
class UndoneImport:
    """What undoing did: records removed, records as before, records that stay; ``stopped`` half-way by a person."""

    removed: int
    restored: int
    kept: tuple[KeptRecord, ...]
    stopped: bool = False


def undo_import(database: Database, context: Context, run_id: int, progress: Progress | None = None) -> UndoneImport:
    """Undo an import, in parts; one that was killed half-way goes on where it was.

    Raises:
        NotAllowedError: the person may not import.
        NoSuchImportError: there is no such import.
        AlreadyUndoneError: it was undone before.
        ImportElsewhereError: another desk is at work on it.
    """
    parts = UndoParts(run_id, context, progress or NoProgress())
    for step in parts.steps():
        perform(database, context, step)
    return parts.done


class UndoParts:
    """An import on its way out: `steps` are transactions, to be carried out one after the other."""

    def __init__(self, run_id: int, context: Context, progress: Progress) -> None:
        """Take the import."""
        self._run_id = run_id
        self._context = context
        self._progress = progress
        self._kind = ImportKind.MEMBERS
        self._pace = Pace(_FIRST)
        self._total = 0
        self.done = UndoneImport(0, 0, ())

    def steps(self) -> Iterator[Step]:
        """Yield the transactions; when the next one is asked for, the one before is on disk.

        Raises:
            NotAllowedError: the person may not import.
        """
        self._context.require(Right.IMPORT)
        yield self._begin
        below, behind = None, 0
        while True:
            if self._progress.cancelled:
                yield self._stop
                return
            part = _UndoPart(self._run_id, self._kind, below, self._pace.rows)
            yield part.write
            if part.below is None:
                break
            self._add(part)
            below, behind = part.below, behind + part.rows
            self._pace.took(part.rows, part.seconds)
            self._progress.report(behind, max(self._total, behind))
            time.sleep(_PAUSE)
        yield self._finish

    def _add(self, part: "_UndoPart") -> None:
        done = self.done
        kept = (*done.kept, *part.kept)
        self.done = UndoneImport(done.removed + part.removed, done.restored + part.restored, kept)

    def _begin(self, session: Session, context: Context) -> Outcome[UndoneImport]:
        run = runs.loaded(session, self._run_id, context)
        if run.state is ImportState.UNDONE:
            raise AlreadyUndoneError(run.file_name)
        runs.refuse_elsewhere(run, context)
        run.state, run.desk, run.renewed_at = ImportState.UNDOING, context.desk, context.now()
        self._kind = run.kind
        self._total = session.scalar(select(func.count()).where(ImportedRow.run_id == run.id)) or 0
        return Outcome(self.done, frozenset({Topic.IMPORTS}))

    def _stop(self, session: Session, context: Context) -> Outcome[UndoneImport]:
        run = runs.loaded(session, self._run_id, context)
        run.renewed_at = None
        done = self.done
        self.done = UndoneImport(done.removed, done.restored, done.kept, stopped=True)
        return Outcome(self.done, _CHANGED)

    def _finish(self, session: Session, context: Context) -> Outcome[UndoneImport]:
        run = runs.loaded(session, self._run_id, context)
        run.state, done = ImportState.UNDONE, self.done
        detail: audit.Detail = {
            "run": run.id,
            "removed": done.removed,
            "restored": done.restored,
            "kept": len(done.kept),
        }
        audit.record(session, context, "import.undo", (EntityKind.STORE, context.store.id), detail)
        ordered = tuple(sorted(done.kept, key=lambda one: one.row))
        self.done = UndoneImport(done.removed, done.restored, ordered)
        return Outcome(self.done, _CHANGED)


class _UndoPart:
    """One transaction: the records with the highest keys below ``below``, never half the rows of a record."""

    def __init__(self, run_id: int, kind: ImportKind, below: int | None, rows: int) -> None:
        self._run_id = run_id
        self._kind = kind
        self._from = below
        self._wanted = rows
        self.below: int | None = None
        self.rows = self.removed = self.restored = 0
        self.kept: list[KeptRecord] = []
        self.seconds = 0.0

    def write(self, session: Session, context: Context) -> Outcome[None]:
        """Take back what the rows did; rows of records that stay are kept, to be looked at."""
        began = time.perf_counter()
        run = runs.loaded(session, self._run_id, context)
        if run.state is not ImportState.UNDOING or run.desk != context.desk:
            raise ImportElsewhereError(run.desk)
        run.renewed_at = context.now()
        rows = self._rows(session)
        self.rows, self.below, self.kept = len(rows), rows[-1].entity_id if rows else None, []
        made, changed = [row for row in rows if not row.before], [row for row in rows if row.before]
        stays = self._remove(session, made, context)
        self.removed = len(made) - len(stays)
        stale = self._restore(session, changed, context)
        self.restored = len({row.entity_id for row in changed}) - len(stale)
        self.kept = kept_records(session, rows, stays | stale, _ENTITY.get(self._kind, EntityKind.MEMBER), run.at)
        staying = stays.keys() | stale.keys()
        gone = [row.id for row in rows if row.entity_id not in staying]
        session.execute(delete(ImportedRow).where(ImportedRow.id.in_(gone)), execution_options=_UNSYNCHRONISED)
        self.seconds = time.perf_counter() - began
        return Outcome(None, _CHANGED)

    def _rows(self, session: Session) -> Sequence[ImportedRow]:
        # The last first: a record that two rows changed goes back in the opposite order.
        wanted = select(ImportedRow).where(ImportedRow.run_id == self._run_id)
        if self._from is not None:
            wanted = wanted.where(ImportedRow.entity_id < self._from)
        ordered = wanted.order_by(ImportedRow.entity_id.desc(), ImportedRow.row.desc())
        rows = list(session.scalars(ordered.limit(self._wanted)))
        if rows:
            last = rows[-1].entity_id
            rest = select(ImportedRow).where(ImportedRow.run_id == self._run_id, ImportedRow.entity_id == last)
            rows = [row for row in rows if row.entity_id != last]
            rows += session.scalars(rest.order_by(ImportedRow.row.desc()))
        return rows

    def _remove(self, session: Session, made: Sequence[ImportedRow], context: Context) -> dict[int, Stays]:
        versions = {row.entity_id: row.version for row in made}
        if self._kind is ImportKind.PURCHASES:
            return remove_purchases(session, set(versions), context)
        if self._kind is ImportKind.CARDS:
            return remove_cards(session, versions)
        return remove_members(session, versions)

    def _restore(self, session: Session, changed: Sequence[ImportedRow], context: Context) -> dict[int, Stays]:
        if self._kind is ImportKind.BALANCES:
            return restore_balances(session, changed, context)
        if self._kind is ImportKind.CARDS:
            return restore_cards(session, changed)
        return restore_members(session, changed, context)


_UNSYNCHRONISED: Final = {"synchronize_session": False}
