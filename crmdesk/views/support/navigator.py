"""Moves between screens, keeps the history, and holds the commands that any feature can ask for by name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.refs import EntityKind, EntityRef

HISTORY_LENGTH = 50

ScreenFactory = Callable[[], QWidget]
Opener = Callable[[EntityRef], None]


class Leavable(Protocol):
    """What the navigator needs of a screen beyond being a widget."""

    def can_leave(self) -> bool:
        """Tell whether nothing would be lost by leaving now."""
        ...

    def ask_leave(self, proceed: Callable[[], None]) -> None:
        """Ask the person, and call `proceed` when she agrees."""
        ...

    def open_ref(self, ref: EntityRef) -> None:
        """Show the thing that `ref` points to."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where one can go back to: a screen by name, and the thing shown on it."""

    screen: str
    ref: EntityRef | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """Something the person can start from anywhere: by its shortcut or by its words in the search box."""

    name: str
    label: str  # msgid, made with mark()
    run: Callable[..., None] = field(compare=False)
    shortcut: str = ""

    def title(self) -> str:
        """Give the label in the current language."""
        return gettext(self.label)


class UnknownNameError(LookupError):
    """A screen, command or kind was asked for that nobody registered: a defect of the program."""


class Navigator(QObject):
    """The only way from one feature to another."""

    screen_changed = Signal(QWidget)  # the screen to show now
    history_changed = Signal(bool, bool)  # can go back, can go forward
    commands_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with nothing registered."""
        super().__init__(parent)
        self._factories: dict[str, ScreenFactory] = {}
        self._screens: dict[str, QWidget] = {}
        self._openers: dict[EntityKind, Opener] = {}
        self._commands: dict[str, Command] = {}
        self._back: list[Place] = []
        self._forward: list[Place] = []
        self._here: Place | None = None

    # -- screens ---------------------------------------------------------------------------

    def register_section(self, name: str, factory: ScreenFactory) -> None:
        """Make the screen `name` known; `factory` builds it when it is first shown.

        Sections of the rail and pages of their own (a member, an intake) are registered alike;
        the rail decides which names it lists.
        """
        self._factories[name] = factory

    def sections(self) -> tuple[str, ...]:
        """Give the registered names in their order."""
        return tuple(self._factories)

    def screen(self, name: str) -> QWidget:
        """Give the screen `name`, building it when needed.

        Raises:
            UnknownNameError: nobody registered it.
        """
        made = self._screens.get(name)
        if made is None:
            if name not in self._factories:
                raise UnknownNameError(name)
            made = self._screens[name] = self._factories[name]()
        return made

    def built_screens(self) -> tuple[QWidget, ...]:
        """Give the screens that exist so far."""
        return tuple(self._screens.values())

    def forget_screens(self) -> tuple[QWidget, ...]:
        """Drop the built screens and the history (language or person changed) and give them back for deletion."""
        dropped = self.built_screens()
        self._screens.clear()
        self._back.clear()
        self._forward.clear()
        self._here = None
        self._tell_history()
        return dropped

    @property
    def here(self) -> Place | None:
        """The place that is shown."""
        return self._here

    def go(self, section: str, ref: EntityRef | None = None) -> None:
        """Show a screen, and on it the thing `ref`; asks first when the current one holds unsaved work."""
        self._leave_then(lambda: self._visit(Place(section, ref)))

    def _leave_then(self, proceed: Callable[[], None]) -> None:
        current: Leavable | None = self._screens.get(self._here.screen) if self._here else None  # type: ignore[assignment]
        if current is None or not hasattr(current, "can_leave") or current.can_leave():
            proceed()
        else:
            current.ask_leave(proceed)

    def _visit(self, place: Place) -> None:
        if self._here is not None and self._here != place:
            self._back.append(self._here)
            del self._back[:-HISTORY_LENGTH]
            self._forward.clear()
        self._show(place)

    def _show(self, place: Place) -> None:
        screen = self.screen(place.screen)
        self._here = place
        self.screen_changed.emit(screen)
        if place.ref is not None:
            opened: Leavable = screen  # type: ignore[assignment]
            opened.open_ref(place.ref)
        self._tell_history()

    # -- history ---------------------------------------------------------------------------

    def back(self) -> None:
        """Go to the place before this one."""
        if self._back:
            self._leave_then(lambda: self._step(self._back, self._forward))

    def forward(self) -> None:
        """Go to the place that `back` left."""
        if self._forward:
            self._leave_then(lambda: self._step(self._forward, self._back))

    def _step(self, source: list[Place], target: list[Place]) -> None:
        if self._here is not None:
            target.append(self._here)
        self._show(source.pop())

    def _tell_history(self) -> None:
        self.history_changed.emit(bool(self._back), bool(self._forward))

    # -- things ----------------------------------------------------------------------------

    def register_opener(self, kind: EntityKind, opener: Opener) -> None:
        """Say who shows things of `kind`; usually ``lambda ref: navigator.go("member", ref)``."""
        self._openers[kind] = opener

    def can_open(self, kind: EntityKind) -> bool:
        """Tell whether things of `kind` have a page."""
        return kind in self._openers

    def open(self, ref: EntityRef) -> None:
        """Show the thing `ref` on the page of its kind.

        Raises:
            UnknownNameError: the kind has no page.
        """
        if ref.kind not in self._openers:
            raise UnknownNameError(ref.kind)
        self._openers[ref.kind](ref)

    # -- commands --------------------------------------------------------------------------

    def register_command(self, name: str, label: str, shortcut: str, run: Callable[..., None]) -> None:
        """Make the command `name` known.

        Args:
            name: as other features call it, ``"service.new_repair"``.
            label: msgid made with ``mark``; listed by the search box.
            shortcut: portable text such as ``Ctrl+Shift+R``, or empty.
            run: called without arguments from shortcut and search box, with keywords by other features.
        """
        self._commands[name] = Command(name, label, run, shortcut)
        self.commands_changed.emit()

    def commands(self) -> tuple[Command, ...]:
        """Give all commands in the order of their registration."""
        return tuple(self._commands.values())

    def run(self, name: str, **arguments: object) -> None:
        """Carry out a command.

        Raises:
            UnknownNameError: nobody registered it.
        """
        if name not in self._commands:
            raise UnknownNameError(name)
        self._commands[name].run(**arguments)

    def install(self, window: QWidget) -> None:
        """Give `window` the shortcuts of the commands and Alt+Left/Right; call once, later commands follow."""
        shortcuts = _WindowShortcuts(self, window)
        self.commands_changed.connect(shortcuts.renew)
        shortcuts.renew()


class _WindowShortcuts(QObject):
    """The actions of one window that carry the commands' shortcuts."""

    def __init__(self, navigator: Navigator, window: QWidget) -> None:
        super().__init__(window)
        self._navigator = navigator
        self._window = window
        self._known: set[str] = set()
        self._add("Alt+Left", navigator.back)
        self._add("Alt+Right", navigator.forward)

    def renew(self) -> None:
        """Add what was registered since the last time."""
        for command in self._navigator.commands():
            if command.shortcut and command.name not in self._known:
                self._known.add(command.name)
                self._add(command.shortcut, partial(self._navigator.run, command.name))

    def _add(self, shortcut: str, run: Callable[[], None]) -> None:
        action = QAction(self._window)
        action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(lambda _checked=False: run())
        self._window.addAction(action)
