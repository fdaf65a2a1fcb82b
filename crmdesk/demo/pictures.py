"""Pictures of every screen: the real program, without a display, on a copy of the demonstration store."""

import json
import logging
import os
import shutil
import sys
import tempfile
from contextlib import chdir
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from crmdesk.core.clock import FixedClock
from crmdesk.core.settings_desk import DESK_NAME, LANGUAGE, LAST_STAFF, TEXT_PERCENT, THEME
from crmdesk.db.data_dir import DataDir
from crmdesk.db.desk_file import DeskFile
from crmdesk.db.files import read_json_object
from crmdesk.demo.day import REPORT
from crmdesk.demo.day_files import write_ugly_workbook
from crmdesk.demo.shop import COUNTER
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
        out: folder of a demonstration, with ``store``.
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
    os.environ["QT_QPA_PLATFORM"] = screen_of(plan.size)
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from crmdesk.views.support.immortal import keep_singletons_alive

    keep_singletons_alive()
    qInstallMessageHandler(_hear)
    logging.getLogger("crmdesk").addHandler(logging.NullHandler())
    application = QApplication(["crmdesk"])
    application.setQuitOnLastWindowClosed(False)
    plan.target.mkdir(parents=True, exist_ok=True)
    plan = replace(plan, out=plan.out.resolve(), target=plan.target.resolve())
    # Folders are seen on two pages; named from here they are the same on every computer.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, chdir(name):
        return _Round(plan, application).go()


def screen_of(size: tuple[int, int]) -> str:
    """Give the name for Qt of a screen that is not there, as large as the window, so that dialogs keep inside it."""
    scale = float(os.environ.get("QT_SCALE_FACTOR", "1"))
    width, height = (round(side * scale) for side in size)  # Qt divides the screen by the scale, too
    screen = {"name": "pictures", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
    path = Path(tempfile.gettempdir()) / f"crmdesk-screen-{width}x{height}.json"
    path.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    return f"offscreen:configfile={path}"


def _hear(_kind: object, _context: object, message: str) -> None:
    """Pass on what Qt says, except that a screen that is not there cannot raise windows."""
    if not message.startswith("This plugin does not support"):
        sys.stderr.write(f"{message}\n")


def moment_of(out: Path) -> datetime:
    """Give the moment at which the day of a kept demonstration ended.

    Raises:
        OSError: there is none.
    """
    said = read_json_object(out / REPORT)
    if said is None:
        raise FileNotFoundError(str(out / REPORT))
    return datetime.fromisoformat(str(said["moment"]))


class _Round:
    """Three starts of the program: into nothing, into a lost file, into the store."""

    def __init__(self, plan: PicturePlan, application: "QApplication") -> None:
        self._plan = plan
        self._application = application
        self._files: list[Path] = []
        self._missed: dict[str, str] = {}
        self._number = 0

    def go(self) -> Taken:
        from crmdesk.demo.scenes import MANAGER, Scenes, start_page
        from crmdesk.demo.walk import Stop

        fresh, lost, store = (DataDir(Path(name)) for name in ("crmdesk", "crmdesk-data", "store"))
        self._start(fresh, [Stop("first-start", lambda: start_page("FirstStartPage"))])
        lost.prepare()
        lost.set_mark(self._plan.moment)
        self._start(lost, [Stop("recovery", lambda: start_page("RecoveryPage"))])
        _copy(self._plan.out / "store", store.root)
        things, people = things_of(store.database), people_of(store.database)
        DeskFile(store.desk_file).put(LAST_STAFF, str(people[MANAGER]))
        # A list that the store does not know yet, so that the last step has something to show.
        ugly = write_ugly_workbook(Path("会员登记表.xlsx"), Random(1), 300)  # noqa: S311 - no secret
        scenes = Scenes(things, people, ugly, self._plan.size)
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
        desk.put(DESK_NAME, COUNTER)
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
        for there in (source / name).rglob("*") if (source / name).is_dir() else [source / name]:
            if there.is_file():
                copied = target / there.relative_to(source)
                copied.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(there, copied)
