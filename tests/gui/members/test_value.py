"""Value, wishes and the next step, by keyboard as at the counter."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton

from crmdesk.core.care import CallbackReason, CallbackState
from crmdesk.core.member_words import IntentState, LifeCycle
from crmdesk.core.money import Money
from crmdesk.core.next_best import Best
from crmdesk.core.roles import Role
from crmdesk.core.tickets import ItemCategory
from crmdesk.core.value_groups import AgeBand, age_group, score_group
from crmdesk.models.callback import Callback
from crmdesk.queries.score_work import score_work
from crmdesk.services.intents import NoteIntent, note
from crmdesk.services.purchases import LineFacts, PurchaseFacts, record
from crmdesk.services.scores import catch_up, pieces
from crmdesk.views.members.intent_dialog import IntentDialog
from crmdesk.views.members.intents_screen import IntentsScreen
from crmdesk.views.members.member_screen import MemberScreen
from crmdesk.views.members.screen import MembersScreen
from crmdesk.views.members.value_screen import ValueScreen
from tests.builders.member_shop import buy
from tests.gui.members.conftest import Counter
from tests.gui.members.test_member_screens import type_into

CTRL = Qt.KeyboardModifier.ControlModifier


def score(counter: Counter) -> None:
    """Bring the scores up to date as the day's work does."""
    context = counter.shop.context(Role.MANAGER)
    with counter.shop.reading() as session:
        work = score_work(session, context)
    for piece in pieces(work):
        counter.shop.do(piece, context)
    while counter.shop.do(catch_up, context):
        pass


def bought(counter: Counter, name: str, days: int) -> None:
    today = counter.shop.context().today()
    buy(counter.shop, counter.known[name], today - timedelta(days=days))


def value_page(counter: Counter) -> ValueScreen:
    counter.desk.navigator.run("members.value")
    return counter.shown(ValueScreen)


def test_charts_open_the_list_behind_them_by_keyboard(counter: Counter) -> None:
    bought(counter, "周建国", 5)
    bought(counter, "林婉清", 500)
    score(counter)
    page = value_page(counter)
    chart = page.charts["age"]
    counts = {one.label: one.count for one in chart.shares}
    assert (counts["40–49"], counts["30–39"]) == (1, 1)
    chart.setFocus()
    for _step in range(3):
        QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    screen = counter.shown(MembersScreen)
    assert screen.chosen_filter().wanted == age_group(AgeBand.FORTIES)
    counter.settle()
    assert screen.table.rowCount() == 1


def test_the_matrix_is_walked_with_arrows(counter: Counter) -> None:
    bought(counter, "周建国", 5)
    score(counter)
    page = value_page(counter)
    assert page.shown is not None
    (cell,) = (cell for cell, count in page.shown.matrix.items() if count)
    page.matrix.setFocus()
    while page.matrix.at[0] > cell[0]:
        QTest.keyClick(page.matrix, Qt.Key.Key_Down)
    while page.matrix.at[1] < cell[1]:
        QTest.keyClick(page.matrix, Qt.Key.Key_Right)
    QTest.keyClick(page.matrix, Qt.Key.Key_Space)
    screen = counter.shown(MembersScreen)
    assert screen.chosen_filter().wanted == score_group(*cell)


def test_charts_are_reached_by_tab_in_reading_order(counter: Counter) -> None:
    page = value_page(counter)
    wanted = [page.matrix, *(page.charts[name] for name in ("cycle", "age", "tier", "gender"))]
    seen = []
    page._export.setFocus()
    for _press in range(12):
        QTest.keyClick(counter.window.focusWidget(), Qt.Key.Key_Tab)
        seen.append(counter.window.focusWidget())
    assert [one for one in seen if one in wanted][: len(wanted)] == wanted


def test_an_empty_store_has_empty_charts(counter: Counter) -> None:
    counter.sign_in(Role.ADMINISTRATOR)
    page = value_page(counter)
    assert page.shown is not None
    assert page.shown.members == 0
    QTest.keyClick(page.charts["cycle"], Qt.Key.Key_Return)
    counter.settle()


def test_charts_are_exported(counter: Counter, tmp_path: object) -> None:
    counter.sign_in(Role.MANAGER)
    page = value_page(counter)
    page.export_list()
    from pathlib import Path

    from openpyxl import load_workbook

    path = Path(str(tmp_path)) / "value.xlsx"
    counter.choose_file(path)
    counter.settle()
    counter.qtbot.waitUntil(path.exists)
    rows = list(load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 1 + 6 + 6 + 4 + 3 + 25
    assert rows[10][:3] == ("Age", "40–49", 1)


def test_the_page_says_cycle_scores_and_silence(counter: Counter) -> None:
    bought(counter, "单雪芹", 100)
    score(counter)
    page = counter.page("单雪芹")
    counter.settle()
    value = page.known.value  # type: ignore[union-attr]
    assert (value.cycle, value.per_receipt, value.renewing) == (LifeCycle.ACTIVE, 1.0, False)
    texts = [one.text() for one in page.value.findChildren(QPushButton)]
    assert texts == []
    assert page._next.shown is not None
    assert page._next.shown.best is Best.SILENT


def test_a_wish_is_noted_by_keyboard(counter: Counter) -> None:
    page = counter.page("单雪芹")
    counter.settle()
    page.intents.add_button.setFocus()
    QTest.keyClick(page.intents.add_button, Qt.Key.Key_Space)
    dialog = counter.dialog(IntentDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.what.has_problem()
    type_into(dialog.what.line, "24 inch case")
    type_into(dialog.style_number.line, "AB-1")
    type_into(dialog.price.line, "x")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.price.has_problem()
    dialog.price.line.clear()
    type_into(dialog.price.line, "1280")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert not counter.any_dialog()
    assert [(one.what, one.style, one.price) for one in page.intents.found] == [
        ("24 inch case", "AB-1", Money.yuan(1280))
    ]


def test_what_was_bought_is_asked_about(counter: Counter) -> None:
    key = counter.known["单雪芹"]
    counter.shop.do(note, NoteIntent(key, "a case", category=ItemCategory.SUITCASE), counter.shop.context())
    line = LineFacts("case", Money.yuan(500), category=ItemCategory.SUITCASE)
    today = counter.shop.context().today()
    counter.shop.do(record, PurchaseFacts("T1", today, (line,), key), counter.shop.context())
    page = counter.page("单雪芹")
    counter.settle()
    assert page._next.shown is not None
    assert page._next.shown.best is Best.INTENT_ASKED
    page._next.button.setFocus()
    QTest.keyClick(page._next.button, Qt.Key.Key_Space)
    question = counter.dialog(QDialog)
    yes = next(one for one in question.findChildren(QPushButton) if one.text() == "Yes, that was it")
    QTest.keyClick(yes, Qt.Key.Key_Space)
    counter.settle()
    assert [one.state for one in page.intents.found] == [IntentState.BOUGHT]


def test_the_list_of_wishes_by_keyboard(counter: Counter) -> None:
    for name in ("单雪芹", "周建国"):
        counter.shop.do(note, NoteIntent(counter.known[name], f"case of {name}"), counter.shop.context())
    counter.desk.navigator.run("members.intents", view="open")
    screen = counter.shown(IntentsScreen)
    counter.settle()
    assert screen.table.rowCount() == 2
    QTest.keyClick(screen.view, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert screen.table.rowCount() == 1
    QTest.keyClick(screen.view, Qt.Key.Key_Return)
    counter.settle()
    counter.shown(MemberScreen)


def test_a_call_is_planned_from_the_next_step(counter: Counter) -> None:
    bought(counter, "单雪芹", 200)
    page = counter.page("单雪芹")
    counter.settle()
    QTest.keyClick(page._next.button, Qt.Key.Key_Space)
    counter.settle()
    with counter.shop.reading() as session:
        wanted = Callback.member_id == counter.known["单雪芹"], Callback.reason == CallbackReason.DORMANT
        (call,) = session.query(Callback).where(*wanted)
        assert call.state is CallbackState.DUE
    assert page._next.shown is not None
    assert page._next.shown.best is Best.CALL_DUE


def test_somebody_who_changes_nothing_gets_no_such_step(counter: Counter) -> None:
    bought(counter, "单雪芹", 200)
    counter.sign_in(Role.HEAD_OFFICE)
    page = counter.page("单雪芹")
    counter.settle()
    assert page._next.shown is None
    assert not page.banner.isVisible()
