"""The loaner screen by keyboard, as a clerk works."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from sqlalchemy import select

from crmdesk.core.loaners import DepositMove, LoanerState, LoanState
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Role
from crmdesk.models.loan import DepositEntry, Loan
from crmdesk.models.loaner import Loaner
from crmdesk.queries.loaner_rows import LoanerFilter, LoanerView, ids
from crmdesk.views.loaners.lend_dialog import LendDialog
from crmdesk.views.loaners.loaner_form import LoanerForm, next_code
from crmdesk.views.loaners.reserve_dialogs import ReserveDialog
from crmdesk.views.loaners.return_dialog import ReturnDialog
from crmdesk.views.loaners.small_dialogs import DueDialog, InspectDialog, LoseDialog
from crmdesk.views.loaners.steps import Act, more_steps
from tests.builders.loaners import add_member, add_repair
from tests.gui.loaners.conftest import Counter

CTRL = Qt.KeyboardModifier.ControlModifier


def loaner(counter: Counter, code: str) -> tuple[int, LoanerState]:
    with counter.shop.reading() as session:
        one = session.execute(select(Loaner).where(Loaner.code == code)).scalar_one()
        return one.id, one.state


def choose(counter: Counter, code: str) -> None:
    counter.screen.open_ref(EntityRef(EntityKind.LOANER, loaner(counter, code)[0]))
    counter.settle()


def _focused(part: QWidget) -> QWidget:
    inner = part.focusWidget()
    return part if inner is None else inner  # type: ignore[redundant-expr] # Qt gives None


def type_into(editor: QLineEdit, text: str) -> None:
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)


def test_views_show_what_they_count(counter: Counter) -> None:
    screen = counter.screen
    for view in LoanerView:
        screen.show_view(view)
        counter.settle()
        with counter.shop.reading() as session:
            assert screen.table.rowCount() == len(ids(session, LoanerFilter(view), counter.person.context()))


def test_the_filter_narrows_while_typing(counter: Counter) -> None:
    QTest.keyClicks(counter.screen.view, "L-00")
    counter.settle()
    assert counter.screen.filter.text() == "L-00"
    assert counter.screen.table.rowCount() == 9


def test_taking_back_by_keyboard(counter: Counter) -> None:
    counter.screen.show_view(LoanerView.OVERDUE)
    counter.settle()
    QTest.keyClick(counter.screen.view, Qt.Key.Key_Return, CTRL)
    dialog = counter.dialog()
    assert isinstance(dialog, ReturnDialog)
    QTest.keyClick(_focused(dialog.grade), Qt.Key.Key_Right)  # dirty
    type_into(dialog.damage_fee.line, "30.5")
    assert dialog.sum.figure() == "¥269.50"
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert not counter.is_open()
    assert loaner(counter, "L-001")[1] is LoanerState.TO_INSPECT
    assert counter.papers.made["loan_return"].startswith(b"%PDF")
    with counter.shop.reading() as session:
        kept = session.scalars(select(DepositEntry.amount).where(DepositEntry.move == DepositMove.KEPT)).all()
    assert list(kept) == [Money(3050)]


def test_damage_needs_words(counter: Counter) -> None:
    choose(counter, "L-001")
    QTest.keyClick(counter.screen.view, Qt.Key.Key_Return, CTRL)
    dialog = counter.dialog()
    assert isinstance(dialog, ReturnDialog)
    QTest.keyClick(_focused(dialog.grade), Qt.Key.Key_Left)  # round to damaged
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.condition.problem_text()
    assert counter.dialog() is dialog


def test_lending_to_a_ticket_by_its_number(counter: Counter) -> None:
    ticket = add_repair(counter.shop, add_member(counter.shop, "曾小贤", "13700001111"))
    QTest.keyClick(counter.screen, Qt.Key.Key_L, CTRL)
    dialog = counter.dialog()
    assert isinstance(dialog, LendDialog)
    assert not dialog.save.isEnabled()
    QTest.keyClicks(dialog.ticket.line, ticket.number.replace("-", ""))
    QTest.keyClick(dialog.ticket.line, Qt.Key.Key_Return)
    counter.settle()
    chosen = dialog.chosen()
    assert chosen is not None
    assert chosen.code == "L-005"  # what has her size is out, or reserved too soon
    assert dialog.deposit.value() == chosen.deposit
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert not counter.is_open()
    assert loaner(counter, chosen.code)[1] is LoanerState.LENT
    assert counter.papers.made["loan_agreement"].startswith(b"%PDF")


def test_an_unknown_ticket_is_said_at_its_field(counter: Counter) -> None:
    QTest.keyClick(counter.screen, Qt.Key.Key_L, CTRL)
    dialog = counter.dialog()
    assert isinstance(dialog, LendDialog)
    QTest.keyClicks(dialog.ticket.line, "R-99")
    QTest.keyClick(dialog.ticket.line, Qt.Key.Key_Return)
    counter.settle()
    assert "R-99" in dialog.ticket.problem_text()


def test_another_feature_lends_to_its_ticket(counter: Counter) -> None:
    ticket = add_repair(counter.shop, add_member(counter.shop, "曾小贤", "13700001111"))
    counter.desk.navigator.run("loaners.lend", ticket_id=ticket.id)
    dialog = counter.dialog()
    assert isinstance(dialog, LendDialog)
    assert dialog.chosen() is not None
    assert not dialog.ticket.isVisible()


def test_another_feature_takes_its_loan_back(counter: Counter) -> None:
    with counter.shop.reading() as session:
        loan_id = session.scalars(select(Loan.id).where(Loan.state == LoanState.OUT).limit(1)).one()
    counter.desk.navigator.run("loaners.take_back", loan_id=loan_id)
    assert isinstance(counter.dialog(), ReturnDialog)
    counter.dialog().reject()
    counter.desk.navigator.run("loaners.take_back")
    assert counter.screen.chips.current == LoanerView.OUT


def test_extending(counter: Counter) -> None:
    choose(counter, "L-002")
    counter.screen._run(Act.EXTEND)
    dialog = counter.dialog()
    assert isinstance(dialog, DueDialog)
    type_into(dialog.new_due.line, "+30")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.reason.problem_text()  # a reason is asked for
    dialog.reason.line.insert("配件未到")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    wanted = counter.person.context().today() + timedelta(days=30)
    with counter.shop.reading() as session:
        due = session.scalars(select(Loan.due_on).where(Loan.extensions == 1)).all()
    assert list(due) == [wanted]


def test_only_a_manager_takes_over(counter: Counter) -> None:
    choose(counter, "L-004")
    known = counter.screen._known
    assert known is not None
    refusals = {step.act: step.refusal for step in more_steps(known, counter.person.context())}
    assert refusals[Act.TAKE_OVER]
    counter.person.role = Role.MANAGER
    counter.screen._run(Act.TAKE_OVER)
    dialog = counter.dialog()
    assert isinstance(dialog, DueDialog)
    type_into(dialog.new_due.line, "+10")
    dialog.reason.line.insert("客户在外地")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    with counter.shop.reading() as session:
        assert session.scalars(select(Loan.take_over_reason).where(Loan.taken_over_by_id.is_not(None))).all()


def test_inspecting_cleaning_and_the_shelf(counter: Counter) -> None:
    choose(counter, "L-007")
    QTest.keyClick(counter.screen.view, Qt.Key.Key_Return, CTRL)
    assert isinstance(counter.dialog(), InspectDialog)
    QTest.keyClick(counter.dialog(), Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert loaner(counter, "L-007")[1] is LoanerState.TO_CLEAN
    choose(counter, "L-007")
    QTest.keyClick(counter.screen.view, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert loaner(counter, "L-007")[1] is LoanerState.ON_SHELF


def test_a_lost_loaner(counter: Counter) -> None:
    choose(counter, "L-002")
    counter.screen._run(Act.LOSE)
    dialog = counter.dialog()
    assert isinstance(dialog, LoseDialog)
    assert dialog.sum.figure() == "¥699.00"  # worth 999, 300 held
    dialog.reason.line.insert("机场遗失")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert loaner(counter, "L-002")[1] is LoanerState.LOST


def test_reserving_looks_the_ticket_up(counter: Counter) -> None:
    ticket = add_repair(counter.shop, add_member(counter.shop, "曾小贤", "13700001111"))
    choose(counter, "L-005")
    counter.screen._run(Act.RESERVE)
    dialog = counter.dialog()
    assert isinstance(dialog, ReserveDialog)
    QTest.keyClicks(dialog.ticket.line, ticket.number)
    type_into(dialog.from_day.line, "+2")
    type_into(dialog.due_on.line, "+8")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    with counter.shop.reading() as session:
        found = session.scalars(select(Loan).where(Loan.ticket_id == ticket.id)).one()
        assert found.state is LoanState.RESERVED


def test_registering_and_a_code_in_use(counter: Counter) -> None:
    counter.screen.start_new()
    dialog = counter.dialog()
    assert isinstance(dialog, LoanerForm)
    assert dialog.code.typed() == "L-011"
    type_into(dialog.code.line, "L-001")
    dialog.name.line.insert("22寸拉杆箱")
    dialog.category.box.setCurrentIndex(1)
    QTest.keyClicks(dialog.value.line, "1,099")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert dialog.code.problem_text()
    type_into(dialog.code.line, "L-011")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert not counter.is_open()
    assert counter.toasts.texts[-1].startswith("L-011")


def test_editing_keeps_what_was_there(counter: Counter) -> None:
    choose(counter, "L-003")
    counter.screen.edit()
    dialog = counter.dialog()
    assert isinstance(dialog, LoanerForm)
    dialog.colour.line.setText("宝蓝")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    known = counter.screen._known
    assert known is not None
    assert (known.row.colour, known.row.brand, known.accessories) == ("宝蓝", "行客", "防尘袋")


def test_the_next_code() -> None:
    assert next_code([]) == "L-001"
    assert next_code(["L-009", "L-010", "X"]) == "L-011"
    assert next_code(["箱99"]) == "箱100"


def test_every_step_is_carried_out_by_something(counter: Counter) -> None:
    assert set(counter.screen._actions._by_act) == set(Act)
