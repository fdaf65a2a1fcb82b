"""The call run in the lowest window: the outcome can be saved while a complaint is offered."""

from PySide6.QtCore import QPoint, QRect, Qt

from crmdesk.core.care import CallbackReason
from tests.builders.calls import add_customer, call_for
from tests.gui.care.conftest import CareDesk

KEY = Qt.Key


def test_the_save_button_stays_in_sight_while_a_complaint_is_offered(care: CareDesk) -> None:
    call_for(care.shop, add_customer(care.shop), CallbackReason.AFTER_REPAIR, subject="wheel")
    call_for(care.shop, add_customer(care.shop, "王芳", "13905719999"))
    care.start()
    care.window.resize(1100, 736 - 60)  # the frame takes the rest
    care.press(KEY.Key_3)
    assert "complaint ticket is offered" in care.run.outcomes._next.text()
    care.type("squeaks again")
    care.press(KEY.Key_Return)
    assert care.run.offer.isVisible()
    assert "offered" not in care.toasts.texts[-1]
    care.press(KEY.Key_0)
    save = care.run.outcomes.save
    assert care.window.height() == 736 - 60
    place = QRect(save.mapTo(care.window, QPoint(0, 0)), save.size())
    assert care.window.rect().contains(place)
    assert save.visibleRegion().boundingRect().size() == save.size()
    chosen = next(one for one in care.run.outcomes._buttons.values() if one.isChecked())
    assert chosen.visibleRegion().boundingRect().height() == chosen.height()
