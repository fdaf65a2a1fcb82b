"""Files in a watched folder: which have stopped growing, what each is, and what is kept of those nobody can take in.

Nothing in the folder is moved or changed; what was looked at is known again by its fingerprint.
"""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import CrmdeskError, EnvironmentTroubleError
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.member_words import WatchedState
from crmdesk.core.outcome import Outcome
from crmdesk.db.engine import Database
from crmdesk.documents.sheets.import_errors import write_import_errors
from crmdesk.exchange.fields import ImportKind
from crmdesk.exchange.mapping import MappingError
from crmdesk.exchange.reasons import file_sentence, mapping_sentence
from crmdesk.exchange.troubles import FileRefusedError
from crmdesk.queries import imports as import_queries
from crmdesk.queries.import_sources import SourceRow
from crmdesk.services import import_sources
from crmdesk.services.command_actor import command_actor
from crmdesk.services.import_sources import NoteFile
from crmdesk.services.imports_file import ImportFile, MappingMissesError, fingerprint, reopen
from crmdesk.services.imports_parts import take_in
from crmdesk.services.imports_report import ImportReport, error_facts
from crmdesk.services.unit import perform

_TABLES: Final = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".csv", ".txt", ".tsv", ".html", ".htm", ".zip", ".pdf"})
_UNFINISHED: Final = ("~$", ".", "~")
_MOST_FILES: Final = 200


@dataclass(frozen=True, slots=True)
class Look:
    """How a file looked: bytes, and when it was changed (nanoseconds)."""

    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class Examined:
    """A file of a watched folder.

    Attributes:
        path: where it lies.
        sha256: its fingerprint.
        file: opened as the source says; None when that did not go.
        reason: why it did not go, a sentence.
    """

    path: Path
    sha256: str
    file: ImportFile | None
    reason: str = ""


def look(folder: Path) -> dict[Path, Look]:
    """Give the tables in a folder, the newest when there are very many; folders below are not looked into.

    Raises:
        EnvironmentTroubleError: the folder is not there or cannot be read.
    """
    try:
        found = {path: path.stat() for path in folder.iterdir() if _may_be_table(path) and path.is_file()}
    except OSError as trouble:
        raise EnvironmentTroubleError("read", str(folder)) from trouble
    newest = sorted(found, key=lambda path: found[path].st_mtime_ns)[-_MOST_FILES:]
    return {path: Look(found[path].st_size, found[path].st_mtime_ns) for path in newest}


def settled(before: Mapping[Path, Look], now: Mapping[Path, Look]) -> list[Path]:
    """Give the files that look as they did last time: nobody is writing them any more; the oldest first."""
    same = [path for path, seen in now.items() if seen.size and before.get(path) == seen]
    return sorted(same, key=lambda path: (now[path].changed, path.name))


def examine(paths: Iterable[Path], source: SourceRow, seen: Iterable[str]) -> list[Examined]:
    """Open the files of a source that were not looked at before."""
    known, found = set(seen), list[Examined]()
    for path in paths:
        try:
            sha256 = fingerprint(path)
        except OSError:  # gone or locked meanwhile: the next round finds it, or does not
            continue
        if sha256 not in known:
            known.add(sha256)
            found.append(_opened(path, sha256, source))
    return found


def take_file(
    database: Database, context: Context, source: SourceRow, one: Examined, quarantine: Path
) -> tuple[NoteFile, ImportReport | None]:
    """Take an examined file in (or keep a copy of one that is no good) and remember it; for commands.

    Returns:
        What was noted, and the report of a file that came in.
    """
    report: ImportReport | None = None
    if one.file is None:
        request = put_aside(one, source, quarantine)
    else:
        with database.reading() as session:
            before, run_id = came_before(session, one, context), half_done(session, one, context)
        if before is not None:
            request = before
        else:
            report = take_in(database, context, one.file, run_id=run_id)
            request = noted(one.file, report, quarantine, context)
    perform(database, context, lambda session, now: note(session, request, now))
    return request, report


def half_done(session: Session, one: Examined, context: Context) -> int:
    """Give the import of this very file that was killed half-way; 0 for none."""
    if one.file is None:
        return 0
    found = import_queries.interrupted(session, one.sha256, one.file.kind.value, context)
    return found.id if found is not None else 0


def came_before(session: Session, one: Examined, context: Context) -> NoteFile | None:
    """Give the note for a file that was imported before, by hand or right before a power cut."""
    run = import_queries.same_file(session, one.sha256, context)
    if run is None or one.file is None or one.file.source_id is None:
        return None
    return NoteFile(one.file.source_id, one.path.name, one.sha256, WatchedState.SEEN_BEFORE, run.id)


def noted(file: ImportFile, report: ImportReport, quarantine: Path, context: Context) -> NoteFile:
    """Give the note for a file that came in; its refused rows are kept as a workbook to mend."""
    reason = ""
    if report.refused:
        target = free_name(quarantine, gettext("{file} - to mend.xlsx").format(file=Path(file.table.origin.name).stem))
        write_import_errors(target, error_facts(report, file.table, context.now()))
        words = ngettext("{count} row to mend: {file}", "{count} rows to mend: {file}", len(report.refused))
        reason = words.format(count=len(report.refused), file=target.name)
    return NoteFile(
        file.source_id or 0, file.table.origin.name, file.sha256, WatchedState.IMPORTED, report.run_id, reason
    )


def put_aside(one: Examined, source: SourceRow, quarantine: Path) -> NoteFile:
    """Keep a copy of a file that cannot be taken in, and give its note; the file itself stays where it is.

    Raises:
        EnvironmentTroubleError: the copy could not be written.
    """
    target = free_name(quarantine, one.path.name)
    try:
        with one.path.open("rb") as origin, target.open("xb") as copy:
            shutil.copyfileobj(origin, copy)
    except OSError as trouble:
        raise EnvironmentTroubleError("write", str(target)) from trouble
    return NoteFile(source.id, one.path.name, one.sha256, WatchedState.QUARANTINED, None, one.reason)


def free_name(folder: Path, name: str) -> Path:
    """Give a path in a folder (made when it is missing) that no file has.

    Raises:
        EnvironmentTroubleError: the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise EnvironmentTroubleError("write", str(folder)) from trouble
    target, number = folder / Path(name).name, 1
    while target.exists():
        number += 1
        target = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
    return target


def watching(session: Session, context: Context) -> Context:
    """Give the surroundings in which watched files come in: the owner's, who let a manager set it up."""
    return replace(context, actor=command_actor(session, context.store.id))


def note(session: Session, request: NoteFile, context: Context) -> Outcome[int]:
    """Remember a file."""
    return import_sources.note_file(session, request, context)


def _may_be_table(path: Path) -> bool:
    return path.suffix.lower() in _TABLES and not path.name.startswith(_UNFINISHED)


def _opened(path: Path, sha256: str, source: SourceRow) -> Examined:
    try:
        file = reopen(path, ImportKind(source.kind), source.mapping, source.policy, source.id)
    except (CrmdeskError, OSError) as trouble:
        return Examined(path, sha256, None, _sentence(trouble))
    if file.sha256 != sha256:  # somebody wrote it between the two looks
        return Examined(path, file.sha256, file)
    return Examined(path, sha256, file)


def _sentence(trouble: Exception) -> str:
    if isinstance(trouble, FileRefusedError):
        return file_sentence(trouble)
    if isinstance(trouble, MappingError):
        return mapping_sentence(trouble)
    if isinstance(trouble, MappingMissesError):
        return gettext("A column is missing: {fields}").format(fields=str(trouble))
    return gettext("It could not be read.")
