"""A known member's repair with a loaner, typed at a clerk's pace until slip and agreement are there as PDF."""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from crmdesk.core.roles import Role
from tests.bench.row import BenchRow, Ctx, in_own_process, timing

KEYS_A_SECOND: Final = 6
# Through an input method: the sound's letters and the choice, taken together for a character.
KEYS_A_CHARACTER: Final = 4
WORDS: Final = "机场托运后左前轮断裂，无法拖行，客人周五出差要用。"
PAPERS: Final = frozenset({"service_slip", "loan_agreement"})
_MOST_S: Final = 20


def rows(_ctx: Ctx) -> Iterator[BenchRow]:
    """Give the whole time, and how long the clerk waited for the program in it."""
    found = in_own_process("tests.bench.intake:typed").value
    keys, letters = found["keys"], found["letters"]
    note = (
        f"{found['whole'] / 1000:.1f} s: {keys} keys and {letters} strokes of text, "
        f"{KEYS_A_SECOND} a second, {KEYS_A_CHARACTER} strokes a Chinese character"
    )
    yield BenchRow(
        "intake: known member, repair, loaner, until the slip", timing([found["whole"]]), {},
        reach="≤ 60 s and ≤ 12 key presses beyond text", note=note,
    )  # fmt: skip
    waited = timing([found["last"]])
    yield BenchRow("intake: from Ctrl+Enter to both papers as PDF", waited, note="saved on disk before")


def typed() -> dict[str, Any]:
    """Type it once in a new store; called in a process of its own."""
    from PySide6.QtWidgets import QApplication

    from crmdesk.views.support.immortal import keep_singletons_alive
    from tests.builders.intake import add_zhou
    from tests.builders.look import dressed
    from tests.builders.shop import open_shop
    from tools import catalogue

    catalogue.build()
    keep_singletons_alive()
    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as name:
        shop = open_shop(Path(name))
        add_zhou(shop)
        with dressed(application):  # type: ignore[arg-type] # this is the one with windows
            found = _at_the_counter(shop, Path(name))
        shop.close()
    return found


def _at_the_counter(shop: Any, folder: Path) -> dict[str, Any]:  # noqa: ANN401 - builders load Qt
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from crmdesk.core.tickets import TicketKind
    from crmdesk.views.service.intake_feature import PAGE, install_intake
    from tests.builders.desk import open_room

    with open_room(shop, folder, Role.CLERK) as room:
        install_intake(room.desk)
        room.desk.navigator.go(PAGE)
        page: Any = room.desk.navigator.screen(PAGE)
        window = QWidget()
        QVBoxLayout(window).addWidget(page)
        room.desk.navigator.install(window)
        window.resize(1198, 694)
        window.show()
        window.activateWindow()
        page.begin(TicketKind.REPAIR)
        clerk = _Clerk(room)
        clerk.wait()
        found = clerk.take_in(page)
        window.deleteLater()
    return found


class _Clerk:
    """Presses keys at an even pace, whatever the program does meanwhile."""

    def __init__(self, room: Any) -> None:  # noqa: ANN401 - a desk without a screen
        self._room = room
        self._keys = self._letters = 0
        self._next = time.perf_counter()

    def take_in(self, page: Any) -> dict[str, Any]:  # noqa: ANN401 - the intake page
        """Do it all; give keys, strokes and milliseconds."""
        from PySide6.QtCore import Qt

        from tests.builders.intake import PHONE

        key, held = Qt.Key, Qt.KeyboardModifier
        self._next = started = time.perf_counter()
        self._type(PHONE)
        self._until(lambda: page.form.person.known is not None)  # she looks whether it is the right person
        for one in (key.Key_Tab, key.Key_Down, key.Key_Tab, key.Key_Tab, key.Key_2):
            self._press(one)
        self._press(key.Key_W, held.AltModifier)
        self._type(WORDS)
        # She reads the offer before she takes it, and sees that it is taken.
        self._until(lambda: page.form.loaner.chosen() is not None and self._room.desk.jobs.is_idle())
        self._press(key.Key_L, held.ControlModifier)
        self._until(lambda: page.form.loaner.lending and self._room.desk.jobs.is_idle())
        self._press(key.Key_Return, held.ControlModifier)
        sent = time.perf_counter()
        self._until(lambda: set(self._room.papers.made) >= PAPERS)
        ended = time.perf_counter()
        spent = {"whole": (ended - started) * 1000, "last": (ended - sent) * 1000}
        return {"keys": self._keys, "letters": self._letters, **spent}

    def wait(self) -> None:
        """Let the program work for a moment."""
        from PySide6.QtTest import QTest

        QTest.qWait(2)

    def _until(self, there: Callable[[], bool]) -> None:
        started = time.perf_counter()
        while not there():
            self.wait()
            if time.perf_counter() - started > _MOST_S:
                raise RuntimeError(f"not there in {_MOST_S} s; papers: {sorted(self._room.papers.made)}")
        self._next = max(self._next, time.perf_counter())

    def _beat(self) -> None:
        self._next += 1 / KEYS_A_SECOND
        while time.perf_counter() < self._next:
            self.wait()

    def _press(self, key: Any, held: Any = None) -> None:  # noqa: ANN401 - Qt's own
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        self._beat()
        self._keys += 1
        QTest.keyClick(_focused(), key, held or Qt.KeyboardModifier.NoModifier)

    def _type(self, text: str) -> None:
        from PySide6.QtGui import QInputMethodEvent
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        for letter in text:
            for _ in range(1 if letter.isascii() else KEYS_A_CHARACTER):
                self._letters += 1
                self._beat()
            if letter.isascii():
                QTest.keyClicks(_focused(), letter)
            else:
                committed = QInputMethodEvent()
                committed.setCommitString(letter)
                QApplication.sendEvent(_focused(), committed)


def _focused() -> Any:  # noqa: ANN401 - Qt's own
    from PySide6.QtWidgets import QApplication

    found = QApplication.focusWidget()
    if found is None:
        raise RuntimeError("nothing has the focus")
    return found
