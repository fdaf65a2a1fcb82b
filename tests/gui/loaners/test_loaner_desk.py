"""The loaner desk by keyboard: calendar, count, reminder, fees, reservations, use."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from sqlalchemy import select

from crmdesk.core.loaners import LoanerState, LoanState, ReturnGrade
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.models.charge import Charge
from crmdesk.models.judgement import Payment
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.reminder import Reminder
from crmdesk.queries.loaner_rows import LoanerView
from crmdesk.services.loan_returns import TakeBack, take_back
from crmdesk.views.loaners.calendar_screen import CalendarScreen
from crmdesk.views.loaners.count_dialog import CountDialog
from crmdesk.views.loaners.feature import CALENDAR, USE
from crmdesk.views.loaners.fee_dialog import PayFeesDialog, UndoFeeDialog
from crmdesk.views.loaners.lend_dialog import LendDialog
from crmdesk.views.loaners.remind_dialog import RemindDialog
from crmdesk.views.loaners.reserve_dialogs import MoveReservationDialog
from crmdesk.views.loaners.steps import Act, side_steps
from crmdesk.views.loaners.use_screen import UseScreen
from crmdesk.views.support.dialogs import Question
from tests.builders.loaners import wait
from tests.gui.loaners.conftest import Counter
from tests.gui.loaners.test_loaner_screen import choose, type_into

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER, RIGHT, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Down


def page(counter: Counter, name: str) -> object:
    """Go to a page of the loaners and show it."""
    counter.desk.navigator.run(name)
    made = counter.desk.navigator.screen(name)
    counter.qtbot.addWidget(made)
    made.resize(1198, 694)
    made.show()
    counter.settle()
    return made


def damaged(counter: Counter, code: str) -> int:
    """Take a loaner back with 150 more to pay than was held, and give the loan."""
    with counter.shop.reading() as session:
        found = select(Loan).join(Loaner, Loaner.id == Loan.loaner_id).where(Loaner.code == code)
        loan = session.scalars(found.where(Loan.state == LoanState.OUT)).one()
        loan_id, deposit = loan.id, loan.deposit
    fee = deposit + Money.yuan(150)
    back = TakeBack(loan_id, ReturnGrade.DAMAGED, "拉链坏", damage_fee=fee, kept=deposit)
    counter.shop.do(take_back, back, counter.shop.context())
    counter.screen.reload()
    counter.settle()
    choose(counter, code)
    return loan_id


def test_the_calendar_is_walked_by_arrows_and_opens_a_loaner(counter: Counter) -> None:
    screen = page(counter, CALENDAR)
    assert isinstance(screen, CalendarScreen)
    grid = screen.grid
    assert grid.words().startswith("L-001")
    assert "周建国" in grid.words()
    QTest.keyClick(grid, DOWN)
    QTest.keyClick(grid, DOWN)
    for _day in range(2):
        QTest.keyClick(grid, RIGHT)
    assert grid.words().startswith("L-003")
    span = grid.span()
    assert span is not None
    assert span.state is LoanState.RESERVED
    assert grid.accessibleDescription() == grid.words()
    first = screen._first
    QTest.keyClick(grid, Qt.Key.Key_PageDown)
    counter.settle()
    assert screen._first == first + timedelta(days=7)
    QTest.keyClick(grid, ENTER)
    counter.settle()
    assert counter.screen._known is not None
    assert counter.screen._known.row.code == "L-003"


def test_the_calendar_of_one_kind(counter: Counter) -> None:
    screen = page(counter, CALENDAR)
    assert isinstance(screen, CalendarScreen)
    screen.kinds.choose("bag")
    counter.settle()
    row = screen.grid.row()
    assert row is not None
    assert row.code == "L-006"
    screen.grid.choose(99, 99)
    assert screen.grid.chosen() == (2, 34)


def test_use_by_loaner_and_kind(counter: Counter) -> None:
    screen = page(counter, USE)
    assert isinstance(screen, UseScreen)
    assert screen.table.rowCount() == 10
    screen.by.choose("classes")
    counter.settle()
    assert screen.table.rowCount() == 5
    type_into(screen.last.line, "2020-01-01")
    screen.reload()
    assert screen.last.problem_text()


def test_counting_by_scan(counter: Counter) -> None:
    counter.screen.count()
    dialog = counter.dialog()
    assert isinstance(dialog, CountDialog)
    for code in ("l-003", "L-005", "L-001", "X-9"):
        QTest.keyClicks(dialog.code.line, code)
        QTest.keyClick(dialog.code.line, ENTER)
    assert not dialog.notice.isHidden()
    assert [row.code for row in dialog.counting.missing()] == ["L-007", "L-008", "L-010"]
    dialog.give_up.box.setFocus()
    QTest.keyClick(dialog.give_up.box, Qt.Key.Key_Space)
    QTest.keyClick(dialog, ENTER, CTRL)
    assert dialog.reason.problem_text()
    QTest.keyClicks(dialog.reason.line, "pandian")
    QTest.keyClick(dialog, ENTER, CTRL)
    counter.settle()
    assert not counter.is_open()
    with counter.shop.reading() as session:
        lost = session.scalars(select(Loaner.code).where(Loaner.state == LoanerState.LOST).order_by(Loaner.code)).all()
    assert list(lost) == ["L-007", "L-008", "L-010"]


def test_reminding_and_not_twice(counter: Counter) -> None:
    choose(counter, "L-001")
    counter.screen._run(Act.REMIND)
    dialog = counter.dialog()
    assert isinstance(dialog, RemindDialog)
    assert "周建国" in dialog.words.typed()
    dialog.language.choose("en")
    assert dialog.words.typed().startswith("周建国, this is")
    dialog._copy()
    assert QGuiApplication.clipboard().text() == dialog.words.typed()
    QTest.keyClick(dialog, ENTER, CTRL)
    counter.settle()
    with counter.shop.reading() as session:
        assert session.scalars(select(Reminder.stage)).all() == [2]
    choose(counter, "L-001")
    counter.screen._run(Act.REMIND)
    again = counter.dialog()
    assert isinstance(again, RemindDialog)
    assert not again.save.isEnabled()


def test_the_condition_report_of_a_loan_is_printed(counter: Counter) -> None:
    choose(counter, "L-001")
    counter.screen._run(Act.PRINT_CONDITION)
    counter.settle()
    assert counter.papers.made["condition_report"].startswith(b"%PDF")


def test_a_fee_is_taken_in_parts(counter: Counter) -> None:
    loan_id = damaged(counter, "L-002")
    counter.screen._run(Act.PAY_FEES)
    dialog = counter.dialog()
    assert isinstance(dialog, PayFeesDialog)
    assert dialog.amount.value() == Money.yuan(150)
    type_into(dialog.amount.line, "151")
    QTest.keyClick(dialog, ENTER, CTRL)
    assert dialog.amount.problem_text()
    type_into(dialog.amount.line, "99.5")
    QTest.keyClick(dialog, ENTER, CTRL)
    counter.settle()
    assert not counter.is_open()
    with counter.shop.reading() as session:
        assert session.scalars(select(Payment.amount).where(Payment.loan_id == loan_id)).all() == [Money(9_950)]
    assert counter.papers.made["fee_receipt"].startswith(b"%PDF")


def test_a_manager_takes_a_wrong_payment_back(counter: Counter) -> None:
    loan_id = damaged(counter, "L-002")
    counter.screen._run(Act.PAY_FEES)
    QTest.keyClick(counter.dialog(), ENTER, CTRL)
    counter.settle()
    refused = {step.act for step in counter.screen._all_steps() if step.refusal}
    assert Act.UNDO_PAYMENT in refused
    counter.person.role = Role.MANAGER
    counter.screen._run(Act.UNDO_PAYMENT)
    dialog = counter.dialog()
    assert isinstance(dialog, UndoFeeDialog)
    QTest.keyClick(dialog, ENTER, CTRL)
    assert dialog.reason.problem_text()
    type_into(dialog.reason.line, "wrong till")
    QTest.keyClick(dialog, ENTER, CTRL)
    counter.settle()
    assert not counter.is_open()
    with counter.shop.reading() as session:
        amounts = session.scalars(select(Payment.amount).where(Payment.loan_id == loan_id).order_by(Payment.id)).all()
    assert amounts == [Money.yuan(150), -Money.yuan(150)]


def test_only_a_manager_waives_the_rest(counter: Counter) -> None:
    damaged(counter, "L-002")
    known = counter.screen._known
    assert known is not None
    refused = {step.act for step in counter.screen._all_steps() if step.refusal}
    assert Act.WAIVE_FEE in refused
    counter.person.role = Role.MANAGER
    counter.screen._run(Act.WAIVE_FEE)
    question = counter.dialog()
    assert isinstance(question, Question)
    field = question.findChild(QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    QTest.keyClicks(field, "regular customer")
    next(one for one in question.findChildren(QPushButton) if one.shortcut().toString() == "Ctrl+Return").click()
    counter.settle()
    with counter.shop.reading() as session:
        assert session.scalars(select(Charge.waive_reason)).all() == ["regular customer"]


def test_a_reservation_is_moved_then_nobody_comes(counter: Counter) -> None:
    choose(counter, "L-003")
    counter.screen._run(Act.MOVE_RESERVATION)
    dialog = counter.dialog()
    assert isinstance(dialog, MoveReservationDialog)
    type_into(dialog.from_day.line, "+1")
    QTest.keyClick(dialog, ENTER, CTRL)
    counter.settle()
    assert not counter.is_open()
    wait(counter.shop, 2)
    choose(counter, "L-003")
    known = counter.screen._known
    assert known is not None
    assert side_steps(known, counter.person.context())[0].act is Act.NOT_FETCHED
    counter.screen._run(Act.NOT_FETCHED)
    counter.settle()
    with counter.shop.reading() as session:
        assert session.scalars(select(Loaner.state).where(Loaner.code == "L-003")).one() is LoanerState.ON_SHELF


def test_what_is_kept_is_lent_without_a_ticket(counter: Counter) -> None:
    wait(counter.shop, 2)
    choose(counter, "L-003")
    QTest.keyClick(counter.screen.view, ENTER, CTRL)
    dialog = counter.dialog()
    assert isinstance(dialog, LendDialog)
    assert not dialog.ticket.isVisible()
    chosen = dialog.chosen()
    assert chosen is not None
    assert chosen.code == "L-003"
    QTest.keyClick(dialog, ENTER, CTRL)
    counter.settle()
    assert not counter.is_open()
    with counter.shop.reading() as session:
        assert session.scalars(select(Loaner.state).where(Loaner.code == "L-003")).one() is LoanerState.LENT


@pytest.mark.parametrize("view", [LoanerView.RESERVED, LoanerView.FEES, LoanerView.LOST])
def test_the_new_views(counter: Counter, view: LoanerView) -> None:
    damaged(counter, "L-002")
    counter.screen.show_view(view)
    counter.settle()
    wanted = {LoanerView.RESERVED: 1, LoanerView.FEES: 1, LoanerView.LOST: 0}
    assert counter.screen.table.rowCount() == wanted[view]


def test_labels_of_the_list(counter: Counter) -> None:
    counter.screen.print_labels()
    counter.settle()
    assert counter.papers.made["loaner_label"].startswith(b"%PDF")


def test_a_pasted_picture_is_kept_and_taken_off(counter: Counter) -> None:
    choose(counter, "L-001")
    photos = counter.screen.detail.photos
    picture = QImage(320, 240, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkCyan)
    photos.strip.image_pasted.emit(picture)
    counter.settle()
    choose(counter, "L-001")
    known = counter.screen._known
    assert known is not None
    assert len(known.photos) == 1
    photos.strip.removed.emit(0)
    counter.settle()
    choose(counter, "L-001")
    assert counter.screen._known is not None
    assert counter.screen._known.photos == ()
