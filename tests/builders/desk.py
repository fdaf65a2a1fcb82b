"""A desk for screens in tests: real database, real jobs; toasts and papers are kept instead of shown."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.core.context import Context
from crmdesk.core.papers import GivenOut
from crmdesk.core.roles import Role
from crmdesk.db.desk_file import DeskFile
from crmdesk.db.photo_store import PhotoStore
from crmdesk.services.unit import perform
from crmdesk.views.support import errors
from crmdesk.views.support.bus import Bus
from crmdesk.views.support.desk import Desk, Note, ToastAction
from crmdesk.views.support.drafts import Drafts
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.navigator import Navigator
from tests.builders.shop import Shop


@dataclass
class Person:
    """Who is signed in; the role can be changed."""

    shop: Shop
    role: Role = Role.CLERK

    def context(self) -> Context:
        """Give the surroundings of the person."""
        return self.shop.context(self.role)


@dataclass
class Toasts:
    """Toasts, kept."""

    texts: list[str] = field(default_factory=list)
    actions: list[Sequence[ToastAction]] = field(default_factory=list)

    def show(self, text: str, actions: Sequence[ToastAction] = ()) -> None:
        """Keep the text and what can be done."""
        self.texts.append(text)
        self.actions.append(actions)


@dataclass
class Papers:
    """Papers, rendered and kept by kind; what is printed at once is noted as a printer's paper is."""

    person: Person
    bus: Bus
    made: dict[str, bytes] = field(default_factory=dict)
    notes: dict[str, Note | None] = field(default_factory=dict)

    def preview(self, title: str, make: Callable[[], bytes], paper_kind: str, note: Note | None = None) -> None:  # noqa: ARG002
        """Render and keep."""
        self.made[paper_kind] = make()
        self.notes[paper_kind] = note

    def print_now(self, title: str, make: Callable[[], bytes], paper_kind: str, note: Note | None = None) -> None:
        """Render, keep and note."""
        self.preview(title, make, paper_kind, note)
        self.print_shown(paper_kind)

    def look(self, title: str, make: Callable[[], bytes]) -> None:
        """Render and keep."""
        self.preview(title, make, "look")

    def print_shown(self, paper_kind: str) -> None:
        """Print what the preview of this kind shows."""
        note = self.notes[paper_kind]
        if note is not None:
            out = GivenOut(self.made[paper_kind], printer="HP Tank 510")
            made = perform(self.person.shop.database, self.person.context(), lambda s, c: note(s, c, out))
            self.bus.changed.emit(made.changed)


@dataclass
class Counter:
    """A desk with one screen on it."""

    shop: Shop
    desk: Desk
    person: Person
    toasts: Toasts
    papers: Papers
    qtbot: QtBot
    opened: list[object] = field(default_factory=list)

    def show(self, screen: QWidget) -> None:
        """Show ``screen`` as large as it is in a window of 1366 × 768."""
        self.qtbot.addWidget(screen)
        screen.resize(1198, 694)
        screen.show()
        self.qtbot.waitExposed(screen)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way: an answer may ask for the next thing."""
        for _again in range(3):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(self.desk.jobs.is_idle, timeout=20_000)


@dataclass
class Room:
    """A desk without a screen, and what it keeps."""

    desk: Desk
    person: Person
    toasts: Toasts
    papers: Papers


@contextmanager
def open_room(shop: Shop, folder: Path, role: Role = Role.MANAGER) -> Iterator[Room]:
    """Build a desk whose files lie in ``folder``; its jobs are ended at the end."""
    person, toasts, bus = Person(shop, role), Toasts(), Bus()
    papers = Papers(person, bus)
    jobs = JobRunner(shop.database, person, bus, _show)
    desk = Desk(
        jobs=jobs,
        bus=bus,
        navigator=Navigator(),
        signin=person,
        settings=DeskFile(folder / "desk.json"),
        toasts=toasts,
        papers=papers,
        clock=shop.clock,
        drafts=Drafts(folder / "drafts"),
        photos=PhotoStore(folder / "photos"),
    )
    yield Room(desk, person, toasts, papers)
    jobs.close()


@contextmanager
def open_counter(shop: Shop, folder: Path, qtbot: QtBot, role: Role = Role.MANAGER) -> Iterator[Counter]:
    """Open a desk whose files lie in ``folder``; dialogs and jobs are closed at the end."""
    with open_room(shop, folder, role) as room:
        yield Counter(shop, room.desk, room.person, room.toasts, room.papers, qtbot)
        close_dialogs()


def close_dialogs() -> None:
    """Reject every dialog that is left."""
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog):
            one.reject()


def _show(owner: QObject | None, error: Exception, retry: Callable[[], None] | None) -> None:
    errors.show(owner, error, retry)
