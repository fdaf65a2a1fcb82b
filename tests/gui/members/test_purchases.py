"""Receipts by keyboard: entered, taken back, put right, found in list and time line, as a clerk and a manager work."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from sqlalchemy import select

from crmdesk.core.members import LedgerKind
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Role
from crmdesk.models.purchase import Purchase
from crmdesk.queries.purchase_rows import PurchaseView
from crmdesk.services import ledger
from crmdesk.services.purchase_desk import Effect, enter
from crmdesk.services.purchases import LineFacts, PurchaseFacts
from crmdesk.views.members.member_screen import MemberScreen
from crmdesk.views.members.purchase_dialogs import PurchaseDialog, TakeBackDialog
from crmdesk.views.members.purchase_feature import PURCHASES
from crmdesk.views.members.purchases_screen import Period, PurchasesScreen, first_day
from crmdesk.views.members.steps import Act
from tests.gui.members.conftest import Counter

TODAY = date(2026, 11, 21)
CTRL = Qt.KeyboardModifier.ControlModifier
COAT = LineFacts("羊绒大衣 驼色", Money.yuan(2_000), 2, "HC-201")
BELT = LineFacts("皮带 & 扣", Money.yuan(300))


def sold(counter: Counter, name: str | None = "林婉清", day: date = TODAY, number: str = "") -> Effect:
    facts = PurchaseFacts(number, day, (COAT, BELT), counter.known[name] if name else None)
    return counter.shop.do(enter, facts, counter.shop.context())


def purchases(counter: Counter) -> PurchasesScreen:
    counter.desk.navigator.go(PURCHASES)
    return counter.shown(PurchasesScreen)


def opened(counter: Counter, made: Effect) -> PurchasesScreen:
    counter.desk.navigator.open(EntityRef(EntityKind.PURCHASE, made.id))
    screen = counter.shown(PurchasesScreen)
    counter.qtbot.waitUntil(lambda: screen.view.current_id() == made.id)
    counter.settle()
    return screen


def type_into(editor: QLineEdit, text: str) -> None:
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)


def send(counter: Counter, dialog: QWidget) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()


def points(counter: Counter, name: str) -> tuple[int, int]:
    with counter.shop.reading() as session:
        stands = ledger.standing(session, counter.known[name], LedgerKind.POINTS)
    return stands.amount, stands.owed


def test_a_purchase_is_entered_by_keys_alone(counter: Counter) -> None:
    page = purchases(counter)
    counter.press(Qt.Key.Key_N)
    dialog = counter.dialog(PurchaseDialog)
    assert dialog.person.line.hasFocus()
    QTest.keyClicks(dialog.person.line, "13957120012")
    counter.qtbot.waitUntil(lambda: dialog.who.value() is not None)
    line = dialog.lines.lines[0]
    type_into(line.style.line, "hc-9")
    line.name.set_value("皮鞋")
    type_into(line.quantity.line, "2")
    type_into(line.price.line, "450")
    assert line.amount.value() == Money.yuan(900)
    QTest.keyClick(line.price.line, Qt.Key.Key_Tab)
    assert line.amount.line.hasFocus()
    dialog.lines.more.click()
    second = dialog.lines.lines[1]
    assert second.style.line.hasFocus()
    second.name.set_value("鞋油")
    type_into(second.amount.line, "0")
    send(counter, dialog)
    assert not counter.any_dialog()
    assert points(counter, "林婉清") == (900, 0)
    assert "900 points added · 900 points now" in counter.toasts.texts[-1]
    assert page.table.rowCount() == 1


def test_what_is_missing_is_said_at_its_field(counter: Counter) -> None:
    purchases(counter)
    counter.press(Qt.Key.Key_N)
    dialog = counter.dialog(PurchaseDialog)
    send(counter, dialog)
    assert {"line0.name", "line0.amount"} == {name for name, one in dialog.fields.fields().items() if one.has_problem()}
    assert dialog.isVisible()
    assert dialog.save.isEnabled()
    dialog.lines.lines[0].name.set_value("皮鞋")
    type_into(dialog.lines.lines[0].amount.line, "12")
    sold(counter, number="XS1")
    type_into(dialog.number.line, "xs1")
    send(counter, dialog)
    assert dialog.number.has_problem()
    type_into(dialog.number.line, "xs2")
    send(counter, dialog)
    assert not counter.any_dialog()


def test_an_amount_typed_stays_when_the_pieces_change(counter: Counter) -> None:
    purchases(counter)
    counter.press(Qt.Key.Key_N)
    line = counter.dialog(PurchaseDialog).lines.lines[0]
    type_into(line.price.line, "100")
    type_into(line.amount.line, "80")
    type_into(line.quantity.line, "3")
    assert line.amount.value() == Money.yuan(80)


def test_tab_goes_through_the_form_in_reading_order(counter: Counter) -> None:
    purchases(counter)
    counter.press(Qt.Key.Key_N)
    dialog = counter.dialog(PurchaseDialog)
    names = {id(field.editor): name for name, field in dialog.fields.fields().items()}
    found = []
    dialog.lines.more.click()
    counter.settle()
    names |= {id(field.editor): name for name, field in dialog.fields.fields().items()}
    dialog.person.line.setFocus()
    for _step in range(len(names)):
        focused = QApplication.focusWidget()
        assert focused is not None
        found.append(names.get(id(focused), ""))
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert found == ["person", "who", "guide", "number", "day", "note", *lines_of(0), *lines_of(1)]


def lines_of(place: int) -> list[str]:
    return [f"line{place}.{one}" for one in ("style", "name", "category", "quantity", "price", "amount")]


def test_goods_come_back_from_the_list(counter: Counter) -> None:
    made = sold(counter)
    page = opened(counter, made)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    dialog = counter.dialog(TakeBackDialog)
    coat, belt = dialog.pieces.values()
    assert (coat.value(), belt.value()) == (0, 0)
    send(counter, dialog)
    assert coat.has_problem()
    type_into(coat.line, "3")
    send(counter, dialog)
    assert coat.has_problem()
    type_into(coat.line, "1")
    send(counter, dialog)
    assert not counter.any_dialog()
    assert points(counter, "林婉清") == (1_300, 0)
    assert page.panel.facts.findChildren(QWidget)


def test_one_open_line_is_filled_in(counter: Counter) -> None:
    facts = PurchaseFacts("", TODAY, (BELT,), counter.known["林婉清"])
    made = counter.shop.do(enter, facts, counter.shop.context())
    page = opened(counter, made)
    page.take_back()
    dialog = counter.dialog(TakeBackDialog)
    assert [one.value() for one in dialog.pieces.values()] == [1]
    send(counter, dialog)
    page = opened(counter, made)
    page.take_back()
    assert not counter.any_dialog()


def test_a_manager_puts_a_receipt_right(counter: Counter) -> None:
    made = sold(counter)
    page = opened(counter, made)
    page.put_right()
    dialog = counter.dialog(PurchaseDialog)
    assert [line.name.typed() for line in dialog.lines.lines] == ["羊绒大衣 驼色", "皮带 & 扣"]
    assert dialog.who.value() == counter.known["林婉清"]
    send(counter, dialog)
    assert dialog.reason is not None
    assert dialog.reason.has_problem()
    dialog.reason.set_value("价格")
    type_into(dialog.lines.lines[0].amount.line, "1000")
    send(counter, dialog)
    assert not counter.any_dialog()
    assert points(counter, "林婉清") == (1_300, 0)
    page = opened(counter, made)
    page.put_right()
    assert not counter.any_dialog()


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD_OFFICE])
def test_who_may_not_is_told(counter: Counter, role: Role) -> None:
    made = sold(counter)
    counter.sign_in(role)
    page = opened(counter, made)
    page.put_right()
    assert not counter.any_dialog()
    assert not page.panel.right.isEnabled()
    assert page.panel.back.isEnabled() is (role is Role.CLERK)


def test_the_list_is_narrowed_by_view_period_and_text(counter: Counter) -> None:
    sold(counter)
    sold(counter, None)
    sold(counter, "单雪芹", TODAY - timedelta(days=200), "OLD7")
    page = purchases(counter)
    assert page.table.rowCount() == 2
    page.period.set_value(Period.EVER)
    counter.settle()
    assert page.table.rowCount() == 3
    page.chips.choose(PurchaseView.NOBODY.value)
    counter.settle()
    assert page.table.rowCount() == 1
    page.chips.choose(PurchaseView.ALL.value)
    for text, count in (("old", 1), ("zzz", 0), ("shanxueqin", 1), ("%", 0)):
        page.filter.setText(text)
        counter.settle()
        assert page.table.rowCount() == count, text


def test_periods_end_today() -> None:
    assert first_day(Period.TODAY, TODAY) == TODAY
    assert first_day(Period.WEEK, TODAY) == TODAY - timedelta(days=6)
    assert first_day(Period.EVER, TODAY) is None


def test_the_member_page_enters_a_purchase_and_opens_it_from_the_time_line(counter: Counter) -> None:
    page = counter.page("林婉清")
    page.run(Act.PURCHASE)
    dialog = counter.dialog(PurchaseDialog)
    assert dialog.who.value() == counter.known["林婉清"]
    dialog.lines.lines[0].name.set_value("皮鞋")
    type_into(dialog.lines.lines[0].amount.line, "450")
    send(counter, dialog)
    with counter.shop.reading() as session:
        made = session.scalars(select(Purchase)).one()
        ref = EntityRef(EntityKind.PURCHASE, made.id)
    counter.page("林婉清").history.chosen.emit(ref)
    screen = counter.shown(PurchasesScreen)
    counter.qtbot.waitUntil(lambda: screen.view.current_id() == ref.id)


def test_what_is_seen_goes_to_a_workbook(counter: Counter, tmp_path: Path) -> None:
    made = sold(counter)
    page = purchases(counter)
    page.filter.setText("nothing of this")
    counter.settle()
    assert page.table.rowCount() == 0
    page.filter.clear()
    counter.settle()
    assert page.table.rowCount() == 1
    page.export_list()
    target = tmp_path / "receipts.xlsx"
    counter.choose_file(target)
    counter.qtbot.waitUntil(target.exists)
    counter.settle()
    cells = [cell.value for line in load_workbook(target).worksheets[0].iter_rows() for cell in line]
    assert made.number in cells


def shown_lines(page: MemberScreen) -> int:
    layout = page.history.events.layout()
    assert layout is not None
    return layout.count()


def test_the_time_line_is_narrowed_to_a_period_by_keys(counter: Counter) -> None:
    sold(counter)
    sold(counter, day=TODAY - timedelta(days=300))
    page = counter.page("林婉清")
    page.history.chips.choose("purchase")
    counter.settle()
    assert shown_lines(page) == 2
    page.history.period.setFocus()
    page.history.show_days(30)
    counter.settle()
    assert shown_lines(page) == 1
    assert page.history.period.text() == "Last 30 days"


@pytest.mark.parametrize(("role", "offered"), [(Role.MANAGER, True), (Role.CLERK, False)])
def test_looks_are_offered_to_who_answers_for_them(counter: Counter, role: Role, offered: bool) -> None:  # noqa: FBT001
    counter.sign_in(role)
    page = counter.page("林婉清")
    words = [one.text() for one in page.history.chips.findChildren(QAbstractButton)]
    assert ("Who looked" in words) is offered
