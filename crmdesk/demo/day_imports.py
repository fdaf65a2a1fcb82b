"""The day's imports: two member lists with bad rows, one small list undone, the till's receipts."""

from pathlib import Path
from random import Random

from crmdesk.core.clock import day_in_zone
from crmdesk.core.member_words import WatchedState
from crmdesk.demo.day_desk import LISTS, DayDesk, Note
from crmdesk.demo.day_files import phone_of, write_gbk_list, write_small_list, write_till_list, write_ugly_workbook
from crmdesk.demo.year import CAST
from crmdesk.documents.sheets.import_errors import write_import_errors
from crmdesk.exchange.fields import ImportKind
from crmdesk.exchange.reasons import row_sentence
from crmdesk.queries.import_sources import sources as source_rows
from crmdesk.services import import_sources
from crmdesk.services.import_sources import KeepSource, NoteFile, WatchFolder
from crmdesk.services.imports_file import ImportFile, open_import
from crmdesk.services.imports_parts import rehearse
from crmdesk.services.imports_report import ImportReport, error_facts

STEP = "1 import"
_TILL_FOLDER = r"D:\收银机\导出"
# Of the people on both lists, those who came in good rows and have bought since.
_BOUGHT = (0, 1, 4, 6, 8, 10, 12, *range(101, 116, 2), *range(100, 112, 4))


def bring_members_in(desk: DayDesk, rng: Random) -> None:
    """Import a GBK file and a workbook, keep their bad rows, and undo a third list."""
    desk.at(9, 5)
    folder = desk.out / LISTS
    known = next(phone for name, phone, *_rest in CAST if name == "周建国")
    files = [
        write_gbk_list(folder / "members-gbk.csv", rng, known),
        write_ugly_workbook(folder / "members-ugly.xlsx", rng),
    ]
    done: list[Note] = [_take_in(desk, path) for path in files]
    desk.book.note(STEP, files=done, undone=_undo(desk, write_small_list(folder / "members-other-store.csv", rng)))


def bring_purchases_in(desk: DayDesk, rng: Random) -> None:
    """Import the receipts of the last days."""
    day = day_in_zone(desk.now(), desk.clerk.store.zone)
    phones = [phone for _name, phone, *_rest in CAST] + [phone_of(index) for index in _BOUGHT]
    path = write_till_list(desk.out / LISTS / "till-receipts.csv", rng, phones, day)
    request = open_import(path, ImportKind.PURCHASES)
    report = desk.take_in(request)
    desk.book.rows["import_run"] += 1
    desk.book.rows["purchase"] += len(phones) + 1
    desk.book.rows["purchase_line"] += report.created
    _keep_bad_rows(desk, report, request)
    _watch(desk, request, report)
    desk.book.note(STEP, purchases=_facts(path, report))


def _watch(desk: DayDesk, request: ImportFile, report: ImportReport) -> None:
    """Keep the till's file as a source; the folder of the till is named, and watched once the desk has it."""
    source = desk.do(desk.manager, import_sources.keep, KeepSource("收银机销售单", request), desk.manager)
    kept = next(one for one in desk.ask(source_rows, desk.manager) if one.id == source)
    folder = WatchFolder(source, _TILL_FOLDER, active=False, seen_version=kept.version)
    desk.do(desk.manager, import_sources.watch, folder, desk.manager)
    came = NoteFile(source, request.table.origin.name, request.sha256, WatchedState.IMPORTED, report.run_id)
    aside = NoteFile(
        source, "till-receipts-half.csv", "0" * 64, WatchedState.QUARANTINED, reason="文件只写了一半，缺少表头"
    )
    for one in (came, aside):
        desk.do(desk.manager, import_sources.note_file, one, desk.manager)


def _take_in(desk: DayDesk, path: Path) -> Note:
    request = open_import(path, ImportKind.MEMBERS)
    rehearsed = desk.ask(rehearse, request, desk.manager)
    report = desk.take_in(request)
    desk.book.check(f"{path.name}: rehearsal and import say the same", _counts(rehearsed), _counts(report))
    desk.book.rows["import_run"] += 1
    desk.book.rows["member"] += report.created
    _keep_bad_rows(desk, report, request)
    return _facts(path, report)


def _undo(desk: DayDesk, path: Path) -> Note:
    report = desk.take_in(open_import(path, ImportKind.MEMBERS))
    undone = desk.undo_import(report.run_id)
    desk.book.rows["import_run"] += 1
    desk.book.rows["member"] += report.created - undone.removed
    desk.book.check("undone import leaves nothing", report.created, undone.removed)
    return {"file": path.name, "created": report.created, "removed": undone.removed, "kept": len(undone.kept)}


def _keep_bad_rows(desk: DayDesk, report: ImportReport, request: ImportFile) -> None:
    if report.refused:
        target = desk.out / LISTS / f"{Path(request.table.origin.name).stem}-refused.xlsx"
        write_import_errors(target, error_facts(report, request.table, desk.now()))


def _counts(report: ImportReport) -> dict[str, Note]:
    return {
        "rows": report.rows,
        "created": report.created,
        "updated": report.updated,
        "skipped": report.skipped,
        "refused": len(report.refused),
    }


def _facts(path: Path, report: ImportReport) -> Note:
    rejected: list[Note] = [{"row": one.row, "reason": row_sentence(one)} for one in report.rejected]
    return {"file": path.name, **_counts(report), "rejected": rejected, "warnings": len(report.warnings)}
