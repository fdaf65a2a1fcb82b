"""Five usual intakes counted key by key; tags before the save; fields of the goods; come-backs; camera rolls."""

import itertools
import time
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update

from crmdesk.core.hand_over import TicketLink
from crmdesk.core.loaners import NoLoanReason
from crmdesk.core.tickets import ItemCategory, ReturnReason, TicketKind
from crmdesk.models.item import Item
from crmdesk.models.ticket import Ticket
from crmdesk.queries import item_alerts
from crmdesk.services.return_lines import lines_of
from crmdesk.services.ticket_intake import ItemFacts, TicketMade
from crmdesk.views.support.desk import Desk
from tests.builders.intake import PHONE
from tests.builders.loaners import add_member
from tests.builders.repairs import taken_in
from tests.builders.shop import Shop
from tests.gui.intake.conftest import CTRL, NONE, Counter, open_page
from tests.gui.intake.test_intake_by_keys import MOST_KEYS, take_in_suitcase

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
DRAFT = "service.intake"


def save(counter: Counter) -> None:
    counter.press(Key.Key_Return, held=CTRL)


def begin(counter: Counter, command: str) -> None:
    """Press the keys of a command of the window."""
    counter.keys_pressed += 1
    counter.desk.navigator.run(command)
    counter.settle()


def handed_back(counter: Counter, days_ago: int = 0) -> TicketMade:
    """Take the suitcase in once, and let it have been handed back."""
    take_in_suitcase(counter)
    counter.press(Key.Key_L, held=CTRL)
    save(counter)
    [ticket] = counter.tickets()
    with counter.shop.database.transaction() as session:
        back = counter.shop.context().now() - timedelta(days=days_ago)
        session.execute(update(Ticket).where(Ticket.id == ticket.id).values(handed_back_at=back))
    counter.shop.clock.advance(timedelta(minutes=5))
    counter.keys_pressed = 0
    return TicketMade(ticket.id, ticket.number, ticket.version)


# -- twelve keys ---------------------------------------------------------------------------------------


def test_a_repair_that_is_done_soon_needs_no_loaner(counter: Counter) -> None:
    take_in_suitcase(counter)
    counter.press(Key.Key_R, held=ALT)
    counter.type("+2")
    save(counter)
    assert counter.keys_pressed <= MOST_KEYS
    [ticket] = counter.tickets()
    assert ticket.promised_on == counter.shop.context().today() + timedelta(days=2)
    assert ticket.loans == ()


def test_a_complaint(counter: Counter) -> None:
    begin(counter, "service.complaint")
    counter.type(PHONE)
    counter.press(Key.Key_W, held=ALT)
    counter.type("等了两周")
    save(counter)
    assert counter.keys_pressed <= MOST_KEYS
    assert [one.kind for one in counter.tickets()] == [TicketKind.COMPLAINT]


def test_a_return_with_its_receipt(counter: Counter) -> None:
    begin(counter, "service.return")
    counter.type(PHONE)
    counter.press(Key.Key_Tab, Key.Key_Down)  # the newest piece she bought
    line = counter.form.returns._lines[0]
    for _tab in range(4):
        if counter.focused() is line.reason.editor:
            break
        counter.press(Key.Key_Tab)
    counter.press(Key.Key_Down)
    counter.press(Key.Key_W, held=ALT)
    counter.type("用了一次就坏")
    save(counter)
    assert counter.keys_pressed <= MOST_KEYS
    [ticket] = counter.tickets()
    with counter.shop.reading() as session:
        [made] = lines_of(session, ticket.id)
        assert (made.name, made.purchase_line_id is not None) == ("拉杆箱", True)
        assert made.reason in ReturnReason


def test_a_come_back_is_told_at_once_and_linked_with_the_first(counter: Counter) -> None:
    first = handed_back(counter)
    take_in_suitcase(counter, "轮子又断了")
    banner = counter.form.come_back.banner
    assert banner.isVisible()
    assert first.number in banner.accessibleName()
    assert "Wheel broken" in banner.accessibleName()
    counter.press(Key.Key_L, held=CTRL)
    save(counter)
    assert counter.keys_pressed <= MOST_KEYS
    newest = max(counter.tickets(), key=lambda one: one.number)
    assert newest.linked_ticket_id == first.id
    with counter.shop.reading() as session:
        assert session.get_one(Ticket, newest.id).link is TicketLink.COME_BACK


# -- come-backs ------------------------------------------------------------------------------------------


def test_another_fault_is_only_linked_when_the_clerk_says_so(counter: Counter) -> None:
    first = handed_back(counter)
    take_in_suitcase(counter)
    counter.press(Key.Key_2)  # types into the words: the fault stays
    counter.form.item.faults.set_value(("zip_fault",))
    assert counter.form.come_back.linked() is None
    counter.form.come_back.button.click()
    linked = counter.form.come_back.linked()
    assert linked is not None
    assert linked.ticket_id == first.id
    counter.form.come_back.button.click()
    assert counter.form.come_back.linked() is None


def test_the_third_repair_is_linked_with_the_first(counter: Counter) -> None:
    first = handed_back(counter)
    for _again in range(2):
        take_in_suitcase(counter)
        counter.form.loaner.reason.set_value(counter.form.loaner.reason._things[1])
        save(counter)
        newest = max(counter.tickets(), key=lambda one: one.number)
        assert newest.number != first.number
        assert newest.linked_ticket_id == first.id
        with counter.shop.database.transaction() as session:
            now = counter.shop.context().now()
            session.execute(update(Ticket).where(Ticket.id == newest.id).values(handed_back_at=now))
        counter.shop.clock.advance(timedelta(minutes=5))


def test_nothing_is_told_after_ninety_days(counter: Counter) -> None:
    handed_back(counter, days_ago=91)
    take_in_suitcase(counter)
    assert not counter.form.come_back.banner.isVisible()


def test_the_same_serial_number_is_known_whoever_brings_it(counter: Counter) -> None:
    first = handed_back(counter)
    with counter.shop.database.transaction() as session:
        ticket = session.get_one(Ticket, first.id)
        session.execute(update(Item).where(Item.id == ticket.item_id).values(serial="SN88217"))
    counter.type("13900001111")
    counter.form.person.name.set_value("王芳")
    counter.form.item.serial.setFocus()
    counter.type("sn88217")
    counter.press(Key.Key_Tab)
    assert counter.form.come_back.banner.isVisible()


# -- fields of the goods -----------------------------------------------------------------------------------


def test_fields_of_the_kind_are_asked_kept_and_there_again(counter: Counter) -> None:
    take_in_suitcase(counter)
    fields = counter.form.item.template._fields
    assert list(fields) == ["size_inch", "shell", "wheels", "code_known"]
    fields["size_inch"].set_value("20")
    fields["shell"].set_value("hard")
    counter.press(Key.Key_L, held=CTRL)
    save(counter)
    assert [value for _name, value in counter.tickets()[0].item_values] == ["20", "hard shell"]
    counter.type(PHONE)
    counter.press(Key.Key_Tab, Key.Key_Down)
    assert counter.form.item.template.values()["size_inch"] == "20"


def test_a_wrong_field_is_shown_and_nothing_is_saved(counter: Counter) -> None:
    take_in_suitcase(counter)
    field = counter.form.item.template._fields["size_inch"]
    field.set_value("big")
    counter.press(Key.Key_L, held=CTRL)
    save(counter)
    assert field.has_problem()
    assert counter.tickets() == []


def test_usual_accessories_are_offered(counter: Counter) -> None:
    take_in_suitcase(counter)
    field = counter.form.item.accessories
    field.setFocus()
    counter.press(Key.Key_Down)
    popup = field.completer.popup()
    assert popup is not None
    assert popup.isVisible()
    QTest.keyClick(popup, Key.Key_Down)
    QTest.keyClick(popup, Key.Key_Return)
    assert field.value() == ("lock",)


# -- tags before the save ----------------------------------------------------------------------------------


def test_the_tag_is_printed_before_the_ticket_is_saved_and_the_ticket_gets_its_number(counter: Counter) -> None:
    take_in_suitcase(counter)
    counter.press(Key.Key_B, held=CTRL)
    number = counter.form.tag_number
    assert number
    assert counter.tickets() == []
    assert list(counter.papers.made) == ["bag_tag"]
    counter.press(Key.Key_B, held=CTRL)
    assert counter.form.tag_number == number, "the same tag once more"
    counter.press(Key.Key_L, held=CTRL)
    save(counter)
    assert [one.number for one in counter.tickets()] == [number]
    assert counter.form.tag_number == ""


def test_a_tag_is_found_again_after_a_kill_and_never_given_twice(
    counter: Counter, desk: Desk, shop: Shop, qtbot: QtBot
) -> None:
    take_in_suitcase(counter)
    counter.press(Key.Key_B, held=CTRL)
    number = counter.form.tag_number
    desk.navigator.forget_screens()  # the program is killed: no page says goodbye
    again = open_page(desk, shop, counter.zhou, qtbot)
    again.settle()
    assert again.form.tag_number == number
    again.page._leave()
    take_in_suitcase(again)
    again.press(Key.Key_L, held=CTRL)
    again.press(Key.Key_Return, held=CTRL)
    assert again.tickets()[0].number != number, "the tag is on something; its number stays its own"


def test_a_tag_of_another_kind_is_not_the_number_of_this_one(counter: Counter) -> None:
    take_in_suitcase(counter)
    counter.press(Key.Key_B, held=CTRL)
    counter.form.show_kind(TicketKind.COMPLAINT)
    assert counter.form.tag_number == ""
    save(counter)
    assert counter.tickets()[0].number.startswith("C")


# -- photos --------------------------------------------------------------------------------------------------


def test_bad_pictures_are_told_and_good_ones_taken_and_nothing_typed_is_lost(counter: Counter, tmp_path: Path) -> None:
    take_in_suitcase(counter)
    good, empty, text = tmp_path / "good.png", tmp_path / "empty.jpg", tmp_path / "words.jpg"
    Image.new("RGB", (60, 40), "red").save(good)
    empty.write_bytes(b"")
    text.write_text("no picture")
    counter.form.condition.tray.take_files([empty, good, text, tmp_path / "gone.jpg"])
    counter.settle()
    tray = counter.form.condition.tray
    assert len(tray.pictures) == 1
    assert tray.refusal.isVisible()
    assert all(name in tray.refusal.text() for name in ("empty.jpg", "words.jpg", "gone.jpg"))
    assert counter.form.said.words.typed() == "机场托运后左前轮断裂"


def test_a_camera_roll_does_not_hold_up_the_window(counter: Counter, tmp_path: Path) -> None:
    take_in_suitcase(counter)
    paths = [tmp_path / f"{number}.jpg" for number in range(12)]
    for number, path in enumerate(paths):
        Image.effect_noise((3000, 2000), 30 + number).convert("RGB").save(path, quality=88)
    beats: list[float] = []
    clock = QTimer()
    clock.timeout.connect(lambda: beats.append(time.perf_counter()))
    clock.start(10)
    counter.form.condition.tray.take_files(paths)
    counter.form.said.notes.setFocus()
    QTest.keyClicks(counter.focused(), "still typing", NONE)
    counter.settle()
    clock.stop()
    gaps = [second - first for first, second in itertools.pairwise(beats)]
    assert len(counter.form.condition.tray.pictures) == 12
    assert counter.form.said.notes.typed() == "still typing"
    assert max(gaps) < 1.0, "the longest time without an answer"


def test_words_of_a_photo_go_with_it_and_survive_in_the_draft(counter: Counter, tmp_path: Path) -> None:
    take_in_suitcase(counter)
    good = tmp_path / "good.png"
    Image.new("RGB", (60, 40), "red").save(good)
    tray = counter.form.condition.tray
    tray.take_files([good])
    counter.settle()
    tray._caption(0, "左前轮")
    state = tray.give()
    tray.take_back(None)
    assert tray.pictures == ()
    tray.take_back(state)
    counter.settle()
    assert tray.captions == ("左前轮",)


@pytest.mark.parametrize("letters", ["wb", "wheel_broken"])
def test_a_mark_is_named_by_the_letters_of_its_fault(counter: Counter, letters: str) -> None:
    take_in_suitcase(counter)
    counter.form.condition.drawing.setFocus()
    counter.press(Key.Key_D, Key.Key_Return)
    counter.type(letters)
    counter.press(Key.Key_Tab)
    [mark] = counter.form.condition.marks()
    assert (mark.code, mark.note) == ("wheel_broken", "")


def test_goods_typed_by_hand_count_for_the_alert_about_their_model(counter: Counter) -> None:
    for number in range(2):
        goods = ItemFacts(ItemCategory.SUITCASE, "拉杆箱", brand="AirLite", model="A20")
        taken_in(
            counter.shop,
            member_id=add_member(counter.shop, f"客户{number}", f"1380000000{number}"),
            item=goods,
            faults=("wheel_broken",),
        )
    counter.type(PHONE)
    item = counter.form.item
    item.goods.editor.setFocus()
    counter.press(Key.Key_End)
    assert item.goods.is_new
    item.category.set_value(ItemCategory.SUITCASE)
    item.brand.set_value("airlite")
    item.model.set_value("a20")
    item.faults.set_value(("wheel_broken",))
    counter.settle()
    assert item.alerts.isVisibleTo(item)
    counter.form.said.words.set_value("轮子断了")
    counter.form.loaner.reason.set_value(NoLoanReason.NOT_NEEDED)
    counter.page.submit(None)
    counter.settle()
    with counter.shop.reading() as session:
        newest = session.scalars(select(Item).order_by(Item.id.desc())).first()
        assert newest is not None
        assert (newest.brand, newest.model) == ("airlite", "a20")
        (alert,) = item_alerts.batch_alerts(session, counter.shop.context())
    assert alert.pieces == 3
