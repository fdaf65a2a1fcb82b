"""Keeping sources of files: name, mapping, policy, and the folder that one desk watches."""

import json
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError, RefusedError, StaleError
from crmdesk.core.member_words import WatchedState
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.topics import Topic
from crmdesk.models.import_run import ImportKind, ImportRun
from crmdesk.models.import_source import ImportSource, WatchedFile
from crmdesk.queries.import_sources import heads_of
from crmdesk.services import audit
from crmdesk.services.imports_file import ImportFile

_CHANGED = frozenset({Topic.IMPORTS})
_LONGEST_NAME = 120
_LONGEST_FOLDER = 400


class SourceNameError(RefusedError):
    """A source needs a name that no other one has."""

    def __init__(self, name: str) -> None:
        """Keep the name; empty when there was none."""
        super().__init__(name)
        self.name = name


class FolderTooLongError(RefusedError):
    """The path of a folder is longer than can be kept."""


@dataclass(frozen=True, slots=True)
class KeepSource:
    """A source as a file shows it; the source of the same name and kind gets the new mapping and policy."""

    name: str
    file: ImportFile


@dataclass(frozen=True, slots=True)
class WatchFolder:
    """Which folder of a source this desk watches; an empty one watches none."""

    source_id: int
    folder: str
    active: bool
    seen_version: int


@dataclass(frozen=True, slots=True)
class NoteFile:
    """What became of a file in a watched folder; ``reason`` is told to people."""

    source_id: int
    name: str
    sha256: str
    state: WatchedState
    run_id: int | None = None
    reason: str = ""


def keep(session: Session, request: KeepSource, context: Context) -> Outcome[int]:
    """Keep mapping and policy of a file as a source; gives its key.

    Raises:
        NotAllowedError: the person may not import.
        SourceNameError: no name, or a source of another kind is called so.
    """
    context.require(Right.IMPORT)
    name, file = clean_line(request.name)[:_LONGEST_NAME], request.file
    kind = ImportKind(file.kind.value)
    found = session.scalar(
        select(ImportSource).where(ImportSource.store_id == context.store.id, ImportSource.name == name)
    )
    if not name or (found is not None and found.kind is not kind):
        raise SourceNameError(name)
    if found is None:
        found = ImportSource(store_id=context.store.id, name=name, kind=kind)
        session.add(found)
    found.heads = json.dumps(heads_of(file.table.headers), ensure_ascii=False)
    found.mapping, found.policy = file.mapping.to_json(), file.policy.to_json()
    session.flush()
    _note(session, "source.keep", found, context)
    return Outcome(found.id, _CHANGED)


def watch(session: Session, request: WatchFolder, context: Context) -> Outcome[None]:
    """Let this desk watch a folder for a source.

    Raises:
        NotAllowedError: the person may not import.
        StaleError: somebody changed the source meanwhile.
        FolderTooLongError: the path is too long.
    """
    context.require(Right.IMPORT)
    source = _load(session, request.source_id, context, request.seen_version)
    if len(request.folder) > _LONGEST_FOLDER:
        raise FolderTooLongError(request.folder[-_LONGEST_NAME:])
    source.folder, source.active = request.folder, request.active
    source.desk = context.desk if request.folder else ""
    session.flush()
    _note(session, "source.watch", source, context)
    return Outcome(None, _CHANGED)


def forget(session: Session, source_id: int, context: Context) -> Outcome[None]:
    """Forget a source; imports that came from it stay.

    Raises:
        NotAllowedError: the person may not import.
    """
    context.require(Right.IMPORT)
    source = _load(session, source_id, context, None)
    session.execute(delete(WatchedFile).where(WatchedFile.source_id == source.id))
    session.execute(update(ImportRun).where(ImportRun.source_id == source.id).values(source_id=None))
    _note(session, "source.forget", source, context)
    session.delete(source)
    session.flush()
    return Outcome(None, _CHANGED)


def note_file(session: Session, request: NoteFile, context: Context) -> Outcome[int]:
    """Remember a file of a watched folder, so that it is never taken twice; gives the key of the note."""
    of_file = (WatchedFile.source_id == request.source_id, WatchedFile.sha256 == request.sha256)
    found = session.scalar(select(WatchedFile).where(*of_file))
    if found is None:
        found = WatchedFile(store_id=context.store.id, source_id=request.source_id, sha256=request.sha256)
        session.add(found)
    found.name, found.at = request.name[-_LONGEST_NAME:], context.now()
    found.state, found.run_id, found.reason = request.state, request.run_id, request.reason[:_LONGEST_NAME]
    session.flush()
    if request.state is WatchedState.QUARANTINED:
        ref = (EntityKind.STORE, context.store.id)
        audit.record(session, context, "source.quarantine", ref, {"source": request.source_id})
    return Outcome(found.id, _CHANGED)


def look_again(session: Session, file_id: int, context: Context) -> Outcome[None]:
    """Forget what became of a file, so that the next round looks at it once more.

    Raises:
        NotAllowedError: the person may not import.
    """
    context.require(Right.IMPORT)
    of_store = (WatchedFile.id == file_id, WatchedFile.store_id == context.store.id)
    session.execute(delete(WatchedFile).where(*of_store))
    ref = (EntityKind.STORE, context.store.id)
    audit.record(session, context, "source.look_again", ref, {"file": file_id})
    return Outcome(None, _CHANGED)


def _load(session: Session, source_id: int, context: Context, seen_version: int | None) -> ImportSource:
    source = session.get(ImportSource, source_id)
    if source is None or source.store_id != context.store.id:
        raise NotFoundError(EntityKind.STORE, str(source_id))
    if seen_version is not None and source.version != seen_version:
        raise StaleError(EntityKind.STORE, source_id, seen_version, source.version)
    return source


def _note(session: Session, act: str, source: ImportSource, context: Context) -> None:
    detail: audit.Detail = {"source": source.id, "kind": source.kind.value, "active": source.active}
    audit.record(session, context, act, (EntityKind.STORE, context.store.id), detail)
