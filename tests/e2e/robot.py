"""The real program with a hand inside: carries out what comes on its input, in the GUI thread, and tells the answer.

Started as ``python tests/e2e/robot.py ARGUMENTS``; each input line is an expression in which ``program`` and
``window()`` are known. Each answer is one line of JSON.
"""

import json
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from typing_extensions import override

from crmdesk.bootstrap import program as home
from crmdesk.cli.main import main
from crmdesk.views.support.field import Field


class Hand(QObject):
    """Obeys line by line."""

    heard = Signal(str)

    def __init__(self, program: home.Program) -> None:
        super().__init__(program)
        self._names = {
            "program": program,
            "window": window,
            "press": press,
            "edits": edits,
            "Path": Path,
        }
        self.heard.connect(self._obey)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self.heard.emit(line)

    def _obey(self, line: str) -> None:
        try:
            value = eval(line, self._names)  # noqa: S307 - our own tests speak here
            answer = {"value": value if isinstance(value, (bool, int, str, list, type(None))) else str(value)}
        except Exception as error:  # noqa: BLE001 - the test is told
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def window() -> QWidget | None:
    """Give the window that is seen."""
    seen = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isWindow()]
    return seen[0] if seen else None


def press(words: str) -> bool:
    """Press the button with these words in the window that is seen."""
    for top in QApplication.topLevelWidgets():
        for button in top.findChildren(QAbstractButton) if top.isVisible() else []:
            if button.text() == words and button.isVisible() and button.isEnabled():
                button.click()
                return True
    return False


def edits(label: str, text: str | None = None) -> str:
    """Type into the line with this label (mnemonic left out), or only read it."""
    top = window()
    for field in top.findChildren(Field) if top is not None else []:
        if field._label_text.replace("&", "") == label:
            for line in field.findChildren(QLineEdit):
                if text is not None:
                    line.setText(text)
                return line.text()
    raise LookupError(label)


class Watched(home.Program):
    """The program, with the hand."""

    @override
    def start(self) -> None:
        super().start()
        Hand(self)


home.Program = Watched  # type: ignore[misc]

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
