"""Lookalikes and merges by keyboard: list, side by side, taking back, the page that a merged file leads to."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton
from sqlalchemy import func, select

from crmdesk.core.member_words import PairState
from crmdesk.core.members import MemberState
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Role
from crmdesk.models.household import HouseholdPerson
from crmdesk.models.member import Member
from crmdesk.models.merge import DuplicatePair, Merge
from crmdesk.services.members import register
from crmdesk.views.members.duplicates_screen import PAGE, DuplicatesScreen
from crmdesk.views.members.member_screen import MemberScreen
from crmdesk.views.members.merge_dialog import MergeDialog
from crmdesk.views.members.merge_undone import MergesDialog
from crmdesk.views.members.steps import Act
from crmdesk.views.support.dialogs import Question
from tests.builders.loaners import add_repair
from tests.builders.member_shop import ZHOU
from tests.gui.members.conftest import Counter


def twin(counter: Counter, **changes: object) -> int:
    facts = replace(ZHOU, share_phones=True, email="", preferences="", notes="常来", **changes)  # type: ignore[arg-type]
    return counter.shop.do(register, facts, counter.shop.context(Role.MANAGER)).id


def screen_of(counter: Counter) -> DuplicatesScreen:
    counter.desk.navigator.go(PAGE)
    screen = counter.shown(DuplicatesScreen)
    screen.again.click()
    counter.qtbot.waitUntil(lambda: not screen.search.running, timeout=60_000)
    counter.settle()
    return screen


def merge_now(counter: Counter, dialog: MergeDialog) -> None:
    dialog.activateWindow()
    counter.qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    counter.settle()


def state(counter: Counter, member_id: int) -> MemberState:
    with counter.shop.reading() as session:
        return session.get_one(Member, member_id).state


def test_a_pair_is_found_and_merged_by_keys_and_taken_back(counter: Counter) -> None:
    other = twin(counter)
    add_repair(counter.shop, other)
    screen = screen_of(counter)
    assert screen.table.rowCount() == 1
    assert screen.chips.current == "all"
    screen.view.setFocus()
    QTest.keyClick(screen.view, Qt.Key.Key_M)
    dialog = counter.dialog(MergeDialog)
    assert dialog.shown.kept.id == other  # the file with a ticket on it stays
    kept, gone = dialog.shown.kept, dialog.shown.gone
    assert set(dialog.kept) == {"email", "preferences", "notes"}
    assert dialog.taken() == {"email", "preferences"}
    merge_now(counter, dialog)
    assert state(counter, gone.id) is MemberState.MERGED
    with counter.shop.reading() as session:
        member = session.get_one(Member, kept.id)
        assert (member.email, member.notes) == (ZHOU.email, "常来")
    counter.settle()
    assert screen.table.rowCount() == 0
    screen.lately.click()
    merges = counter.dialog(MergesDialog)
    assert len(merges.buttons) == 1
    merges.buttons[0].click()
    counter.settle()
    assert state(counter, gone.id) is MemberState.ACTIVE


def test_different_people_never_come_back(counter: Counter) -> None:
    twin(counter)
    screen = screen_of(counter)
    QTest.keyClick(screen.view, Qt.Key.Key_D)
    counter.settle()
    assert screen.table.rowCount() == 0
    screen_of(counter)
    assert screen.table.rowCount() == 0
    with counter.shop.reading() as session:
        assert session.scalars(select(DuplicatePair.state)).all() == [PairState.DIFFERENT]


def test_one_household_is_made(counter: Counter) -> None:
    other = twin(counter, name="周小燕")
    screen = screen_of(counter)
    QTest.keyClick(screen.view, Qt.Key.Key_H)
    counter.settle()
    with counter.shop.reading() as session:
        people = set(session.scalars(select(HouseholdPerson.member_id)))
    assert people == {other, counter.known["周建国"]}


def test_turning_the_files_round_keeps_what_was_chosen(counter: Counter) -> None:
    twin(counter)
    screen = screen_of(counter)
    screen.run("m")
    dialog = counter.dialog(MergeDialog)
    first, chosen = dialog.shown.kept.id, dialog.taken()
    words = {name: (dialog.gone if name in chosen else dialog.kept)[name].toolTip() for name in dialog.kept}
    dialog.swap.click()
    assert dialog.shown.gone.id == first
    now = dialog.taken()
    assert {name: (dialog.gone if name in now else dialog.kept)[name].toolTip() for name in dialog.kept} == words


def test_tab_goes_as_one_reads(counter: Counter) -> None:
    twin(counter)
    screen = screen_of(counter)
    screen.run("m")
    dialog = counter.dialog(MergeDialog)
    rows = {radio: name for both in (dialog.kept, dialog.gone) for name, radio in both.items()}
    dialog.swap.setFocus()
    seen: list[str] = []
    for _ in range(12):
        focused = dialog.focusWidget()
        assert focused is not None
        name = rows[focused] if isinstance(focused, QRadioButton) else focused.accessibleName() or "button"
        if focused in (dialog.swap, dialog.merge):
            name = "swap" if focused is dialog.swap else "merge"
        seen += [name] if name not in seen else []
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    wanted = ["swap", *dialog.kept, "merge"]
    seen = [name for name in seen if name in wanted]
    assert seen == wanted


def test_a_merged_file_leads_to_the_one_that_stayed_and_back(counter: Counter) -> None:
    other = twin(counter)
    page = counter.page("周建国")
    page.run(Act.MERGE)
    question = counter.dialog(Question)
    with counter.shop.reading() as session:
        number = session.get_one(Member, other).number
    QTest.keyClicks(question.findChildren(QLineEdit)[0], number)
    question.activateWindow()
    counter.qtbot.waitUntil(question.isActiveWindow)
    QTest.keyClick(question, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    # The button of the question is pressed for a moment before it acts.
    counter.qtbot.waitUntil(lambda: any(isinstance(one, MergeDialog) for one in QApplication.topLevelWidgets()))
    dialog = counter.dialog(MergeDialog)
    merge_now(counter, dialog)
    gone = dialog.shown.gone.id
    counter.desk.navigator.open(EntityRef(EntityKind.MEMBER, gone))
    page = counter.shown(MemberScreen)
    counter.settle()
    assert page.known is not None
    assert page.known.id == dialog.shown.kept.id
    assert page._merges.note.isVisible()
    page.run(Act.UNDO_MERGE)
    counter.dialog(Question).verbs()["Undo the merge"].click()
    counter.settle()
    with counter.shop.reading() as session:
        assert session.scalar(select(func.count()).where(Merge.undone_at.is_not(None))) == 1
    assert page.known is not None
    assert page.known.id == gone  # it is a file of its own again
    assert not page._merges.note.isVisible()


def test_who_may_not_merge_is_told(counter: Counter) -> None:
    twin(counter)
    screen_of(counter)
    counter.sign_in(Role.CLERK)
    counter.desk.navigator.go(PAGE)
    screen = counter.shown(DuplicatesScreen)
    assert not screen.merge.isEnabled()
    assert not screen.again.isEnabled()
    assert screen.different.isEnabled()
