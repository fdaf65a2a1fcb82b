"""Tries every part of the program in a temporary folder: what an installer, or support, wants to know first."""

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from crmdesk.core.clock import FixedClock
from crmdesk.core.context import StoreRef
from crmdesk.core.version import VERSION
from crmdesk.views.support.lane import Task

_MOMENT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
_SAMPLE = "周敏 𠮷"


@dataclass
class _Report:
    """What was tried, how long it took, and what failed."""

    seconds: dict[str, float] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def attempt(self, name: str, act: Callable[[], object]) -> None:
        """Carry `act` out; a failure is written down and the next part is tried."""
        began = time.perf_counter()
        task = Task(0, lambda _task: act())
        task.carry_out()
        if task.error is not None:
            self.failed[name] = f"{type(task.error).__name__}: {task.error}"
        self.seconds[name] = round(time.perf_counter() - began, 3)


def selftest() -> dict[str, object]:
    """Try window, database, backup, paper, sheet and code; ``ok`` says whether all of it worked."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    report = _Report()
    with tempfile.TemporaryDirectory(prefix="crmdesk-") as folder:
        report.attempt("window", _window)
        report.attempt("database", lambda: _database(Path(folder)))
        report.attempt("backup", lambda: _backup(Path(folder)))
    for name, act in (("paper", _paper), ("sheet", _sheet), ("code", _code), ("languages", _languages)):
        report.attempt(name, act)
    return {"ok": not report.failed, "version": VERSION, "seconds": report.seconds, "failed": report.failed}


def _window() -> None:
    """Show the first page in a window, as the start does."""
    from PySide6.QtWidgets import QApplication

    from crmdesk.views.signin.opening_page import OpeningPage
    from crmdesk.views.support.immortal import keep_singletons_alive
    from crmdesk.views.support.theme import Theme, ThemeChoice

    keep_singletons_alive()
    known = QApplication.instance()
    application = known if isinstance(known, QApplication) else QApplication(["crmdesk"])
    Theme(application).apply(ThemeChoice.LIGHT)
    page = OpeningPage()
    page.show()
    empty = page.grab().toImage().isNull()
    page.hide()
    page.deleteLater()
    if empty:
        raise RuntimeError("nothing was painted")


def _database(folder: Path) -> None:
    """Make a store with its owner, sign her in, and check the whole file."""
    from crmdesk.bootstrap.house import begin, enter
    from crmdesk.db.data_dir import DataDir
    from crmdesk.services.maintenance import check_store
    from crmdesk.services.signin import BeginStore, SignIn, begin_store, nobody, sign_in
    from crmdesk.services.unit import perform

    clock = FixedClock(_MOMENT)
    house = begin(enter(DataDir(folder), clock), clock)
    try:
        if house.opened is None:
            raise RuntimeError("the store was not made")
        database = house.opened.database
        begun = BeginStore("01", _SAMPLE, _SAMPLE, "2580")
        signed = perform(
            database,
            nobody(clock, StoreRef(0, "", "")),
            lambda session, context: begin_store(session, begun, context),
        ).value
        wanted = SignIn(signed.actor.staff_id, "2580")
        perform(database, nobody(clock, signed.store), lambda session, context: sign_in(session, wanted, context))
        with database.reading() as session:
            if not check_store(session).whole:
                raise RuntimeError("the check found something")
        house.data.set_mark(clock.now())
    finally:
        house.close()


def _backup(folder: Path) -> None:
    from crmdesk.db.backup import BackupPlan, make_backup, verify_backup
    from crmdesk.db.backup_shelf import BackupReason
    from crmdesk.db.data_dir import DataDir

    verify_backup(make_backup(BackupPlan(DataDir(folder)), BackupReason.MANUAL, FixedClock(_MOMENT)))


def _paper() -> None:
    from crmdesk.core.paper_facts.formats import PaperFormat
    from crmdesk.documents.pdf.calibration import render
    from crmdesk.views.support.pdf_pages import page_sizes

    if len(page_sizes(render(PaperFormat.A5, "zh_CN", _SAMPLE))) != 1:
        raise RuntimeError("the paper has no page")


def _sheet() -> None:
    from crmdesk.core.workbook_facts import Column, TableFacts
    from crmdesk.documents.sheets.table import write_table

    facts = TableFacts(_SAMPLE, (Column(_SAMPLE),), ((_SAMPLE,),), _MOMENT)
    if write_table(BytesIO(), facts) != 1:
        raise RuntimeError("the row is missing")


def _code() -> None:
    from crmdesk.documents.codes import qr

    if qr(_SAMPLE) is None:
        raise RuntimeError("no code was made")


def _languages() -> None:
    from crmdesk.core.i18n import LANGUAGES, gettext_in

    for language in LANGUAGES:
        gettext_in(language, "Members")
