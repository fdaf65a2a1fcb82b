"""The search box in the main window, as hands use it: from the press of a key until its answer is painted.

The program itself runs on a copy of the bench store; keys go in one by one, Chinese as an input method gives it.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from tests.bench.row import BenchRow, Ctx, in_own_process, timing
from tests.bench.start import SETTLE_SECONDS, _asks, _pass, _sign_in, _until

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QApplication

    from crmdesk.bootstrap.program import Program
    from crmdesk.db.data_dir import DataDir
    from crmdesk.views.main_window import MainWindow
    from crmdesk.views.support.widgets.search_hits import Answer, SearchGroup, SearchProvider

TEXTS = 6  # of each kind
REACH = "p95 ≤ 50 ms; typing never waits; older queries are cancelled"
BETWEEN_KEYS = 0.08
SETTLED_SECONDS = 0.3
WAIT_SECONDS = 30


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give the time to the painted answer, and what happens when nobody waits for answers."""
    found = in_own_process("tests.bench.search_keys:typed", str(ctx.store())).value
    for kind, times in found["painted"].items():
        yield BenchRow(f"search box, {kind}: key press → results painted", timing(times), reach=REACH)
    every = [one for times in found["painted"].values() for one in times]
    yield BenchRow(
        "search box, every kind: key press → results painted",
        timing(every),
        reach=REACH,
        note=f"{len(every)} keys; pinyin, phones, Chinese, numbers; longest {max(every):.1f} ms",
    )
    burst = found["burst"]
    yield BenchRow(
        "search box: a key while older questions run, until the next is taken",
        timing(burst["keys"]),
        reach=REACH,
        note=(
            f"{burst['asked']} asked without a pause, {burst['asked'] - burst['answered']} older ones cancelled, "
            f"{burst['stale']} answers to older text shown; last key → painted {median(burst['last']):.1f} ms"
        ),
    )


def typed(store: str) -> dict[str, object]:
    """Type into the running program; called in a process of its own."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from crmdesk.core.clock import SystemClock
    from crmdesk.db.data_dir import DataDir
    from crmdesk.db.health import note_checked
    from tests.bench.search import _kinds, _people

    texts = _kinds(_people(Path(store)))
    with tempfile.TemporaryDirectory(dir=Path(store).parent) as folder:
        data = DataDir(Path(folder))
        shutil.copyfile(store, data.database)
        with data.database.open("r+b") as file:
            os.fsync(file.fileno())
        note_checked(data, SystemClock().now())  # the check of the whole file, once a day, is not typing
        hand = Hand(*_opened(data))
        hand.warm_up("l")
        painted = {kind: hand.one_by_one(some[:TEXTS]) for kind, some in texts.items()}
        return {"painted": painted, "burst": hand.burst([some[0] for some in texts.values()])}


def _opened(data: "DataDir") -> "tuple[QApplication, MainWindow, Program]":
    from PySide6.QtWidgets import QApplication

    from crmdesk.bootstrap.program import Program
    from crmdesk.views.main_window import MainWindow
    from crmdesk.views.support.immortal import keep_singletons_alive

    keep_singletons_alive()
    application = QApplication(["crmdesk"])
    application.setQuitOnLastWindowClosed(False)
    running = Program(application, data, data)
    running.start()
    started = time.perf_counter()
    _until(application, _asks, started)
    _sign_in(application, started)
    _pass(application, SETTLE_SECONDS)
    return application, next(one for one in application.topLevelWidgets() if isinstance(one, MainWindow)), running


class Hand:
    """Types into the search box and watches what is painted."""

    def __init__(self, application: "QApplication", window: "MainWindow", running: "Program") -> None:
        """Take the open window; its own provider answers, counted on the way."""
        self._running = running  # lives as long as its window is used
        self._application = application
        self._window = window
        self._field = window.top.search
        window.activateWindow()
        self._field.setFocus()
        self._counter = Counter(self._field)
        self._field.set_provider(self._counter)

    def warm_up(self, text: str) -> None:
        """Let the list of hits be built and painted for the first time."""
        self._press(text)
        self._wait_for(text, time.perf_counter())
        self._clear()

    def one_by_one(self, texts: list[str]) -> list[float]:
        """Type each text, a key after the answer to the one before; milliseconds of each key."""
        times = []
        for text in texts:
            for place, letter in enumerate(text):
                started = time.perf_counter()
                self._press(letter)
                if text[: place + 1].strip() != text[:place].strip():  # a blank asks nothing new
                    times.append(self._wait_for(text[: place + 1].strip(), started))
                _pass(self._application, BETWEEN_KEYS)
            self._clear()
        return times

    def burst(self, texts: list[str]) -> dict[str, object]:
        """Type each text without waiting for any answer."""
        keys, last = [], []
        self._counter.asked = self._counter.answered = self._counter.stale = 0
        for text in texts:
            started = time.perf_counter()
            for letter in text:
                started = time.perf_counter()
                self._press(letter)
                keys.append((time.perf_counter() - started) * 1000)
            last.append(self._wait_for(text.strip(), started))
            self._clear()
        counted = self._counter
        told = {"asked": counted.asked, "answered": counted.answered, "stale": counted.stale}
        return {"keys": keys, "last": last, **told}

    def _press(self, letter: str) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QInputMethodEvent
        from PySide6.QtTest import QTest

        if letter.isascii():
            QTest.keyClick(self._window.windowHandle(), Qt.Key(ord(letter.upper())))
            return
        event = QInputMethodEvent("", [])
        event.setCommitString(letter)
        self._application.sendEvent(self._field, event)

    def _wait_for(self, text: str, started: float) -> float:
        return _until_now(self._application, lambda: self._counter.painted == text, started)

    def _clear(self) -> None:
        self._field.clear()
        self._field.close_results()
        _pass(self._application, SETTLED_SECONDS)


class Counter:
    """Stands between the box and its provider: counts, and watches the list of hits being painted.

    `painted` is the text whose answer the list showed when it was painted last; painting has ended when the event
    loop comes back.
    """

    def __init__(self, field: Any) -> None:  # noqa: ANN401 - the widget is only there in the process that types
        """Take the box, whose provider is asked on."""
        from PySide6.QtCore import QEvent, QObject

        self.asked = self.answered = self.stale = 0
        self.painted = self._shown = ""
        self._field = field
        self._provider: SearchProvider = field._provider  # what the program itself set
        counter = self

        class Watch(QObject):
            @override
            def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
                if event.type() is QEvent.Type.Paint:
                    counter.painted = counter._shown
                return False

        self._watch = Watch()
        self._watched: set[object] = set()

    def search(self, text: str, answer: "Answer") -> None:
        """Ask on, and count."""
        self.asked += 1
        self._provider.search(text, lambda groups: self._answer(text, answer, groups))

    def cancel(self) -> None:
        """Forget the running search."""
        self._provider.cancel()

    def _answer(self, text: str, answer: "Answer", groups: "Sequence[SearchGroup]") -> None:
        self.answered += 1
        self.stale += text != self._field.text().strip()
        answer(groups)
        self._shown = text
        self._watch_list()

    def _watch_list(self) -> None:
        from PySide6.QtWidgets import QWidget

        popup = self._field.results
        if popup is not None and popup not in self._watched:
            self._watched.add(popup)
            for part in (popup, *popup.findChildren(QWidget)):
                part.installEventFilter(self._watch)


def _until_now(application: "QApplication", there: Callable[[], bool], started: float) -> float:
    """Run the event loop until ``there``; give the milliseconds since ``started``."""
    while not there():
        application.processEvents()
        if time.perf_counter() - started > WAIT_SECONDS:
            raise RuntimeError("no answer was painted")
        time.sleep(0.0002)
    return (time.perf_counter() - started) * 1000
