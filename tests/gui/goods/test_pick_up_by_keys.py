"""Handing goods over at the pick-up page, by keyboard, pen and scanner."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk.core.hand_over import SignPurpose
from crmdesk.core.loaners import ReturnGrade
from crmdesk.core.money import Money
from crmdesk.core.papers import PaperKind
from crmdesk.core.roles import Role
from crmdesk.core.tickets import TicketState
from crmdesk.queries import signatures
from crmdesk.services import pickup
from crmdesk.services.loan_returns import TakeBack, take_back
from crmdesk.services.pickup import Pay
from crmdesk.views.loaners.feature import install as install_loaners
from crmdesk.views.service.loan_fee_words import loan_fee_facts
from crmdesk.views.service.pick_up_page import PickUpPage
from tests.builders.loaners import add_loaner, lend_to
from tests.builders.repairs import ready, seen

if TYPE_CHECKING:
    from tests.gui.service.conftest import Counter

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def pick_up(counter: "Counter") -> PickUpPage:
    """Give the page, shown."""
    counter.settle()
    shown = counter.desk.navigator.screen("service.pick_up")
    assert isinstance(shown, PickUpPage)
    assert shown.isVisible()
    return shown


def paid(counter: "Counter") -> int:
    ticket_id = ready(counter.shop, accessories=("密码锁", "防尘袋"))
    version = seen(counter.shop, ticket_id).version
    counter.shop.do(pickup.pay, Pay(ticket_id, version, Money.yuan(80), "cash"), counter.shop.context())
    return ticket_id


def scan(counter: "Counter", code: str) -> PickUpPage:
    """Open the page by its keys and scan a slip."""
    counter.desk.navigator.run("service.pick_up")
    shown = pick_up(counter)
    assert QApplication.focusWidget() is shown.code.line
    QTest.keyClicks(shown.code.line, code)
    counter.press(Qt.Key.Key_Return)
    return shown


def test_by_scan_and_keys_to_the_end(counter: "Counter") -> None:
    ticket_id = ready(counter.shop, accessories=("密码锁", "防尘袋"))
    number = seen(counter.shop, ticket_id).number
    shown = scan(counter, number)
    assert shown.shelf.accessibleName() == "Shelf A3"
    assert QApplication.focusWidget() is shown.goods.ticks[0].editor
    assert "payment" not in shown.missing.text()
    counter.press(Qt.Key.Key_Space)
    assert "the payment" in shown.missing.text()
    counter.press(Qt.Key.Key_T, ALT)
    assert seen(counter.shop, ticket_id).open_amount == Money(0)
    assert shown.goods.item_back, "what is ticked stays ticked while money is taken"
    counter.press(Qt.Key.Key_E, ALT)
    assert shown.save.text() == "Hand over and close"
    counter.go_on()
    assert shown.signature.problem_text() == "Please fill this in."
    counter.press(Qt.Key.Key_P, ALT)
    assert shown.missing.text() == ""
    counter.go_on()
    now = seen(counter.shop, ticket_id)
    assert (now.state, now.collected_by, now.shelf) == (TicketState.CLOSED, "周建国", "")
    assert counter.toasts.texts[-1] == f"{number}: handed over"
    assert shown.case is None
    assert QApplication.focusWidget() is shown.code.line


def test_a_part_for_the_wife_signed_with_the_pen(counter: "Counter") -> None:
    ticket_id = paid(counter)
    shown = scan(counter, seen(counter.shop, ticket_id).number[-4:])
    counter.press(Qt.Key.Key_B, ALT)
    assert QApplication.focusWidget() is shown.person.person.editor
    counter.type("Li Xiuying")
    counter.press(Qt.Key.Key_1, ALT)
    counter.press(Qt.Key.Key_2, ALT)
    assert shown.save.text() == "Hand over a part"
    counter.go_on()
    assert shown.person.stands_for.problem_text() == "Please fill this in."
    shown.person.stands_for.setFocus()
    counter.type("wife", "slip")
    pad = shown.signature.pad
    for start, end in ((QPoint(30, 30), QPoint(120, 90)), (QPoint(140, 20), QPoint(200, 80))):
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=start)
        for step in range(1, 6):
            QTest.mouseMove(pad, start + (end - start) * step / 5)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=end)
    assert len(pad.strokes) == 2
    counter.go_on()
    now = seen(counter.shop, ticket_id)
    assert now.state is TicketState.NOTIFIED
    assert [one.handed_back for one in now.accessories] == [True, False]
    assert counter.toasts.texts[-1] == f"{now.number}: a part is handed over, still here: 防尘袋"
    with counter.shop.reading() as session:
        kept = signatures.of_ticket(session, ticket_id, SignPurpose.HAND_BACK, counter.shop.context())
    assert kept is not None
    assert kept.person == "Li Xiuying"
    shown = scan(counter, now.number)
    assert list(shown.goods.ticks) == [now.accessories[1].id]
    counter.press(Qt.Key.Key_E, ALT)
    counter.press(Qt.Key.Key_P, ALT)
    counter.go_on()
    assert seen(counter.shop, ticket_id).state is TicketState.CLOSED


def test_from_the_ticket_and_back_to_it(counter: "Counter") -> None:
    ticket_id = paid(counter)
    counter.open(ticket_id)
    counter.go_on()
    counter.go_on()
    assert counter.primary() == "Hand back"
    counter.go_on()
    shown = pick_up(counter)
    assert shown.case is not None
    assert shown.case.ticket.id == ticket_id
    counter.press(Qt.Key.Key_E, ALT)
    counter.press(Qt.Key.Key_P, ALT)
    counter.go_on()
    assert counter.screen.isVisible()
    assert seen(counter.shop, ticket_id).state is TicketState.CLOSED


def test_the_loaner_stops_and_comes_back_over_the_page(counter: "Counter") -> None:
    install_loaners(counter.desk)
    ticket_id = paid(counter)
    lend_to(counter.shop, add_loaner(counter.shop).id, seen(counter.shop, ticket_id).member_id, ticket_id)
    shown = scan(counter, seen(counter.shop, ticket_id).number)
    assert not shown.save.isEnabled()
    assert "L-007" in shown.loaner.accessibleName()
    assert "the loaner" in shown.missing.text()
    counter.press(Qt.Key.Key_K, ALT)
    assert QApplication.activeModalWidget() is not None
    counter.go_on()
    counter.settle()
    assert seen(counter.shop, ticket_id).loan_out is None
    assert shown.save.isEnabled()


def test_the_manager_is_asked_to_take_the_loan_over(counter: "Counter") -> None:
    ticket_id = paid(counter)
    loan = lend_to(counter.shop, add_loaner(counter.shop).id, seen(counter.shop, ticket_id).member_id, ticket_id)
    asked: list[object] = []
    counter.desk.navigator.register_command("loaners.take_over", "Take over", "", lambda **facts: asked.append(facts))
    counter.person.role = Role.MANAGER
    scan(counter, seen(counter.shop, ticket_id).number)
    counter.press(Qt.Key.Key_O, ALT)
    assert asked == [{"loan_id": loan.id}]
    counter.go_on()
    assert seen(counter.shop, ticket_id).state is not TicketState.CLOSED


def test_an_unknown_code_is_said_at_the_code(counter: "Counter") -> None:
    shown = scan(counter, "R-01-000000-0000")
    assert "is no order number" in shown.code.problem_text()
    assert shown.case is None


def test_somebody_else_was_faster(counter: "Counter") -> None:
    ticket_id = paid(counter)
    shown = scan(counter, seen(counter.shop, ticket_id).number)
    counter.press(Qt.Key.Key_E, ALT)
    counter.press(Qt.Key.Key_P, ALT)
    now = seen(counter.shop, ticket_id)
    keys = frozenset(one.id for one in now.accessories)
    other = pickup.HandBack(ticket_id, now.version, "周太太", item_back=True, signed=True, accessories=keys)
    counter.shop.do(pickup.hand_back, other, counter.shop.context(desk="desk-2"))
    counter.go_on()
    assert "Somebody else" in shown.notice.accessibleName()
    assert not shown.save.isEnabled()
    assert seen(counter.shop, ticket_id).collected_by == "周太太"


def test_the_note_is_printed_from_the_toast(counter: "Counter") -> None:
    ticket_id = paid(counter)
    shown = scan(counter, seen(counter.shop, ticket_id).number)
    counter.press(Qt.Key.Key_E, ALT)
    shown.signature.set_value(None)
    counter.press(Qt.Key.Key_P, ALT)
    counter.go_on()
    counter.toasts.actions[-1][0][1]()
    counter.settle()
    assert PaperKind.PICKUP_NOTE.value in counter.papers.made


def test_fees_of_the_loan_are_shown_with_their_loan_and_taken_here(counter: "Counter") -> None:
    ticket_id = paid(counter)
    shop = counter.shop
    lent = lend_to(shop, add_loaner(shop).id, seen(shop, ticket_id).member_id, ticket_id)
    broken = TakeBack(
        lent.id, ReturnGrade.DAMAGED, "拉杆断", damage_fee=lent.deposit + Money.yuan(50), kept=lent.deposit
    )
    shop.do(take_back, broken, shop.context())
    shown = scan(counter, seen(shop, ticket_id).number)
    assert shown.case is not None
    told = [(one.label, one.value) for one in loan_fee_facts(shown.case.loan_fees)]
    assert told == [("Damage fee", f"¥50 · loan {lent.number}")]
    assert shown.case.money.open == Money.yuan(50)
    counter.press(Qt.Key.Key_T, ALT)
    assert shown.case.money.open == Money(0)
    told = [(one.label, one.value) for one in loan_fee_facts(shown.case.loan_fees)]
    assert told[-1] == ("Paid for the loan", "−¥50")
    counter.press(Qt.Key.Key_E, ALT)
    counter.press(Qt.Key.Key_P, ALT)
    counter.go_on()
    assert seen(shop, ticket_id).state is TicketState.CLOSED
