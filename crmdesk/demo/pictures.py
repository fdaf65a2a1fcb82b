"""Pictures of every screen: the real program, without a display, on a copy of the demonstration store."""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmdesk.core.clock import FixedClock
from crmdesk.core.settings_desk import LANGUAGE, TEXT_PERCENT, THEME
from crmdesk.db.data_dir import DataDir
from crmdesk.db.desk_file import DeskFile
from crmdesk.demo.day_desk import LISTS
from crmdesk.demo.things import people_of, things_of

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from crmdesk.demo.walk import Stop

SIZE: Final = (1366, 768)
_COPIED: Final = ("crmdesk.db", "desk.json", "store.json", "sample.json", "photos")


@dataclass(frozen=True, slots=True)
class PicturePlan:
    """What to take.

    Attributes:
        out: folder of a demonstration, with ``store`` and ``lists``.
        target: where the pictures go.
        moment: at which the store's clock stands.
        language: of the screens.
        theme: light or dark.
        size: of the window, in logical pixels.
        suffix: behind each name.
        only: part of the names wanted.
    """

    out: Path
    target: Path
    moment: datetime
    language: str
    theme: str = "light"
    size: tuple[int, int] = SIZE
    suffix: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The pictures that were taken, and which were not, each with the reason."""

    files: tuple[Path, ...]
    missed: dict[str, str]


def take_all(plan: PicturePlan) -> Taken:
    """Walk through the whole program and take a picture at every stop; once in a process.

    Raises:
        StorageTroubleError: the copy of the store cannot be opened.
        OSError: a picture cannot be written.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from crmdesk.views.support.immortal import keep_singletons_alive

    keep_singletons_alive()
    application = QApplication(["crmdesk"])
    application.setQuitOnLastWindowClosed(False)
    plan.target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="crmdesk-pictures-", ignore_cleanup_errors=True) as name:
        return _Round(plan, application, Path(name)).go()


class _Round:
    """Three starts of the program: into nothing, into a lost file, into the store."""

    def __init__(self, plan: PicturePlan, application: "QApplication", work: Path) -> None:
        self._plan = plan
        self._application = application
        self._work = work
        self._files: list[Path] = []
        self._missed: dict[str, str] = {}
        self._number = 0

    def go(self) -> Taken:
        from crmdesk.demo.scenes import Scenes, start_page
        from crmdesk.demo.walk import Stop

        fresh, lost, store = (DataDir(self._work / name) for name in ("fresh", "lost", "store"))
        self._start(fresh, [Stop("first-start", lambda: start_page("FirstStartPage"))])
        lost.prepare()
        lost.set_mark(self._plan.moment)
        self._start(lost, [Stop("recovery", lambda: start_page("RecoveryPage"))])
        _copy(self._plan.out / "store", store.root)
        things, people = things_of(store.database), people_of(store.database)
        scenes = Scenes(things, people, self._plan.out / LISTS / "members-ugly.xlsx", self._plan.size)
        self._start(store, scenes.stops())
        return Taken(tuple(self._files), self._missed)

    def _start(self, data: DataDir, stops: "list[Stop]") -> None:
        from crmdesk.bootstrap.program import Program
        from crmdesk.bootstrap.sample import Sample
        from crmdesk.demo.walk import Walk

        data.root.mkdir(parents=True, exist_ok=True)
        desk = DeskFile(data.desk_file)
        desk.put(LANGUAGE, self._plan.language)
        desk.put(THEME, self._plan.theme)
        desk.put(TEXT_PERCENT, 100)
        program = Program(
            self._application, data, data, Sample(lambda _folder: ""), clock=FixedClock(self._plan.moment)
        )
        walk = Walk(stops, self._take, program.leave)
        program.start()
        self._resize()
        walk.start()
        self._application.exec()
        self._missed |= walk.missed
        self._clear()

    def _resize(self) -> None:
        from crmdesk.demo.walk import window

        window().resize(*self._plan.size)

    def _take(self, name: str, image: "QImage") -> None:
        self._number += 1
        if self._plan.only in name:
            path = self._plan.target / f"{self._number:02d}-{name}{self._plan.suffix}.png"
            if not image.save(str(path)):
                raise OSError(str(path))
            self._files.append(path)

    def _clear(self) -> None:
        """Take the windows down before the next start."""
        from PySide6.QtCore import QCoreApplication, QEvent

        for one in self._application.topLevelWidgets():
            one.hide()
            one.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _copy(source: Path, target: Path) -> None:
    """Copy what the program needs of a store that nobody has open."""
    target.mkdir(parents=True)
    for name in _COPIED:
        there = source / name
        act: Callable[[Path, Path], object] = shutil.copytree if there.is_dir() else shutil.copyfile
        if there.exists():
            act(there, target / name)
