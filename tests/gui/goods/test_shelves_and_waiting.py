"""Shelves by scan, the list of what waits, and the register of shelves, by keyboard."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk.core.papers import PaperKind
from crmdesk.core.roles import Role
from crmdesk.core.tickets import TellChannel
from crmdesk.core.uncollected import UncollectedStep
from crmdesk.queries import reminders
from crmdesk.queries import shelves as shown
from crmdesk.services import pickup, shelves
from crmdesk.services.shelves import ShelfFacts
from crmdesk.views.service.reminder_page import ReminderPage
from crmdesk.views.service.shelf_page import ShelfPage
from crmdesk.views.settings.shelves_page import ShelvesPage
from tests.builders.repairs import ready, seen, step, taken_in

if TYPE_CHECKING:
    from crmdesk.queries.reminders import WaitingRow
    from tests.gui.service.conftest import Counter

ALT = Qt.KeyboardModifier.AltModifier


def add(counter: "Counter", code: str, room: int | None = None) -> None:
    counter.shop.do(shelves.add, ShelfFacts(code, room=room), counter.shop.context(Role.MANAGER))


def shelf_page(counter: "Counter", code: str = "") -> ShelfPage:
    counter.desk.navigator.run("service.shelves", code=code)
    counter.settle()
    page = counter.desk.navigator.screen("service.shelves")
    assert isinstance(page, ShelfPage)
    return page


def waiting_page(counter: "Counter") -> ReminderPage:
    counter.desk.navigator.run("service.uncollected")
    counter.settle()
    page = counter.desk.navigator.screen("service.uncollected")
    assert isinstance(page, ReminderPage)
    return page


def told(counter: "Counter", days: float) -> int:
    """Give goods of which the customer was told so many days ago."""
    ticket_id = ready(counter.shop)
    counter.shop.do(pickup.tell, step(counter.shop, ticket_id), counter.shop.context(), channel=TellChannel.PHONE)
    counter.shop.clock.moment += timedelta(days=days)
    return ticket_id


def row(counter: "Counter") -> "WaitingRow":
    with counter.shop.reading() as session:
        (found,) = reminders.waiting_list(session, counter.shop.context())
    return found


def test_tag_then_shelf_and_the_next(counter: "Counter") -> None:
    add(counter, "A1-A2", 1)
    first, second = taken_in(counter.shop), taken_in(counter.shop, name="王芳")
    page = shelf_page(counter)
    assert QApplication.focusWidget() is page.code.line
    for ticket_id, shelf in ((first, "a1"), (second, "a1")):
        QTest.keyClicks(page.code.line, seen(counter.shop, ticket_id).number)
        counter.press(Qt.Key.Key_Return)
        assert QApplication.focusWidget() is page.shelf.line
        page.shelf.line.selectAll()
        counter.type(shelf)
        counter.press(Qt.Key.Key_Return)
    assert seen(counter.shop, first).shelf == "A1"
    assert "is full" in page.notice.accessibleName()
    assert "room on shelf A2" in page.notice.accessibleName()
    assert seen(counter.shop, second).shelf == ""
    counter.press(Qt.Key.Key_A, ALT)
    assert seen(counter.shop, second).shelf == "A1"
    assert QApplication.focusWidget() is page.code.line


def test_the_freest_is_offered_and_lists_say_what_lies_where(counter: "Counter") -> None:
    add(counter, "A1", 1)
    add(counter, "B1", 5)
    ticket_id = taken_in(counter.shop)
    page = shelf_page(counter, seen(counter.shop, ticket_id).number)
    assert page.shelf.typed() == "B1"
    page.chips.choose("none")
    assert page.table.rowCount() == 1
    counter.press(Qt.Key.Key_Return)
    assert page.table.rowCount() == 0
    page.shelf_view.select_first()
    page.chips.choose("shelf")
    assert page.table.rowCount() == 0
    page.chips.choose("all")
    assert [one.shelf for one in page.table.rows()] == ["B1"]
    counter.press(Qt.Key.Key_L, ALT)
    assert PaperKind.SHELF_LABEL.value in counter.papers.made


def test_the_step_on_the_ticket_offers_the_freest_too(counter: "Counter") -> None:
    add(counter, "C1-C3", 2)
    ticket_id = taken_in(counter.shop)
    counter.open(ticket_id)
    menu = counter.screen.panel.menu()
    assert menu is not None
    next(one for one in menu.actions() if one.text().startswith("Put on the shelf")).trigger()
    counter.settle()
    counter.go_on()
    assert counter.no_form()
    assert seen(counter.shop, ticket_id).shelf == "C1"
    menu.deleteLater()


def test_remind_in_ready_words(counter: "Counter") -> None:
    told(counter, 8)
    page = waiting_page(counter)
    assert page.table.rowCount() == 1
    assert page.primary.text() == "Remind to collect"
    counter.go_on()
    form = counter.form()
    form.copy.click()  # type: ignore[attr-defined]
    copied = QApplication.clipboard().text()
    assert "has been ready for 8 days" in copied or "已修好 8 天" in copied
    counter.go_on()
    assert counter.no_form()
    assert len(row(counter).reminded) == 1
    assert counter.toasts.texts[-1].endswith("reminder 1 noted")
    assert page.table.rowCount() == 0, "nothing is due any more"
    page.chips.choose("all")
    counter.settle()
    assert page.table.rowCount() == 1
    assert not page.primary.isEnabled()


def test_the_letter_is_kept_and_printed(counter: "Counter") -> None:
    told(counter, 31)
    page = waiting_page(counter)
    assert page.primary.text() == "Write letter"
    counter.go_on()
    counter.go_on()
    assert counter.no_form()
    assert PaperKind.REMINDER_LETTER.value in counter.papers.made
    found = row(counter)
    assert found.waiting.letter_at is not None
    assert found.next.step is UncollectedStep.WAIT
    page.chips.choose("all")
    counter.settle()
    counter.press(Qt.Key.Key_U, ALT)
    counter.settle()
    assert counter.desk.navigator.screen("service.pick_up").isVisible()


def test_the_register_takes_a_run_of_shelves(counter: "Counter") -> None:
    counter.person.role = Role.MANAGER
    page = ShelvesPage(counter.desk)
    counter.qtbot.addWidget(page)
    page.show()
    counter.settle()
    page.new.click()
    counter.settle()
    counter.type("d1-d4", "Back room", "3")
    counter.go_on()
    assert counter.no_form()
    with counter.shop.reading() as session:
        found = shown.shelves(session, counter.shop.context())
    assert [(one.code, one.name, one.room) for one in found] == [(f"D{n}", "Back room", 3) for n in range(1, 5)]


def test_a_clerk_only_looks_at_the_register(counter: "Counter") -> None:
    counter.person.role = Role.CLERK
    page = ShelvesPage(counter.desk)
    counter.qtbot.addWidget(page)
    page.show()
    counter.settle()
    assert not page.new.isEnabled()
