"""Callbacks are given to somebody else from the list, by keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk.core.care import CallbackReason
from crmdesk.core.roles import Role
from crmdesk.queries.callbacks import CallView
from crmdesk.views.care.give_dialog import GiveDialog
from tests.builders.calls import CLERK, add_customer, call_for, get
from tests.gui.care.conftest import CareDesk

CTRL = Qt.KeyboardModifier.ControlModifier


def dialog() -> GiveDialog:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, GiveDialog) and one.isVisible())


def test_two_selected_calls_are_given_by_keys(care: CareDesk) -> None:
    member = add_customer(care.shop)
    calls = [call_for(care.shop, member, reason) for reason in (CallbackReason.CADENCE, CallbackReason.OTHER)]
    care.open()
    care.list.view.selectAll()
    care.press(Qt.Key.Key_G, CTRL)
    shown = dialog()
    assert shown.windowTitle() == "Give 2 callbacks to …"
    QTest.keyClick(shown, Qt.Key.Key_Return, CTRL)
    assert shown.isVisible()  # nobody was chosen
    shown.person.set_value(CLERK)
    QTest.keyClick(shown, Qt.Key.Key_Return, CTRL)
    care.settle()
    assert {get(care.shop, call).owner_id for call in calls} == {CLERK}
    assert care.toasts.texts[-1].startswith("2 callbacks given to ")
    assert "Give to somebody else …" in [one.text() for one in care.list.view.menu().actions()]


def test_a_clerk_gives_none_and_what_is_done_stays(care: CareDesk) -> None:
    call_for(care.shop, add_customer(care.shop), owner_id=CLERK)
    care.person.role = Role.CLERK
    care.open()
    assert not care.list.give.isEnabled()
    care.press(Qt.Key.Key_G, CTRL)
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, GiveDialog) and one.isVisible()]
    care.person.role = Role.MANAGER
    care.list.chips.choose(CallView.TODAY.value)
    care.list.chips.choose(CallView.DONE.value)
    assert not care.list.give.isEnabled()
