"""The crash report: what a defect was, in types, files and versions; never a name, number or message."""

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.version import VERSION
from crmdesk.views.support.dialogs import Kind, Question, Verb

PACKAGES = ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "reportlab", "openpyxl", "pypdfium2")
WIDTH = 640
FRAMES = 40


def report(error: BaseException) -> str:
    """Describe `error` without its messages: those may hold what customers said."""
    lines = [
        f"crmdesk {VERSION}",
        f"Python {platform.python_version()} {platform.system()} {platform.release()}",
    ]
    lines += [f"{name} {_version(name)}" for name in PACKAGES]
    for part in _chain(error):
        lines += ["", _type_name(part)]
        lines += [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in _frames(part)]
    return "\n".join(lines)


def _frames(error: BaseException) -> list[traceback.FrameSummary]:
    return list(traceback.extract_tb(error.__traceback__))[-FRAMES:]


def _chain(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or current.__context__
    return chain


def _type_name(error: BaseException) -> str:
    kind = type(error)
    return f"{kind.__module__}.{kind.__qualname__}"


def _short(path: str) -> str:
    # The folders above the package may hold the person's name.
    parts = Path(path).parts
    for root in ("crmdesk", "site-packages", "tests"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return parts[-1] if parts else path


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"


def show(parent: QWidget | None, error: BaseException) -> Question:
    """Show the report with a button that copies it."""
    text = report(error)
    question = Question(
        parent,
        gettext("The program made a mistake"),
        gettext(
            "Your data is safe: what was saved stays saved. "
            "Please send this report to support; it holds no customer data."
        ),
    )
    question.setMinimumWidth(WIDTH)
    view = QPlainTextEdit(text)
    view.setReadOnly(True)
    view.setTabChangesFocus(True)
    view.setAccessibleName(gettext("Crash report"))
    question.add(view)
    question.add_verb(Verb(gettext("Close")))
    question.add_verb(
        Verb(gettext("Copy report"), lambda: QGuiApplication.clipboard().setText(text), Kind.PRIMARY), closes=False
    )
    question.open()
    return question


class CrashGuard(QObject):
    """Catches what nobody caught, in the GUI thread and in all others, and shows the report."""

    _raised = Signal(object)

    def __init__(self, log: Callable[[str], None], parent: QObject | None = None) -> None:
        """Write each report to `log` too; call `install` when the window is there."""
        super().__init__(parent)
        self._log = log
        self._shown: Question | None = None
        self._raised.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over Python's hooks."""
        sys.excepthook = self._caught
        threading.excepthook = lambda args: self._take(args.exc_value)

    def _caught(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        self._take(error)

    def _take(self, error: BaseException | None) -> None:
        if error is None or isinstance(error, KeyboardInterrupt):
            return
        self._log(report(error))
        self._raised.emit(error)

    def _show(self, error: BaseException) -> None:
        if self._shown is None:  # one report at a time: a defect in painting comes sixty times a second
            self._shown = show(None, error)
            self._shown.finished.connect(self._closed)

    def _closed(self) -> None:
        self._shown = None
