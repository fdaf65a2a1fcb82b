"""``import``: lists of members and purchases come in, what was imported is listed and undone."""

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crmdesk.cli.frame import Exit, Subparsers, answer, command, complain
from crmdesk.core.clock import SystemClock

if TYPE_CHECKING:
    from crmdesk.cli.store import Opened
    from crmdesk.core.setting_kinds import Json
    from crmdesk.exchange.problems import RowProblem
    from crmdesk.queries.imports import ImportRunRow
    from crmdesk.services.imports_file import ImportFile
    from crmdesk.services.imports_report import ImportReport
    from crmdesk.services.imports_undo_kept import KeptRecord


# Seconds between two looks at a folder: a file that is being written looks different.
_SETTLING = 1.0


def add(subparsers: Subparsers) -> None:
    """Add the commands of this group."""
    summary = "take a list of members or purchases in"
    parser = subparsers.add_parser("import", help=summary, description=summary)
    kinds = parser.add_subparsers(title="what", metavar="WHAT", required=True)
    for kind in ("members", "purchases", "balances", "cards", "tags"):
        of_kind = command(kinds, kind, f"take a list of {kind} in (.xlsx, .xls, .csv); goes on after a stop", take_in)
        of_kind.set_defaults(kind=kind)
        of_kind.add_argument("file", metavar="FILE", type=Path)
        of_kind.add_argument("--dry-run", action="store_true", help="check every row and write nothing")
        of_kind.add_argument("--mapping", metavar="M.json", type=Path, help="which column goes where")
        of_kind.add_argument("--errors", metavar="OUT.xlsx", type=Path, help="write the refused rows with the reasons")
    watched = command(kinds, "watch", "look once at the folders that this computer watches", watch)
    watched.add_argument("--source", metavar="NAME", default="", help="only this source, whichever computer watches it")
    command(kinds, "list", "list the imports so far", show_runs)
    undone = command(kinds, "undo", "undo a whole import", undo)
    undone.add_argument("key", metavar="IMPORT", type=int, help="its key as in the list")


def take_in(options: argparse.Namespace) -> int:
    """Import a file, or rehearse it."""
    from crmdesk.cli.main import speak
    from crmdesk.cli.store import opened_store
    from crmdesk.exchange.fields import ImportKind
    from crmdesk.services.imports_file import open_mapped

    speak(options)
    mapping_of = None if options.mapping is None else partial(options.mapping.read_text, encoding="utf-8-sig")
    request = open_mapped(options.file, ImportKind(options.kind), mapping_of)
    with opened_store(options) as store:
        report = _carry_out(store, request, rehearse=options.dry_run)
    if options.errors is not None and report.refused:
        _write_errors(options.errors, report, request)
    answer(options, _facts(report), _lines(report))
    return Exit.FOUND if report.refused else Exit.OK


def watch(options: argparse.Namespace) -> int:
    """Take in what lies in watched folders, once; files that are being written wait for the next time."""
    import time

    from crmdesk.bootstrap.house import desk_name
    from crmdesk.cli.main import speak
    from crmdesk.cli.store import opened_store
    from crmdesk.queries import import_sources
    from crmdesk.services import imports_watch

    speak(options)
    told: list[Json] = []
    with opened_store(options) as store:
        with store.database.reading() as session:
            wanted = [one for one in import_sources.sources(session, store.context) if one.folder and one.active]
        for source in wanted:
            if source.name != options.source if options.source else source.desk != desk_name(store.desk):
                continue
            folder = Path(source.folder)
            before = imports_watch.look(folder)
            time.sleep(_SETTLING)
            with store.database.reading() as session:
                seen = set(import_sources.seen_files(session, source.id))
            ready = imports_watch.settled(before, imports_watch.look(folder))
            for one in imports_watch.examine(ready, source, seen):
                note, _report = imports_watch.take_file(
                    store.database, store.context, source, one, store.data.quarantine
                )
                told.append({"source": source.name, "file": note.name, "state": note.state.value, "told": note.reason})
    lines = [f"{one['source']}: {one['file']} {one['state']} {one['told']}".strip() for one in told]  # type: ignore[index, call-overload] # our own facts
    answer(options, told, lines)
    return Exit.FOUND if any("quarantined" in line for line in lines) else Exit.OK


def show_runs(options: argparse.Namespace) -> int:
    """List the imports, the newest first."""
    from crmdesk.cli.store import opened_store
    from crmdesk.queries import imports

    with opened_store(options) as store, store.database.reading() as session:
        runs = imports.recent(session, store.context)
    answer(options, [_run_facts(run) for run in runs], [_run_line(run) for run in runs])
    return Exit.OK


def undo(options: argparse.Namespace) -> int:
    """Undo an import; what somebody worked on since stays and is listed."""
    from crmdesk.cli.main import speak
    from crmdesk.cli.store import opened_store
    from crmdesk.services.imports_undo import undo_import

    speak(options)
    with opened_store(options) as store:
        done = undo_import(store.database, store.context, options.key)
    kept: list[Json] = [
        {
            "row": one.row,
            "kind": one.kind.value,
            "id": one.id,
            "why": one.why.value,
            "fields": list(one.fields),
            "what": one.what,
            "by": one.by,
        }
        for one in done.kept
    ]
    lines = [f"{done.removed} removed, {done.restored} as before, {len(kept)} kept"]
    lines += [" ".join(_kept_words(one)) for one in done.kept]
    answer(options, {"removed": done.removed, "restored": done.restored, "kept": kept}, lines)
    return Exit.FOUND if kept else Exit.OK


def _kept_words(one: "KeptRecord") -> list[str]:
    words = [f"row {one.row}:", one.kind.value, str(one.id), one.why.value, *one.fields, one.what]
    return [word for word in (*words, f"by {one.by}" if one.by else "") if word]


def _carry_out(store: "Opened", request: "ImportFile", *, rehearse: bool) -> "ImportReport":
    from crmdesk.queries.imports import interrupted
    from crmdesk.services import imports_parts

    if rehearse:
        with store.database.reading() as session:
            return imports_parts.rehearse(session, request, store.context)
    with store.database.reading() as session:
        before = interrupted(session, request.sha256, request.kind.value, store.context)
    if before is not None:
        complain(f"goes on with import {before.id} after row {before.done_rows}")
    return imports_parts.take_in(store.database, store.context, request, run_id=before.id if before is not None else 0)


def _write_errors(target: Path, report: "ImportReport", request: "ImportFile") -> None:
    from crmdesk.documents.sheets.import_errors import write_import_errors
    from crmdesk.services.imports_report import error_facts

    write_import_errors(target, error_facts(report, request.table, SystemClock().now()))


def _facts(report: "ImportReport") -> dict[str, "Json"]:
    return {
        "rows": report.rows,
        "created": report.created,
        "updated": report.updated,
        "skipped": report.skipped,
        "rejected": [_problem(one) for one in report.rejected],
        "warnings": [_problem(one) for one in report.warnings],
    }


def _problem(problem: "RowProblem") -> dict[str, "Json"]:
    from crmdesk.exchange.reasons import row_sentence

    field = problem.field.value if problem.field is not None else None
    return {"row": problem.row, "field": field, "value": problem.value, "reason": row_sentence(problem)}


def _lines(report: "ImportReport") -> list[str]:
    from crmdesk.exchange.reasons import row_sentence

    lines = [f"row {one.row}: {row_sentence(one)}" for one in report.rejected]
    counts = f"{report.created} created, {report.updated} updated, {report.skipped} skipped"
    ends = f"{len(report.refused)} rejected, {len(report.warnings)} warnings"
    return [*lines, f"{report.rows} rows: {counts}, {ends}"]


def _run_facts(run: "ImportRunRow") -> dict[str, "Json"]:
    return {
        "import": run.id,
        "kind": run.kind,
        "undone": run.undone,
        "state": run.state,
        "done_rows": run.done_rows,
        "file": run.file_name,
        "at": run.at.isoformat(),
        "by": run.by,
        "rows": run.rows,
        "created": run.created,
        "updated": run.updated,
        "skipped": run.skipped,
        "rejected": run.rejected,
    }


def _run_line(run: "ImportRunRow") -> str:
    state = "" if run.state == "done" else f"{run.state} "
    return f"{run.id} {run.at:%Y-%m-%d %H:%M} {run.kind} {state}{run.file_name}: {run.created} created"
