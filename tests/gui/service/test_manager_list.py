"""The list as a manager's tool: narrowed, kept as views, as a board, many orders at once; all by keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from crmdesk.core.roles import Role
from crmdesk.core.tickets import Priority, TicketKind, TicketState
from crmdesk.queries.saved_views import kept_views
from crmdesk.queries.ticket_board import BoardColumn
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from crmdesk.views.service.bulk_dialogs import DateDialog, GiveDialog, ToldDialog
from crmdesk.views.service.filter_dialog import FilterDialog
from crmdesk.views.service.goods_menu import PAGES
from crmdesk.views.support.dialogs import Question
from tests.builders.cases import add_complaint
from tests.builders.repairs import quoted, ready, seen, taken_in
from tests.gui.service.conftest import Counter

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def _names(counter: Counter) -> list[str]:
    counter.settle()
    table = counter.screen.table
    return sorted(table.index(row, 1).data() for row in range(table.rowCount()))


def _two_and_a_complaint(counter: Counter) -> None:
    taken_in(counter.shop)
    taken_in(counter.shop, name="林婉清", priority=Priority.EXPRESS)
    add_complaint(counter.shop)
    counter.window.go("service")
    counter.settle()


def test_the_list_is_narrowed_and_shown_again(counter: Counter) -> None:
    _two_and_a_complaint(counter)
    counter.press(Qt.Key.Key_F, CTRL | SHIFT)
    form = counter.form()
    assert isinstance(form, FilterDialog)
    form.fields.fields()["kind"].set_value(TicketKind.REPAIR)
    form.fields.fields()["priority"].set_value(Priority.EXPRESS)
    counter.go_on()
    assert _names(counter) == ["林婉清"]
    assert len(counter.screen.head.tags._tags) == 3  # two and "show all again"
    counter.screen.head.tags._tags[1].click()
    assert _names(counter) == ["周建国", "林婉清"]
    counter.screen.head.tags._tags[0].click()
    assert _names(counter) == ["周建国", "周敏霞", "林婉清"]
    assert counter.screen.head.tags.isHidden()


def test_a_view_is_kept_found_again_and_dropped(counter: Counter) -> None:
    _two_and_a_complaint(counter)
    head = counter.screen.head
    head.kept._keep('{"priority": "express", "view": "open"}', shared=False)
    _answer(counter, "express")
    chip = next(name for name in head.chips._buttons if name.startswith("kept:"))
    counter.settle()
    assert head.chips._buttons[chip]._count == 1
    head.chips.choose(chip)
    assert _names(counter) == ["林婉清"]
    view = head.kept.view_of(chip)
    assert view is not None
    head.kept._drop(view)
    counter.settle()
    with counter.shop.reading() as session:
        assert kept_views(session, counter.shop.context()) == []
    assert head.chips.current == "open"
    assert _names(counter) == ["周建国", "周敏霞", "林婉清"]


def _answer(counter: Counter, text: str) -> None:
    question = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Question) and one.isVisible())
    question.activateWindow()
    counter.qtbot.waitUntil(question.isActiveWindow)
    counter.type(text)
    next(one for one in question.findChildren(QPushButton) if one.text() == "Keep").click()
    counter.settle()


def test_the_board_is_walked_by_arrows_and_opens_a_ticket(counter: Counter) -> None:
    taken_in(counter.shop)
    wanted = quoted(counter.shop, name="林婉清")
    ready(counter.shop, name="单雪芹")
    counter.window.go("service")
    counter.settle()
    counter.press(Qt.Key.Key_B, CTRL)
    board = counter.screen.board
    assert counter.screen.on_board()
    cards = board._columns[BoardColumn.NEW].cards
    QAbstractItemModelTester(cards.table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert {column: one.count.text() for column, one in board._columns.items() if one.count.text() != "0"} == {
        BoardColumn.NEW: "1",
        BoardColumn.CUSTOMER: "1",
        BoardColumn.READY: "1",
    }
    assert QApplication.focusWidget() is cards
    counter.press(Qt.Key.Key_Right)
    assert board.current_id() == wanted
    counter.press(Qt.Key.Key_Return)
    assert not counter.screen.on_board()
    assert counter.screen.panel.case is not None
    assert counter.screen.panel.case.ticket.id == wanted


def test_many_orders_are_given_to_a_colleague(counter: Counter) -> None:
    counter.person.role = Role.MANAGER
    _two_and_a_complaint(counter)
    counter.screen.show_view(TicketView.MINE)
    assert _names(counter) == []
    counter.screen.show_view(TicketView.OPEN)
    assert len(_names(counter)) == 3
    counter.screen.view.selectAll()
    actions = counter.screen._row_actions()
    actions[0].trigger()
    form = counter.form()
    assert isinstance(form, GiveDialog)
    person = next(one for one in form._person._things if one is not None and one.name == "周敏")
    form._person.set_value(person)
    counter.go_on()
    counter.qtbot.waitUntil(lambda: bool(counter.toasts.texts))
    counter.screen.show_view(TicketView.MINE)
    assert len(_names(counter)) == 3
    assert counter.toasts.texts[-1].startswith("3")


def test_what_is_refused_is_said_and_the_rest_is_done(counter: Counter) -> None:
    done = ready(counter.shop, name="单雪芹")
    not_ready = taken_in(counter.shop)
    counter.window.go("service")
    counter.settle()
    counter.screen.view.selectAll()
    counter.screen._row_actions()[2].trigger()
    assert isinstance(counter.form(), ToldDialog)
    counter.go_on()
    counter.qtbot.waitUntil(lambda: bool(counter.toasts.texts))
    assert seen(counter.shop, done).state is TicketState.NOTIFIED
    assert seen(counter.shop, not_ready).state is TicketState.RECEIVED
    said = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Question) and one.isVisible())
    words = " ".join(label.text() for label in said.findChildren(QLabel))
    assert seen(counter.shop, not_ready).number in words
    said.close()


def test_the_expected_day_of_many_orders(counter: Counter) -> None:
    _two_and_a_complaint(counter)
    counter.screen.view.selectAll()
    counter.screen._row_actions()[1].trigger()
    form = counter.form()
    assert isinstance(form, DateDialog)
    counter.type("+9", "parts")
    counter.go_on()
    counter.qtbot.waitUntil(lambda: bool(counter.toasts.texts))
    with counter.shop.reading() as session:
        from crmdesk.queries.ticket_rows import first

        rows = first(session, TicketFilter(), counter.shop.context(), None, 9)
    assert {row.estimated_on.isoformat() if row.estimated_on else "" for row in rows} == {"2026-11-30"}


def test_the_pages_about_goods_are_a_key_away(counter: Counter) -> None:
    counter.window.go("service")
    counter.settle()
    menu = counter.screen.goods.menu_now()
    assert len(menu.actions()) == len(PAGES)
    batches = next(action for action in menu.actions() if action.text().endswith("Ctrl+Shift+B"))
    batches.trigger()
    counter.settle()
    assert counter.desk.navigator.screen("service.batches").isVisible()
