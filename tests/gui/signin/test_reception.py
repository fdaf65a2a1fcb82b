"""Signing in, locking, leaving, language: the real windows over a real store."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from crmdesk.bootstrap.leaving import Leaving
from crmdesk.core.i18n import current_language
from crmdesk.core.settings_desk import LANGUAGE, LAST_STAFF, THEME
from crmdesk.core.settings_store import LOCK_MINUTES
from crmdesk.db.backup_shelf import list_backups
from crmdesk.services.settings import ChangeSettings, change_settings
from crmdesk.views.signin.begin_page import BeginPage
from crmdesk.views.signin.pin_dialog import PinDialog
from crmdesk.views.support.dialogs import tell
from crmdesk.views.support.theme import ThemeChoice
from tests.builders.begun import OWNER, PIN
from tests.gui.signin.conftest import Front, dialogs

if TYPE_CHECKING:
    from crmdesk.services.signin import SignedIn

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_signing_in_shows_the_work_and_remembers_who(front: Front) -> None:
    window = front.enter()
    assert not front.pages.window.isVisible()
    assert OWNER in window.top.badge.text()
    assert front.foundation.desk_file.get(LAST_STAFF) == str(front.foundation.person.context().actor.staff_id)
    assert front.acts() == ["store.begin", "staff.sign_in"]


def test_a_wrong_pin_is_written_down_and_said(front: Front, qtbot: QtBot) -> None:
    front.sign_in("9999")
    page = front.signin_page()
    qtbot.waitUntil(lambda: not page._problem.isHidden())
    assert page._problem.text().startswith("Wrong PIN.")
    assert front.acts() == ["store.begin", "staff.wrong_pin"]
    assert front.foundation.person.actor is None


def test_locking_hides_everything_and_the_pin_brings_it_back(front: Front, qtbot: QtBot) -> None:
    window = front.enter()
    open_dialog = tell(window, "A customer's secret", "…")
    front.workplace.lock()
    assert window.locked
    assert not dialogs()
    window.lock_screen.unlock_asked.emit("0000")
    qtbot.waitUntil(lambda: not window.lock_screen._refusal.isHidden())
    assert window.locked
    window.lock_screen.unlock_asked.emit(PIN)
    qtbot.waitUntil(lambda: not window.locked)
    assert dialogs() == [open_dialog]
    assert front.acts()[1:] == ["staff.sign_in", "staff.sign_out", "staff.wrong_pin", "staff.sign_in"]


def test_ctrl_shift_l_locks(front: Front, qtbot: QtBot) -> None:
    window = front.enter()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, CTRL_SHIFT)
    assert window.locked


def test_idle_minutes_lock_and_a_touch_begins_anew(front: Front, qtbot: QtBot) -> None:
    window = front.enter()
    idle = front.workplace._guard._idle
    qtbot.waitUntil(idle._timer.isActive)
    assert idle._timer.interval() == LOCK_MINUTES.default * 60_000
    wanted = ChangeSettings({LOCK_MINUTES.key: 3})
    front.foundation.jobs.write(
        window, lambda session, context: change_settings(session, wanted, context), lambda _values: None
    )
    qtbot.waitUntil(lambda: idle._timer.interval() == 180_000)
    idle._timer.stop()
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, press)
    assert idle._timer.isActive()
    idle.idle.emit()
    assert window.locked


def test_someone_else_signs_in_over_the_lock(front: Front, qtbot: QtBot) -> None:
    window = front.enter()
    front.workplace.lock()
    window.lock_screen.other_person_asked.emit()
    qtbot.waitUntil(front.pages.window.isVisible)
    assert not window.isVisible()
    assert front.foundation.person.actor is None
    front.sign_in()
    qtbot.waitUntil(window.isVisible)
    assert not window.locked


def test_language_and_look_change_while_working(front: Front) -> None:
    window = front.enter()
    english = window.windowTitle()
    front.workplace.speak()
    assert current_language() == "zh_CN"
    assert front.foundation.desk_file.get(LANGUAGE) == "zh_CN"
    assert window.windowTitle() != english
    assert "修改密码…" in [words for words, _act in window._person_actions]
    front.workplace.paint(ThemeChoice.DARK)
    assert front.foundation.desk_file.get(THEME) == "dark"
    assert front.look.theme is ThemeChoice.DARK
    front.workplace.paint(ThemeChoice.LIGHT)


def test_language_on_the_signin_page(front: Front) -> None:
    front.signin_page()
    front.pages.window.language_chosen.emit("zh_CN")
    page = front.signin_page()
    assert page._enter.text() == "登录"
    assert front.foundation.desk_file.get(LANGUAGE) == "zh_CN"


def pin_dialog() -> PinDialog:
    return next(one for one in dialogs() if isinstance(one, PinDialog))


def test_a_new_pin_is_taken_only_with_the_old_one(front: Front, qtbot: QtBot) -> None:
    front.enter()
    front.workplace.change_pin()
    dialog = pin_dialog()
    dialog._old.line.setText("0000")
    dialog._new.line.setText("7391")
    dialog._again.line.setText("7392")
    dialog._submit()
    assert dialog._again.problem_text() == "The two new PINs differ."
    dialog._again.line.setText("7391")
    dialog._submit()
    qtbot.waitUntil(lambda: bool(dialog._old.problem_text()))
    dialog._old.line.setText(PIN)
    dialog._submit()
    qtbot.waitUntil(lambda: not any(isinstance(one, PinDialog) for one in dialogs()))
    assert front.acts()[-1] == "staff.change_pin"


def test_after_the_first_start_one_chooses_how_to_begin(front: Front, qtbot: QtBot) -> None:
    page = front.signin_page()
    entered: list[SignedIn] = []
    front.reception._presenter.sign_in(page.person, PIN, entered.append, lambda _refused: None, lambda: None)
    qtbot.waitUntil(lambda: bool(entered))
    front.reception.greet(entered[0], offers_sample=False)
    greeting = front.pages.window.page
    assert isinstance(greeting, BeginPage)
    greeting.empty_asked.emit()
    qtbot.waitUntil(lambda: front.reception._workplace is not None and front.window.isVisible(), timeout=20_000)


def test_leaving_backs_up_what_changed(front: Front, qtbot: QtBot) -> None:
    front.enter()
    front.reception.stop()
    ended: list[bool] = []
    leaving = Leaving(front.foundation, lambda: ended.append(True))
    leaving.begin()
    qtbot.waitUntil(lambda: bool(ended))
    made = list_backups(front.foundation.house.data.backups)
    assert [one.reason for one in made if one.verified] == ["exit"]


def test_skipping_the_last_backup_is_asked_about_first(front: Front, qtbot: QtBot) -> None:
    front.enter()
    front.reception.stop()
    leaving = Leaving(front.foundation, lambda: None)
    leaving._show()
    window = leaving._window
    assert window is not None
    window._ask()
    question = dialogs()[-1]
    assert isinstance(question, QDialog)
    with qtbot.waitSignal(window.skipped):
        question.verbs()["Close without a backup"].click()  # type: ignore[attr-defined]
    assert leaving._ended


@pytest.mark.parametrize("at", [(0, 0), (5, 5)])
def test_the_window_stands_where_it_stood(front: Front, at: tuple[int, int]) -> None:
    front.signin_page()
    front.pages.window.move(QPoint(*at))
    assert front.enter().size().width() >= 640
