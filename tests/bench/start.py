"""Start with the million-member store: until the window asks who it is; and what the open program does when idle."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench.child import peak_mb
from tests.bench.row import BenchRow, Ctx, Timing, in_own_process, timing

PROCESSES = 3
IDLE_SECONDS = 10
WAIT_SECONDS = 120
# Both pages have these.
LANGUAGE_BUTTONS = 2


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give start and idle."""
    store = str(ctx.store())
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
        "idle: memory of the open program",
        Timing(first.value["mb"], first.value["mb"]),
        reach="≤ 250 MB, < 1 % CPU",
        note=f"{first.value['cpu']:.1f} % of a processor over {IDLE_SECONDS} s",
        unit="MB",
    )


def program(store: str) -> dict[str, float]:
    """Start the program on a folder with the store; called in a process of its own."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(dir=Path(store).parent) as folder:
        data = Path(folder)
        shutil.copyfile(store, data / _database_name(data))
        started = time.perf_counter()
        return _run(data, started)


def _database_name(data: Path) -> str:
    from crmdesk.db.data_dir import DataDir

    return DataDir(data).database.name


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
    before, began = time.process_time(), time.perf_counter()
    while time.perf_counter() - began < IDLE_SECONDS:
        application.processEvents()
        time.sleep(0.2)
    cpu = (time.process_time() - before) / (time.perf_counter() - began) * 100
    return {"shown": shown, "ready": ready, "cpu": cpu, "mb": peak_mb()}


def _asks() -> bool:
    """Tell whether the opening page made room for the one that asks who is at the desk."""
    from PySide6.QtWidgets import QApplication, QPushButton

    from crmdesk.views.signin.opening_page import OpeningPage

    seen = [one for one in QApplication.allWidgets() if one.isVisible()]
    buttons = sum(isinstance(one, QPushButton) for one in seen)
    return buttons > LANGUAGE_BUTTONS and not any(isinstance(one, OpeningPage) for one in seen)


def _until(application: object, there: object, started: float) -> float:
    while not there():  # type: ignore[operator]
        application.processEvents()  # type: ignore[attr-defined]
        if time.perf_counter() - started > WAIT_SECONDS:
            raise RuntimeError("not there in time")
        time.sleep(0.001)
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
