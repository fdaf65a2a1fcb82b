"""Conditions and segments over the member list, by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crmdesk.core.members import CardTier
from crmdesk.core.roles import Role
from crmdesk.core.segments import About, Condition, Group, Is
from crmdesk.queries import segments
from crmdesk.services.segments import KeepSegment, keep
from crmdesk.views.members.screen import MembersScreen
from crmdesk.views.members.segment_dialogs import KeepDialog
from crmdesk.views.members.segment_panel import WAIT
from crmdesk.views.members.segment_row import ConditionRow
from crmdesk.views.members.segment_values import ChipValues, WordValues
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
        from crmdesk.models.segment import Segment

        session.get_one(Segment, key).people = 99
    counter.list()
    counter.settle()
    counter.settle()
    with counter.shop.reading() as session:
        assert [one.people for one in segments.kept(session, context)] == [1]
