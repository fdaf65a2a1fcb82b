"""Points, stored value and level by keyboard, as a clerk and a manager work."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from crmdesk.core.members import CardTier, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Role
from crmdesk.models.member import Member
from crmdesk.queries import member_ledger
from crmdesk.queries.member_ledger import LedgerStanding
from crmdesk.services.ledger_desk import GivePoints, TopUp, give_points, top_up
from crmdesk.services.staff import ResetPin, reset_pin
from crmdesk.views.members.account_dialogs import GiveDialog, RefundDialog, SpendDialog, TakeBackDialog, TopUpDialog
from crmdesk.views.members.account_screen import PAGE, AccountScreen
from crmdesk.views.members.account_steps import AccountAct
from crmdesk.views.members.level_dialog import LevelDialog
from crmdesk.views.members.statement_dialog import StatementDialog
from tests.builders.shop import staff_id
from tests.gui.members.conftest import Counter

CTRL = Qt.KeyboardModifier.ControlModifier


def stands(counter: Counter, name: str = "周建国") -> LedgerStanding:
    with counter.shop.reading() as session:
        return member_ledger.standing(session, counter.known[name], counter.person.context())


def account(counter: Counter, name: str = "周建国") -> AccountScreen:
    counter.desk.navigator.go(PAGE, EntityRef(EntityKind.MEMBER, counter.known[name]))
    return counter.shown(AccountScreen)


def type_into(editor: QLineEdit, text: str) -> None:
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)


def send(counter: Counter, dialog: QWidget) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()


def test_the_page_of_a_member_tops_up(counter: Counter) -> None:
    page = counter.page("周建国")
    page.balance.buttons[AccountAct.TOP_UP].click()
    dialog = counter.dialog(TopUpDialog)
    type_into(dialog.principal.line, "1000")
    QTest.keyClick(dialog.principal.line, Qt.Key.Key_Tab)
    assert dialog.bonus.line.hasFocus()
    QTest.keyClicks(dialog.bonus.line, "100")
    send(counter, dialog)
    assert (stands(counter).principal, stands(counter).bonus) == (Money.yuan(1000), Money.yuan(100))
    words, run = counter.toasts.actions[-1][0]
    assert words
    run()
    counter.settle()
    assert counter.papers.made["value_receipt"].startswith(b"%PDF")


def test_using_more_than_there_is_says_so_and_keeps_what_was_typed(counter: Counter) -> None:
    counter.shop.do(give_points, GivePoints(counter.known["周建国"], 10, "x"), counter.shop.context())
    page = counter.page("周建国")
    page.balance.run(AccountAct.SPEND)
    dialog = counter.dialog(SpendDialog)
    type_into(dialog.points.line, "11")
    send(counter, dialog)
    assert dialog.isVisible()
    assert dialog.points.line.text() == "11"
    type_into(dialog.points.line, "4")
    send(counter, dialog)
    assert stands(counter).points == 6


def test_a_clerk_lets_the_manager_approve_a_refund(counter: Counter) -> None:
    counter.sign_in(Role.CLERK)
    manager = staff_id(Role.MANAGER)
    counter.shop.do(reset_pin, ResetPin(manager, "4711"), counter.shop.context(Role.OWNER))
    counter.shop.do(top_up, TopUp(counter.known["周建国"], Money.yuan(300)), counter.shop.context())
    page = counter.page("周建国")
    page.balance.run(AccountAct.REFUND)
    dialog = counter.dialog(RefundDialog)
    type_into(dialog.amount.line, "200")
    dialog.reason.set_value("搬家")
    send(counter, dialog)
    assert dialog.approval.pin.isVisible()
    type_into(dialog.approval.pin.line, "4712")
    send(counter, dialog)
    assert stands(counter).principal == Money.yuan(300)
    type_into(dialog.approval.pin.line, "4711")
    send(counter, dialog)
    assert stands(counter).principal == Money.yuan(100)


def test_the_list_takes_back_by_keyboard(counter: Counter) -> None:
    counter.sign_in(Role.MANAGER)
    counter.shop.do(top_up, TopUp(counter.known["周建国"], Money.yuan(300)), counter.shop.context())
    counter.shop.do(give_points, GivePoints(counter.known["周建国"], 10, "x"), counter.shop.context())
    screen = account(counter)
    assert screen.table.rowCount() == 2
    screen.view.select_first()
    screen.take_back()
    dialog = counter.dialog(TakeBackDialog)
    dialog.reason.set_value("错")
    send(counter, dialog)
    assert stands(counter).points == 0
    screen.view.select_first()
    screen.take_back()
    assert not counter.any_dialog()
    screen.chips.choose("stored")
    screen.reload()
    counter.settle()
    assert [row.reason for row in screen.table.rows()] == [LedgerReason.TOP_UP]


def test_the_statement_is_shown_in_the_language_asked_for(counter: Counter) -> None:
    counter.shop.do(top_up, TopUp(counter.known["周建国"], Money.yuan(300)), counter.shop.context())
    account(counter)
    counter.press(Qt.Key.Key_P)
    dialog = counter.dialog(StatementDialog)
    send(counter, dialog)
    assert counter.papers.made["statement"].startswith(b"%PDF")


def test_a_statement_backwards_is_refused(counter: Counter) -> None:
    counter.shop.do(top_up, TopUp(counter.known["周建国"], Money.yuan(300)), counter.shop.context())
    account(counter).run(AccountAct.STATEMENT)
    dialog = counter.dialog(StatementDialog)
    (editor,) = dialog.until.findChildren(QLineEdit)
    type_into(editor, "2020-01-01")
    send(counter, dialog)
    assert dialog.isVisible()
    assert "statement" not in counter.papers.made


def test_a_level_by_hand_stays_until_it_is_released(counter: Counter) -> None:
    screen = account(counter, "林婉清")
    screen.side.set_level.click()
    dialog = counter.dialog(LevelDialog)
    dialog.tier.set_value(CardTier.DIAMOND)
    dialog.reason.set_value("老朋友")
    send(counter, dialog)
    with counter.shop.reading() as session:
        kept = session.get_one(Member, counter.known["林婉清"])
        assert (kept.tier, kept.tier_fixed) == (CardTier.DIAMOND, True)
    assert screen.side.release.isVisibleTo(screen)
    screen.side.release.click()
    counter.settle()
    with counter.shop.reading() as session:
        kept = session.get_one(Member, counter.known["林婉清"])
        assert kept.tier is CardTier.DIAMOND  # the grace goes on
        assert kept.tier_until is not None


def test_who_does_not_work_at_the_desk_may_only_look(counter: Counter) -> None:
    counter.sign_in(Role.OWNER)
    page = counter.page("周建国")
    assert not page.balance.buttons[AccountAct.TOP_UP].isEnabled()
    screen = account(counter)
    assert not screen.buttons[AccountAct.GIVE].isEnabled()
    assert screen.buttons[AccountAct.GIVE].toolTip()


def test_giving_needs_a_reason(counter: Counter) -> None:
    page = counter.page("周建国")
    page.balance.run(AccountAct.GIVE)
    dialog = counter.dialog(GiveDialog)
    type_into(dialog.points.line, "10")
    send(counter, dialog)
    assert dialog.isVisible()
    assert stands(counter).points == 0
