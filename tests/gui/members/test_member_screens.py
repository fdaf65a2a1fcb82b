"""The member screens by keyboard, as a clerk and a manager work."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from crmdesk.core.care import ConsentPurpose
from crmdesk.core.members import CardState
from crmdesk.core.roles import Role
from crmdesk.models.audit import AuditEntry
from crmdesk.models.card import Card
from crmdesk.models.member import Member
from crmdesk.queries.member_rows import MemberFilter, MemberView, ids
from crmdesk.services.member_file import SaveMember, save
from crmdesk.views.members.card_dialogs import IssueDialog, ReplaceDialog
from crmdesk.views.members.card_steps import CardAct
from crmdesk.views.members.cards_screen import CardsScreen
from crmdesk.views.members.compare_dialog import CompareDialog
from crmdesk.views.members.consent_dialog import ConsentDialog
from crmdesk.views.members.member_form import MemberForm
from crmdesk.views.members.member_screen import MemberScreen
from crmdesk.views.members.steps import Act
from crmdesk.views.support.dialogs import Question
from tests.builders.loaners import add_repair
from tests.builders.member_shop import LONG_NAME, ZHOU
from tests.gui.members.conftest import Counter

CTRL = Qt.KeyboardModifier.ControlModifier


def type_into(editor: QLineEdit, text: str) -> None:
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)


def acts(counter: Counter, act: str) -> list[dict[str, object]]:
    with counter.shop.reading() as session:
        found = session.execute(select(AuditEntry.detail).where(AuditEntry.act == act).order_by(AuditEntry.ordinal))
        return [json.loads(detail) for detail in found.scalars()]


def card_state(counter: Counter, name: str) -> list[CardState]:
    with counter.shop.reading() as session:
        wanted = select(Card.state).where(Card.member_id == counter.known[name]).order_by(Card.id)
        return list(session.execute(wanted).scalars())


# -- the list ---------------------------------------------------------------------------------


def test_views_show_what_they_count(counter: Counter) -> None:
    screen = counter.list()
    for view in MemberView:
        screen.show_view(view)
        counter.settle()
        with counter.shop.reading() as session:
            wanted = list(ids(session, MemberFilter(view), counter.person.context()))
        assert [screen.table.id_at(place) for place in range(screen.table.rowCount())] == wanted


def test_typing_filters_and_enter_opens(counter: Counter) -> None:
    screen = counter.list()
    QTest.keyClicks(screen.view, "zhoujg")
    counter.settle()
    assert screen.filter.text() == "zhoujg"
    type_into(screen.filter, "5678")
    counter.settle()
    assert screen.table.rowCount() == 1
    QTest.keyClick(screen.filter, Qt.Key.Key_Return)
    page = counter.shown(MemberScreen)
    assert page.title() == "周建国"


def test_an_odd_name_is_shown_as_it_is(counter: Counter) -> None:
    for name in ("𠮷田美嘉", "买买提·艾力", LONG_NAME):
        page = counter.page(name)
        assert page.title() == name


def test_a_clerk_cannot_export_by_key_either(counter: Counter) -> None:
    counter.sign_in(Role.CLERK)
    counter.list()
    counter.press(Qt.Key.Key_E)
    question = counter.dialog(Question)
    assert "You may not do this as Clerk." in " ".join(label.text() for label in question.findChildren(QLabel))
    assert acts(counter, "list.export") == []


def test_a_manager_exports_what_is_seen_masked_and_noted(counter: Counter, tmp_path: Path) -> None:
    screen = counter.list()
    screen.show_view(MemberView.KEY)
    counter.settle()
    counter.press(Qt.Key.Key_E)
    path = tmp_path / "members.xlsx"
    counter.choose_file(path)
    counter.qtbot.waitUntil(path.exists)
    counter.settle()
    cells = [str(cell) for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python() for cell in row]
    assert "周建国" in cells
    assert "138****5678" in cells
    assert not any("13805715678" in cell for cell in cells)
    assert acts(counter, "list.export") == [{"list": "members", "rows": 1, "view": ""}]


def test_cards_of_chosen_members_are_issued_and_printed_on_a4(counter: Counter) -> None:
    screen = counter.list()
    screen.view.selectAll()
    counter.press(Qt.Key.Key_P)
    question = counter.dialog(Question)
    QTest.keyClick(question, Qt.Key.Key_Return)
    counter.settle()
    counter.qtbot.waitUntil(lambda: "vip_card_sheet" in counter.papers.made)
    assert counter.papers.made["vip_card_sheet"].startswith(b"%PDF")
    assert card_state(counter, "𠮷田美嘉") == [CardState.ISSUED]


# -- the page ---------------------------------------------------------------------------------


def test_the_phone_is_masked_until_somebody_asks(counter: Counter) -> None:
    page = counter.page("周建国")
    assert "138****5678" in page.head.phones_text()
    page.run(Act.LOOK)
    counter.settle()
    assert "138 0571 5678" in page.head.phones_text()
    assert acts(counter, "member.look") == [{"what": "contact"}]
    counter.page("单雪芹")
    page = counter.page("周建国")
    assert "138****5678" in page.head.phones_text()


def test_a_clerk_sees_it_only_while_a_ticket_is_open(counter: Counter) -> None:
    counter.sign_in(Role.CLERK)
    page = counter.page("周建国")
    assert page.known is not None
    assert not page.known.may_look
    add_repair(counter.shop, counter.known["周建国"])
    page.reload()
    counter.settle()
    assert page.known.may_look


def test_the_primary_step_takes_in_for_this_member(counter: Counter) -> None:
    page = counter.page("周建国")
    QTest.keyClick(page, Qt.Key.Key_Return, CTRL)
    assert counter.ran == [("service.repair", {"member_id": counter.known["周建国"]})]


def test_a_step_that_is_not_allowed_says_why(counter: Counter) -> None:
    counter.sign_in(Role.OWNER)  # who does not work at the desk
    page = counter.page("买买提·艾力")
    page.run(Act.TAKE_IN)
    page.run(Act.CALL)
    page.run(Act.RETURN)
    assert counter.ran == []
    assert len(counter.toasts.texts) == 3


def test_the_private_profile_opens_on_purpose(counter: Counter) -> None:
    page = counter.page("周建国")
    assert page.side.show_private_button.isVisible()
    QTest.keyClick(page.side.show_private_button, Qt.Key.Key_Space)
    counter.settle()
    assert not page.side.show_private_button.isVisible()
    assert acts(counter, "member.look") == [{"what": "private"}]
    counter.sign_in(Role.CLERK)
    assert not counter.page("周建国").side.show_private_button.isVisible()


def test_consents_are_changed_on_the_page(counter: Counter) -> None:
    page = counter.page("周建国")
    page.run(Act.CONSENTS)
    dialog = counter.dialog(ConsentDialog)
    dialog.purposes[ConsentPurpose.MARKETING].set_value(value=False)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert page.known is not None
    assert [(one.purpose, one.given) for one in page.known.consents] == [(ConsentPurpose.MARKETING, False)]


def test_a_card_from_issue_to_replacement(counter: Counter) -> None:
    page = counter.page("单雪芹")
    page.run(Act.ISSUE_CARD)
    QTest.keyClick(counter.dialog(IssueDialog), Qt.Key.Key_Return, CTRL)
    counter.settle()
    counter.press(Qt.Key.Key_P)
    counter.settle()
    counter.qtbot.waitUntil(lambda: "vip_card" in counter.papers.made)
    assert page.known is not None
    page.side.cards.wanted.emit(CardAct.LOST, page.known.cards[0])
    question = counter.dialog(Question)
    QTest.keyClicks(question.focusWidget(), "lost at the station")
    question.activateWindow()
    counter.qtbot.waitUntil(question.isActiveWindow)
    QTest.keyClick(question, Qt.Key.Key_Return, CTRL)
    counter.qtbot.waitUntil(lambda: card_state(counter, "单雪芹") == [CardState.LOST])
    counter.settle()
    page.side.cards.wanted.emit(CardAct.REPLACE, page.known.cards[0])
    dialog = counter.dialog(ReplaceDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.reason.has_problem()
    type_into(dialog.reason.line, "lost")
    type_into(dialog.fee.line, "10")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert card_state(counter, "单雪芹") == [CardState.REPLACED, CardState.ISSUED]


def test_the_cards_of_the_store(counter: Counter) -> None:
    page = counter.page("单雪芹")
    page.run(Act.ISSUE_CARD)
    QTest.keyClick(counter.dialog(IssueDialog), Qt.Key.Key_Return, CTRL)
    counter.settle()
    page.run(Act.ALL_CARDS)
    screen = counter.shown(CardsScreen)
    assert screen.table.rowCount() == 1
    counter.press(Qt.Key.Key_P)
    counter.qtbot.waitUntil(lambda: "vip_card_sheet" in counter.papers.made)
    QTest.keyClick(screen.view, Qt.Key.Key_Return)
    assert counter.shown(MemberScreen).title() == "单雪芹"


# -- the form ---------------------------------------------------------------------------------


def test_a_new_member_by_keyboard(counter: Counter) -> None:
    counter.list()
    counter.press(Qt.Key.Key_N)
    form = counter.dialog(MemberForm)
    type_into(form.sheet.name.line, "Anna Smith")
    type_into(form.sheet.birthday.line, "lunar 8-15")
    assert "2027" in form.sheet.birthday._hint.text()
    type_into(form.sheet.phones[0].line, "138 0571 9999")
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert not counter.any_dialog()
    assert counter.shown(MemberScreen).title() == "Anna Smith"
    assert counter.desk.drafts.restore("member.new") is None


def test_a_phone_in_use_warns_while_typing_and_can_be_shared(counter: Counter) -> None:
    counter.desk.navigator.run("members.new", person="周小燕", phone="13805715678")
    form = counter.dialog(MemberForm)
    counter.qtbot.waitUntil(form.alike.isVisible)
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert form.sheet.phones[0].has_problem()
    form.sheet.share.set_value(value=True)
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    counter.settle()
    page = counter.shown(MemberScreen)
    assert page.known is not None
    assert [one.name for one in page.known.related] == ["周建国"]


def test_what_was_typed_survives_the_program(counter: Counter) -> None:
    counter.list().start_new()
    form = counter.dialog(MemberForm)
    type_into(form.sheet.name.line, "half a name")
    counter.desk.drafts.flush()
    form.done(0)  # as when the program is killed: nobody threw it away
    counter.list().start_new()
    form = counter.dialog(MemberForm)
    assert form.sheet.name.typed() == "half a name"
    assert form.notice.isVisible()
    QTest.keyClick(form, Qt.Key.Key_Escape)
    QTest.keyClick(counter.dialog(Question), Qt.Key.Key_Escape)
    counter.settle()
    form.reject()
    assert counter.desk.drafts.restore("member.new") is None


def test_a_clerk_edits_without_seeing_the_phones(counter: Counter) -> None:
    counter.sign_in(Role.CLERK)
    counter.page("周建国")
    QTest.keyClick(counter.window, Qt.Key.Key_F2)
    form = counter.dialog(MemberForm)
    assert form.sheet.phones[0].line.text() == "138****5678"
    assert form.sheet.phones[0].line.isReadOnly()
    assert form.sheet.address.typed() == ""
    type_into(form.sheet.source.line, "walked by")
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert not counter.any_dialog()
    with counter.shop.reading() as session:
        member = session.get_one(Member, counter.known["周建国"])
        assert (member.source, member.address) == ("walked by", ZHOU.address)
        assert [phone.digits for phone in member.phones] == ["13805715678", "057188886666"]


@pytest.mark.parametrize("take_theirs", [True, False])
def test_two_people_edit_and_choose(counter: Counter, take_theirs: bool) -> None:  # noqa: FBT001
    page = counter.page("周建国")
    page.edit()
    form = counter.dialog(MemberForm)
    assert page.known is not None
    _other_desk_changes(counter, page.known.version)
    type_into(form.sheet.source.line, "mine")
    form.sheet.quiet.set_value(value=True)
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    counter.settle()
    compare = counter.dialog(CompareDialog)
    assert set(compare.mine) == {"source", "email", "do_not_contact"}
    assert compare.theirs["email"].isChecked()  # only the other desk changed it
    assert compare.mine["do_not_contact"].isChecked()  # only this one did
    compare.theirs["source"].setChecked(take_theirs)
    compare.mine["source"].setChecked(not take_theirs)
    compare.save.click()
    counter.settle()
    assert not counter.any_dialog()
    with counter.shop.reading() as session:
        member = session.get_one(Member, counter.known["周建国"])
        source = "theirs" if take_theirs else "mine"
        assert (member.source, member.email, member.do_not_contact) == (source, "new@example.com", True)


def _other_desk_changes(counter: Counter, version: int) -> None:
    facts = replace(ZHOU, source="theirs", email="new@example.com")
    request = SaveMember(facts, counter.known["周建国"], version, ZHOU.phones)
    counter.shop.do(save, request, counter.shop.context(Role.MANAGER, "desk-2"))
