"""The rarely used ends of a repair at the service screen, by keyboard."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crmdesk.core.i18n import set_language
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.tickets import GoodsPlace, Liability, Payer, Remedy, TicketKind, TicketState
from crmdesk.services import judgement, pickup, repair, repair_ends
from crmdesk.services.judgement import Judge
from crmdesk.services.pickup import HandBack, Pay
from crmdesk.views.service.judge_dialog import JudgeDialog
from crmdesk.views.service.quote_message import QuoteMessageDialog, quote_message
from crmdesk.views.service.repair_turn_dialog import TurnDialog
from tests.builders.repair_hands import parcel
from tests.builders.repairs import approved, quoted, ready, seen, step, taken_in
from tests.gui.service.conftest import Counter

ALT = Qt.KeyboardModifier.AltModifier


def choose(counter: Counter, words: str) -> None:
    """Choose a step of the menu by its words, as its mnemonic or arrows do."""
    menu = counter.screen.panel.menu()
    assert menu is not None
    action = next(one for one in menu.actions() if one.text().split("\t")[0] == words)
    assert action.isEnabled(), action.text()
    action.trigger()
    menu.deleteLater()
    counter.settle()


def greyed(counter: Counter, words: str) -> str:
    """Give the reason beside a step of the menu."""
    menu = counter.screen.panel.menu()
    assert menu is not None
    action = next(one for one in menu.actions() if one.text().split("\t")[0] == words)
    reason = action.text().partition("\t")[2]
    assert not action.isEnabled()
    menu.deleteLater()
    return reason


def judged(counter: Counter, remedy: Remedy) -> int:
    ticket_id = taken_in(counter.shop)
    request = Judge(ticket_id, seen(counter.shop, ticket_id).version, Liability.PRODUCT_FAULT, remedy, "箱体开裂")
    counter.shop.do(judgement.judge, request, counter.shop.context(Role.MANAGER))
    return ticket_id


def paid(counter: Counter, ticket_id: int) -> None:
    now = seen(counter.shop, ticket_id)
    counter.shop.do(pickup.pay, Pay(ticket_id, now.version, now.open_amount), counter.shop.context())


def test_who_is_to_get_her_money_back_gets_a_return(counter: Counter) -> None:
    ticket_id = judged(counter, Remedy.REFUND)
    counter.open(ticket_id)
    assert counter.primary() == "Turn into another order"
    assert greyed(counter, "Start work").startswith("not while")
    counter.go_on()
    assert isinstance(counter.form(), TurnDialog)
    counter.go_on()
    assert counter.no_form()
    assert seen(counter.shop, ticket_id).state is TicketState.CLOSED
    case = counter.screen.panel.case
    assert case is not None
    assert (case.ticket.kind, case.ticket.linked_ticket_id) == (TicketKind.RETURN, ticket_id)
    assert case.ticket.number in counter.toasts.texts[-1]


def test_goods_are_kept_when_the_customer_has_signed(counter: Counter) -> None:
    ticket_id = judged(counter, Remedy.REFUSE)
    counter.open(ticket_id)
    choose(counter, "Keep for good")
    counter.go_on()
    assert counter.form().fields.fields()["signed"].problem_text()
    counter.press(Qt.Key.Key_S, ALT)
    counter.go_on()
    assert counter.no_form()
    assert seen(counter.shop, ticket_id).goods_place is GoodsPlace.NONE


def test_a_clerk_keeps_nothing_for_good(counter: Counter) -> None:
    counter.person.role = Role.CLERK
    counter.open(judged(counter, Remedy.REFUSE))
    assert greyed(counter, "Keep for good") == "manager only"


def test_a_parcel_leaves_and_arrives(counter: Counter) -> None:
    ticket_id = ready(counter.shop)
    counter.open(ticket_id)
    assert greyed(counter, "Post back") == "money is open"
    paid(counter, ticket_id)
    counter.open(ticket_id)
    counter.screen.reload()
    counter.settle()
    choose(counter, "Post back")
    counter.press(Qt.Key.Key_A, ALT)
    counter.type("Hangzhou, Wensan Road 1")
    counter.press(Qt.Key.Key_C, ALT)
    counter.type("SF", "SF12345")
    counter.go_on()
    assert counter.no_form()
    assert counter.primary() == "Parcel arrived"
    counter.go_on()
    assert seen(counter.shop, ticket_id).state is TicketState.CLOSED


def test_cancelled_goods_are_handed_back(counter: Counter) -> None:
    ticket_id = taken_in(counter.shop)
    counter.shop.do(repair.cancel, step(counter.shop, ticket_id, "不修了"), counter.shop.context())
    counter.open(ticket_id)
    assert counter.primary() == "Hand the goods back"
    counter.go_on()
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_S):
        counter.press(key, ALT)
    counter.go_on()
    assert counter.no_form()
    assert seen(counter.shop, ticket_id).goods_place is GoodsPlace.CUSTOMER


def test_money_goes_back_before_cancelled_goods(counter: Counter) -> None:
    ticket_id = approved(counter.shop)
    paid(counter, ticket_id)
    counter.shop.do(repair.cancel, step(counter.shop, ticket_id, "不修了"), counter.shop.context())
    counter.open(ticket_id)
    assert counter.primary() == "Pay back"
    counter.go_on()
    counter.go_on()
    assert counter.no_form()
    assert counter.primary() == "Hand the goods back"


def test_a_repair_comes_back(counter: Counter) -> None:
    ticket_id = ready(counter.shop)
    paid(counter, ticket_id)
    now = seen(counter.shop, ticket_id)
    ticked = frozenset(one.id for one in now.accessories)
    back = HandBack(ticket_id, now.version, "周建国", item_back=True, signed=True, accessories=ticked)
    counter.shop.do(pickup.hand_back, back, counter.shop.context())
    counter.shop.clock.advance(timedelta(days=3))
    counter.open(ticket_id)
    choose(counter, "Comes back")
    counter.type("Wheel again")
    counter.go_on()
    assert counter.no_form()
    case = counter.screen.panel.case
    assert case is not None
    assert case.ticket.linked_ticket_id == ticket_id
    view = counter.screen.panel._views[TicketKind.REPAIR]
    assert any(fact.label == "Come-back of" for fact in view.facts(case))


def test_a_charge_is_made_and_waived(counter: Counter) -> None:
    ticket_id = taken_in(counter.shop)
    counter.open(ticket_id)
    choose(counter, "Charge")
    counter.press(Qt.Key.Key_A, ALT)
    counter.type("20.5")
    counter.go_on()
    assert seen(counter.shop, ticket_id).open_amount == Money(2050)
    choose(counter, "Waive a charge")
    counter.press(Qt.Key.Key_R, ALT)
    counter.type("old customer")
    counter.go_on()
    assert seen(counter.shop, ticket_id).open_amount == Money(0)


def test_the_judgement_says_what_is_missing_and_suggests_the_rule(counter: Counter) -> None:
    counter.open(taken_in(counter.shop))
    counter.go_on()
    form = counter.form()
    assert isinstance(form, JudgeDialog)
    assert form._rule.typed() == "House warranty of 3 months"
    form._cost.set_value(Money.yuan(100))
    form._shares[Payer.STORE].set_value(Money.yuan(60))
    assert "¥40" in form._sum.text()
    form._liability.set_value(Liability.WEAR)
    form._remedy.set_value(Remedy.REPAIR_PAID)
    counter.go_on()
    assert "100" in form._cost.problem_text()
    form._shares[Payer.CUSTOMER].set_value(Money.yuan(40))
    counter.go_on()
    assert counter.no_form()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh_CN", ("您好", "更换轮组", "您需支付共 ¥80", "配件 ¥60")),
        ("en", ("Hello", "You pay ¥80 in all", "parts ¥60")),
    ],
)
def test_the_quote_in_words_for_a_message(counter: Counter, language: str, words: tuple[str, ...]) -> None:
    counter.open(quoted(counter.shop))
    case = counter.screen.panel.case
    assert case is not None
    text = quote_message(case, language)
    assert all(word in text for word in words), text
    choose(counter, "Send the quote")
    form = counter.form()
    assert isinstance(form, QuoteMessageDialog)
    counter.press(Qt.Key.Key_C, ALT)
    clipboard = QApplication.clipboard()
    assert "80" in clipboard.text()
    counter.go_on()
    assert counter.no_form()
    set_language("en")


def test_a_parcel_that_comes_back_waits_on_a_shelf_again(counter: Counter) -> None:
    ticket_id = ready(counter.shop)
    paid(counter, ticket_id)
    counter.shop.do(repair_ends.post_back, parcel(counter.shop, ticket_id), counter.shop.context())
    counter.open(ticket_id)
    assert counter.primary() == "Parcel arrived"
    choose(counter, "Parcel came back")
    counter.go_on()
    assert counter.form().fields.fields()["note"].problem_text() == "Please fill this in."
    counter.type("nobody there")
    counter.go_on()
    assert counter.no_form()
    now = seen(counter.shop, ticket_id)
    assert (now.state, now.goods_place, now.events[0].note) == (TicketState.READY, GoodsPlace.COUNTER, "nobody there")
    assert counter.primary() == "Tell customer"


def test_a_wrong_payment_is_taken_back_by_the_manager(counter: Counter) -> None:
    ticket_id = ready(counter.shop)
    paid(counter, ticket_id)
    counter.person.role = Role.CLERK
    counter.open(ticket_id)
    assert greyed(counter, "Take a payment back") == "manager only"
    counter.person.role = Role.MANAGER
    counter.screen.reload()
    counter.settle()
    choose(counter, "Take a payment back")
    counter.go_on()
    assert counter.form().fields.fields()["reason"].problem_text() == "Please fill this in."
    counter.form().fields.fields()["reason"].set_value("typed twice")
    counter.go_on()
    assert counter.no_form()
    assert seen(counter.shop, ticket_id).open_amount == Money.yuan(80)
