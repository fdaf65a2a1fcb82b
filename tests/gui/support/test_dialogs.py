"""Questions, prompts and file dialogs: never blocking, verbs on the buttons."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crmdesk.core.money import Money
from crmdesk.core.roles import Right
from crmdesk.views.support.dialogs import Kind, Question, Verb, ask, choose_file, choose_folder, save_file, tell
from crmdesk.views.support.fields import LineField, MoneyField, TextField
from crmdesk.views.support.prompts import ask_amount, ask_approval, ask_line, ask_reason

F = TypeVar("F", bound=QWidget)


def inside(question: Question, kind: type[F]) -> F:
    found = question.findChild(kind)
    if not isinstance(found, kind):
        raise TypeError(found)
    return found


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    return page


def test_verbs_run_after_the_question_is_gone(page: QWidget, qtbot: QtBot) -> None:
    chosen: list[str] = []
    question = ask(
        page,
        "Scrap it?",
        "This cannot be undone.",
        [Verb("Scrap", lambda: chosen.append("scrap"), Kind.DANGER), Verb("Keep")],
    )
    assert question.isVisible()
    question.verbs()["Scrap"].click()
    assert chosen == ["scrap"]
    qtbot.waitUntil(lambda: not page.findChildren(type(question)))


def test_esc_chooses_nothing(page: QWidget) -> None:
    chosen: list[str] = []
    question = tell(page, "Done", "All is well.", Verb("Open", lambda: chosen.append("open")))
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert not chosen


def test_a_reason_is_needed(page: QWidget) -> None:
    reasons: list[str] = []
    question = ask_reason(
        page, "Cancel the order", "Cancel the order", reasons.append, usual=["Customer changed her mind"]
    )
    button = question.verbs()["Cancel the order"]
    button.click()
    assert not reasons
    assert inside(question, TextField).problem_text() == "Please fill this in."
    question.verbs()["Customer changed her mind"].click()
    button.click()
    assert reasons == ["Customer changed her mind"]


def test_an_amount_stays_within_its_limit(page: QWidget) -> None:
    amounts: list[Money] = []
    question = ask_amount(page, "Refund", "Refund", amounts.append, suggested=Money.yuan(600), most=Money.yuan(500))
    question.verbs()["Refund"].click()
    assert not amounts
    inside(question, MoneyField).line.setText("480.5")
    question.verbs()["Refund"].click()
    assert amounts == [Money(48050)]


def test_a_line_is_stripped(page: QWidget) -> None:
    lines: list[str] = []
    question = ask_line(page, "Shelf", "Shelf", "Put there", lines.append)
    inside(question, LineField).line.setText(" A3 ")
    question.verbs()["Put there"].click()
    assert lines == ["A3"]


class Keeper:
    """A manager whose PIN is 2468."""

    def approve(self, pin: str, right: Right, approved: Callable[[int], None], refused: Callable[[str], None]) -> None:
        if pin == "2468" and right is Right.OVERRIDE:
            approved(203)
        else:
            refused("This PIN is wrong.")


def test_a_manager_approves_by_pin(page: QWidget) -> None:
    approvers: list[int] = []
    question = ask_approval(page, "Hand out without the loaner", Right.OVERRIDE, Keeper(), approvers.append)
    field = inside(question, LineField)
    field.line.setText("1111")
    question.verbs()["Approve"].click()
    assert field.problem_text() == "This PIN is wrong."
    assert field.line.text() == ""
    field.line.setText("2468")
    question.verbs()["Approve"].click()
    assert approvers == [203]


def test_files_are_chosen_without_blocking(page: QWidget, tmp_path: Path) -> None:
    chosen: list[Path] = []
    dialog = choose_file(page, "Members", ["Excel (*.xlsx)"], chosen.append, folder=tmp_path)
    dialog.fileSelected.emit(str(tmp_path / "a.xlsx"))
    dialog.close()
    dialog = save_file(page, "List", str(tmp_path / "list.xlsx"), ["Excel (*.xlsx)"], chosen.append)
    assert dialog.defaultSuffix() == "xlsx"
    dialog.fileSelected.emit(str(tmp_path / "b.xlsx"))
    dialog.close()
    dialog = choose_folder(page, "Exports", chosen.append)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    assert chosen == [tmp_path / "a.xlsx", tmp_path / "b.xlsx", tmp_path]
