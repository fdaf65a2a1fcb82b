"""What holds for every test: nothing is written outside its folder, and nothing is left behind."""

import gc
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import hypothesis
import pytest
from sqlalchemy import event, pool

from crmdesk.core.garbage import collect_due, only_when_asked
from crmdesk.core.i18n import SOURCE_LANGUAGE, set_language
from crmdesk.migrations.schema import metadata
from crmdesk.views.support.immortal import keep_singletons_alive
from tests.builders.shop import Shop, open_shop
from tools import catalogue

SECONDS_FOR_THREADS_TO_END: Final = 5.0
QT_FIXTURES: Final = {"qapp", "qtbot"}

# Machines differ in speed; a slow one is not a wrong one.
# The suite is the short version; `CRMDESK_THOROUGH=1` tries as many examples as hypothesis itself would.
_EXAMPLES: Final = 100 if os.environ.get("CRMDESK_THOROUGH") else 50
hypothesis.settings.register_profile("suite", deadline=None, max_examples=_EXAMPLES)
hypothesis.settings.load_profile("suite")

_connections_out: set[int] = set()


def pytest_configure() -> None:
    keep_singletons_alive()
    only_when_asked()
    catalogue.build()
    metadata()  # every mapped class, as in the program: a row may point to a table that a test does not import
    event.listen(pool.Pool, "checkout", _note_checkout)
    event.listen(pool.Pool, "checkin", _note_checkin)


def _note_checkout(connection: object, _record: object, _proxy: object) -> None:
    _connections_out.add(id(connection))


def _note_checkin(connection: object, _record: object) -> None:
    _connections_out.discard(id(connection))


@pytest.fixture(autouse=True)
def _writes_go_to_tmp(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CRMDESK_DATA", str(home / "data"))
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        folder = home / name.lower()
        folder.mkdir(mode=0o700)
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(home))


@pytest.fixture(autouse=True)
def _garbage_goes_here() -> Iterator[None]:
    """Collect in the thread of the tests, as the program does: windows that die in another one take Qt with them."""
    yield
    collect_due()


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    set_language(SOURCE_LANGUAGE)


@pytest.fixture(autouse=True)
def _plain_look(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take off the look that a test put on, so that sizes in the next do not hang on the order."""
    if not QT_FIXTURES.intersection(request.fixturenames):
        yield
        return
    application = request.getfixturevalue("qapp")
    font, palette = application.font(), application.palette()
    yield
    if application.styleSheet():
        application.setStyleSheet("")
    if application.font() != font:
        application.setFont(font)
        application.setPalette(palette)


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + SECONDS_FOR_THREADS_TO_END
    left = [thread for thread in threading.enumerate() if thread not in before and not _is_foreign(thread)]
    for thread in left:
        thread.join(max(0.0, deadline - time.monotonic()))
    assert not [thread.name for thread in left if thread.is_alive()], "threads left behind"


def _is_foreign(thread: threading.Thread) -> bool:
    """Say whether Python only met the thread (Qt's own pool); it is Qt that ends those."""
    return isinstance(thread, threading._DummyThread)


@pytest.fixture(autouse=True)
def _no_connection_left() -> Iterator[None]:
    before = set(_connections_out)
    yield
    assert not _connections_out - before, "database connections (and their transactions) left open"


@pytest.fixture(autouse=True)
def _no_widget_or_timer_left(request: pytest.FixtureRequest) -> Iterator[None]:
    if not QT_FIXTURES.intersection(request.fixturenames):
        yield
        return
    request.getfixturevalue("qapp")
    before = _live_qt_objects()
    yield
    after = _live_qt_objects()
    if after.keys() - before.keys():
        gc.collect()
        after = _live_qt_objects()
    left = [after[key] for key in after.keys() - before.keys()]
    assert not left, "top-level widgets or running timers left behind"


def _live_qt_objects() -> dict[int, str]:
    """Return every top-level widget and every running timer, by identity; only tests with a window load Qt."""
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # Python's own identity changes with every look at a widget that only Qt holds.
    live = {shiboken6.getCppPointer(widget)[0]: repr(widget) for widget in QApplication.topLevelWidgets()}
    for timer in gc.get_objects():
        if type(timer) is QTimer and shiboken6.isValid(timer) and timer.isActive():
            live[shiboken6.getCppPointer(timer)[0]] = repr(timer)
    return live


@pytest.fixture
def repository() -> Path:
    """Return the root of the source tree."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Open a small real store with one person of every role; closed afterwards."""
    opened = open_shop(tmp_path)
    yield opened
    opened.close()
