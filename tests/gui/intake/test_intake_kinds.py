"""Complaints and returns on the intake page, and tickets that another page begins."""

from datetime import date

from argon2 import PasswordHasher
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.tickets import GoodsPlace, ReturnReason, TicketKind
from crmdesk.models.staff import Staff
from crmdesk.services.return_lines import lines_of
from crmdesk.views.service.intake_approval import NoReceiptDialog
from crmdesk.views.service.shelf_put_dialog import PutGoodsDialog
from tests.builders.intake import PHONE
from tests.gui.intake.conftest import CTRL, Counter

Key = Qt.Key
PIN = "4711"


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


def _without_receipt(counter: Counter) -> None:
    counter.desk.navigator.run("service.return")
    counter.type(PHONE)
    line = counter.form.returns._lines[0]
    line.goods.box.setCurrentIndex(line.goods.box.count() - 1)
    assert line.goods.is_new
    line.what.set_value("真丝围巾")
    line.paid.set_value(Money.yuan(399))
    line.reason.set_value(ReturnReason.QUALITY)
    line.no_receipt.set_value("小票丢失，会员记录可查")
    counter.form.said.words.set_value("抽丝")
    counter.press(Key.Key_Return, held=CTRL)


def test_without_a_receipt_the_manager_types_her_pin_at_once(counter: Counter) -> None:
    manager = counter.shop.context(Role.MANAGER).actor.staff_id
    with counter.shop.database.transaction() as session:
        session.get_one(Staff, manager).secret = PasswordHasher().hash(PIN)
    _without_receipt(counter)
    dialog = counter.dialog()
    assert isinstance(dialog, NoReceiptDialog)
    assert counter.tickets() == []
    dialog.approval.who.set_value(manager)
    dialog.approval.pin.set_value("000000")
    dialog.save.click()
    counter.settle()
    assert dialog.approval.pin.has_problem()
    assert counter.tickets() == []
    dialog.approval.pin.set_value(PIN)
    dialog.save.click()
    counter.settle()
    [ticket] = counter.tickets()
    with counter.shop.reading() as session:
        [line] = lines_of(session, ticket.id)
        assert (line.name, line.price_paid, line.no_receipt_by_id) == ("真丝围巾", Money.yuan(399), manager)
        assert line.no_receipt_reason == "小票丢失，会员记录可查"


def test_leaving_the_approval_loses_nothing_that_was_typed(counter: Counter) -> None:
    _without_receipt(counter)
    dialog = counter.dialog()
    dialog.reject()
    counter.settle()
    assert counter.tickets() == []
    assert counter.form.returns._lines[0].what.typed() == "真丝围巾"
    assert counter.page.save.isEnabled()


def test_a_piece_sold_at_a_distance_is_said_at_once_and_put_away_from_the_message(counter: Counter) -> None:
    counter.desk.navigator.run("service.return")
    counter.type(PHONE)
    line = counter.form.returns._lines[0]
    assert not line.distance.isVisible()
    line.goods.box.setCurrentIndex(1)
    assert line.distance.isVisible()
    assert not line.arrived.isVisible()
    line.distance.set_value(True)
    assert line.arrived.isVisible()
    line.arrived.set_value(date(2026, 11, 25))
    line.reason.set_value(ReturnReason.NOT_LIKED)
    counter.form.said.words.set_value("网上买的，不喜欢")
    counter.press(Key.Key_Return, held=CTRL)
    assert line.arrived.problem_text() == "This day is still to come."
    line.arrived.set_value(date(2026, 1, 18))
    counter.press(Key.Key_Return, held=CTRL)
    assert line.arrived.problem_text() == "This is before the purchase."
    assert counter.tickets() == []
    line.arrived.set_value(date(2026, 11, 18))
    counter.press(Key.Key_Return, held=CTRL)
    [ticket] = counter.tickets()
    with counter.shop.reading() as session:
        [made] = lines_of(session, ticket.id)
        assert (made.distance_sale, made.arrived_on) == (True, date(2026, 11, 18))
    assert not made_at_shelf(counter)
    words, put = counter.toasts.actions[-1][-1]
    assert words == "Put on the shelf"
    put()
    dialog = counter.dialog()
    assert isinstance(dialog, PutGoodsDialog)
    dialog.fields.fields()["shelf"].set_value("A3")
    dialog.save.click()
    counter.settle()
    assert made_at_shelf(counter) == "A3"


def made_at_shelf(counter: Counter) -> str:
    [ticket] = counter.tickets()
    return ticket.shelf if ticket.goods_place is GoodsPlace.SHELF else ""
