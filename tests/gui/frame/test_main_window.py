"""The window by keys: sections, search, scans, lock, toasts, language."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.core.i18n import set_language
from crmdesk.db.desk_file import DeskFile
from crmdesk.views.main_window import FrameParts, MainWindow
from crmdesk.views.support.frame.rail_button import RailButton
from crmdesk.views.support.navigator import Navigator
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.search_hits import Answer, SearchGroup, SearchHit
from tests.gui.frame.conftest import Page

CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Asked:
    """A search that answers when told to."""

    texts: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    cancelled: int = 0

    def search(self, text: str, answer: Answer) -> None:
        self.texts.append(text)
        self.answers.append(answer)

    def cancel(self) -> None:
        self.cancelled += 1

    def reply(self, *titles: str) -> None:
        hits = [SearchHit(title, ref=title, marks=((0, 1),)) for title in titles]
        self.answers[-1]([SearchGroup("Members", hits, 99), SearchGroup("Tickets", ())])


@pytest.fixture
def search(window: MainWindow) -> Asked:
    asked = Asked()
    window.set_search(asked)
    return asked


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key as the desktop delivers it: to the native window."""
    QTest.keyClick(window.windowHandle(), key, modifiers)


def page(window: MainWindow) -> Page:
    shown = window._screens.shown
    assert isinstance(shown, Page)
    return shown


def test_sections_by_key_and_back_again(window: MainWindow, navigator: Navigator) -> None:
    press(window, Qt.Key.Key_2, CTRL)
    assert page(window).name == "members"
    press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page(window).name == "today"
    assert navigator.here is not None
    assert window.rail._buttons["today"].isChecked()


def test_a_page_of_a_section_marks_its_section(window: MainWindow, navigator: Navigator) -> None:
    navigator.go("member")
    assert window.rail._buttons["members"].isChecked()


def test_a_screen_is_built_once_and_only_when_shown(window: MainWindow, navigator: Navigator) -> None:
    assert len(navigator.built_screens()) == 1
    first = page(window)
    window.go("members")
    window.go("today")
    assert page(window) is first


def test_ctrl_n_starts_the_primary_thing(window: MainWindow, started: list[str]) -> None:
    press(window, Qt.Key.Key_N, CTRL)
    QTest.mouseClick(window.top.primary, Qt.MouseButton.LeftButton)
    assert started == ["service.new", "service.new"]


def test_ctrl_k_types_into_the_search_and_enter_opens_the_first(
    window: MainWindow, search: Asked, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_K, CTRL)
    QTest.keyClicks(window.top.search, "zh")
    search.reply("Zhou", "Zhang")
    results = window.top.search.results
    assert results is not None
    assert search.texts == ["z", "zh"]
    with qtbot.waitSignal(window.hit_chosen) as seen:
        press(window, Qt.Key.Key_Return)
    assert seen.args == ["Zhou"]
    assert not window.top.search.text()
    assert window.top.search.results is None


def test_arrows_choose_another_hit(window: MainWindow, search: Asked, qtbot: QtBot) -> None:
    window.top.search.setFocus()
    QTest.keyClicks(window.top.search, "z")
    search.reply("Zhou", "Zhang")
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    with qtbot.waitSignal(window.hit_chosen) as seen:
        press(window, Qt.Key.Key_Return)
    assert seen.args == ["Zhang"]


def test_an_answer_to_an_older_question_is_not_shown(window: MainWindow, search: Asked) -> None:
    window.top.search.setFocus()
    QTest.keyClicks(window.top.search, "zh")
    search.answers[0]([SearchGroup("Members", [SearchHit("old", ref=1)])])
    assert window.top.search.results is None


def test_enter_before_the_answer_opens_when_it_comes(window: MainWindow, search: Asked, qtbot: QtBot) -> None:
    window.top.search.setFocus()
    QTest.keyClicks(window.top.search, "R-01")
    press(window, Qt.Key.Key_Return)
    with qtbot.waitSignal(window.hit_chosen) as seen:
        search.reply("R-01-261114-003")
    assert seen.args == ["R-01-261114-003"]


def test_nothing_found_is_said(window: MainWindow, search: Asked) -> None:
    window.top.search.setFocus()
    QTest.keyClicks(window.top.search, "q")
    search.answers[-1](())
    results = window.top.search.results
    assert results is not None
    assert "q" in results._nothing.text()
    press(window, Qt.Key.Key_Escape)
    assert window.top.search.results is None


def test_a_scan_on_a_page_goes_to_the_search(window: MainWindow, search: Asked, qtbot: QtBot) -> None:
    page(window).setFocus()
    for letter in "261114":
        press(window, Qt.Key(ord(letter)))
    press(window, Qt.Key.Key_Return)
    assert search.texts == ["261114"]
    assert not page(window).typed
    with qtbot.waitSignal(window.hit_chosen):
        search.reply("R-01-261114-003")


def test_a_single_key_still_reaches_the_page(window: MainWindow, search: Asked, qtbot: QtBot) -> None:
    page(window).setFocus()
    press(window, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: page(window).typed == "3")
    assert not search.texts


def test_typing_into_a_field_is_never_a_scan(window: MainWindow, search: Asked) -> None:
    page(window).field.setFocus()
    for letter in "261114":
        press(window, Qt.Key(ord(letter)))
    press(window, Qt.Key.Key_Return)
    assert page(window).field.text() == "261114"
    assert not search.texts


def test_the_question_mark_shows_keys_until_the_next_key(window: MainWindow, qtbot: QtBot) -> None:
    page(window).setFocus()
    press(window, Qt.Key.Key_Question)
    qtbot.waitUntil(window._key_sheet.isVisible)
    press(window, Qt.Key.Key_Escape)
    assert not window._key_sheet.isVisible()
    assert page(window).hasFocus()


def test_the_lock_covers_and_kills_the_keys(window: MainWindow, started: list[str], qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.lock_asked):
        press(window, Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    window.lock()
    press(window, Qt.Key.Key_N, CTRL)
    press(window, Qt.Key.Key_2, CTRL)
    assert not started
    assert page(window).name == "today"
    assert not page(window).isVisible()
    with qtbot.waitSignal(window.lock_screen.unlock_asked) as seen:
        QTest.keyClicks(window.lock_screen._pin, "1234")
        press(window, Qt.Key.Key_Return)
    assert seen.args == ["1234"]
    window.lock_screen.refuse("Wrong PIN")
    assert not window.lock_screen._pin.text()
    assert window.lock_screen._refusal.isVisible()
    window.unlock()
    press(window, Qt.Key.Key_2, CTRL)
    assert page(window).name == "members"


def test_a_toast_shows_and_its_action_acts(window: MainWindow) -> None:
    done: list[str] = []
    window.toasts.show("Saved R-01", [("Print", lambda: done.append("print")), ("Undo", lambda: done.append("undo"))])
    buttons = {button.text(): button for button in window.toasts.findChildren(Button)}
    assert window.toasts.message == "Saved R-01"
    QTest.mouseClick(buttons["Undo"], Qt.MouseButton.LeftButton)
    assert done == ["undo"]
    assert not window.toasts.message


def test_the_language_changes_without_a_restart(window: MainWindow) -> None:
    window.go("members")
    before = page(window)
    set_language("zh_CN")
    window.rebuild_screens()
    QApplication.processEvents()
    assert page(window) is not before
    assert page(window).name == "members"
    assert window.rail._buttons["members"].text() == "会员"
    assert window.top.primary.text() == "新建服务单"


def test_the_window_comes_back_where_it_stood(window: MainWindow, settings: DeskFile, qtbot: QtBot) -> None:
    window.resize(700, 600)
    window.close()
    again = MainWindow(FrameParts(Navigator(), settings, []))
    qtbot.addWidget(again)
    assert again.size().toTuple() == (700, 600)


@pytest.mark.parametrize("size", [(1366, 768), (911, 512), (683, 384)])
def test_nothing_of_the_rail_is_cut(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    QApplication.processEvents()
    for button in window.rail.findChildren(RailButton):
        assert button.height() == button.sizeHint().height()
        assert window.rail.rect().contains(button.geometry())


def test_every_control_of_the_frame_has_a_name(window: MainWindow) -> None:
    window.set_person("Zhou Min", "manager", "Wensan Road")
    reachable = [
        child
        for child in window.findChildren(QWidget)
        if child.focusPolicy() is not Qt.FocusPolicy.NoFocus and not isinstance(child.parent(), Page)
    ]
    unnamed = [
        type(child).__name__
        for child in reachable
        if not (child.accessibleName() or getattr(child, "text", str)())
        and type(child).__name__ in {"Button", "IconButton", "RailButton", "SearchField", "UserBadge", "QLineEdit"}
    ]
    assert not unnamed
