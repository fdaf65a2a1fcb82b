"""Chips, buttons, rows and cards by mouse and by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame
from pytestqt.qtbot import QtBot

from crmdesk.core.tones import Tone
from crmdesk.views.support.widgets.bar_chart import Bar, BarChart
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.card_row import CardRow
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.facts_table import Fact, FactsTable
from crmdesk.views.support.widgets.segmented import SegmentedChoice
from crmdesk.views.support.widgets.text import ShortText
from crmdesk.views.support.widgets.timeline import Event, TimeLine

VIEWS = (Chip("open", "To do", 12), Chip("late", "Late", 2, Tone.LATE), Chip("all", "All"))


@pytest.fixture
def chips(qtbot: QtBot) -> ChipBar:
    bar = ChipBar(VIEWS)
    qtbot.addWidget(bar)
    bar.show()
    return bar


def test_arrows_move_along_the_views_and_around_the_end(chips: ChipBar) -> None:
    chosen: list[str] = []
    chips.chosen.connect(chosen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(chips, key)
    assert chosen == ["late", "all", "open", "all"]


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot) -> None:
    button = Button("Import")
    qtbot.addWidget(button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert len(pressed) == 2


def test_only_the_chosen_view_is_a_tab_stop(chips: ChipBar) -> None:
    chips.choose("late")
    stops = [name for name, button in chips._buttons.items() if button.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == ["late"]


def test_new_counts_keep_the_chosen_view_and_say_nothing(chips: ChipBar, qtbot: QtBot) -> None:
    chips.choose("late")
    with qtbot.assertNotEmitted(chips.chosen):
        chips.set_chips([Chip("late", "Late", 3), Chip("open", "To do", 9)])
        chips.set_counts({"open": 10, "unknown": 1})
    assert chips.current == "late"
    assert chips._buttons["open"].accessibleName() == "To do 10"


def test_chips_break_into_lines_where_it_is_narrow(chips: ChipBar) -> None:
    assert chips.heightForWidth(120) > chips.heightForWidth(600)


def test_a_choice_gives_its_value(qtbot: QtBot) -> None:
    choice = SegmentedChoice([(Tone.OK, "Good"), (Tone.LATE, "Late")], "How is it")
    qtbot.addWidget(choice)
    with qtbot.waitSignal(choice.chosen) as seen:
        choice.choose(Tone.LATE)
    assert seen.args == [Tone.LATE]
    assert choice.current is Tone.LATE


def test_a_button_drops_its_hint_before_its_words(qtbot: QtBot) -> None:
    button = Button("Save and print", "printer", "primary", "Ctrl+Enter")
    qtbot.addWidget(button)
    assert button.minimumSizeHint().width() < button.sizeHint().width()
    words = button.fontMetrics().horizontalAdvance("Save and print")
    assert button.minimumSizeHint().width() >= words


def test_a_refused_button_says_why(qtbot: QtBot) -> None:
    button = Button("Hand back")
    qtbot.addWidget(button)
    button.refuse("The loaner is still out")
    assert not button.isEnabled()
    assert button.toolTip() == button.accessibleDescription() == "The loaner is still out"
    button.allow()
    assert button.isEnabled()
    assert not button.toolTip()


def test_an_icon_button_has_a_name(qtbot: QtBot) -> None:
    button = IconButton("printer", "Print")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Print"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_row_acts_on_enter_and_space(qtbot: QtBot, key: Qt.Key) -> None:
    row = CardRow("R-01 wheel", "1 day late", Tone.LATE, "1")
    qtbot.addWidget(row)
    row.show()
    with qtbot.waitSignal(row.chosen):
        QTest.keyClick(row, key)
    assert row.accessibleName() == "R-01 wheel 1 day late"


def test_a_row_acts_on_a_click_that_ends_inside(qtbot: QtBot) -> None:
    row = CardRow("R-01 wheel")
    qtbot.addWidget(row)
    row.show()
    with qtbot.waitSignal(row.chosen):
        QTest.mouseClick(row, Qt.MouseButton.LeftButton)


def test_a_card_without_title_has_no_heading(qtbot: QtBot) -> None:
    card = Card()
    qtbot.addWidget(card)
    card.show()
    assert card._head.isHidden()
    card.set_title("Loaners")
    assert card._head.isVisible()
    assert card.accessibleName() == "Loaners"


def test_facts_without_value_are_left_out_and_links_lead_on(qtbot: QtBot) -> None:
    facts = FactsTable([Fact("Judgement", ""), Fact("Batch", "B-01", link="batch")])
    qtbot.addWidget(facts)
    facts.show()
    links = facts.findChildren(Button)
    assert [link.text() for link in links] == ["B-01"]
    with qtbot.waitSignal(facts.link_chosen) as seen:
        QTest.mouseClick(links[0], Qt.MouseButton.LeftButton)
    assert seen.args == ["batch"]


def test_an_event_that_leads_somewhere_is_reached_by_keys(qtbot: QtBot) -> None:
    line = TimeLine([Event("truck", "Sent", ref="batch"), Event("inbox", "Taken in")])
    qtbot.addWidget(line)
    line.show()
    rows = [row for row in line.findChildren(QFrame) if row.accessibleName() in {"Sent", "Taken in"}]
    assert [row.focusPolicy() is Qt.FocusPolicy.StrongFocus for row in rows] == [True, False]
    with qtbot.waitSignal(line.chosen) as seen:
        QTest.keyClick(rows[0], Qt.Key.Key_Return)
    assert seen.args == ["batch"]


def test_bars_are_chosen_by_arrows_and_enter(qtbot: QtBot) -> None:
    chart = BarChart([Bar("W46", 7, ref=46), Bar("W47", 6, ref=47)], "Turnaround")
    qtbot.addWidget(chart)
    chart.show()
    with qtbot.waitSignal(chart.chosen) as seen:
        QTest.keyClick(chart, Qt.Key.Key_Left)
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert seen.args == [46]
    assert chart.accessibleDescription() == "W46: 7, W47: 6"


def test_a_chart_without_bars_and_with_zeros_paints(qtbot: QtBot) -> None:
    for bars in ([], [Bar("W1", 0), Bar("W2", 0)]):
        chart = BarChart(bars)
        qtbot.addWidget(chart)
        chart.show()
        chart.grab()


def test_a_cut_text_is_whole_in_its_tool_tip(qtbot: QtBot) -> None:
    text = ShortText("a very long text that has no room at all")
    qtbot.addWidget(text)
    text.resize(60, 20)
    text.show()
    assert text.toolTip() == text.text()
    text.resize(600, 20)
    assert not text.toolTip()
