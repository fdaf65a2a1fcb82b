"""Complaints and returns on the intake page, and tickets that another page begins."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from crmdesk.core.money import Money
from crmdesk.core.tickets import ReturnReason, TicketKind
from crmdesk.services.return_lines import lines_of
from tests.builders.intake import PHONE
from tests.gui.intake.conftest import CTRL, Counter

Key = Qt.Key


def test_a_complaint_has_no_loaner_and_asks_what_is_wanted(counter: Counter) -> None:
    counter.desk.navigator.run("service.complaint")
    form = counter.form
    assert form.loaner.isHidden()
    counter.type(PHONE)
    form.said.words.set_value("店员态度差")
    form.said.wanted.set_value("道歉")
    counter.press(Key.Key_Return, held=CTRL)
    [ticket] = counter.tickets()
    assert (ticket.kind, ticket.item_id) == (TicketKind.COMPLAINT, None)
    assert ticket.subject == "店员态度差"


def test_a_return_has_lines(counter: Counter) -> None:
    counter.desk.navigator.run("service.return")
    counter.type(PHONE)
    counter.press(Key.Key_Tab, Key.Key_Down, Key.Key_Down)  # the bag
    line = counter.form.returns._lines[0]
    line.quantity.set_value(2)
    assert line.paid.value() == Money.yuan(2560)
    line.reason.set_value(ReturnReason.QUALITY)
    counter.form.said.words.set_value("缝线开了")
    counter.press(Key.Key_Return, held=CTRL)
    [ticket] = counter.tickets()
    with counter.shop.reading() as session:
        assert [(one.name, one.quantity) for one in lines_of(session, ticket.id)] == [("真皮手袋", 2)]


def test_more_than_was_bought_is_refused_at_the_line(counter: Counter) -> None:
    counter.desk.navigator.run("service.return")
    counter.type(PHONE)
    line = counter.form.returns._lines[0]
    line.goods.box.setCurrentIndex(1)
    line.quantity.set_value(3)
    line.reason.set_value(ReturnReason.SIZE)
    counter.form.said.words.set_value("太大")
    counter.press(Key.Key_Return, held=CTRL)
    assert line.quantity.has_problem()
    assert counter.tickets() == []


def test_another_page_begins_a_ticket_with_what_it_knows(counter: Counter) -> None:
    counter.desk.navigator.run("service.complaint", member_id=counter.zhou, subject="修理太慢", words="等了两周")
    counter.settle()
    assert counter.form.person.known is not None
    assert counter.form.said.words.typed() == "等了两周"
    counter.press(Key.Key_Return, held=CTRL)
    assert [(one.subject, one.member_id) for one in counter.tickets()] == [("修理太慢", counter.zhou)]


def test_a_half_filled_form_is_not_thrown_away_by_another_page(counter: Counter) -> None:
    counter.type("139")
    counter.desk.navigator.run("service.complaint", member_id=counter.zhou, words="等了两周")
    dialog = counter.dialog()
    assert counter.form.person.phone.typed() == "139"
    next(one for one in dialog.findChildren(QPushButton) if one.text() == "Begin the new one").click()
    counter.settle()
    assert counter.form.person.known is not None
