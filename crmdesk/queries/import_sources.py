"""Where files come from: kept sources, the one that a file is recognised as, and what became of watched files."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.member_words import WatchedState
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.models.import_run import ImportRun, ImportState
from crmdesk.models.import_source import ImportSource, WatchedFile

_MOST_FILES = 100
_SILENT = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A kept source; ``mapping`` and ``policy`` are JSON, ``kind`` the value of an import kind."""

    id: int
    name: str
    kind: str
    heads: tuple[str, ...]
    mapping: str
    policy: str
    folder: str
    desk: str
    active: bool
    version: int


@dataclass(frozen=True, slots=True)
class WatchedRow:
    """A file of a watched folder and what became of it; ``reason`` is a sentence, empty when it came in."""

    id: int
    source: str
    name: str
    at: datetime
    state: WatchedState
    run_id: int | None
    reason: str


def heads_of(headers: Iterable[str]) -> tuple[str, ...]:
    """Give the header words by which a source is known: cleaned, without case, in order."""
    return tuple(sorted({clean_line(header).casefold() for header in headers if clean_line(header)}))


def sources(session: Session, context: Context) -> list[SourceRow]:
    """List the sources of the store by name.

    Raises:
        NotAllowedError: the person may not import.
    """
    context.require(Right.IMPORT)
    return _sources(session, context)


def recognised(session: Session, headers: Iterable[str], kind: str | None, context: Context) -> SourceRow | None:
    """Give the source whose header words all stand in a file, the one with most of them; None when none does."""
    there = set(heads_of(headers))
    fitting = [
        source
        for source in sources(session, context)
        if source.heads and set(source.heads) <= there and kind in {None, source.kind}
    ]
    return max(fitting, key=lambda source: (len(source.heads), source.id), default=None)


def watched(session: Session, desk: str, context: Context) -> list[SourceRow]:
    """List the sources whose folder this desk watches."""
    return [one for one in _sources(session, context) if one.folder and one.active and one.desk == desk]


def seen_files(session: Session, source_id: int) -> dict[str, WatchedState]:
    """Give the fingerprints of the files of a source that were looked at, with what became of each."""
    found = select(WatchedFile.sha256, WatchedFile.state).where(WatchedFile.source_id == source_id)
    return {row.sha256: row.state for row in session.execute(found)}


def recent_files(session: Session, context: Context) -> list[WatchedRow]:
    """List what came from watched folders, the newest first.

    Raises:
        NotAllowedError: the person may not import.
    """
    context.require(Right.IMPORT)
    wanted = (
        select(WatchedFile, ImportSource.name)
        .join(ImportSource, ImportSource.id == WatchedFile.source_id)
        .where(WatchedFile.store_id == context.store.id)
        .order_by(WatchedFile.id.desc())
    )
    return [
        WatchedRow(one.id, source, one.name, one.at, one.state, one.run_id, one.reason)
        for one, source in session.execute(wanted.limit(_MOST_FILES))
    ]


def in_quarantine(session: Session, context: Context) -> int:
    """Count the files of watched folders that nobody could take in."""
    bad = (WatchedFile.store_id == context.store.id, WatchedFile.state == WatchedState.QUARANTINED)
    return session.scalar(select(func.count()).select_from(WatchedFile).where(*bad)) or 0


def imports_waiting(session: Session, context: Context) -> int:
    """Count what waits for whoever may import: files put aside, imports that stopped half-way; 0 for others."""
    if not context.may(Right.IMPORT):
        return 0
    half = (ImportRun.store_id == context.store.id, ImportRun.state.in_((ImportState.STOPPED, ImportState.UNDOING)))
    stopped = session.scalar(select(func.count()).select_from(ImportRun).where(*half)) or 0
    return stopped + _silent(session, context) + in_quarantine(session, context)


def _silent(session: Session, context: Context) -> int:
    """Count the imports that count as under way and were killed."""
    running = (ImportRun.store_id == context.store.id, ImportRun.state == ImportState.RUNNING)
    silent = ImportRun.renewed_at < context.now() - _SILENT
    return session.scalar(select(func.count()).select_from(ImportRun).where(*running, silent)) or 0


def _sources(session: Session, context: Context) -> list[SourceRow]:
    wanted = select(ImportSource).where(ImportSource.store_id == context.store.id).order_by(ImportSource.name)
    return [
        SourceRow(
            one.id,
            one.name,
            one.kind.value,
            tuple(json.loads(one.heads or "[]")),
            one.mapping,
            one.policy,
            one.folder,
            one.desk,
            one.active,
            one.version,
        )
        for one in session.scalars(wanted)
    ]
