"""A whole return at the service screen, by keyboard alone, and what stops it."""

from datetime import date

from argon2 import PasswordHasher
from PySide6.QtCore import Qt

from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.tickets import GoodsCondition, ReturnDecision, ReturnReason, TicketState
from crmdesk.models.staff import Staff
from crmdesk.queries import return_case
from crmdesk.queries.return_case import ReturnCase
from crmdesk.services.purchases import LineFacts
from crmdesk.views.service.case_return_decide import DecideReturnDialog
from crmdesk.views.service.case_return_dialogs import CarryOutDialog, CheckDialog
from crmdesk.views.service.case_return_lines import NO_RECEIPT, AddLineDialog
from crmdesk.views.service.case_return_part import ReturnPart
from tests.builders.cases import add_line, add_purchase, add_return, check_all
from tests.builders.loaners import add_member
from tests.builders.repairs import seen
from tests.builders.shop import Shop, staff_id
from tests.gui.service.conftest import Counter

CTRL = Qt.KeyboardModifier.ControlModifier
COAT = LineFacts("羊毛大衣 驼色", Money.yuan(400))
SOCKS = LineFacts("棉袜", Money.yuan(100), quantity=3)


def bought(shop: Shop) -> tuple[int, list[int]]:
    """Sell a coat and socks, and take in a return without lines."""
    member = add_member(shop, "沈冰洁", "13900002222")
    lines = add_purchase(shop, member, COAT, SOCKS)
    return add_return(shop, member), lines


def known(counter: Counter, ticket_id: int) -> ReturnCase:
    with counter.shop.reading() as session:
        return return_case.case(session, ticket_id, counter.person.context())


def part(counter: Counter) -> ReturnPart:
    case = counter.screen.panel.case
    assert case is not None
    shown = counter.screen.panel._parts[case.ticket.kind]
    assert isinstance(shown, ReturnPart)
    return shown


def test_from_the_first_line_to_the_money(counter: Counter) -> None:
    ticket_id, _lines = bought(counter.shop)
    counter.open(ticket_id)
    assert counter.primary() == "Add a line"
    counter.go_on()
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Tab)
    counter.press(Qt.Key.Key_Tab)
    counter.type("Size")
    counter.go_on()
    assert counter.no_form()
    assert counter.primary() == "Check the goods"
    counter.go_on()
    counter.type("Tried")
    counter.go_on()
    assert counter.primary() == "Decide"
    counter.go_on()
    counter.type("Refund")
    form = counter.form()
    assert isinstance(form, DecideReturnDialog)
    assert form.total.text() == "¥400"
    counter.go_on()
    assert counter.toasts.texts[-1].endswith("decided, refund ¥400")
    assert counter.primary() == "Carry out"
    counter.press(Qt.Key.Key_P, CTRL)
    assert counter.papers.made["return_note"].startswith(b"%PDF")
    counter.go_on()
    counter.type("WeChat")
    counter.go_on()
    assert counter.no_form()
    line = known(counter, ticket_id).lines[0]
    assert (line.name, line.reason, line.condition) == ("羊毛大衣 驼色", ReturnReason.SIZE, GoodsCondition.TRIED)
    assert (line.decision, line.refund, line.refund_method) == (ReturnDecision.REFUND, Money.yuan(400), "wechat")
    assert line.points_back == 400
    assert seen(counter.shop, ticket_id).state is TicketState.CLOSED


def test_the_lines_their_sum_and_the_legal_clock_are_shown(counter: Counter) -> None:
    ticket_id, lines = bought(counter.shop)
    add_line(counter.shop, ticket_id, lines[0])
    add_line(counter.shop, ticket_id, lines[1], 2)
    counter.open(ticket_id)
    shown = part(counter)
    assert shown.total.text() == "¥466.66 paid"
    assert len(shown.cards) == 2
    assert "return, exchange or repair until" in shown.cards[0].policy.text()
    assert "no fault: by agreement" in shown.cards[0].policy.text()
    assert "not legal advice" in shown.cards[0].source.text()


def test_more_than_was_bought_is_said_at_the_pieces(counter: Counter) -> None:
    ticket_id, lines = bought(counter.shop)
    counter.open(ticket_id)
    counter.go_on()
    form = counter.form()
    assert isinstance(form, AddLineDialog)
    form.what.set_value(lines[1])
    form.reason.set_value(ReturnReason.COLOUR)
    form.quantity.set_value(4)
    counter.go_on()
    assert form.quantity.problem_text() == "Please enter a whole number from 1 to 3."
    other = add_return(counter.shop, seen(counter.shop, ticket_id).member_id)
    add_line(counter.shop, other, lines[1], 2)
    form.quantity.set_value(2)
    counter.go_on()
    assert "3 bought, 2 on returns already" in form.quantity.problem_text()


def test_without_a_receipt_a_manager_says_why(counter: Counter) -> None:
    ticket_id = add_return(counter.shop, add_member(counter.shop))
    counter.person.role = Role.CLERK
    counter.open(ticket_id)
    counter.person.role = Role.MANAGER
    counter.open(ticket_id)
    counter.go_on()
    form = counter.form()
    assert isinstance(form, AddLineDialog)
    form.what.set_value(NO_RECEIPT)
    form.reason.set_value(ReturnReason.QUALITY)
    form.name.set_value("皮带")
    form.price.set_value(Money.yuan(199))
    counter.go_on()
    assert form.why.problem_text() == "Please fill this in."
    form.why.set_value("监控核对")
    counter.go_on()
    assert counter.no_form()
    assert known(counter, ticket_id).lines[0].no_receipt_reason == "监控核对"


def test_above_the_limit_the_decision_waits(counter: Counter) -> None:
    member = add_member(counter.shop)
    (jacket,) = add_purchase(counter.shop, member, LineFacts("皮衣", Money.yuan(800)))
    ticket_id = add_return(counter.shop, member)
    add_line(counter.shop, ticket_id, jacket)
    check_all(counter.shop, ticket_id)
    counter.open(ticket_id)
    counter.go_on()
    form = counter.form()
    assert isinstance(form, DecideReturnDialog)
    form.rows[0].decision.set_value(ReturnDecision.REFUND)
    assert not form.save.isEnabled()
    assert form.limit.text().startswith("You may approve up to ¥500")
    form.rows[0].refund.set_value(Money.yuan(900))
    counter.go_on()
    assert form.rows[0].refund.problem_text() or not form.save.isEnabled()
    form.rows[0].refund.set_value(Money.yuan(500))
    assert form.save.isEnabled()
    counter.go_on()
    assert known(counter, ticket_id).lines[0].refund == Money.yuan(500)


def test_a_rejection_asks_why(counter: Counter) -> None:
    ticket_id, lines = bought(counter.shop)
    add_line(counter.shop, ticket_id, lines[0])
    check_all(counter.shop, ticket_id, GoodsCondition.DAMAGED)
    counter.open(ticket_id)
    counter.go_on()
    form = counter.form()
    assert isinstance(form, DecideReturnDialog)
    form.rows[0].decision.set_value(ReturnDecision.REJECT)
    counter.go_on()
    assert form.rows[0].note.problem_text() == "Please fill this in."
    form.rows[0].note.set_value("人为损坏")
    counter.go_on()
    assert counter.no_form()
    assert known(counter, ticket_id).lines[0].decision is ReturnDecision.REJECT


def with_pin(shop: Shop, role: Role, pin: str) -> None:
    """Give the person of a role a PIN."""
    with shop.database.transaction() as session:
        session.get_one(Staff, staff_id(role)).secret = PasswordHasher().hash(pin)


def test_at_a_clerks_desk_the_manager_approves_with_her_pin(counter: Counter) -> None:
    with_pin(counter.shop, Role.MANAGER, "4711")
    ticket_id = add_return(counter.shop, add_member(counter.shop))
    counter.person.role = Role.CLERK
    counter.open(ticket_id)
    counter.go_on()
    form = counter.form()
    assert isinstance(form, AddLineDialog)
    form.what.set_value(NO_RECEIPT)
    form.reason.set_value(ReturnReason.QUALITY)
    form.name.set_value("皮带")
    form.price.set_value(Money.yuan(199))
    form.why.set_value("监控核对")
    form.approval.pin.set_value("4712")
    counter.go_on()
    assert form.approval.pin.problem_text().startswith("Wrong PIN")
    assert not known(counter, ticket_id).lines
    form.approval.pin.set_value("4711")
    counter.go_on()
    assert counter.no_form()
    (line,) = known(counter, ticket_id).lines
    assert (line.no_receipt_reason, line.no_receipt_by) == ("监控核对", "周敏")


def test_two_lines_now_and_one_later(counter: Counter) -> None:
    ticket_id, lines = bought(counter.shop)
    add_line(counter.shop, ticket_id, lines[0])
    add_line(counter.shop, ticket_id, lines[1], 2)
    check_all(counter.shop, ticket_id)
    counter.person.role = Role.MANAGER
    counter.open(ticket_id)
    counter.go_on()
    form = counter.form()
    assert isinstance(form, DecideReturnDialog)
    form.rows[0].decision.set_value(ReturnDecision.EXCHANGE)
    form.rows[0].goods.set_value("羊毛大衣 黑色 L")
    form.rows[0].price.set_value(Money.yuan(460))
    assert form.rows[0].price.editor.accessibleDescription() == "customer pays ¥60 more"
    form.rows[1].decision.set_value(ReturnDecision.REPAIR)
    counter.go_on()
    assert counter.no_form()
    assert part(counter).hands.text() == "customer pays ¥60"
    counter.go_on()
    carry = counter.form()
    assert isinstance(carry, CarryOutDialog)
    assert carry.hands.text() == "The customer pays ¥60."
    counter.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    counter.go_on()
    assert counter.toasts.texts[-1].endswith("carried out in part")
    first, second = known(counter, ticket_id).lines
    assert first.executed_at is not None
    assert second.executed_at is None
    assert counter.primary() == "Carry out"
    counter.go_on()
    counter.go_on()
    assert counter.no_form()
    assert seen(counter.shop, ticket_id).state is TicketState.CLOSED
    second = known(counter, ticket_id).lines[1]
    assert second.repair_number.startswith("R-01-")
    assert second.repair_ticket_id is not None
    assert seen(counter.shop, second.repair_ticket_id).linked_ticket_id == ticket_id


def test_the_gift_that_is_kept_comes_off_the_refund(counter: Counter) -> None:
    ticket_id, lines = bought(counter.shop)
    add_line(counter.shop, ticket_id, lines[0])
    counter.open(ticket_id)
    counter.go_on()
    check = counter.form()
    assert isinstance(check, CheckDialog)
    counter.type("Tried", "scarf")
    counter.press(Qt.Key.Key_Tab)
    counter.type("kept", "49")
    counter.go_on()
    assert counter.no_form()
    counter.go_on()
    counter.type("Refund")
    form = counter.form()
    assert isinstance(form, DecideReturnDialog)
    assert form.total.text() == "¥351"
    form.rows[0].refund.set_value(Money.yuan(352))
    counter.go_on()
    assert form.rows[0].refund.problem_text()
    form.rows[0].refund.set_value(Money.yuan(351))
    counter.go_on()
    assert counter.no_form()
    assert known(counter, ticket_id).lines[0].refund == Money.yuan(351)


def test_a_distance_sale_shows_when_the_money_is_due(counter: Counter) -> None:
    ticket_id, lines = bought(counter.shop)
    counter.open(ticket_id)
    counter.go_on()
    form = counter.form()
    assert isinstance(form, AddLineDialog)
    form.what.set_value(lines[0])
    form.reason.set_value(ReturnReason.NOT_LIKED)
    form.distance.set_value(True)
    form.arrived.set_value(date(2026, 11, 19))
    counter.go_on()
    assert counter.no_form()
    shown = part(counter)
    assert "Refund due by Sat 28 Nov" in shown.clock.accessibleName()
    assert "art. 25" in shown.clock.accessibleName()
    assert "without a reason until Thu 26 Nov" in shown.cards[0].policy.text()
