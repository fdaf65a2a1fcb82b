"""A whole repair at the service screen, by keyboard alone; then what the hard stops do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crmdesk.core.i18n import set_language
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import ApprovalChannel, TicketState
from crmdesk.core.tones import Tone
from crmdesk.services import quotes, repair
from crmdesk.services.quotes import RecordAnswer
from crmdesk.views.service.quote_dialogs import AnswerDialog
from tests.builders.repairs import approved, quoted, ready, seen, step, taken_in
from tests.gui.service.conftest import Counter

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_from_judgement_to_the_customers_hands(counter: Counter) -> None:
    ticket_id = taken_in(counter.shop)
    counter.open(ticket_id)
    assert counter.primary() == "Judge"
    counter.go_on()
    counter.type("Transport", "Repair,", "Axle broken")
    counter.go_on()
    assert counter.no_form()
    assert counter.primary() == "Quote"
    counter.go_on()
    counter.type("New wheels", "60", "20")
    counter.go_on()
    assert counter.primary() == "Record the answer"
    counter.go_on()
    counter.go_on()
    assert counter.primary() == "Start work"
    counter.go_on()
    assert counter.primary() == "Work is done"
    counter.go_on()
    assert counter.primary() == "Check quality"
    counter.go_on()
    counter.type("", "a3")
    counter.go_on()
    _open_hand_back(counter, ticket_id)
    for key in (Qt.Key.Key_T, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_P):
        counter.press(key, ALT)
    counter.go_on()
    assert counter.no_form()
    now = seen(counter.shop, ticket_id)
    assert now.state is TicketState.CLOSED
    assert now.paid == Money.yuan(80)
    assert now.quote is not None
    assert (now.quote.answered_by, now.quote.answer_channel) == ("周建国", ApprovalChannel.PHONE)
    assert now.judgement is not None
    assert now.judgement.cause == "Axle broken"
    assert counter.toasts.texts[-1] == f"{now.number}: handed over"


def _open_hand_back(counter: Counter, ticket_id: int) -> None:
    """Tell the customer, so that handing back is the next step, and open it."""
    if seen(counter.shop, ticket_id).state is TicketState.READY:
        assert counter.primary() == "Tell customer"
        counter.go_on()
        counter.go_on()
    assert counter.primary() == "Hand back"
    counter.go_on()


def test_an_empty_field_is_said_at_the_field_and_nothing_is_lost(counter: Counter) -> None:
    counter.open(quoted(counter.shop))
    counter.go_on()
    form = counter.form()
    assert isinstance(form, AnswerDialog)
    form._person.set_value("")
    form._words.set_value("可以修")
    counter.go_on()
    assert form._person.problem_text() == "Please fill this in."
    assert QApplication.focusWidget() is form._person.editor
    counter.type("Zhou")
    form._amount.set_value(Money.yuan(60))
    counter.go_on()
    assert "80" in form._amount.problem_text()
    assert form._words.typed() == "可以修"


def test_somebody_else_was_faster(counter: Counter) -> None:
    ticket_id = approved(counter.shop)
    counter.open(ticket_id)
    counter.screen.panel.steps.run(2)
    form = counter.form()
    counter.type("+3", "waiting for wheels")
    # Another desk starts the work in the meantime; this screen has not heard of it.
    counter.shop.clock.moment = counter.shop.clock.moment.replace(minute=5)
    counter.shop.do(repair.start_work, step(counter.shop, ticket_id), counter.shop.context(desk="desk-2"))
    counter.go_on()
    assert not form.notice.isHidden()
    assert "Work started" in counter.said(form.notice)
    counter.go_on()
    assert counter.no_form()
    note = next(one for one in seen(counter.shop, ticket_id).events if one.act is TicketAct.ESTIMATE_CHANGED).note
    assert note == "2026-11-24 waiting for wheels"


def test_a_clerk_sees_why_she_does_not_judge(counter: Counter) -> None:
    counter.person.role = Role.CLERK
    counter.open(taken_in(counter.shop))
    assert counter.primary() == "Quote"
    menu = counter.screen.panel.menu()
    assert menu is not None
    judge = next(action for action in menu.actions() if action.text().startswith("Judge"))
    assert not judge.isEnabled()
    assert judge.text() == "Judge\tmanager only"
    menu.deleteLater()
    assert not counter.screen.can_export()


def test_the_number_is_masked_until_asked_and_the_look_is_noted(counter: Counter) -> None:
    counter.open(taken_in(counter.shop))
    line = counter.screen.panel.person
    assert "138****5678" in line._about.text()
    line._look.click()
    counter.settle()
    assert "138 0571 5678" in line._about.text()
    with counter.shop.reading() as session:
        acts = {row[0] for row in session.connection().exec_driver_sql("SELECT act FROM audit_entry")}
    assert "member.phone_seen" in acts


def test_a_declined_quote_goes_back_unrepaired(counter: Counter) -> None:
    ticket_id = quoted(counter.shop)
    version = seen(counter.shop, ticket_id).version
    answer = RecordAnswer(
        ticket_id, version, agreed=False, channel=ApprovalChannel.PHONE, person="周建国", amount=Money.yuan(80)
    )
    counter.shop.do(quotes.record_answer, answer, counter.shop.context())
    counter.open(ticket_id)
    assert counter.primary() == "Return unrepaired"
    counter.go_on()
    counter.type("b1")
    counter.go_on()
    now = seen(counter.shop, ticket_id)
    assert (now.state, now.shelf, now.open_amount) == (TicketState.READY, "B1", Money(0))


def test_late_says_why_and_where_the_rule_comes_from(counter: Counter) -> None:
    ticket_id = taken_in(counter.shop)
    counter.shop.clock.moment = counter.shop.clock.moment.replace(day=28)
    set_language("zh_CN")
    counter.open(ticket_id)
    banner = counter.screen.panel.banner
    assert banner._tone is Tone.LATE
    assert counter.said(banner).startswith("逾期 2 天：")
    assert any("浙江省实施消保法办法" in said for said in counter.screen.panel.clocks.heard())


def test_the_customer_is_told_in_ready_words(counter: Counter, qtbot: QtBot) -> None:
    set_language("zh_CN")
    ticket_id = ready(counter.shop)
    counter.open(ticket_id)
    counter.go_on()
    form = counter.form()
    form._copy.click()  # type: ignore[attr-defined]
    number = seen(counter.shop, ticket_id).number
    wanted = f"周建国您好，这里是文三路店。您的拉杆箱 20寸 银色已可取件，请带上服务单（{number}）到店。需付 ¥80。"
    assert QApplication.clipboard().text() == wanted
    qtbot.wait(1)


def test_the_today_board_leads_to_a_view(counter: Counter) -> None:
    ready(counter.shop)
    counter.desk.navigator.run("service.show", view="to_collect")
    counter.settle()
    assert counter.screen.chips.current == "to_collect"
    assert counter.screen.table.rowCount() == 1
