"""Damage is marked on the drawing by mouse and by keys alone."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crmdesk.core.shapes import SHAPES
from crmdesk.core.tones import Tone
from crmdesk.views.support.widgets.condition_drawing import ConditionDrawing, Mark


@pytest.fixture
def drawing(qtbot: QtBot) -> ConditionDrawing:
    made = ConditionDrawing()
    made.set_shape("suitcase")
    made.resize(300, 360)
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


def test_d_adds_arrows_move_delete_removes(drawing: ConditionDrawing) -> None:
    added: list[int] = []
    drawing.mark_added.connect(added.append)
    QTest.keyClick(drawing, Qt.Key.Key_D)
    QTest.keyClick(drawing, Qt.Key.Key_D)
    QTest.keyClick(drawing, Qt.Key.Key_Left)
    assert added == [0, 1]
    assert drawing.marks[1].x < drawing.marks[0].x == 0.5
    QTest.keyClick(drawing, Qt.Key.Key_1)
    QTest.keyClick(drawing, Qt.Key.Key_Delete)
    assert len(drawing.marks) == 1
    assert drawing.marks[0].x < 0.5


def test_a_click_marks_where_it_was(drawing: ConditionDrawing) -> None:
    place = drawing._place(0.25, 0.75).toPoint()
    QTest.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=place)
    assert drawing.marks[0].x == pytest.approx(0.25, abs=0.01)
    assert drawing.marks[0].y == pytest.approx(0.75, abs=0.01)


def test_a_click_on_a_mark_chooses_it(drawing: ConditionDrawing, qtbot: QtBot) -> None:
    drawing.set_marks([Mark(0.2, 0.2), Mark(0.8, 0.8)])
    with qtbot.waitSignal(drawing.mark_chosen) as seen:
        QTest.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=drawing._place(0.8, 0.8).toPoint())
    assert seen.args == [1]
    assert len(drawing.marks) == 2


def test_marks_stay_inside_the_drawing(drawing: ConditionDrawing) -> None:
    drawing.set_marks([Mark(1.99, 0.0)])
    drawing.choose_mark(0)
    for _ in range(5):
        QTest.keyClick(drawing, Qt.Key.Key_Right)
        QTest.keyClick(drawing, Qt.Key.Key_Up)
    assert (drawing.marks[0].x, drawing.marks[0].y) == (2.0, 0.0)


def test_a_described_mark_is_read_out(drawing: ConditionDrawing) -> None:
    drawing.add_mark(0.5, 0.5)
    drawing.describe_mark(0, "left wheel broken", Tone.WARN)
    assert drawing.accessibleDescription() == "1 left wheel broken"


def test_nothing_changes_when_read_only(qtbot: QtBot) -> None:
    drawing = ConditionDrawing(read_only=True)
    drawing.resize(300, 300)
    drawing.set_marks([Mark(0.5, 0.5)])
    qtbot.addWidget(drawing)
    drawing.show()
    drawing.choose_mark(0)
    QTest.keyClick(drawing, Qt.Key.Key_D)
    QTest.keyClick(drawing, Qt.Key.Key_Delete)
    QTest.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert drawing.marks == (Mark(0.5, 0.5),)


@pytest.mark.parametrize("name", [*SHAPES, "submarine"])
def test_every_shape_paints(drawing: ConditionDrawing, name: str) -> None:
    drawing.set_shape(name)
    drawing.set_marks([Mark(0.1, 0.1, "x", tone) for tone in Tone])
    assert not drawing.grab().isNull()
