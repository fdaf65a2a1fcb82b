"""Erasing a person from her page by keyboard: open things are named, the number is typed, the proof comes."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from sqlalchemy import select

from crmdesk.core.members import MemberState
from crmdesk.core.roles import Role
from crmdesk.documents.pdf import papers
from crmdesk.models.access import Erasure
from crmdesk.models.member import Member
from crmdesk.queries.erasure import erasure_proof
from crmdesk.views.members.erase_dialog import EraseDialog
from crmdesk.views.members.steps import Act, more_steps
from crmdesk.views.support.dialogs import Question
from tests.builders.loaners import add_repair
from tests.gui.members.conftest import Counter

CTRL = Qt.KeyboardModifier.ControlModifier


def fill(editor: QLineEdit, text: str) -> None:
    editor.setFocus()
    QTest.keyClicks(editor, text)


def test_a_person_is_erased_when_the_number_is_typed(counter: Counter) -> None:
    counter.sign_in(Role.MANAGER)
    counter.page("周建国").run(Act.ERASE)
    dialog = counter.dialog(EraseDialog)
    with counter.shop.reading() as session:
        number = session.get_one(Member, counter.known["周建国"]).number
    fill(dialog.how.line, "by letter")
    fill(dialog.number.line, "M999")
    QTest.keyClick(dialog.number.line, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert dialog.isVisible(), "another number erases nobody"
    dialog.number.line.selectAll()
    fill(dialog.number.line, number)
    QTest.keyClick(dialog.number.line, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert not counter.any_dialog()
    with counter.shop.reading() as session:
        assert session.get_one(Member, counter.known["周建国"]).state is MemberState.ERASED
        made = session.scalars(select(Erasure)).one()
        proof = made.paper_number
        facts = erasure_proof(session, made.id, counter.person.context(), "zh_CN")
    assert proof in counter.toasts.texts[-1]
    assert "erasure_proof" in counter.papers.made
    text = PdfReader(BytesIO(papers.render(facts, "zh_CN"))).pages[0].extract_text()
    assert number in text
    assert "周建国" not in text


def test_open_things_are_named_instead(counter: Counter) -> None:
    ticket = add_repair(counter.shop, counter.known["周建国"])
    counter.sign_in(Role.MANAGER)
    counter.page("周建国").run(Act.ERASE)
    question = counter.dialog(Question)
    assert any(ticket.number in label.text() for label in question.findChildren(QLabel))
    question.close()
    QApplication.sendPostedEvents()


@pytest.mark.parametrize("role", [Role.CLERK, Role.GUIDE])
def test_others_read_why_they_cannot(counter: Counter, role: Role) -> None:
    counter.sign_in(role)
    page = counter.page("周建国")
    assert page.known is not None
    step = next(one for one in more_steps(page.known, counter.person.context(), ()) if one.act is Act.ERASE)
    assert step.refusal
