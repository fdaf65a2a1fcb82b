"""``backup``, ``restore`` and ``check``: the store's file and its copies."""

import argparse
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from crmdesk.cli.frame import Exit, Subparsers, answer, command, data_folder
from crmdesk.core.clock import SystemClock

if TYPE_CHECKING:
    from crmdesk.cli.store import Opened
    from crmdesk.core.setting_kinds import Json
    from crmdesk.db.backup_shelf import Backup
    from crmdesk.services.maintenance import CheckReport


def add(subparsers: Subparsers) -> None:
    """Add the commands of this group."""
    backup = command(subparsers, "backup", "make a verified backup now", make)
    backup.add_argument("--to", metavar="DIR", type=Path, help="another folder than the usual one")
    backup.add_argument("--list", action="store_true", help="only list the backups that are there")
    restore = command(subparsers, "restore", "put a backup in place of the store's file", bring_back)
    restore.add_argument("file", metavar="FILE", type=Path, nargs="?", help="without it: the newest verified backup")
    check = command(subparsers, "check", "verify the store's file, its audit and its index", verify)
    check.add_argument("--thorough", action="store_true", help="compare every index with its table as well")
    check.add_argument(
        "--rebuild-search", action="store_true", help="make the search index anew first, beside the work"
    )


def make(options: argparse.Namespace) -> int:
    """Back the store up, or list what is there."""
    from crmdesk.bootstrap.backing import plan_of
    from crmdesk.cli.store import opened_store
    from crmdesk.db.backup import clear_old, make_backup
    from crmdesk.db.backup_shelf import BackupReason, list_backups
    from crmdesk.db.desk_file import DeskFile
    from crmdesk.services.maintenance import note_backup
    from crmdesk.services.unit import perform

    if options.list:
        data = data_folder(options)
        found = list_backups(options.to or plan_of(data, DeskFile(data.desk_file)).target)
        answer(options, [_facts(one) for one in found], [_line(one) for one in found])
        return Exit.OK
    with opened_store(options) as store:
        plan = plan_of(store.data, store.desk, zone=store.context.store.zone, folder=options.to)
        made = make_backup(plan, BackupReason.MANUAL, SystemClock())
        perform(store.database, store.context, lambda session, context: note_backup(session, made.path.name, context))
        clear_old(plan, SystemClock())
    answer(options, _facts(made), [_line(made)])
    return Exit.OK


def bring_back(options: argparse.Namespace) -> int:
    """Restore a backup; nobody else may use the store meanwhile."""
    from crmdesk.bootstrap.backing import plan_of
    from crmdesk.bootstrap.restoring import restore_into
    from crmdesk.cli.main import speak
    from crmdesk.core.trouble import BackupRefusedError
    from crmdesk.db.backup_shelf import backup_at, newest_verified
    from crmdesk.db.desk_file import DeskFile

    speak(options)
    data = data_folder(options)
    target = plan_of(data, DeskFile(data.desk_file)).target
    chosen = backup_at(options.file) if options.file else newest_verified(target)
    if chosen is None:
        raise BackupRefusedError(str(options.file or target), "missing")
    done = restore_into(data, chosen, SystemClock())
    value: dict[str, Json] = {
        "restored": str(done.backup.path),
        "made_at": done.backup.made_at.isoformat(),
        "aside": str(done.aside) if done.aside else None,
        "files_lost": list(done.files_lost),
    }
    lines = [f"restored {done.backup.path.name}", f"the replaced file lies in {done.aside}" if done.aside else ""]
    answer(options, value, [*filter(None, lines), *(f"missing in the backup: {name}" for name in done.files_lost)])
    return Exit.FOUND if done.files_lost else Exit.OK


def verify(options: argparse.Namespace) -> int:
    """Look at everything and say what was verified."""
    from crmdesk.cli.store import opened_store
    from crmdesk.services import search_state
    from crmdesk.services.maintenance import check_store

    with opened_store(options) as store:
        if options.rebuild_search:
            _rebuild_search(store)
        with store.database.reading() as session:
            report = check_store(session, {"search index": search_state.findings}, thorough=options.thorough)
    answer(options, _verdict(report), _verdict_lines(report))
    return Exit.OK if report.whole else Exit.FOUND


def _rebuild_search(store: "Opened") -> None:
    """Make the search index anew in short transactions; windows and tills go on saving and finding meanwhile."""
    from crmdesk.services.search_rebuild import REST_SECONDS, rebuilding
    from crmdesk.services.unit import perform

    for step in rebuilding(anew=True):
        perform(store.database, store.context, step)
        time.sleep(REST_SECONDS)


def _verdict(report: "CheckReport") -> dict[str, "Json"]:
    return {
        "whole": report.whole,
        "structure": list(report.structure),
        "orphans": [asdict(one) for one in report.orphans],
        "audit": {
            "rows": report.audit.rows,
            "chains": report.audit.chains,
            "breaks": [asdict(one) for one in report.audit.breaks],
        },
        "rows": dict(report.rows),
        "findings": {name: list(found) for name, found in report.findings.items()},
    }


def _verdict_lines(report: "CheckReport") -> list[str]:
    lines = [f"structure: {found}" for found in report.structure]
    lines += [f"{one.table} {one.row_id} points to a missing {one.parent}" for one in report.orphans]
    lines += [f"audit: {one.reason} at {one.ordinal}" for one in report.audit.breaks]
    lines += [f"{name}: {found}" for name, all_found in report.findings.items() for found in all_found]
    counted = f"{sum(report.rows.values())} rows in {len(report.rows)} tables, {report.audit.rows} audit entries"
    return [*lines, f"verified: {counted}" if report.whole else f"found {len(lines)} in {counted}"]


def _facts(one: "Backup") -> dict[str, "Json"]:
    return {
        "file": str(one.path),
        "made_at": one.made_at.isoformat(),
        "reason": one.reason,
        "bytes": one.size,
        "verified": one.verified,
        "rows": dict(one.contents.rows) if one.contents else {},
    }


def _line(one: "Backup") -> str:
    return f"{one.path} {one.size:,} bytes {'verified' if one.verified else 'NOT VERIFIED'}"
