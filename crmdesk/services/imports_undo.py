"""Undoing a whole import: what it made goes, what it changed is as before, what somebody worked on since stays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import RefusedError
from crmdesk.core.outcome import Outcome
from crmdesk.core.progress import NoProgress, Progress
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.models.import_run import ImportedRow, ImportKind, ImportRun, ImportState
from crmdesk.services import audit
from crmdesk.services.imports_undo_members import remove_members, restore_members
from crmdesk.services.imports_undo_purchases import remove_purchases

_AT_ONCE: Final = 500
_CHANGED: Final = frozenset({Topic.MEMBERS, Topic.CARDS, Topic.PURCHASES, Topic.CALLBACKS, Topic.IMPORTS})


class NoSuchImportError(RefusedError):
    """There is no import with this key."""

    def __init__(self, run_id: int) -> None:
        """Keep the key."""
        super().__init__(str(run_id))
        self.run_id = run_id


class AlreadyUndoneError(RefusedError):
    """The import was undone before."""

    def __init__(self, file_name: str) -> None:
        """Keep the name of its file."""
        super().__init__(file_name)
        self.file_name = file_name


class KeptWhy(StrEnum):
    """Why a record stays."""

    CHANGED = "changed"  # somebody edited it since
    IN_USE = "in_use"  # tickets, purchases, loans, calls … belong to it


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A record that stays, with the row of the file it came from."""

    row: int
    kind: EntityKind
    id: int
    why: KeptWhy


@dataclass(frozen=True, slots=True)
class UndoneImport:
    """What undoing did: records removed, records as before, records that stay."""

    removed: int
    restored: int
    kept: tuple[KeptRecord, ...]


def undo_import(
    session: Session, run_id: int, context: Context, progress: Progress | None = None
) -> Outcome[UndoneImport]:
    """Undo an import.

    Raises:
        NotAllowedError: the person may not import.
        NoSuchImportError: there is no such import.
        AlreadyUndoneError: it was undone before.
        WorkCancelledError: the person stopped it; the caller's transaction then undoes nothing.
    """
    context.require(Right.IMPORT)
    run = session.get(ImportRun, run_id)
    if run is None or run.store_id != context.store.id:
        raise NoSuchImportError(run_id)
    if run.state is ImportState.UNDONE:
        raise AlreadyUndoneError(run.file_name)
    removed, restored, kept = 0, 0, list[KeptRecord]()
    told, done = progress or NoProgress(), 0
    for rows in _pieces(_rows_of(session, run_id)):
        made, changed = [row for row in rows if not row.before], [row for row in rows if row.before]
        if run.kind is ImportKind.PURCHASES:
            in_the_way = remove_purchases(session, {row.entity_id for row in made}, context)
        else:
            in_the_way = remove_members(session, {row.entity_id: row.version for row in made})
        stale = restore_members(session, changed, context)
        removed += len(made) - len(in_the_way)
        restored += len({row.entity_id for row in changed}) - len(stale)
        kept += _kept(rows, in_the_way | stale, run.kind)
        done += len(rows)
        told.report(done, run.created + run.updated)
        told.check()
    run.state = ImportState.UNDONE
    detail: audit.Detail = {"run": run.id, "removed": removed, "restored": restored, "kept": len(kept)}
    audit.record(session, context, "import.undo", (EntityKind.STORE, context.store.id), detail)
    return Outcome(UndoneImport(removed, restored, tuple(sorted(kept, key=lambda one: one.row))), _CHANGED)


def _kept(rows: Sequence[ImportedRow], reasons: dict[int, str], kind: ImportKind) -> list[KeptRecord]:
    entity = EntityKind.PURCHASE if kind is ImportKind.PURCHASES else EntityKind.MEMBER
    there = {row.entity_id: row.row for row in reversed(rows)}
    return [KeptRecord(there[key], entity, key, KeptWhy(why)) for key, why in reasons.items()]


def _rows_of(session: Session, run_id: int) -> list[ImportedRow]:
    # The last first: a record that two rows changed goes back in the opposite order.
    wanted = select(ImportedRow).where(ImportedRow.run_id == run_id)
    return list(session.scalars(wanted.order_by(ImportedRow.entity_id.desc(), ImportedRow.row.desc())))


def _pieces(rows: Sequence[ImportedRow]) -> Iterator[Sequence[ImportedRow]]:
    """Cut the rows, never between two of the same record."""
    start = 0
    while start < len(rows):
        end = min(start + _AT_ONCE, len(rows))
        while end < len(rows) and rows[end].entity_id == rows[end - 1].entity_id:
            end += 1
        yield rows[start:end]
        start = end
