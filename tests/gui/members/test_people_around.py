"""People around a member, firms and own fields, by keyboard as at the counter."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from crmdesk.core.member_words import FieldKind, HouseholdKind, PhoneUse
from crmdesk.core.members import MemberKind
from crmdesk.core.roles import Role
from crmdesk.queries.people_around import people_around
from crmdesk.services.members import MemberFacts, register
from crmdesk.services.own_fields import AddOwnField, add_field
from crmdesk.views.members.firm_visit_dialog import FirmVisitDialog
from crmdesk.views.members.firms_screen import FirmsScreen
from crmdesk.views.members.member_form import MemberForm
from crmdesk.views.members.member_screen import MemberScreen
from crmdesk.views.members.people_dialogs import HouseholdDialog, JoinDialog, RelativeDialog
from tests.gui.members.conftest import Counter
from tests.gui.members.test_member_screens import type_into

CTRL = Qt.KeyboardModifier.ControlModifier
KEYS = CTRL | Qt.KeyboardModifier.ShiftModifier


def test_a_typed_phone_of_somebody_else_becomes_one_household(counter: Counter) -> None:
    counter.desk.navigator.run("members.new", person="Anna", phone="13805715678")
    form = counter.dialog(MemberForm)
    counter.qtbot.waitUntil(form.alike.isVisible)
    link = next(one for one in form.alike.findChildren(QPushButton) if one.text() == "Same household")
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Space)
    assert form.sheet.share.value()
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert not counter.any_dialog()
    page = counter.shown(MemberScreen)
    with counter.shop.reading() as session:
        (home,) = people_around(session, page.known.id, counter.shop.context()).households  # type: ignore[union-attr]
    assert [one.name for one in home.people] == ["周建国"]
    assert any(one.text() == "周建国" for one in page.side.people.findChildren(QPushButton))


def test_household_join_and_relative_by_keyboard(counter: Counter) -> None:
    page = counter.page("周建国")
    counter.settle()
    page.side.people.make_wanted.emit(HouseholdKind.HOUSEHOLD)
    dialog = counter.dialog(HouseholdDialog)
    assert dialog.name.typed() == "周建国's household"
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    with counter.shop.reading() as session:
        (home,) = people_around(session, counter.known["周建国"], counter.shop.context()).households
    page.side.people.join_wanted.emit(home)
    joins = counter.dialog(JoinDialog)
    joins.text.set_value("单雪芹")
    counter.qtbot.waitUntil(lambda: joins.who.value() is not None)
    joins.role.set_value(joins.role._things[2])
    QTest.keyClick(joins, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert not counter.any_dialog()
    page.side.people.relative_wanted.emit(None)
    relative = counter.dialog(RelativeDialog)
    type_into(relative.name.line, "Bao")
    type_into(relative.birthday.line, "2-30")
    QTest.keyClick(relative, Qt.Key.Key_Return, CTRL)
    assert relative.birthday.has_problem()
    relative.birthday.line.clear()
    type_into(relative.birthday.line, "lunar 12-30")
    QTest.keyClick(relative, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert not counter.any_dialog()
    with counter.shop.reading() as session:
        found = people_around(session, counter.known["周建国"], counter.shop.context())
    assert ([one.name for one in found.households[0].people], [one.name for one in found.relatives]) == (
        ["单雪芹"],
        ["Bao"],
    )


def test_phones_are_added_and_moved_by_keyboard(counter: Counter) -> None:
    counter.list().start_new()
    form = counter.dialog(MemberForm)
    type_into(form.sheet.name.line, "Anna")
    part = form.sheet.phone_part
    type_into(part.rows[0].number.line, "13900001111")
    QTest.keyClick(part.more, Qt.Key.Key_Space)
    type_into(part.rows[1].number.line, "0571-88880000 ext 801")
    part.rows[1].use.set_value(PhoneUse.WORK)
    part.rows[1].number.line.setFocus()
    QTest.keyClick(part.rows[1].number.line, Qt.Key.Key_Up, KEYS)
    counter.settle()
    entries = part.entries()
    assert [(getattr(one.phone, "digits", ""), one.use) for one in entries] == [
        ("057188880000", PhoneUse.WORK),
        ("13900001111", PhoneUse.PERSONAL),
    ]
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert not counter.any_dialog()
    known = counter.shown(MemberScreen).known
    assert known is not None
    assert [(one.use, one.extension) for one in known.phones] == [(PhoneUse.WORK, "801"), (PhoneUse.PERSONAL, "")]


def test_own_fields_stand_in_the_form_and_say_what_does_not_fit(counter: Counter) -> None:
    owner = counter.shop.context(Role.OWNER)
    height = counter.shop.do(add_field, AddOwnField("Height", FieldKind.NUMBER, required=True), owner)
    counter.list().start_new()
    form = counter.dialog(MemberForm)
    type_into(form.sheet.name.line, "Anna")
    field = form.sheet.own.named()[f"own{height}"]
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    assert field.has_problem()
    field.set_value("tall")
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    assert field.has_problem()
    field.set_value("165.5")
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    counter.settle()
    known = counter.shown(MemberScreen).known
    assert known is not None
    assert [(one.name, one.words) for one in known.own] == [("Height", "165.5")]


def test_firms_to_visit(counter: Counter) -> None:
    firm = counter.shop.do(register, MemberFacts("Leather Ltd", kind=MemberKind.INTERMEDIATE), counter.shop.context())
    counter.desk.navigator.run("members.firms", view="all")
    counter.settle()
    screen = counter.shown(FirmsScreen)
    screen.view.select_id(firm.id)
    screen.start_new()
    dialog = counter.dialog(FirmVisitDialog)
    dialog.stock.set_value("20 suitcases")
    type_into(dialog.stock_value.line, "8000")
    dialog.next_on.line.clear()
    type_into(dialog.next_on.line, "+7")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert not counter.any_dialog()
    QTest.keyClick(screen.view, Qt.Key.Key_Return)
    counter.settle()
    page = counter.shown(MemberScreen)
    assert page.firm.isVisibleTo(page)
    assert [one.stock for one in page.firm._visits] == ["20 suitcases"]
