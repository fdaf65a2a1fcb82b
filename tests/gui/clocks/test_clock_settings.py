"""Clocks and working days in the settings, by keyboard as the owner does it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from crmdesk.core.clock_rules import ClockPause
from crmdesk.core.clocks import NO_MOVEMENT
from crmdesk.core.i18n import set_language
from crmdesk.core.roles import Role
from crmdesk.queries.clock_book import calendar_of, store_rules
from crmdesk.queries.clock_settings import clock_settings
from crmdesk.services import clock_rules as service
from crmdesk.services.clock_rules import ClockChoice
from crmdesk.views.settings.calendar_dialog import DaysDialog
from crmdesk.views.settings.calendar_page import CalendarPage
from crmdesk.views.settings.calendar_view import CalendarView
from crmdesk.views.settings.clock_dialog import ClockDialog
from crmdesk.views.settings.clocks_page import SHOWN_HERE, ClocksPage
from crmdesk.views.settings.rules_page import RulesPage
from crmdesk.views.settings.screen import SettingsScreen
from crmdesk.views.support.dialogs import Question
from tests.builders.desk import Counter, open_counter
from tests.builders.repairs import taken_in
from tests.builders.shop import STORE_ID, Shop

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def counter(shop: Shop, tmp_path: Path, qtbot: QtBot) -> Iterator[Counter]:
    with open_counter(shop, tmp_path, qtbot, Role.OWNER) as made:
        yield made


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("en")


def clocks(counter: Counter) -> ClocksPage:
    page = ClocksPage(counter.desk, lambda: None)
    counter.show(page)
    return page


def choose(page: ClocksPage, key: str) -> None:
    page.view.select_id(next(one.id for one in page.table.rows() if one.rule.key == key))


def rules(counter: Counter) -> dict[str, tuple[int, bool]]:
    with counter.shop.reading() as session:
        return {rule.key: (rule.days, rule.active) for rule in store_rules(session, STORE_ID)}


def dialog(counter: Counter) -> ClockDialog:
    counter.settle()
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, ClockDialog) and one.isVisible())


def press(counter: Counter, page: ClocksPage, key: Qt.Key) -> None:
    page.activateWindow()  # the offscreen platform gives the focus to nobody when a form closes
    page.view.setFocus()
    counter.settle()
    QTest.keyClick(page.view, key)
    counter.settle()


def test_every_clock_stands_there_with_its_source(counter: Counter, language: str) -> None:
    page = clocks(counter)
    table = page.table
    for place, one in enumerate(table.rows()):
        cells = [str(table.index(place, column).data() or "") for column in range(table.columnCount())]
        assert cells[0] == one.rule.title_now()
        assert all(cell for name, cell in zip(range(len(cells)), cells, strict=True) if name != 6), cells
        if language == "zh_CN":
            assert not cells[0].isascii()
            assert not any(cell.isascii() for cell in cells[1:6]), cells
    assert "2027" in page.banner.accessibleName()


def test_space_switches_a_clock_off_and_on(counter: Counter) -> None:
    page = clocks(counter)
    choose(page, NO_MOVEMENT)
    press(counter, page, Qt.Key.Key_Space)
    assert rules(counter)[NO_MOVEMENT] == (3, False)
    press(counter, page, Qt.Key.Key_Space)
    assert rules(counter)[NO_MOVEMENT] == (3, True)


def test_enter_changes_the_clock_and_delete_gives_it_back(counter: Counter) -> None:
    page = clocks(counter)
    choose(page, "repair_or_lend")
    press(counter, page, Qt.Key.Key_Return)
    form = dialog(counter)
    form.days.line.setText("4")
    form.counted.set_value(True)
    form.pauses.set_value(ClockPause.CUSTOMER)
    form.fields.submit()
    counter.settle()
    assert rules(counter)["repair_or_lend"] == (4, True)
    page.reload()
    counter.settle()
    choose(page, "repair_or_lend")
    assert page.chosen() is not None
    press(counter, page, Qt.Key.Key_Delete)
    assert rules(counter)["repair_or_lend"] == (5, True)


def test_an_own_clock_is_made_and_removed_after_a_question(counter: Counter) -> None:
    page = clocks(counter)
    form = ClockDialog(page, counter.desk)
    form.open()
    form.title.line.setText("三天内初检")
    form.fields.submit()
    counter.settle()
    page.reload()
    counter.settle()
    mine = next(one for one in page.table.rows() if not one.rule.shipped)
    page.view.select_id(mine.id)
    press(counter, page, Qt.Key.Key_Delete)
    question = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Question) and one.isVisible())
    remove = next(one for one in question.findChildren(QPushButton) if "Remove" in one.text())
    remove.click()
    counter.settle()
    assert mine.rule.key not in rules(counter)


def test_the_form_says_what_a_change_would_do(counter: Counter, language: str) -> None:
    taken_in(counter.shop)
    page = clocks(counter)
    choose(page, "repair_or_lend")
    press(counter, page, Qt.Key.Key_Return)
    form = dialog(counter)
    form.days.line.setText("0")
    counter.qtbot.waitUntil(lambda: not form._soon.isActive())
    counter.settle()
    said = form._preview.text()
    assert said.endswith("0 red, 1 warned" if language == "en" else "超期 0 张，预警 1 张")


@pytest.mark.parametrize("days", ["-1", "366", "many"])
def test_days_that_cannot_be_stay_in_the_field(counter: Counter, days: str) -> None:
    page = clocks(counter)
    form = ClockDialog(page, counter.desk)
    form.open()
    form.title.line.setText("初检")
    form.days.line.setText(days)
    form.fields.submit()
    counter.settle()
    assert form.days.problem_text()
    assert form.isVisible()


def test_a_title_twice_is_refused_at_its_field(counter: Counter, language: str) -> None:
    page = clocks(counter)
    form = ClockDialog(page, counter.desk)
    form.open()
    form.title.line.setText("Whole repair time")
    form.fields.submit()
    counter.settle()
    assert form.title.problem_text().isascii() == (language == "zh_CN") or "Whole" in form.title.problem_text()
    assert form.isVisible()


def test_the_second_desk_is_told_and_sees_the_new_clock(counter: Counter) -> None:
    page = clocks(counter)
    choose(page, "repair_or_lend")
    press(counter, page, Qt.Key.Key_Return)
    form = dialog(counter)
    counter.shop.do(service.switch, ClockChoice("repair_or_lend", 0), counter.shop.context(Role.OWNER, "desk-2"))
    form.days.line.setText("9")
    form.fields.submit()
    counter.settle()
    assert "clock" in form.notice.accessibleName()
    assert rules(counter)["repair_or_lend"] == (5, False)


def test_another_region_is_chosen(counter: Counter) -> None:
    page = clocks(counter)
    page.region.set_value("shandong")
    page.warning.line.setText("60")
    page.set.submit()
    counter.settle()
    assert "repair_total_shandong" in {one.rule.key for one in page.table.rows()}
    with counter.shop.reading() as session:
        assert clock_settings(session, counter.shop.context(Role.OWNER)).warning_percent == 60


def test_a_manager_sees_and_does_not_change(counter: Counter) -> None:
    counter.person.role = Role.MANAGER
    page = clocks(counter)
    choose(page, NO_MOVEMENT)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Delete):
        press(counter, page, key)
    assert not page.save.isEnabled()
    assert rules(counter)[NO_MOVEMENT] == (3, True)


def test_region_and_warning_stand_in_one_place(counter: Counter) -> None:
    screen = SettingsScreen(counter.desk)
    counter.show(screen)
    for place in range(screen._list.count()):
        screen._list.setCurrentRow(place)
        counter.settle()
    elsewhere = {one.key for page in screen.findChildren(RulesPage) for one in page._settings}
    assert elsewhere.isdisjoint(one.key for one in SHOWN_HERE)
    assert screen.findChild(ClocksPage) is not None
    assert screen.findChild(CalendarPage) is not None


# -- working days --------------------------------------------------------------------------


def calendar(counter: Counter) -> CalendarPage:
    page = CalendarPage(counter.desk)
    counter.show(page)
    page.view.setFocus()
    return page


def key(counter: Counter, view: CalendarView, *keys: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    view.window().activateWindow()
    view.setFocus()
    counter.settle()
    for one in keys:
        QTest.keyClick(view, one, modifier)
        counter.settle()


def works(counter: Counter, day: date) -> bool:
    with counter.shop.reading() as session:
        return calendar_of(session, STORE_ID).is_working(day)


def test_arrows_move_and_enter_changes_a_span(counter: Counter) -> None:
    page = calendar(counter)
    key(counter, page.view, Qt.Key.Key_Right, Qt.Key.Key_Right)  # Monday 23 November
    key(counter, page.view, Qt.Key.Key_Right, modifier=SHIFT)
    assert page.view.span() == (date(2026, 11, 23), date(2026, 11, 24))
    key(counter, page.view, Qt.Key.Key_Return)
    form = next(one for one in QApplication.topLevelWidgets() if isinstance(one, DaysDialog) and one.isVisible())
    assert form.working.value() is False
    form.name.line.setText("盘点")
    form.fields.submit()
    counter.settle()
    page.reload()
    counter.settle()
    assert not works(counter, date(2026, 11, 23))
    assert not works(counter, date(2026, 11, 24))
    assert "盘点" in page.view.accessibleName()
    key(counter, page.view, Qt.Key.Key_Delete)
    assert works(counter, date(2026, 11, 24))


def test_the_arrows_lead_into_the_next_year_and_stop_at_its_end(counter: Counter) -> None:
    page = calendar(counter)
    key(counter, page.view, Qt.Key.Key_End, Qt.Key.Key_Right)
    current = page.view.current
    assert current is not None
    assert (current.day, page._title.text()) == (date(2027, 1, 1), "2027")
    assert "2027" in page.banner.accessibleName()
    key(counter, page.view, Qt.Key.Key_End, Qt.Key.Key_Right)
    assert page._title.text() == "2027"
    assert page.view.current is not None
    key(counter, page.view, Qt.Key.Key_PageUp, Qt.Key.Key_Home)
    assert page.view.current.day.year == 2027


def test_every_day_is_said_in_words(counter: Counter, language: str) -> None:
    page = calendar(counter)
    page.view.choose(date(2026, 2, 17))
    feast = page.view.accessibleName()
    page.view.choose(date(2026, 2, 14))
    worked = page.view.accessibleName()
    assert ("Spring Festival" in feast, "worked" in worked) == ((language == "en"),) * 2
    assert ("春节" in feast, "上班" in worked) == ((language == "zh_CN"),) * 2


def test_a_year_is_read_from_a_file(counter: Counter, tmp_path: Path) -> None:
    path = tmp_path / "2027.csv"
    path.write_text("日期,休或班,名称\n2027-02-05,休,春节\n2027-02-14,班,春节\n", encoding="utf-8")
    page = calendar(counter)
    page.turn(1)
    counter.settle()
    page.take_file(path)
    counter.settle()
    question = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Question) and one.isVisible())
    enter = next(one for one in question.findChildren(QPushButton) if "2027" in one.text())
    enter.click()
    counter.settle()
    assert works(counter, date(2027, 2, 14))
    assert not works(counter, date(2027, 2, 5))
    assert page.banner.isHidden()


def test_a_bad_file_is_refused_row_by_row(counter: Counter, tmp_path: Path, language: str) -> None:
    path = tmp_path / "2027.csv"
    path.write_text("2027-02-05,休,春节\n2027-02-30,休,\n2027-02-07,也许,\n", encoding="utf-8")
    page = calendar(counter)
    page.turn(1)
    counter.settle()
    page.take_file(path)
    counter.settle()
    question = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Question) and one.isVisible())
    said = "\n".join(label.text() for label in question.findChildren(QLabel))
    assert all(part in said for part in (("row 2", "row 3") if language == "en" else ("第 2 行", "第 3 行"))), said
    assert not works(counter, date(2027, 2, 5)), "shipped as the eve's day of rest already"
