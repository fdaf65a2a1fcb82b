"""Start with the million-member store: until the window asks who it is; and what the open program does when idle."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.child import peak_mb
from tests.bench.row import BenchRow, Ctx, Timing, in_own_process, timing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

PROCESSES = 3
IDLE_SECONDS = 10
SETTLE_SECONDS = 40  # the first work of a day takes its time with a million members
FIRST_PERSON = 201
WAIT_SECONDS = 120
# Both pages have these.
LANGUAGE_BUTTONS = 2


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give start and idle."""
    store = str(ctx.store())
    in_own_process("tests.bench.start:program", store)  # makes the bytecode that an installed program carries
    ours = [in_own_process("tests.bench.start:program", store) for _ in range(PROCESSES)]
    empty = [in_own_process("tests.bench.start:empty_window", store) for _ in range(PROCESSES)]
    yield BenchRow(
        "start: window there, store open, asks who it is",
        timing([one.value["ready"] for one in ours]),
        {"empty QMainWindow, same imports": median(one.value["ready"] for one in empty)},
        reach="≤ 2 ×, ≤ 1.5 s",
        note=f"the window itself after {median(one.value['shown'] for one in ours):.0f} ms; warm; imports counted",
    )
    first = ours[0]
    yield BenchRow(
        "idle: memory of the open program, signed in",
        Timing(first.value["mb"], first.value["mb"]),
        reach="≤ 250 MB, < 1 % CPU",
        note=f"{first.value['cpu']:.1f} % of a processor over {IDLE_SECONDS} s",
        unit="MB",
    )


def program(store: str) -> dict[str, float]:
    """Start the program on a folder with the store; called in a process of its own."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from crmdesk.core.clock import SystemClock
    from crmdesk.db.data_dir import DataDir
    from crmdesk.db.health import note_checked

    with tempfile.TemporaryDirectory(dir=Path(store).parent) as folder:
        data = Path(folder)
        copy = DataDir(data).database
        shutil.copyfile(store, copy)
        with copy.open("r+b") as file:
            os.fsync(file.fileno())  # otherwise the start waits until the disk has swallowed the copy
        note_checked(DataDir(data), SystemClock().now())  # the check of the whole file, once a day, is not idle
        started = time.perf_counter()
        return _run(data, started)


def _run(folder: Path, started: float) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication

    from crmdesk.bootstrap.program import Program
    from crmdesk.db.data_dir import DataDir
    from crmdesk.views.support.immortal import keep_singletons_alive

    keep_singletons_alive()
    application = QApplication(["crmdesk"])
    application.setQuitOnLastWindowClosed(False)
    data = DataDir(folder)
    running = Program(application, data, data)
    running.start()
    shown = _until(application, lambda: any(one.isVisible() for one in application.topLevelWidgets()), started)
    ready = _until(application, _asks, started)
    _sign_in(application, started)
    _pass(application, SETTLE_SECONDS)
    before, began = time.process_time(), time.perf_counter()
    _pass(application, IDLE_SECONDS)
    cpu = (time.process_time() - before) / (time.perf_counter() - began) * 100
    return {"shown": shown, "ready": ready, "cpu": cpu, "mb": peak_mb()}


def _sign_in(application: "QApplication", started: float) -> None:
    """Let the first person in, who has no PIN, and wait for the main window."""
    from PySide6.QtWidgets import QDialog

    from crmdesk.views.main_window import MainWindow
    from crmdesk.views.signin.signin_page import SignInPage

    page = next(one for one in application.allWidgets() if isinstance(one, SignInPage))
    page.signin_asked.emit(FIRST_PERSON, "")
    _until(application, lambda: any(isinstance(one, MainWindow) and one.isVisible() for one in _tops()), started)
    for one in _tops():
        if isinstance(one, QDialog):
            one.reject()  # she is asked for a PIN


def _tops() -> "list[QWidget]":
    from PySide6.QtWidgets import QApplication

    return QApplication.topLevelWidgets()


def _pass(application: "QApplication", seconds: float) -> None:
    """Let the program run as it runs for people."""
    from PySide6.QtCore import QTimer

    QTimer.singleShot(round(seconds * 1000), lambda: application.exit(0))
    application.exec()


def _asks() -> bool:
    """Tell whether the opening page made room for the one that asks who is at the desk."""
    from PySide6.QtWidgets import QApplication, QPushButton

    from crmdesk.views.signin.opening_page import OpeningPage

    seen = [one for one in QApplication.allWidgets() if one.isVisible()]
    buttons = sum(isinstance(one, QPushButton) for one in seen)
    return buttons > LANGUAGE_BUTTONS and not any(isinstance(one, OpeningPage) for one in seen)


def _until(application: "QApplication", there: Callable[[], bool], started: float) -> float:
    while not there():
        application.processEvents()
        if time.perf_counter() - started > WAIT_SECONDS:
            raise RuntimeError("not there in time")
        time.sleep(0.01)
    return (time.perf_counter() - started) * 1000


def empty_window(_store: str) -> dict[str, float]:
    """Show an empty window with what the program imports; called in a process of its own."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    started = time.perf_counter()
    from PySide6.QtWidgets import QApplication, QMainWindow

    import crmdesk.bootstrap.program
    from crmdesk.migrations.schema import metadata

    metadata()
    application = QApplication(["empty"])
    window = QMainWindow()
    window.show()
    return {"ready": _until(application, window.isVisible, started), "mb": peak_mb(), "here": len(crmdesk.__name__)}
