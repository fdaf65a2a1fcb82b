"""The intake page by keyboard, as a clerk with a customer before her."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from crmdesk.core.i18n import set_language
from crmdesk.core.loaners import LoanState, NoLoanReason
from crmdesk.core.members import MemberState
from crmdesk.core.phone import normalise
from crmdesk.core.tickets import ItemCategory, TicketKind
from crmdesk.models.member import Member
from crmdesk.queries.loaners import LoanProposal
from crmdesk.services.members import MemberFacts, register
from crmdesk.views.service.intake_feature import PAGE, install_intake
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.theme import ThemeChoice
from tests.builders.intake import PHONE, add_zhou
from tests.builders.loaners import add_member, add_repair, lend_to
from tests.builders.look import dressed
from tests.builders.shop import Shop
from tests.gui.intake.conftest import CTRL, Counter, open_page

Key = Qt.Key
MOST_KEYS = 12


def chosen(counter: Counter) -> LoanProposal:
    one = counter.form.loaner.chosen()
    assert one is not None
    return one


def take_in_suitcase(counter: Counter, words: str = "机场托运后左前轮断裂") -> None:
    """Type a known member's repair up to the loaner."""
    counter.type(PHONE)
    counter.press(Key.Key_Tab, Key.Key_Down)  # the goods: the newest
    counter.press(Key.Key_Tab, Key.Key_Tab)  # over the serial number to the faults
    counter.press(Key.Key_2)
    counter.press(Key.Key_W, held=Qt.KeyboardModifier.AltModifier)
    counter.type(words)


def test_a_known_member_with_repair_and_loaner_in_twelve_keys(counter: Counter) -> None:
    take_in_suitcase(counter)
    assert chosen(counter).code == "L-009"
    counter.press(Key.Key_L, held=CTRL)
    counter.press(Key.Key_Return, held=CTRL)
    assert counter.keys_pressed <= MOST_KEYS
    [ticket] = counter.tickets()
    assert (ticket.member_name, ticket.item, ticket.faults) == ("周建国", "拉杆箱", ("wheel_broken",))
    assert [(loan.loaner_code, loan.state) for loan in ticket.loans] == [("L-009", LoanState.OUT)]
    assert ticket.loans[0].due_on == ticket.promised_on
    assert ticket.number in counter.toasts.texts[0]
    assert set(counter.papers.made) == {"service_slip", "loan_agreement"}


def test_after_the_save_the_page_is_ready_for_the_next(counter: Counter) -> None:
    take_in_suitcase(counter)
    counter.press(Key.Key_L, held=CTRL)
    counter.press(Key.Key_Return, held=CTRL)
    assert counter.focused() is counter.form.person.phone.line
    assert counter.form.person.phone.typed() == ""
    assert counter.form.said.words.typed() == ""
    assert not counter.form.is_dirty()
    assert counter.desk.drafts.restore("service.intake") is None


def test_the_history_is_told_before_anything_is_typed(counter: Counter) -> None:
    counter.type(PHONE)
    assert counter.form.person.known is not None
    assert "no. 1" in counter.form.person.history.text()


def test_tab_goes_in_reading_order(counter: Counter) -> None:
    form = counter.form
    counter.type(PHONE)
    counter.press(Key.Key_Tab, Key.Key_Down)
    seen = [counter.focused()]
    while seen[-1] is not counter.page.save and len(seen) < 40:
        counter.press(Key.Key_Tab)
        seen.append(counter.focused())
    wanted = [
        form.item.goods.editor,
        form.item.serial.editor,
        form.item.accessories.editor,
        form.item.value.editor,
        form.said.words.editor,
        form.said.notes.editor,
        form.said.promised.editor,
        form.said.route.editor,
        form.said.priority.editor,
        form.condition.drawing,
        form.loaner.due.editor,
        form.loaner.deposit.editor,
        form.loaner.lend_button,
        counter.page.save,
    ]
    places = [seen.index(one) for one in wanted]
    assert places == sorted(places)


def test_an_unknown_phone_becomes_a_member_in_the_same_form(counter: Counter) -> None:
    counter.type("139 0000 1111")
    counter.press(Key.Key_Tab)
    assert counter.focused() is counter.form.person.name.line
    counter.type("王芳")
    counter.form.item.category.setFocus()
    counter.type("B")  # Bag
    counter.form.said.words.setFocus()
    counter.type("拉链坏了")
    counter.form.said.promised.set_value(None)
    counter.form.said.promised.setFocus()
    counter.type("+3")
    counter.press(Key.Key_Return, held=CTRL)
    [ticket] = counter.tickets()
    assert (ticket.member_name, ticket.category) == ("王芳", ItemCategory.BAG)
    with counter.shop.reading() as session:
        assert session.get_one(Member, ticket.member_id).state is MemberState.ACTIVE


def test_somebody_without_a_phone_is_a_walk_in(counter: Counter) -> None:
    counter.form.person.name.setFocus()
    counter.type("路过的客人")
    counter.form.item.category.set_value(ItemCategory.SHOE)
    counter.form.said.words.set_value("开胶")
    counter.form.said.promised.set_value(counter.shop.context().today())
    counter.press(Key.Key_Return, held=CTRL)
    [ticket] = counter.tickets()
    with counter.shop.reading() as session:
        assert session.get_one(Member, ticket.member_id).state is MemberState.WALK_IN


@pytest.mark.parametrize("typed", ["138057", "12345678901234567", "abc%"])
def test_what_is_no_phone_is_said_at_the_field(counter: Counter, typed: str) -> None:
    if typed == "138057":
        counter.type("1380571567")  # a part of a member's phone: it is asked who is meant
        counter.press(Key.Key_Return, held=CTRL)
        assert counter.form.person.phone.has_problem()
        assert counter.form.person.known is None
        counter.form.person.phone.line.clear()
    counter.type(typed + "9")
    counter.press(Key.Key_Return, held=CTRL)
    assert counter.form.person.phone.has_problem()
    assert counter.focused() is counter.form.person.phone.line
    assert counter.tickets() == []


def test_enter_takes_the_only_one_that_a_part_finds(counter: Counter) -> None:
    counter.type("5678")
    counter.press(Key.Key_Return)
    assert counter.form.person.known is not None
    assert counter.form.person.known.name == "周建国"


def test_a_shared_phone_names_everybody_and_takes_somebody_new(counter: Counter) -> None:
    family = MemberFacts("周小宝", phones=(normalise(PHONE),), share_phones=True)
    counter.shop.do(register, family, counter.shop.context())
    counter.type(PHONE)
    person = counter.form.person
    assert person.known is not None
    assert person.known.name == "周建国"
    person.choice.setFocus()
    counter.press(Key.Key_Right)
    assert person.known is not None
    assert person.known.name == "周小宝"
    counter.press(Key.Key_Right)
    assert person.known is None
    counter.type("周太太")
    new = person.new_person()
    assert new is not None
    assert (new.name, new.share_phone) == ("周太太", True)


def test_a_promise_beyond_the_limit_asks_for_a_decision(counter: Counter) -> None:
    take_in_suitcase(counter)
    counter.press(Key.Key_Return, held=CTRL)
    assert counter.tickets() == []
    counter.form.loaner.reason.set_value(NoLoanReason.NOT_NEEDED)
    counter.press(Key.Key_Return, held=CTRL)
    [ticket] = counter.tickets()
    assert ticket.loans == ()


def test_a_short_promise_needs_no_loaner_and_ctrl_l_lends_all_the_same(counter: Counter) -> None:
    take_in_suitcase(counter)
    counter.form.said.promised.set_value(None)
    counter.form.said.promised.setFocus()
    counter.type("+2")
    assert not counter.form.loaner.needed
    counter.press(Key.Key_L, held=CTRL)
    counter.press(Key.Key_Return, held=CTRL)
    assert [loan.loaner_code for loan in counter.tickets()[0].loans] == ["L-009"]


def test_a_loaner_taken_meanwhile_loses_nothing_that_was_typed(counter: Counter) -> None:
    take_in_suitcase(counter)
    counter.press(Key.Key_L, held=CTRL)
    lend_to(counter.shop, chosen(counter).loaner_id, add_member(counter.shop, "李梅", "13800138000"))
    counter.press(Key.Key_Return, held=CTRL)
    assert counter.tickets() == []
    assert not counter.form.loaner.banner.isHidden()
    assert counter.form.said.words.typed() == "机场托运后左前轮断裂"
    assert chosen(counter).code == "L-004", "the next one that fits is offered"
    counter.press(Key.Key_L, held=CTRL)
    counter.press(Key.Key_Return, held=CTRL)
    assert [loan.loaner_code for loan in counter.tickets()[0].loans] == ["L-004"]


def test_a_phone_that_got_an_owner_meanwhile_is_said_at_the_phone(counter: Counter) -> None:
    counter.type("13900001111")
    counter.form.person.name.set_value("王芳")
    counter.form.item.category.set_value(ItemCategory.SHOE)
    counter.form.said.words.set_value("开胶")
    counter.form.loaner.reason.set_value(NoLoanReason.NONE_FITS)
    add_member(counter.shop, "李梅", "13900001111")
    counter.press(Key.Key_Return, held=CTRL)
    assert counter.tickets() == []
    assert counter.form.person.phone.has_problem()
    assert counter.form.person.known is not None
    assert counter.form.person.known.name == "李梅"
    assert counter.form.said.words.typed() == "开胶"


def test_what_was_typed_is_back_after_a_kill(counter: Counter, desk: Desk, shop: Shop, qtbot: QtBot) -> None:
    take_in_suitcase(counter)
    counter.form.item.accessories.set_value(("密码锁",))
    counter.form.condition.drawing.add_mark(0.2, 0.9)
    counter.press(Key.Key_L, held=CTRL)
    counter.qtbot.waitUntil(lambda: desk.drafts.restore("service.intake") is not None)
    desk.drafts.flush()
    desk.navigator.forget_screens()  # the program is killed: no page says goodbye
    again = open_page(desk, shop, counter.zhou, qtbot)
    again.settle()
    form = again.form
    assert form.person.known is not None
    assert form.person.known.name == "周建国"
    assert form.item.goods.value() is not None
    assert form.item.faults.value() == ("wheel_broken",)
    assert form.item.accessories.value() == ("密码锁",)
    assert form.said.words.typed() == "机场托运后左前轮断裂"
    assert len(form.condition.marks()) == 1
    assert form.loaner.lending
    again.page.submit(None)
    again.settle()
    assert [loan.loaner_code for loan in again.tickets()[0].loans] == ["L-009"]


def test_escape_asks_only_when_something_would_be_lost(counter: Counter) -> None:
    counter.press(Key.Key_Escape)
    assert not counter.asks()
    counter.type("139")
    counter.press(Key.Key_Escape)
    dialog = counter.dialog()
    next(one for one in dialog.findChildren(QPushButton) if one.text() == "Throw away").click()
    assert counter.form.person.phone.typed() == ""
    assert counter.desk.drafts.restore("service.intake") is None


def test_photos_go_with_the_ticket(counter: Counter, tmp_path: Path) -> None:
    picture = tmp_path / "wheel.png"
    Image.new("RGB", (40, 30), "red").save(picture)
    take_in_suitcase(counter)
    counter.form.condition.tray.take_files([picture])
    counter.settle()
    counter.press(Key.Key_L, held=CTRL)
    counter.press(Key.Key_Return, held=CTRL)
    [ticket] = counter.tickets()
    store = counter.desk.photos
    assert store is not None
    assert [store.read(name) is not None for name in ticket.photos] == [True]


def test_marks_are_made_moved_and_named_by_keys(counter: Counter) -> None:
    take_in_suitcase(counter)
    counter.form.condition.drawing.setFocus()
    counter.press(Key.Key_D, Key.Key_Down, Key.Key_Left, Key.Key_Return)
    counter.type("左前轮")
    [mark] = counter.form.condition.marks()
    assert mark.note == "左前轮"
    assert mark.x < 0.5 < mark.y


def test_the_page_is_installed_once_for_all_commands(desk: Desk) -> None:
    install_intake(desk)
    names = {command.name: command.shortcut for command in desk.navigator.commands()}
    assert names == {
        "service.new": "",
        "service.repair": "Ctrl+Shift+R",
        "service.complaint": "Ctrl+Shift+C",
        "service.return": "Ctrl+Shift+T",
    }
    assert PAGE in desk.navigator.sections()


def test_ctrl_l_lends_from_the_form_while_it_is_shown(counter: Counter) -> None:
    lent: list[str] = []
    counter.desk.navigator.register_command("loaners.lend", "Lend a loaner", "Ctrl+L", lambda: lent.append("elsewhere"))
    counter.page.hide()
    counter.page.show()
    counter.settle()
    take_in_suitcase(counter)
    counter.press(Key.Key_L, held=CTRL)
    assert counter.form.loaner.lending
    assert lent == []
    counter.page.hide()
    QTest.keyClick(counter.window, Key.Key_L, CTRL)
    assert lent == ["elsewhere"]


@pytest.mark.parametrize(("language", "width"), [("zh_CN", 1198), ("en", 1156)])
def test_nothing_scrolls_on_the_smallest_screen(
    desk: Desk, shop: Shop, qtbot: QtBot, qapp: QApplication, language: str, width: int
) -> None:
    set_language(language)
    with dressed(qapp) as theme:
        theme.apply(ThemeChoice.LIGHT)
        zhou = add_zhou(shop)
        install_intake(desk)
        desk.navigator.go(PAGE)
        counter = open_page(desk, shop, zhou, qtbot)
        counter.window.resize(width, 694)
        take_in_suitcase(counter)
        bar = counter.page.entries.verticalScrollBar()
        qtbot.waitUntil(lambda: bar.maximum() == 0)
        counter.form.begin(TicketKind.REPAIR)
        counter.form.person.phone.setFocus()
        counter.type("13900001111")
        counter.form.item.category.set_value(ItemCategory.SUITCASE)
        counter.settle()
        qtbot.waitUntil(lambda: bar.maximum() == 0)


def test_coming_back_to_a_half_filled_ticket_begins_at_the_phone(counter: Counter) -> None:
    counter.type(PHONE)
    counter.page.setFocus()
    counter.page.begin(TicketKind.COMPLAINT)
    assert counter.form.kind is TicketKind.COMPLAINT
    assert counter.form.person.phone.isAncestorOf(counter.focused())
    assert counter.toasts.texts == ["What you had typed is back"]
    counter.page.begin(TicketKind.REPAIR)
    assert len(counter.toasts.texts) == 1, "she is at work in it"


def test_a_complaint_that_comes_of_a_repair_is_linked_to_it(counter: Counter) -> None:
    repair = add_repair(counter.shop, counter.zhou).id
    counter.page.begin(
        TicketKind.COMPLAINT, member_id=counter.zhou, subject="拉杆箱", words="轮子又响", ticket_id=repair
    )
    counter.settle()
    counter.page.submit(None)
    counter.settle()
    made = counter.tickets()[0]
    assert (made.kind, made.subject, made.linked_ticket_id) == (TicketKind.COMPLAINT, "拉杆箱", repair)
