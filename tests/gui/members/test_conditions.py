"""Conditions and segments over the member list, by keyboard."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from crmdesk.core.members import CardTier
from crmdesk.core.roles import Role
from crmdesk.core.segments import About, Condition, Group, Is
from crmdesk.models.callback import Callback
from crmdesk.models.paper import Paper
from crmdesk.models.segment import Segment
from crmdesk.queries import segments
from crmdesk.services.segments import KeepSegment, keep
from crmdesk.views.members.call_list_dialog import CallListDialog, why_words
from crmdesk.views.members.mail_dialogs import LabelsDialog, LettersDialog
from crmdesk.views.members.screen import MembersScreen
from crmdesk.views.members.segment_dialogs import KeepDialog
from crmdesk.views.members.segment_panel import WAIT
from crmdesk.views.members.segment_row import ConditionRow
from crmdesk.views.members.segment_values import ChipValues, WordValues
from crmdesk.views.support.dialogs import Question
from tests.gui.members.conftest import Counter

CTRL = Qt.KeyboardModifier.ControlModifier
KEYS = CTRL | Qt.KeyboardModifier.ShiftModifier
GOLD = Group((Condition(About.TIER, Is.ONE_OF, (CardTier.GOLD.value,)),))


def names(counter: Counter, screen: MembersScreen) -> set[str]:
    counter.settle()
    found = {screen.table.id_at(place) for place in range(screen.table.rowCount())}
    return {name for name, key in counter.known.items() if key in found}


def opened(counter: Counter) -> MembersScreen:
    screen = counter.list()
    counter.settle()
    QTest.keyClick(screen.view, Qt.Key.Key_F, KEYS)
    counter.settle()
    assert screen.segments.panel.isVisible()
    return screen


def row(screen: MembersScreen, place: int = 0) -> ConditionRow:
    assert screen.segments.panel.box is not None
    found = screen.segments.panel.box.parts[place]
    assert isinstance(found, ConditionRow)
    return found


def wait(counter: Counter) -> None:
    counter.qtbot.wait(WAIT + 60)
    counter.settle()


def test_a_chip_narrows_the_list_and_the_count_follows(counter: Counter) -> None:
    screen = opened(counter)
    everybody = len(names(counter, screen))
    first = row(screen)
    assert first.field.hasFocus()
    QTest.keyClick(first.field, Qt.Key.Key_Tab)
    QTest.keyClick(first.how, Qt.Key.Key_Tab)
    editor = first.editor
    assert isinstance(editor, ChipValues)
    gold = editor._chips[CardTier.GOLD.value]
    gold.setFocus()
    QTest.keyClick(gold, Qt.Key.Key_Space)
    wait(counter)
    assert names(counter, screen) == {"周建国"}
    assert screen.segments.panel.count.text() == "1 member"
    QTest.keyClick(first.drop, Qt.Key.Key_Space)
    wait(counter)
    assert len(names(counter, screen)) == everybody
    assert screen.segments.panel.box is not None
    assert screen.segments.panel.box.add_row.hasFocus()


def test_several_conditions_groups_and_not_by_keys(counter: Counter) -> None:
    screen = opened(counter)
    box = screen.segments.panel.box
    assert box is not None
    first = row(screen)
    first.choose(About.TAG)
    assert isinstance(first.editor, WordValues)
    QTest.keyClicks(first.editor.line, "x")
    first.editor.set_values(("老客户",))
    QTest.keyClick(box.add_row, Qt.Key.Key_Space)
    second = row(screen, 1)
    assert second.field.hasFocus()
    second.choose(About.DO_NOT_CONTACT)
    wait(counter)
    assert names(counter, screen) == set()
    box.any_of.choose(True)
    wait(counter)
    assert names(counter, screen) == {"周建国", "买买提·艾力"}
    box.negated.setFocus()
    QTest.keyClick(box.negated, Qt.Key.Key_Space)
    wait(counter)
    assert "周建国" not in names(counter, screen)
    assert "林婉清" in names(counter, screen)
    QTest.keyClick(box.add_group, Qt.Key.Key_Space)
    inner = box.parts[2]
    assert not isinstance(inner, ConditionRow)
    assert isinstance(inner.parts[0], ConditionRow)
    assert inner.parts[0].field.hasFocus()


def test_tab_goes_as_one_reads(counter: Counter) -> None:
    screen = opened(counter)
    first = row(screen)
    assert screen.segments.panel.box is not None
    QTest.keyClick(screen.segments.panel.box.add_row, Qt.Key.Key_Space)
    counter.settle()
    first.field.setFocus()
    seen = [screen.window().focusWidget()]
    for _step in range(17):
        QTest.keyClick(seen[-1], Qt.Key.Key_Tab)
        seen.append(screen.window().focusWidget())
    panel, second = screen.segments.panel, row(screen, 1)
    assert panel.box is not None
    wanted = [*first.stops(), *second.stops(), panel.box.add_row, panel.box.add_group, panel.keep, panel.uses]
    assert seen[: len(wanted)] == wanted


def test_a_segment_is_saved_chosen_renamed_dropped_and_brought_back(counter: Counter) -> None:
    screen = opened(counter)
    screen.segments.panel.show_group(GOLD)
    QTest.keyClick(screen.segments.panel.keep, Qt.Key.Key_Space)
    dialog = counter.dialog(KeepDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.name.has_problem()
    QTest.keyClicks(dialog.name.line, "Gold")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert not counter.any_dialog()
    [kept] = screen.segments.kept.rows
    assert (kept.name, kept.people, kept.shared) == ("Gold", 1, False)
    assert screen.chips.current == f"segment:{kept.id}"
    assert names(counter, screen) == {"周建国"}
    screen.chips.choose("all")
    assert len(names(counter, screen)) > 3
    screen.chips.choose(f"segment:{kept.id}")
    assert names(counter, screen) == {"周建国"}
    menu = screen.segments.kept.menu(kept, screen.segments.wanted)
    menu.actions()[-1].trigger()
    counter.settle()
    assert not screen.segments.kept.rows
    assert screen.chips.current == "all"
    [(words, undo)] = counter.toasts.actions[-1]
    assert words == "Undo"
    undo()
    counter.settle()
    assert screen.segments.kept.rows[0].name == "Gold"


def test_what_is_missing_is_shown_before_saving(counter: Counter) -> None:
    screen = opened(counter)
    QTest.keyClick(screen.segments.panel.keep, Qt.Key.Key_Space)
    assert not counter.any_dialog()
    assert screen.segments.panel.hint.text()


def test_a_segment_whose_field_is_gone_says_so(counter: Counter) -> None:
    gone = Group((Condition(About.GUIDE, Is.ONE_OF, ("5",)), *GOLD.parts))
    counter.shop.do(keep, KeepSegment("old", gone, shared=True), counter.shop.context(Role.MANAGER))
    screen = counter.list()
    counter.settle()
    screen.chips.choose(screen.segments.kept.chips()[0].name)
    counter.settle()
    assert screen.segments.trouble is not None
    assert screen.segments.panel.isVisible()
    assert "not there any more" in screen.segments.panel.hint.text()


def test_counts_are_renewed_in_the_background(counter: Counter) -> None:
    context = counter.shop.context(Role.MANAGER)
    key = counter.shop.do(keep, KeepSegment("Gold", GOLD), context)
    with counter.shop.database.transaction() as session:
        session.get_one(Segment, key).people = 99
    counter.list()
    counter.settle()
    counter.settle()
    with counter.shop.reading() as session:
        assert [one.people for one in segments.kept(session, context)] == [1]


# -- what is done with them --------------------------------------------------------------------


def uses(counter: Counter) -> MembersScreen:
    screen = counter.list()
    counter.settle()
    screen.show_wanted(Group((Condition(About.CARE_CLASS, Is.ONE_OF, ("key", "ordinary")),)))
    counter.settle()
    return screen


def test_a_call_list_says_who_is_held_back_and_is_made_by_keys(counter: Counter) -> None:
    uses(counter)._uses.actions()[0].trigger()
    dialog = counter.dialog(CallListDialog)
    assert [why_words(held) for held in dialog.plan.held] == ["Do not contact"]
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.subject.has_problem()
    QTest.keyClicks(dialog.subject.line, "Winter")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert not counter.any_dialog()
    with counter.shop.reading() as session:
        subjects = list(session.scalars(select(Callback.subject)))
    assert subjects == ["Winter"] * len(dialog.plan.free)


def test_labels_are_previewed_and_kept_when_they_leave(counter: Counter) -> None:
    uses(counter)._uses.actions()[1].trigger()
    dialog = counter.dialog(LabelsDialog)
    dialog.first.line.selectAll()
    QTest.keyClicks(dialog.first.line, "25")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.first.has_problem()
    dialog.first.line.selectAll()
    QTest.keyClicks(dialog.first.line, "5")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert counter.papers.made["address_label"].startswith(b"%PDF")
    counter.papers.print_shown("address_label")
    with counter.shop.reading() as session:
        assert session.scalar(select(func.count()).select_from(Paper)) == 1


def test_letters_refuse_what_nothing_stands_for(counter: Counter) -> None:
    uses(counter)._uses.actions()[2].trigger()
    dialog = counter.dialog(LettersDialog)
    QTest.keyClicks(dialog.subject.line, "Winter")
    dialog.words.text.setFocus()
    QTest.keyClicks(dialog.words.text, "{nobody}")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.words.has_problem()
    dialog.words.set_value("Dear {form}, {points} points")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counter.settle()
    assert not counter.any_dialog()
    assert counter.papers.made["member_letter"].startswith(b"%PDF")


def test_who_may_not_see_addresses_prints_none(counter: Counter) -> None:
    counter.sign_in(Role.CLERK)
    uses(counter)._uses.actions()[1].trigger()
    question = counter.dialog(Question)
    question.close()
    assert not counter.papers.made


def test_the_export_follows_the_conditions_and_says_them(counter: Counter, tmp_path: Path) -> None:
    screen = counter.list()
    counter.settle()
    screen.show_wanted(GOLD)
    counter.settle()
    screen.export_list()
    counter.choose_file(tmp_path / "gold.xlsx")
    counter.settle()
    counter.qtbot.waitUntil((tmp_path / "gold.xlsx").exists)
    counter.settle()
    book = CalamineWorkbook.from_path(tmp_path / "gold.xlsx")
    words = [
        " ".join(str(cell) for line in book.get_sheet_by_name(name).to_python() for cell in line)
        for name in book.sheet_names
    ]
    assert any("Level is one of Gold card" in sheet for sheet in words)
    assert "周建国" in words[0]
    assert "单雪芹" not in words[0]
