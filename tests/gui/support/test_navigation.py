"""Navigator and screens: history, openers, commands, stale screens, leaving unsaved work."""

from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from crmdesk.core.i18n import mark
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.topics import Topic
from crmdesk.views.support import screen_keys
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import Question
from crmdesk.views.support.navigator import Navigator, UnknownNameError
from crmdesk.views.support.screen import Screen


class Page(Screen):
    topics = frozenset({Topic.LOANERS})

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk)
        self.name = name
        self.reloads = 0
        self.refs: list[EntityRef] = []
        self.unsaved = False
        self.done: list[str] = []

    @override
    def title(self) -> str:
        return self.name

    @override
    def reload(self) -> None:
        self.reloads += 1

    @override
    def open_ref(self, ref: EntityRef) -> None:
        self.refs.append(ref)

    @override
    def can_leave(self) -> bool:
        return not self.unsaved

    @override
    def start_new(self) -> None:
        self.done.append("new")

    @override
    def can_print(self) -> bool:
        return True

    @override
    def print_paper(self) -> None:
        self.done.append("print")


class Window(QMainWindow):
    """As much of a window as navigation needs."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.pages = {name: Page(desk, name) for name in ("today", "loaners", "member")}
        for name, page in self.pages.items():
            self.stack.addWidget(page)
            desk.navigator.register_section(name, partial(self.pages.__getitem__, name))
        desk.navigator.screen_changed.connect(self.stack.setCurrentWidget)
        desk.navigator.install(self)
        screen_keys.install(self, self.current)

    def current(self) -> Page:
        page = self.stack.currentWidget()
        if not isinstance(page, Page):
            raise TypeError(page)
        return page


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Window:
    window = Window(desk)
    qtbot.addWidget(window)
    window.show()
    desk.navigator.go("today")
    qtbot.waitUntil(lambda: window.pages["today"].reloads == 1)
    return window


def shown(window: Window) -> str:
    return window.current().name


def test_history_remembers_screens_and_things(window: Window, desk: Desk) -> None:
    ref = EntityRef(EntityKind.MEMBER, 2**62 + 1)
    told: list[tuple[bool, bool]] = []
    desk.navigator.history_changed.connect(lambda back, forward: told.append((back, forward)))
    desk.navigator.register_opener(EntityKind.MEMBER, lambda wanted: desk.navigator.go("member", wanted))
    desk.navigator.go("loaners")
    desk.navigator.open(ref)
    assert shown(window) == "member"
    assert window.pages["member"].refs == [ref]
    desk.navigator.back()
    assert shown(window) == "loaners"
    desk.navigator.back()
    assert shown(window) == "today"
    desk.navigator.back()
    desk.navigator.forward()
    desk.navigator.forward()
    assert shown(window) == "member"
    assert window.pages["member"].refs == [ref, ref]
    assert told == [(True, False), (True, False), (True, True), (False, True), (True, True), (True, False)]


def test_going_elsewhere_forgets_the_way_forward(window: Window, desk: Desk) -> None:
    desk.navigator.go("loaners")
    desk.navigator.back()
    desk.navigator.go("member")
    desk.navigator.forward()
    assert shown(window) == "member"
    desk.navigator.back()
    assert shown(window) == "today"


def test_keys_of_the_window(window: Window, desk: Desk, qtbot: QtBot) -> None:
    ran: list[str] = []
    desk.navigator.register_command("service.new", mark("New repair"), "Ctrl+Shift+R", lambda: ran.append("new"))
    desk.navigator.go("loaners")
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown(window) == "today"
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert ran == ["new"]
    before = window.pages["today"].reloads
    QTest.keyClick(window, Qt.Key.Key_F5)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)  # nothing to export here
    assert window.pages["today"].reloads == before + 1
    assert window.pages["today"].done == ["new", "print"]


def test_commands_are_listed_and_take_arguments(desk: Desk) -> None:
    seen: list[dict[str, object]] = []
    desk.navigator.register_command("service.take_in", mark("Take in"), "", lambda **facts: seen.append(facts))
    assert [command.title() for command in desk.navigator.commands()] == ["Take in"]
    desk.navigator.run("service.take_in", member_id=7)
    assert seen == [{"member_id": 7}]


def test_unknown_names_are_defects(desk: Desk) -> None:
    with pytest.raises(UnknownNameError):
        desk.navigator.go("nowhere")
    with pytest.raises(UnknownNameError):
        desk.navigator.run("nothing")
    with pytest.raises(UnknownNameError):
        desk.navigator.open(EntityRef(EntityKind.CARD, 1))
    assert not desk.navigator.can_open(EntityKind.CARD)


def test_hidden_screens_turn_stale_and_reload_when_shown(window: Window, desk: Desk, qtbot: QtBot) -> None:
    today, loaners = window.pages["today"], window.pages["loaners"]
    desk.navigator.go("loaners")
    qtbot.waitUntil(lambda: loaners.reloads == 1)
    desk.bus.publish(frozenset({Topic.MEMBERS}))
    assert not today.stale
    desk.bus.publish(frozenset({Topic.LOANERS, Topic.TICKETS}))
    qtbot.waitUntil(lambda: loaners.reloads == 2)
    assert today.stale
    assert today.reloads == 1
    desk.navigator.go("today")
    qtbot.waitUntil(lambda: today.reloads == 2)
    assert not today.stale


def test_many_changes_in_one_breath_reload_once(window: Window, desk: Desk, qtbot: QtBot) -> None:
    for _ in range(5):
        desk.bus.publish(frozenset({Topic.LOANERS}))
    qtbot.wait(30)
    assert window.pages["today"].reloads == 2


def test_unsaved_work_is_asked_about(window: Window, desk: Desk) -> None:
    window.pages["today"].unsaved = True
    desk.navigator.go("loaners")
    assert shown(window) == "today"
    question = window.findChild(Question)
    assert question is not None
    question.verbs()["Stay"].click()
    assert shown(window) == "today"
    desk.navigator.go("loaners")
    leaving = [found for found in window.findChildren(Question) if found.isVisible()]
    leaving[0].verbs()["Leave"].click()
    assert shown(window) == "loaners"


def test_what_is_closed_before_its_answer_is_not_waited_for(window: Window, desk: Desk, qtbot: QtBot) -> None:
    import threading

    go_on = threading.Event()
    bar = window.pages["today"]._busy_bar
    closed = QWidget(window.pages["today"])
    desk.jobs.read(closed, lambda _session, _context: go_on.wait(5), lambda _answer: None)
    qtbot.waitUntil(bar.isVisible)
    shiboken6.delete(closed)
    assert not bar.isVisible()
    go_on.set()


def test_a_screen_shows_that_it_waits(window: Window, desk: Desk, qtbot: QtBot) -> None:
    import threading

    go_on = threading.Event()
    bar = window.pages["today"]._busy_bar
    inner = QWidget(window.pages["today"])
    desk.jobs.read(inner, lambda _session, _context: go_on.wait(5), lambda _answer: None)
    assert not bar.isVisible()
    qtbot.waitUntil(bar.isVisible)
    assert not window.pages["loaners"]._busy_bar.isVisible()
    go_on.set()
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_screens_can_be_built_anew(qtbot: QtBot) -> None:
    navigator = Navigator()
    built: list[QWidget] = []

    def build() -> QWidget:
        page = QWidget()
        qtbot.addWidget(page)
        built.append(page)
        return page

    navigator.register_section("plain", build)
    navigator.go("plain")
    navigator.go("plain")
    assert len(built) == 1
    assert navigator.forget_screens() == tuple(built)
    navigator.go("plain")
    assert len(built) == 2
