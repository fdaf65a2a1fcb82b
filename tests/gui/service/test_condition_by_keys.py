"""Looking at the goods again on the service page, by keys, and the gates side by side."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk.core.tickets import Gate, ItemCategory, TicketKind
from crmdesk.queries import conditions
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.services.ticket_intake import ItemFacts, TakeIn, take_in
from crmdesk.views.service.condition_compare import CompareDialog
from crmdesk.views.service.condition_dialog import ConditionDialog
from crmdesk.views.service.condition_part import ConditionPart
from tests.builders.intake import add_zhou
from tests.gui.service.conftest import Counter

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(counter: Counter, kind: type) -> list[object]:
    counter.settle()
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]


def begin(counter: Counter) -> int:
    facts = ItemFacts(ItemCategory.SUITCASE, "拉杆箱")
    marks = (MarkFacts(0.18, 0.9, "wheel_broken"),)
    request = TakeIn(TicketKind.REPAIR, add_zhou(counter.shop), "轮子断了", item=facts, marks=marks)
    ticket_id = counter.shop.do(take_in, request, counter.shop.context()).id
    counter.shop.clock.advance(timedelta(minutes=10))
    counter.open(ticket_id)
    return ticket_id


def test_the_goods_are_looked_at_again_by_keys_and_compared(counter: Counter) -> None:
    ticket_id = begin(counter)
    part = counter.screen.panel.findChild(ConditionPart)
    assert isinstance(part, ConditionPart)
    assert part.isVisibleTo(counter.screen.panel)
    part.note()
    [dialog] = opened(counter, ConditionDialog)
    assert isinstance(dialog, ConditionDialog)
    drawing = dialog.editor.drawing
    assert len(drawing.marks) == 1, "the marks of the look before"
    QTest.keyClick(drawing, Qt.Key.Key_D)
    for _step in range(10):
        QTest.keyClick(drawing, Qt.Key.Key_Right)
    dialog.gate.set_value(Gate.FROM_HEAD_OFFICE)
    QTest.keyClick(drawing, Qt.Key.Key_Return, CTRL)
    assert opened(counter, ConditionDialog) == []
    with counter.shop.reading() as session:
        sheets = conditions.of_ticket(session, ticket_id)
    assert [one.gate for one in sheets.made] == [Gate.INTAKE, Gate.FROM_HEAD_OFFICE]
    assert [mark.new for mark in sheets.gates[2].marks] == [False, True]
    part.compare()
    [side_by_side] = opened(counter, CompareDialog)
    assert isinstance(side_by_side, CompareDialog)
    assert [gate.sheet.skipped for gate in side_by_side.gates] == [False, True, False, False]
    assert not any(gate.photos.isVisibleTo(side_by_side) for gate in side_by_side.gates), "no photos, no strip"
    side_by_side.close()


def test_another_page_opens_the_look_with_its_command(counter: Counter) -> None:
    ticket_id = begin(counter)
    counter.desk.navigator.run("service.condition", ticket_id=ticket_id)
    [dialog] = opened(counter, ConditionDialog)
    assert isinstance(dialog, ConditionDialog)
    dialog.reject()
    counter.desk.navigator.run("service.condition")
    assert opened(counter, ConditionDialog) == []
